"""The four figures that sum a patient up, each with its interval, for the page and for the report."""

from core.domain.statistics.course_parts import CoursePart
from core.domain.statistics.metrics import LEAST_FOR_DETECTION, Interval
from core.report.content import KeyFigure
from core.services.clinic.record import Review
from pages.shared.format import number, signed
from pages.shared.frequencies import percent
from pages.shared.measures.course_words import interval_in_words, part_name, points
from pages.shared.words import _, ngettext


def four_figures(review: Review) -> tuple[KeyFigure, ...]:
    """Latest check, gain since the baseline, unbiased hit rate, dose."""
    return _latest(review), _gain(review), _hu(review), _dose(review)


def _latest(review: Review) -> KeyFigure:
    name, point = _("Named as meant, latest check"), review.latest
    if review.progress.course is not None:
        name = _("Named as meant")
    if point is None:
        return KeyFigure(name, "–", _("no check yet"))
    if review.last_part is not None:
        days = len(review.last_part.checks)
        spread = ngettext("{part}, {days} day", "{part}, {days} days", days)
        part = part_name(review.last_part.part)
        return KeyFigure(name, percent(point.right / point.shown, 0), spread.format(part=part, days=days))
    low, high = (round(100 * edge) for edge in point.interval)
    return KeyFigure(
        name, percent(point.right / point.shown, 0), _("95 %: {low} to {high} %").format(low=low, high=high)
    )


def _gain(review: Review) -> KeyFigure:
    """The difference beside what the verdict takes for ups and downs, so that both say the same."""
    name, verdict = _("Since the baseline"), review.progress.verdict
    if (course := review.progress.course) is not None:
        found = course.said.verdict if course.said else None
        if found is None:
            return KeyFigure(name, "–", _("no verdict yet"))
        spread = interval_in_words(found)
        if course.said is not None and course.later is not None:
            spread = f"{part_name(course.said.part)}: {spread}"
        return KeyFigure(name, _("{points} points").format(points=points(found.gain)), spread)
    if verdict.baseline is None or verdict.gain is None or verdict.band is None:
        return KeyFigure(name, "–", _("no later check yet"))
    value = _("{points} points").format(points=signed(100 * verdict.gain))
    low, high = (signed(100 * (edge - verdict.baseline.rate)) for edge in verdict.band)
    return KeyFigure(name, value, _("{low} to {high}: ups and downs").format(low=low, high=high))


def _hu(review: Review) -> KeyFigure:
    name, point = _("Unbiased hit rate Hu"), review.told_apart
    if point is None:
        return KeyFigure(name, "–", _("no check yet"))
    if point.hu is None:
        return KeyFigure(name, "–", _("from {faces} faces of each emotion on").format(faces=LEAST_FOR_DETECTION))
    return KeyFigure(name, number(point.hu, 2), _between(point.hu_interval, 1, 2))


def _dose(review: Review) -> KeyFigure:
    days = ngettext("on {days} day", "on {days} days", review.dose.days).format(days=review.dose.days)
    minutes = _("{minutes} min").format(minutes=round(review.dose.minutes))
    return KeyFigure(_("Practice in four weeks"), minutes, days)


def _between(interval: Interval, times: int, digits: int) -> str:
    low, high = (number(times * edge, digits) for edge in interval)
    return _("95 %: {low} to {high}").format(low=low, high=high)


def part_means(review: Review) -> list[tuple[CoursePart, list[float | None]]]:
    """The mean share of each part of a course that is over, for each check that is shown: None where it is another
    part's."""
    course, found = review.progress.course, list[tuple[CoursePart, list[float | None]]]()
    for part in course.closed if course else ():
        if not part.own:
            continue
        own = [check.summary.right / check.summary.shown for check in review.checks if check.id in part.checks]
        if own:
            mean = sum(own) / len(own)
            found.append((part.part, [mean if check.id in part.checks else None for check in review.checks]))
    return found
