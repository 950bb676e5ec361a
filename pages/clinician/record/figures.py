"""The four figures that sum a patient up, each with its interval, for the page and for the report."""

from core.domain.statistics.metrics import Interval
from core.report.content import Figure
from core.services.clinic.record import Review
from pages.shared.frequencies import percent
from pages.shared.words import _, ngettext


def four_figures(found: Review) -> tuple[Figure, ...]:
    """Latest check, gain since the baseline, unbiased hit rate, dose."""
    return _latest(found), _gain(found), _hu(found), _dose(found)


def _latest(found: Review) -> Figure:
    name, point = _("Named as meant, latest check"), found.series.latest if found.series else None
    if point is None:
        return Figure(name, "–", _("no check yet"))
    low, high = (round(100 * edge) for edge in point.interval)
    return Figure(name, percent(point.right / point.shown, 0), _("95 %: {low} to {high} %").format(low=low, high=high))


def _gain(found: Review) -> Figure:
    """The difference beside what the verdict takes for ups and downs, so that both say the same."""
    name, verdict = _("Since the baseline"), found.progress.verdict
    if verdict.baseline is None or verdict.gain is None or verdict.band is None:
        return Figure(name, "–", _("no later check yet"))
    value = _("{points} points").format(points=f"{100 * verdict.gain:+.0f}")
    low, high = (f"{100 * (edge - verdict.baseline.rate):+.0f}" for edge in verdict.band)
    return Figure(name, value, _("{low} to {high}: ups and downs").format(low=low, high=high))


def _hu(found: Review) -> Figure:
    name, point = _("Unbiased hit rate Hu, latest check"), found.series.latest if found.series else None
    if point is None or point.hu is None:
        return Figure(name, "–", _("no check yet"))
    return Figure(name, f"{point.hu:.2f}", _between(point.hu_interval, 1, ".2f"))


def _dose(found: Review) -> Figure:
    days = ngettext("on {days} day", "on {days} days", found.dose.days).format(days=found.dose.days)
    minutes = _("{minutes} min").format(minutes=round(found.dose.minutes))
    return Figure(_("Practice in four weeks"), minutes, days)


def _between(interval: Interval, times: int, form: str) -> str:
    low, high = (f"{times * edge:{form}}" for edge in interval)
    return _("95 %: {low} to {high}").format(low=low, high=high)
