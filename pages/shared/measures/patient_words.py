"""One patient in words, for the clinician: what needs attention, what is mixed up, the plan, what might come next."""

from datetime import tzinfo

from core.domain.days import day_of
from core.domain.emotions import Emotion
from core.domain.exercise.plan import BlueprintDifference, ChangeRule, Plan
from core.domain.patient.attention import Attention, Concern
from core.domain.patient.suggestion import Strength, Suggestion
from core.domain.statistics.change import PLANNED_GAIN, Outlook, Verdict, VerdictKind
from core.domain.statistics.result import BlockResult
from core.services.clinic.record import Review
from pages.shared.emotions import label
from pages.shared.format import day, number
from pages.shared.measures.course_words import OLD, beside_the_headline, checks_in_words, course_headline, too_old
from pages.shared.measures.follow_up_words import follow_up_in_words
from pages.shared.measures.plan_fields import exposure_name
from pages.shared.measures.verdict_words import anew, of_a_patient, what_would_tell
from pages.shared.set_names import set_title
from pages.shared.words import _, ngettext


def headline(review: Review) -> str:
    """The verdict by the rule of the plan, with its date."""
    course, today = review.progress.course, day_of(review.at, review.zone)
    if course is not None:
        return course_headline(course, today)
    verdict = review.progress.verdict
    said = of_a_patient(verdict)
    if verdict.gain is None or review.series is None:
        return said
    last = review.series.checks[-1].when
    dated = f"{said} {_('Check of {date}.').format(date=day(last, zone=review.zone))}"
    return f"{dated} {too_old()}" if today - day_of(last, review.zone) > OLD else dated


def beside_the_verdict(review: Review) -> list[str]:
    """What belongs to the headline: what it rests on, that the plan now has other checks, or what it takes to tell
    more."""
    if review.progress.course is not None:
        return [*beside_the_headline(review.progress.course), *follow_up_in_words(review.progress.course)]
    if review.anew:
        return [anew()]
    verdict = review.progress.verdict
    power = power_in_words(review.outlook) if verdict.kind is VerdictKind.CANNOT_TELL else None
    return [sentence for sentence in (what_would_tell(verdict), power) if sentence]


def concern(item: Attention, zone: tzinfo | None = None) -> str:
    """One thing that needs attention, with its date where the patient is, in `zone`."""
    times, date = item.times, day(item.when, zone=zone)
    match item.concern:
        case Concern.HARD:
            return ngettext(
                "Said “hard for me” on {date}.", "Said “hard for me” {times} times, last on {date}.", times
            ).format(times=times, date=date)
        case Concern.STOPPED:
            return ngettext(
                "Stopped a run early on {date}.", "Stopped {times} runs early, the last on {date}.", times
            ).format(times=times, date=date)
        case Concern.CHECK_STOPPED:
            return ngettext(
                "Stopped a check early on {date}: it does not count.",
                "Stopped {times} checks early, the last on {date}: they do not count.",
                times,
            ).format(times=times, date=date)
        case Concern.LEFT:
            return _("A check was begun on {date} and not gone on with: it does not count yet.").format(date=date)
        case Concern.VOID:
            return ngettext(
                "{times} face of a check was left while it was shown: it does not count and was replaced (last on "
                "{date}).",
                "{times} faces of checks were left while they were shown: they do not count and were replaced (last "
                "on {date}).",
                times,
            ).format(times=times, date=date)
        case Concern.UNSEEN:
            return ngettext(
                "{times} face of a check could not be seen ({date}). A check of which fewer than nine in ten were seen "
                "does not count.",
                "{times} faces of checks could not be seen (last on {date}). A check of which fewer than nine in ten "
                "were seen does not count.",
                times,
            ).format(times=times, date=date)
        case Concern.EXCLUDED:
            return ngettext(
                "{times} check cannot be compared with the latest: {why}.",
                "{times} checks cannot be compared with the latest: {why}.",
                times,
            ).format(times=times, why="; ".join(map(_differs, item.why)))
        case Concern.SILENT:
            return _("No practice for two weeks or more: the last was on {date}.").format(date=date)
        case Concern.NOT_BEGUN:
            return _("Has not begun: the account is from {date}.").format(date=date)


def _differs(difference: BlueprintDifference) -> str:
    """In what a check differs from the latest."""
    match difference.name:
        case "length":
            return _("{was} faces instead of {now}").format(was=difference.was, now=difference.now)
        case "exposure_ms":
            return _("each face shown {was} instead of {now}").format(
                was=exposure_name(difference.was), now=exposure_name(difference.now)
            )
        case "device":
            return _("on {was} instead of {now}").format(was=_device(difference.was), now=_device(difference.now))
        case "language":
            return _("in another language")
        case "intensities":
            return _("faces of another strength")
        case "votes":
            return _("faces of another clarity")
        case _:
            return _("other faces")


def _device(kind: str) -> str:
    kinds = {"phone": _("a phone"), "tablet": _("a tablet"), "computer": _("a computer")}
    return kinds.get(kind, kind)


def confusions(result: BlockResult) -> list[str]:
    """The three most frequent confusions, each in a sentence."""
    return [
        ngettext(
            "**{target}** was taken for **{response}** once in {shown}.",
            "**{target}** was taken for **{response}** {count} times in {shown}.",
            confusion.count,
        ).format(
            target=label(confusion.target).capitalize(),
            response=label(confusion.response),
            count=confusion.count,
            shown=result.emotions[confusion.target].shown,
        )
        for confusion in result.confusions
    ]


def emotions_in_words(emotions: tuple[Emotion, ...]) -> str:
    """A list of emotions; all seven in two words."""
    if len(emotions) == len(Emotion):
        return _("all seven emotions")
    return ", ".join(label(emotion) for emotion in emotions)


def plan_in_words(plan: Plan, title: str) -> str:
    """What is trained, in three short sentences."""
    practice = _("Practice: {faces} faces of {title}, {emotions}.").format(
        faces=plan.practice_length, title=set_title(title), emotions=emotions_in_words(plan.emotions)
    )
    if plan.rule is ChangeRule.BLOCKS:
        return f"{practice} {checks_in_words(plan)}"
    check = ngettext(
        "A check of {faces} faces after every practice.",
        "A check of {faces} faces after every {count} practices.",
        plan.check_every,
    ).format(faces=plan.check_length, count=plan.check_every)
    planned = ngettext(
        "{checks} check is planned after the first two.",
        "{checks} checks are planned after the first two.",
        plan.checks_planned,
    ).format(checks=plan.checks_planned)
    return f"{practice} {check} {planned}"


def suggestion_in_words(suggestion: Suggestion, plan: Plan) -> str:
    """What might be practised next, and why."""
    if not suggestion.enough:
        return _("There are too few faces yet to suggest anything else than the plan there is.")
    if not suggestion.changes(plan):
        return _("Nothing else is suggested: the plan fits what is mixed up.")
    why = [
        _("{target} is taken for {response} ({count} of {shown})").format(
            target=label(pair.target), response=label(pair.response), count=pair.count, shown=pair.shown
        )
        for pair in suggestion.pairs
    ]
    sentence = _("Practise {emotions}.").format(emotions=emotions_in_words(suggestion.plan.emotions))
    if why:
        sentence += " " + _(
            "More often than choosing without looking would give, in the latest checks: {pairs}."
        ).format(pairs="; ".join(why))
    else:
        sentence += " " + _(
            "In the latest checks no two emotions are mixed up more often than choosing without looking would give."
        )
    if suggestion.added:
        sentence += " " + _("{emotions} joined, so that there are four to choose from.").format(
            emotions=emotions_in_words(suggestion.added).capitalize()
        )
    return f"{sentence} {_strength(suggestion)}".strip()


def _strength(suggestion: Suggestion) -> str:
    low, high = suggestion.plan.practice_intensities
    right = round(100 * (suggestion.right or 0))
    match suggestion.strength:
        case Strength.FAINTER:
            return _("Fainter faces, {low} to {high} %: {right} in 100 are named as meant.").format(
                low=low, high=high, right=right
            )
        case Strength.CLEARER:
            return _("Clearer faces, {low} to {high} %: only {right} in 100 are named as meant.").format(
                low=low, high=high, right=right
            )
        case Strength.SAME:
            return ""


def if_practice_alone(verdict: Verdict) -> str | None:
    """What the verdict would be if five points came from knowing the task; None without a verdict."""
    if verdict.if_practice_gain is None:
        return None
    kinds = {
        VerdictKind.BETTER: _("it would still be better than before training"),
        VerdictKind.WORSE: _("it would be worse than before training"),
        VerdictKind.CANNOT_TELL: _("nothing could be said of change"),
    }
    return _("If merely doing a check again gives 5 points, {verdict}.").format(verdict=kinds[verdict.if_practice_gain])


def power_in_words(outlook: Outlook) -> str | None:
    """How often one check by a plan would show the planned gain under its limit; None where there is no room for it."""
    if outlook.power is None:
        return None
    return _(
        "A person who names {start} of 100 faces at the start and gains {gain} points would be called better at a "
        "single check in about {found} of 100 such courses. Many short checks on days of their own find far more."
    ).format(start=round(100 * outlook.start), gain=round(100 * PLANNED_GAIN), found=round(100 * outlook.power))


def limit_in_words(outlook: Outlook, plan: Plan) -> str | None:
    """The simulated limit of a plan, as shares of a check; None before there is a baseline."""
    if outlook.band is None:
        return None
    low, high = (round(100 * edge) for edge in outlook.band)
    return _(
        "With this plan a check counts as a change below {low} or above {high} in 100 (|z| over {limit}). The limit "
        "is simulated so that of 100 people who do not change at most 5 are ever called changed in the whole course "
        "of {checks} checks, with ups and downs from day to day."
    ).format(low=low, high=high, limit=number(outlook.limit, 2), checks=plan.checks_planned)
