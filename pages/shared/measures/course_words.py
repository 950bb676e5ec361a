"""A course of checks in blocks in words, for the patient and for the clinician. A look that was made keeps its date."""

from datetime import date, timedelta

from core.domain.exercise.plan import Plan
from core.domain.exercise.presets import PRESETS, WEEKS
from core.domain.exercise.programme import RECOMMENDED_FOLLOW_UP
from core.domain.programme.today import ProgrammeToday
from core.domain.statistics.block_verdict import BlockVerdict
from core.domain.statistics.change import PLANNED_GAIN, VerdictKind
from core.domain.statistics.course import Course
from core.domain.statistics.course_parts import ClosedPart, CoursePart
from pages.shared.format import day, signed
from pages.shared.words import _

OLD = timedelta(weeks=4)


def preset_name(preset: str) -> str:
    names = {"standard": _("Standard"), "thorough": _("Thorough"), "light": _("Light"), "short": _("Short")}
    return names[preset]


def preset_in_words(preset: str) -> str:
    """A choice of the form: its checks, what they cost and what they find."""
    chosen = PRESETS[preset]
    return _("{name}: {checks} checks of {faces} faces, {minutes} minutes in all; {finds}").format(
        name=preset_name(preset),
        checks=chosen.design.checks,
        faces=chosen.design.length,
        minutes=chosen.minutes,
        finds=_finds(preset),
    )


def _finds(preset: str) -> str:
    low, high = PRESETS[preset].found
    return _("finds a gain of {gain} points in about {low} to {high} of 100 people").format(
        gain=round(100 * PLANNED_GAIN), low=low, high=high
    )


def checks_in_words(plan: Plan) -> str:
    """The checks of a plan in blocks."""
    design = plan.design
    sentence = _(
        "Checks of {faces} faces, at most one a day: {baseline} before faces are practised, {middle} half-way, {end} "
        "in the last of the {weeks} weeks."
    )
    if not design.middle:
        sentence = _(
            "Checks of {faces} faces, at most one a day: {baseline} before faces are practised, {end} in the last of "
            "the {weeks} weeks."
        )
    said = sentence.format(
        faces=design.length, baseline=design.baseline, middle=design.middle, end=design.end, weeks=WEEKS
    )
    later = plan.programme.follow_up if plan.programme else None
    if later is None:
        return said
    return f"{said} " + _("{weeks} weeks after training follow {checks} more: is it kept?").format(
        weeks=later.weeks, checks=later.checks
    )


def plan_finds(plan: Plan) -> str:
    """What a plan in blocks can show."""
    low, high = PRESETS[plan.preset].found
    return _(
        "This plan finds a gain of {gain} points in about {low} to {high} of 100 people: {faces} faces in all, about "
        "{minutes} minutes. Of 100 people who do not change, at most 5 are called better."
    ).format(
        gain=round(100 * PLANNED_GAIN),
        low=low,
        high=high,
        faces=plan.design.faces,
        minutes=PRESETS[plan.preset].minutes,
    )


def follow_up_finds(plan: Plan) -> str | None:
    """What a follow-up of the recommended number of checks can show; None where there is none."""
    later = plan.programme.follow_up if plan.programme else None
    if later is None or later.checks != RECOMMENDED_FOLLOW_UP.checks:
        return None
    low, high = PRESETS[plan.preset].loss_found
    return _(
        "Its follow-up finds a loss of {loss} points in about {low} to {high} of 100 people; smaller ones it mostly "
        "cannot tell. Of 100 people who keep all, at most 3 are called fewer."
    ).format(loss=round(100 * PLANNED_GAIN), low=low, high=high)


def own_course(course: Course) -> str:
    """What can be said of change now, to the person."""
    verdict = course.said.verdict if course.said else None
    match course.kind, verdict:
        case VerdictKind.BASELINE_UNFINISHED, _none:
            return _(
                "{planned} short looks on {planned} days show how you name faces before the training. {made} of them "
                "are done."
            ).format(planned=course.planned, made=course.made)
        case VerdictKind.BETTER, BlockVerdict():
            sentence = _(
                "At the end of your training you name more faces as they are meant than before: about {after} in 100 "
                "instead of {before}. So large a difference is rare when nothing has changed."
            )
            if course.said and course.said.part is CoursePart.MIDDLE:
                sentence = _(
                    "Half-way through your training you name more faces as they are meant than before: about {after} "
                    "in 100 instead of {before}. So large a difference is rare when nothing has changed."
                )
            return sentence.format(after=_percent(verdict.after), before=_percent(verdict.before))
        case VerdictKind.WORSE, BlockVerdict():
            sentence = _(
                "You name fewer faces as they are meant than before the training: about {after} in 100 instead of "
                "{before}. Tiredness or a hard time can do this. Please talk about it with your clinician."
            )
            return sentence.format(after=_percent(verdict.after), before=_percent(verdict.before))
        case VerdictKind.COULD_NOT_TELL | VerdictKind.CANNOT_TELL, BlockVerdict():
            sentence = _(
                "Before {before} in 100, now {after}. This may be a real step or the ups and downs of days; these "
                "checks cannot tell the two apart."
            )
            return sentence.format(after=_percent(verdict.after), before=_percent(verdict.before))
        case VerdictKind.NO_ROOM, _none:
            return _("You named nearly all faces as they are meant from the start. There is little left to measure.")
        case _kind, _none:
            return _("How you name faces before the training is known now. Later looks are compared with it.")


def course_headline(course: Course, today: date) -> str:
    """The verdict with its date and what it rests on, or where the course stands, for the clinician."""
    said = course.said
    if said is None or said.verdict is None:
        return _where(course)
    verdict = said.verdict
    when = _when(said)
    match course.kind:
        case VerdictKind.BETTER:
            sentence = _("Better than before training: {gain} points ({low} to {high}), {when}.")
        case VerdictKind.WORSE:
            sentence = _("Worse than before training: {gain} points ({low} to {high}), {when}.")
        case VerdictKind.COULD_NOT_TELL:
            sentence = _("These checks could not tell: {gain} points ({low} to {high}), {when}.")
        case VerdictKind.NO_ROOM:
            sentence = _("No verdict: the baseline left no room for a gain, {when}.")
        case _kind:
            sentence = _("Cannot tell yet: {gain} points ({low} to {high}), {when}.")
    low, high = verdict.interval
    headline = sentence.format(gain=points(verdict.gain), low=points(low), high=points(high), when=when)
    if today - said.on > OLD:
        headline += " " + too_old()
    return headline


def too_old() -> str:
    return _("This is older than four weeks.")


def beside_the_headline(course: Course) -> list[str]:
    """What the verdict rests on and how far it goes, and what is going on now."""
    sentences = []
    verdict = course.said.verdict if course.said else None
    if verdict is not None:
        sentences.append(
            _("It rests on {after} faces on {days_after} days against {before} on {days_before}.").format(
                after=verdict.faces_after,
                days_after=verdict.days_after,
                before=verdict.faces_before,
                days_before=verdict.days_before,
            )
            + " "
            + _("Of 100 people who do not change, at most 5 are called better in such a plan.")
        )
        sentences.append(_where(course))
    return sentences


def points(share: float) -> str:
    """A gain in points, with its sign."""
    return signed(100 * share)


def interval_in_words(verdict: BlockVerdict) -> str:
    low, high = verdict.interval
    return _("{low} to {high}").format(low=points(low), high=points(high))


def part_name(part: CoursePart | None) -> str:
    """`part` as of `Review.blocks`."""
    if part is None:
        return _("Since the baseline")
    names = {
        CoursePart.WARM_UP: _("Warm-up"),
        CoursePart.BASELINE: _("Before training"),
        CoursePart.MIDDLE: _("Half-way"),
        CoursePart.END: _("End of training"),
        CoursePart.FOLLOW_UP: _("Follow-up"),
    }
    return names[part]


def _where(course: Course) -> str:
    """What is going on now."""
    phase = _("Phase {phase}.").format(phase=course.phase) + " " if course.phase > 1 else ""
    match course.open:
        case CoursePart.BASELINE:
            now = _("Baseline: {made} of {planned} checks, one a day.")
        case CoursePart.MIDDLE:
            now = _("Half-way: {made} of {planned} checks, one a day.")
        case CoursePart.END:
            now = _("End: {made} of {planned} checks, one a day.")
        case CoursePart.FOLLOW_UP:
            now = _("Follow-up: {made} of {planned} checks, one a day. There is no practice until they are made.")
        case _none if course.follow_up_on is not None:
            now = _("All checks of the training are made. The follow-up is asked from {date} on, after training.")
        case _none if course.over:
            now = _("All checks of this plan are made.")
        case _none:
            now = _("The baseline is made; until the next checks there is only training.")
    date = day(course.follow_up_on) if course.follow_up_on else ""
    return phase + now.format(made=course.made, planned=course.planned, date=date)


def _when(part: ClosedPart) -> str:
    date = day(part.on)
    return (
        _("end of {date}").format(date=date) if part.part is CoursePart.END else _("half-way, {date}").format(date=date)
    )


def _percent(share: float) -> int:
    return round(100 * share)


def week_in_words(day: ProgrammeToday) -> str:
    """Where somebody stands in the training of their programme."""
    return _("Week {week} of {weeks}: {done} of {days} days are done.").format(
        week=day.week, weeks=day.weeks, done=day.days_done, days=day.days
    )
