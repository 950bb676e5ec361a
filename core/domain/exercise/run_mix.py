"""What a run of practice that adapts is made of, where a day of a programme wants it otherwise than usual."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

EVEN = 0.4
"""Share of a run that is even over all emotions."""
AIM = 0.8
"""Chance of a right answer at which practice is neither too easy nor too hard."""
_AIMS = (0.5, 0.95)


@dataclass(frozen=True)
class RunMix:
    """The share that is even over all emotions, the chance of a right answer that is aimed at, and the strengths
    (least, most) that are shown, in percent. A wrong one raises ValueError."""

    even: float = EVEN
    aim: float = AIM
    strengths: tuple[int, int] = (1, 100)

    def __post_init__(self) -> None:
        least, most = self.strengths
        if not (0 <= self.even <= 1 and _AIMS[0] <= self.aim <= _AIMS[1] and 1 <= least <= most <= 100):
            raise ValueError(
                f"mix of a run: even {self.even!r}, aim {self.aim!r}, strengths {self.strengths!r}; expected a share "
                f"from 0 to 1, a chance from {_AIMS[0]} to {_AIMS[1]}, and two percentages, the smaller first."
            )

    def within(self, strengths: tuple[int, int]) -> tuple[int, int]:
        """What of `strengths` (least, most) is shown; all of them where none is left."""
        least, most = max(self.strengths[0], strengths[0]), min(self.strengths[1], strengths[1])
        return (least, most) if least <= most else strengths

    def to_json(self) -> dict[str, Any]:
        return {"even": self.even, "aim": self.aim, "strengths": list(self.strengths)}

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> "RunMix":
        """What `to_json` wrote. Raises ValueError for anything else."""
        try:
            least, most = content["strengths"]
            return cls(content["even"], content["aim"], (least, most))
        except (KeyError, TypeError) as error:
            raise ValueError(f"mix of a run: cannot be read ({error!r}); expected even, aim and strengths.") from error


USUAL = RunMix()
