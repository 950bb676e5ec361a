"""Natural frequencies: shares as times in ten, and how far another sample could lie from it."""

from core.domain.network.quality import Interval
from pages.shared.format import number
from pages.shared.words import _


def in_ten(share: float) -> int:
    """How many times in ten; rounded, but never "always" or "never" where it is not."""
    return 10 if share == 1 else 0 if share == 0 else min(9, max(1, round(10 * share)))


def out_of_ten(share: float) -> str:
    return _("about {times} in 10").format(times=in_ten(share))


def between(interval: Interval) -> str:
    """An interval in words: where the share lies for all such faces, not only for these."""
    low, high = (round(100 * edge) for edge in interval)
    return _("between {low} and {high} in 100").format(low=low, high=high)


def percent(share: float, digits: int = 1) -> str:
    return _("{percent} %").format(percent=number(100 * share, digits))


def percents(interval: Interval, digits: int = 1) -> str:
    return " – ".join(number(100 * edge, digits) for edge in interval)
