"""Items of a run: planned when the run is drawn, filled in when they are shown and answered."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.domain.exercise.trials import Stimulus

Value = str | int | float | bool | None


@dataclass(frozen=True)
class PlannedItem:
    """What an item is to show, and what its right answer will be."""

    stimulus_id: int | None = None
    target: str | None = None
    intensity: int | None = None
    """Percent."""
    votes: tuple[int, ...] | None = None
    exposure_ms: int | None = None
    """None: until answered."""
    more: Mapping[str, Value] | None = None
    """What only its task knows of, under the names of the task's columns."""

    @classmethod
    def of_face(
        cls, face: Stimulus, exposure_ms: int | None = None, more: Mapping[str, Value] | None = None
    ) -> "PlannedItem":
        """One face to be named."""
        return cls(face.id, face.target.word, face.intensity, face.votes, exposure_ms, more)


@dataclass
class RunItem:
    """An item of a stored run, with no more of it than who plays it needs."""

    number: int
    stimulus_id: int | None
    target: str | None
    exposure_ms: int | None
    painted: bool
    answered: bool
    void: str | None
    more: Mapping[str, Value] = field(default_factory=dict)

    @property
    def open(self) -> bool:
        return not self.answered and self.void is None
