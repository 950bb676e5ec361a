"""Designs of a course of checks: how many checks of how many faces before, in the middle and at the end of training."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

WEEKS = 6
"""Of training, after the baseline."""
TRAINING_DAYS = 30
"""In these weeks."""
WARM_UP = 14
"""Faces with feedback before the first check. They are stored and never counted."""


@dataclass(frozen=True)
class CourseDesign:
    """Checks of `length` faces on so many days of each part."""

    length: int
    baseline: int
    middle: int
    """0: nobody looks before the end."""
    end: int

    @property
    def checks(self) -> int:
        return self.baseline + self.middle + self.end

    @property
    def faces(self) -> int:
        return self.length * self.checks


@dataclass(frozen=True)
class Preset:
    """A design that ships with its limits and with what it finds."""

    design: CourseDesign
    intensities: tuple[int, ...]
    """Of the faces of one emotion in a check, in percent."""
    end_from: float
    """Weeks of training before the checks of the end begin."""
    found: tuple[int, int]
    """In how many of 100 people (least, most) a gain of 15 points is found: least where it takes weeks and days vary by
    .3 logit, most where they vary by .1 (`python -m tests.bench --only courses`)."""
    loss_found: tuple[int, int]
    """In how many of 100 people a loss of 15 points is found by six checks of a follow-up, as `found`
    (`python -m tests.bench --only follow-up`)."""

    @property
    def minutes(self) -> int:
        """Of all checks, at 6 seconds a face."""
        return int(self.design.faces * 6 / 60)


PRESETS: Mapping[str, Preset] = MappingProxyType(
    {
        "standard": Preset(CourseDesign(21, 7, 2, 14), (40, 60, 80), 3, (81, 88), (70, 79)),
        "thorough": Preset(CourseDesign(21, 10, 2, 10), (40, 60, 80), 4, (83, 90), (64, 73)),
        "light": Preset(CourseDesign(14, 12, 2, 12), (40, 80), 3.5, (79, 86), (56, 62)),
        "short": Preset(CourseDesign(21, 6, 0, 6), (40, 60, 80), 5, (65, 73), (53, 60)),
    }
)
