"""The four figures that sum a patient up, each with its interval, for the page and for the report."""

from core.domain.compare import difference_interval
from core.domain.metrics import Interval
from core.report.content import Figure
from core.services.review import Review
from pages.shared.frequencies import percent
from pages.shared.words import _, ngettext


def four_figures(found: Review) -> tuple[Figure, ...]:
    """Latest check, gain since the baseline, unbiased hit rate, dose."""
    return _latest(found), _gain(found), _hu(found), _dose(found)


def _latest(found: Review) -> Figure:
    name, latest = _("Named as meant, latest check"), found.progress.checks[-1:]
    if not latest or not latest[0].shown:
        return Figure(name, "–", _("no check yet"))
    low, high = (round(100 * edge) for edge in latest[0].interval)
    spread = _("95 %: {low} to {high} %").format(low=low, high=high)
    return Figure(name, percent(latest[0].right / latest[0].shown, 0), spread)


def _gain(found: Review) -> Figure:
    name, latest, verdict = _("Since the baseline"), found.progress.checks[-1:], found.progress.verdict
    if verdict.baseline is None or verdict.gain is None or not latest:
        return Figure(name, "–", _("no later check yet"))
    after, before = (latest[0].right, latest[0].shown), (verdict.baseline.right, verdict.baseline.shown)
    value = _("{points} points").format(points=f"{100 * verdict.gain:+.0f}")
    return Figure(name, value, _between(difference_interval(after, before), 100, "+.0f"))


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
