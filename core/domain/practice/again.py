"""Where a face that was missed comes back in the same run, on another person."""

from collections.abc import Sequence

EARLIEST, LATEST = 3, 6
"""Faces from the one that was missed: no longer in mind, and not forgotten."""
_BEST_FIRST = (4, 3, 5, 6)


def place_of_return(missed: int, target: str, ahead: Sequence[tuple[int, str]]) -> int | None:
    """The number of the item in whose place a face of `target` comes back; None where one comes anyway, or the run is
    over before. `ahead`: number and target of the open items for which nothing stands in yet."""
    near = {number - missed: meant for number, meant in ahead if EARLIEST <= number - missed <= LATEST}
    if target in near.values():
        return None
    return next((missed + gap for gap in _BEST_FIRST if gap in near), None)
