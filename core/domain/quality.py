"""How well a rater reads one set of labelled faces: counts, rates, calibration. Written to and read from a card."""

from dataclasses import dataclass
from typing import Any

from core.domain.emotions import Emotion


@dataclass(frozen=True)
class ClassQuality:
    """How well one emotion is named: five rates, each 0–1, over `faces` faces of it. A rate over nothing is 0."""

    emotion: str
    faces: int
    precision: float
    recall: float
    specificity: float
    f1: float
    accuracy: float


@dataclass(frozen=True)
class Quality:
    """A rater on a set: `matrix[target][answer]` counts, in the order of `Emotion`.

    `interval` is Wilson's 95 % interval of the accuracy; `ece` the expected calibration error of the probabilities
    as served, `ece_before` the same without the temperature.
    """

    faces: int
    right: int
    accuracy: float
    interval: tuple[float, float]
    macro_f1: float
    kappa: float
    ece_before: float
    ece: float
    classes: tuple[ClassQuality, ...]
    matrix: tuple[tuple[int, ...], ...]

    def of(self, emotion: Emotion) -> ClassQuality:
        return self.classes[int(emotion)]

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> "Quality":
        """The inverse of `dataclasses.asdict` through JSON; raises KeyError or TypeError on other fields."""
        low, high = values["interval"]
        return cls(
            **values
            | {
                "interval": (low, high),
                "classes": tuple(ClassQuality(**row) for row in values["classes"]),
                "matrix": tuple(tuple(row) for row in values["matrix"]),
            }
        )
