"""A network's card: what it was made from, how often it is right on which faces, where it is weak.

The card travels beside the network's file as `card.json`; `Card.to_json` and `Card.from_json` are inverses.
"""

import json
from dataclasses import asdict, dataclass, fields
from typing import Any

from core.domain.emotions import Emotion
from core.domain.rating import NetworkId


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
    """A network on one set: `matrix[target][answer]` counts, in the order of `Emotion`.

    `interval` is Wilson's 95 % interval of the accuracy; `ece` the expected calibration error of the probabilities
    as served, `ece_before` the same without the temperature.
    """

    faces: int
    right: int
    accuracy: float
    interval: tuple[float, float]
    macro_f1: float
    kappa: float | None
    ece_before: float
    ece: float
    classes: tuple[ClassQuality, ...]
    matrix: tuple[tuple[int, ...], ...]

    def of(self, emotion: Emotion) -> ClassQuality:
        return self.classes[int(emotion)]


@dataclass(frozen=True)
class Share:
    """How many faces of one group a network names as intended, with Wilson's 95 % interval of that share."""

    group: str
    faces: int
    right: int
    interval: tuple[float, float]


@dataclass(frozen=True)
class Card:
    """All that a page or a report may say of a network.

    `quality` maps a set's name to the figures on it, `split` is the set that counts; `served` is how the
    built-in faces are read, group by group. `largest_difference` is between the probabilities of the file and of
    the network it was exported from, over all faces of `quality`.
    """

    name: str
    version: str
    date: str
    sha256: str
    summary: str
    data: tuple[str, ...]
    tuned_on: tuple[str, ...]
    limits: tuple[str, ...]
    seed: int
    epochs: int
    chosen_epoch: int
    parameters: int
    temperature: float
    largest_difference: float
    split: str
    quality: dict[str, Quality]
    served: tuple[Share, ...]

    @property
    def network(self) -> NetworkId:
        return NetworkId(self.name, self.version, self.sha256)

    def right_of_ten(self, emotion: Emotion) -> int:
        """Of ten photographs that the network calls `emotion`, how many it is right about."""
        return round(10 * self.quality[self.split].of(emotion).precision)

    def to_json(self) -> str:
        return json.dumps(asdict(self), indent=1, ensure_ascii=False) + "\n"

    @classmethod
    def from_json(cls, text: str) -> "Card":
        """The card in `text`; raises ValueError naming what is missing, unknown or malformed."""
        try:
            values = json.loads(text)
            wrong = set(values) ^ {field.name for field in fields(cls)}
            if wrong:
                raise ValueError(f"missing or unknown fields {', '.join(sorted(wrong))}")
            values |= {name: tuple(values[name]) for name in ("data", "tuned_on", "limits")}
            values["quality"] = {name: _quality(row) for name, row in values["quality"].items()}
            values["served"] = tuple(Share(**row | {"interval": _pair(row)}) for row in values["served"])
            return cls(**values)
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"no network card ({error})") from error


def _quality(row: dict[str, Any]) -> Quality:
    classes = tuple(ClassQuality(**one) for one in row["classes"])
    matrix = tuple(tuple(int(count) for count in line) for line in row["matrix"])
    return Quality(**row | {"interval": _pair(row), "classes": classes, "matrix": matrix})


def _pair(row: dict[str, Any]) -> tuple[float, float]:
    low, high = row["interval"]
    return float(low), float(high)
