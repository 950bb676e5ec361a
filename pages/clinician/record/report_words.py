"""A patient's report in words: what stands on its two pages, from the same figures as the patient's page."""

from collections.abc import Sequence
from itertools import groupby
from math import isnan

from core.domain.days import day_of
from core.domain.emotions import Emotion
from core.domain.feelings.diary import used_words
from core.domain.patient.questionnaires import QuestionnaireScore, change
from core.domain.statistics.course_parts import CoursePart
from core.domain.statistics.figures import EmotionFigures
from core.domain.statistics.metrics import MISSED
from core.domain.statistics.series import RECENT_CHECKS
from core.domain.statistics.time_axis import place_of
from core.report.content import CourseChart, Happening, Matrix, Point, Report, Section, Table
from core.services.clinic.questionnaires import known
from core.services.clinic.record import Review
from core.services.clinic.reports import ReportFacts
from pages.clinician.record.events import kind_of_event
from pages.clinician.record.feelings import how_often
from pages.clinician.record.figures import four_figures, part_means
from pages.clinician.record.questionnaires.view import change_in_words, in_words
from pages.shared.emotions import label
from pages.shared.feelings.figures import together_sentences
from pages.shared.feelings.words import word_name
from pages.shared.format import day, number
from pages.shared.measures.patient_words import beside_the_verdict, concern, confusions, headline, plan_in_words
from pages.shared.set_names import set_title
from pages.shared.words import _, language, ngettext

MOST_CONCERNS, MOST_EVENTS, MOST_CHECKS, MOST_WORDS = 5, 6, 32, 5
CHANCE = 1 / len(Emotion)


def report_in_words(facts: ReportFacts, own: str = "") -> Report:
    """The report in the language in which words are now; `own` is what the clinician adds in their own words."""
    review = facts.review
    recent = review.series.recent.summary if review.series else None
    attention = [concern(one, review.zone) for one in review.attention[:MOST_CONCERNS]] or [
        _("Nothing else needs attention.")
    ]
    return Report(
        language=language(),
        title=_("Lexithymia: naming emotions in faces"),
        name=review.code,
        facts=_facts(facts),
        unknown=_("{sign} stands for a letter that this report’s type does not have."),
        headline=headline(review),
        more=" ".join(beside_the_verdict(review)),
        own=Section(_("In the words of {clinician}").format(clinician=facts.by), [own.strip()] if own.strip() else []),
        attention=Section(_("Needs attention"), attention),
        figures=four_figures(review),
        course=_course(facts),
        plan=Section(_("Plan"), [plan_in_words(review.plan, review.set_title)]),
        matrix=_matrix(review),
        confusions=Section(
            _("Most often mixed up"), [one.replace("**", "") for one in confusions(recent)] if recent else []
        ),
        emotions=_emotions(review),
        questionnaires=Section(_("Questionnaires"), _totals(facts.scores)),
        events=Section(_("Events"), _events(facts)),
        feelings=Section(_("Own feelings, as far as they are shown"), _feelings(facts)),
        definitions=Section(_("What the figures mean"), _definitions(review)),
        foot=_(
            "This is no diagnosis. It describes how faces were named in training; what that means is for the clinician "
            "and the person to say."
        ),
        page=_("Page {page} of 2"),
    )


def _feelings(facts: ReportFacts) -> list[str]:
    """Two lines; none where nothing is shown."""
    shown = facts.feelings
    if not shown.entries:
        return []
    used = [word_name(one.word) for one in used_words(shown.entries) if not one.own][:MOST_WORDS]
    named = _("Named most often: {words}.").format(words=", ".join(used)) if used else ""
    came = [one.replace("**", "") for one in together_sentences(shown.entries)[:1]]
    return [f"{how_often(shown)} {named}".strip(), *came]


def _facts(facts: ReportFacts) -> list[tuple[str, str]]:
    review = facts.review
    checks = len(review.checks)
    sentence = ngettext("{checks} check", "{checks} checks", checks).format(checks=checks)
    if checks:
        sentence += ", " + _("from {first} to {last}").format(
            first=day(review.checks[0].when, zone=review.zone), last=day(review.checks[-1].when, zone=review.zone)
        )
    return [
        (_("Made on"), _("{date} by {clinician}").format(date=day(facts.made_on), clinician=facts.by)),
        (_("Rests on"), sentence),
        (_("Faces"), set_title(review.measured_title)),
    ]


def _course(facts: ReportFacts) -> CourseChart:
    review = facts.review
    in_blocks = review.progress.course is not None
    means = [dict(enumerate(mean)) for _part, mean in part_means(review)]
    points = [
        Point(
            when=check.when,
            label=day(check.when, zone=review.zone),
            share=point.right / point.shown,
            interval=point.interval,
            comparable=point.comparable,
            people=check.summary.people.share if check.summary.people else None,
            network=_share(check.summary.network_right, check.summary.network_shown),
            mean=next((mean[place] for mean in reversed(means) if mean[place] is not None), None),
        )
        for place, (check, point) in enumerate(zip(review.checks, review.progress.checks, strict=True))
        if point.shown
    ][-MOST_CHECKS:]
    days = [day_of(point.when, review.zone) for point in points]
    events = facts.events[-MOST_EVENTS:] if points else ()
    return CourseChart(
        title=_("Checks over time"),
        points=points,
        band=review.progress.verdict.band,
        chance=CHANCE,
        empty=_("No check has been finished yet."),
        axis=_("Named as meant (%); a dot for each check, a line at the mean of each part")
        if in_blocks
        else _("Named as meant (%), with 95 % interval; open dots: checks of another kind"),
        band_name=_("usual ups and downs"),
        chance_name=_("Without looking"),
        people_name=_("People, same faces"),
        network_name=_("The network, same faces"),
        person_name=_("The person"),
        in_blocks=in_blocks,
        events=[Happening(place_of(one.on, days), kind_of_event(one.kind), day(one.on)) for one in events],
    )


def _matrix(review: Review) -> Matrix | None:
    if review.series is None:
        return None
    checks = min(RECENT_CHECKS, len(review.series.checks))
    names = [label(emotion) for emotion in Emotion]
    return Matrix(
        title=ngettext(
            "What is taken for what: faces of the latest check",
            "What is taken for what: faces of the latest {checks} checks",
            checks,
        ).format(checks=checks),
        rows=names,
        columns=[*names, _("not sure")],
        counts=review.series.recent.summary.matrix[:, :MISSED].tolist(),
        corner=_("Shown / named as"),
    )


def _emotions(review: Review) -> Table | None:
    if review.series is None:
        return None
    checks = len(review.series.checks)
    title = ngettext("By emotion: {checks} check", "By emotion: {checks} checks", checks).format(checks=checks)
    shown = [("", review.series)]
    if review.blocks:
        shown = [(f"{_in_a_head(part)}: ", series) for part, series in (review.blocks[0], *review.blocks[1:][-1:])]
        title = _("By emotion")
    columns = [(_("named as meant"), _right), (_("95 %"), _interval), ("Hu", _hu), (_("seconds"), _seconds)]
    return Table(
        title=title,
        head=[_("Emotion"), *(f"{part}{name}" for part, _series in shown for name, _cell in columns)],
        rows=[
            [label(emotion), *(cell(series.emotions[emotion]) for _part, series in shown for _name, cell in columns)]
            for emotion in Emotion
        ],
    )


def _in_a_head(part: CoursePart | None) -> str:
    """A part of `Review.blocks` in the head of a narrow column."""
    match part:
        case CoursePart.BASELINE:
            return _("Before")
        case CoursePart.MIDDLE:
            return _("Half-way")
        case CoursePart.END:
            return _("At the end")
        case CoursePart.FOLLOW_UP:
            return _("Later")
        case _:
            return _("Since then")


def _right(one: EmotionFigures) -> str:
    return _("{right} of {shown}").format(right=one.right, shown=one.shown) if one.shown else "–"


def _interval(one: EmotionFigures) -> str:
    low, high = (round(100 * edge) for edge in one.interval)
    return f"{low}–{high} %" if one.shown else "–"


def _hu(one: EmotionFigures) -> str:
    return "–" if isnan(one.hu) else number(one.hu, 2)


def _seconds(one: EmotionFigures) -> str:
    return "–" if one.times.median_ms is None else number(one.times.median_ms / 1000, 1)


def _totals(scores: Sequence[QuestionnaireScore]) -> list[str]:
    """Each questionnaire's last total, and what can be said of change; those there is a file for."""
    of_each = {
        key: list(own_scores) for key, own_scores in groupby(sorted(scores, key=lambda s: s.questionnaire), _key)
    }
    lines = []
    for key, questionnaire in known().items():
        if own_scores := of_each.get(key):
            last = own_scores[-1]
            said = f"{questionnaire.name}: {in_words(questionnaire, last)}, {day(last.on)}."
            changed = change(questionnaire, own_scores)
            lines.append(f"{said} {change_in_words(changed)}" if changed else said)
    return lines


def _key(score: QuestionnaireScore) -> str:
    return score.questionnaire


def _events(facts: ReportFacts) -> list[str]:
    return [f"{day(one.on)}: {kind_of_event(one.kind)}, {one.text}" for one in facts.events[-MOST_EVENTS:]]


def _definitions(review: Review) -> list[str]:
    change_of = _(
        "Change: a whole check against the first two, pooled. The limit comes from simulated courses with ups and "
        "downs from day to day: of 100 people who do not change at most 5 are ever called changed in the whole "
        "course. Without enough practice nothing is called changed."
    )
    if review.progress.course is not None:
        change_of = _(
            "Change: the mean share of the checks of a part against that of the checks before training, one a day, by "
            "the person’s own ups and downs (moderated t, Smyth 2004). The limits come from simulated courses: of 100 "
            "people who do not change at most 5 are ever called better."
        )
    return [
        _(
            "Checks: fixed numbers of faces, without feedback, of people who are never seen in practice. Named as "
            "meant: the answer is the emotion the face was made or chosen to show. Intervals: Wilson, 95 %."
        ),
        change_of,
        _(
            "Unbiased hit rate Hu: hits² / (times shown × times answered), so that giving one answer often does not "
            "help (Wagner 1993); from 20 faces of an emotion on. Seconds: the median from painted to answered, right "
            "answers of 0.2 s or more. People: those who chose the target on the same faces. The network: its first "
            "choice on the same faces; it errs, too."
        ),
        _(
            "Questionnaires ask about alexithymia and are no measure of naming faces. Reliable change: RCI = (last − "
            "first) / (SD · (2(1 − r))^½), above 1.96 either way (Jacobson & Truax 1991)."
        ),
    ]


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
