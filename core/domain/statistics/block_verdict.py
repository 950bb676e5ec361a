"""The verdict on a block of checks against the baseline, and the interval that agrees with it."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.domain.statistics.block_limits import LookLimits
from core.domain.statistics.blocks import compare_blocks
from core.domain.statistics.change import VerdictKind
from core.domain.statistics.metrics import Interval

NO_ROOM = 0.9
"""From this share right in the baseline on nothing is said of change: there is no room for a gain."""


@dataclass(frozen=True)
class DayCount:
    """A counted check, the only one of its day: `right` of `shown` faces."""

    right: int
    shown: int


@dataclass(frozen=True)
class BlockVerdict:
    """What one look says, and all that it rests on."""

    kind: VerdictKind
    before: float
    """Mean share of the baseline's checks."""
    after: float
    gain: float
    se: float
    """Of the gain."""
    z: float
    day_sd: float
    """Of the person from day to day, in logits."""
    limits: LookLimits
    days_before: int
    days_after: int
    faces_before: int
    faces_after: int

    @property
    def interval(self) -> Interval:
        """Of the gain: above 0 exactly where the verdict is better, below 0 exactly where it is worse."""
        return self.gain - self.limits.better * self.se, self.gain + self.limits.worse * self.se


def block_verdict(
    before: Sequence[DayCount], after: Sequence[DayCount], limits: LookLimits, last: bool, needs_room: bool = True
) -> BlockVerdict:
    """The checks `after` against those of the baseline. `last`: nobody looks again, so what cannot be told now could
    not be told by these checks. `needs_room`: nothing is said where the baseline leaves none for a gain."""
    shown_before, shown_after = [check.shown for check in before], [check.shown for check in after]
    estimate = compare_blocks(
        [check.right for check in before], [check.right for check in after], shown_before, shown_after
    )
    z = float(estimate.z)
    if needs_room and no_room(before):
        kind = VerdictKind.NO_ROOM
    elif z > limits.better:
        kind = VerdictKind.BETTER
    elif z < -limits.worse:
        kind = VerdictKind.WORSE
    else:
        kind = VerdictKind.COULD_NOT_TELL if last else VerdictKind.CANNOT_TELL
    return BlockVerdict(
        kind=kind,
        before=float(estimate.before),
        after=float(estimate.after),
        gain=float(estimate.gain),
        se=float(estimate.se),
        z=z,
        day_sd=float(estimate.day_sd),
        limits=limits,
        days_before=len(before),
        days_after=len(after),
        faces_before=sum(shown_before),
        faces_after=sum(shown_after),
    )


def no_room(before: Sequence[DayCount]) -> bool:
    """Whether a baseline is so good that no gain could be found."""
    return sum(check.right for check in before) >= NO_ROOM * sum(check.shown for check in before)
