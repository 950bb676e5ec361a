"""Time axis of checks: where each stands, how far the axis reaches, and which of them have their date below."""

from collections.abc import Sequence
from datetime import date, datetime

LEAST_APART = 40
"""Of the whole time, how small a part may lie between two checks: those of one day stand beside each other."""


def places(times: Sequence[datetime]) -> list[float]:
    """Where each check stands, in days since the first one."""
    days = [(time - times[0]).total_seconds() / 86_400 for time in times]
    least = max(days[-1], 1.0) / LEAST_APART
    found: list[float] = []
    for at in days:
        found.append(max(at, found[-1] + least) if found else at)
    return found


def reach(at: Sequence[float]) -> tuple[float, float]:
    """From where to where the axis of checks at these places goes."""
    room = max(at[-1] / 20, 0.5)
    return at[0] - room, at[-1] + room


def named(at: Sequence[float], most: int) -> list[int]:
    """The checks that have their date below: the first one, and no more than `most`, so that none covers another."""
    first, last = reach(at)
    apart = (last - first) / most
    found: list[int] = []
    for place, x in enumerate(at):
        if not found or x - at[found[-1]] >= apart:
            found.append(place)
    return found


def place_of(on: date, days: Sequence[date]) -> float:
    """Where a day lies among the checks of these `days`, of which the first stands at 1: between two as far as its
    date."""
    before = sum(one <= on for one in days)
    if before in {0, len(days)}:
        return before + 0.4 if before else 0.6
    return before + (on - days[before - 1]) / (days[before] - days[before - 1])


def between(place: float, at: Sequence[float]) -> float:
    """Where such a place stands on the axis of checks: between two, or half-way to an end."""
    first, last = reach(at)
    if place < 1:
        return (first + at[0]) / 2
    if place >= len(at):
        return (last + at[-1]) / 2
    before = int(place) - 1
    return at[before] + (place - int(place)) * (at[before + 1] - at[before])
