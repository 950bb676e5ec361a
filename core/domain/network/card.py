"""Network card (model card): origin, training, how often it is right on which faces, where it is weak.

The card travels as `card.json`, beside the network's file where one ships; `Card.to_json` and `Card.from_json` are
inverses.
"""

import json
from dataclasses import asdict, dataclass, field

from core.domain.decode import decode
from core.domain.network.quality import Crowd, Curves, Interval, Quality, Share
from core.domain.network.rating import NetworkId

KINDS = ("ours", "paper", "future")


@dataclass(frozen=True)
class Published:
    """What the paper printed, as shares; None where it is silent."""

    accuracy: float | None
    where: str
    """The faces of `accuracy`."""
    validation: float | None = None
    training: float | None = None
    losses: tuple[float, float] | None = None
    """On training and validation faces."""
    by_class: dict[str, tuple[float, ...]] = field(default_factory=dict)
    """By measure, named as the fields of `ClassQuality`, a figure for each class in the network's order."""
    note: str = ""


@dataclass(frozen=True)
class Setup:
    """The protocol in words: what was asked for and what was run."""

    classes: tuple[str, ...]
    split: str
    batch: int
    epochs_asked: int
    epochs_run: int
    optimiser: str
    augmentation: str
    stopping: str
    precision: str
    runs_asked: int
    runs_done: int
    silent: tuple[str, ...]
    """Each point that the paper leaves open, and what was taken."""
    partial: str
    """Why less was run than was asked for, or empty."""


@dataclass(frozen=True)
class TrainingRun:
    """One training from one seed; `accuracy` is of the weights of its chosen epoch, on the card's split."""

    seed: int
    epochs: int
    chosen_epoch: int
    accuracy: float


@dataclass(frozen=True)
class Epoch:
    """One row of a run's history: training loss and accuracy, validation accuracy and loss, seconds it took."""

    epoch: int
    loss: float
    accuracy: float | None
    validation: float | None
    validation_loss: float | None
    seconds: float


@dataclass(frozen=True)
class Reproduced:
    """The runs' mean accuracy on the card's split; the interval is over runs (t), of a single run over faces."""

    accuracy: float
    interval: Interval


@dataclass(frozen=True)
class Card:
    """All that a page or a report may say of a network."""

    key: str
    title: str
    kind: str
    """Ours, paper or future."""
    version: str
    date: str
    paper: str
    published: Published | None
    setup: Setup
    runs: tuple[TrainingRun, ...]
    reproduced: Reproduced
    data: tuple[str, ...]
    tuned_on: tuple[str, ...]
    limits: tuple[str, ...]
    learnt: str
    """Digest of the faces it learnt from, in order: whether a random split drawn again is the same one."""
    parameters: int
    sha256: str
    """Empty where no file ships."""
    size: int
    """The exported file's, in bytes."""
    weights: str
    temperature: float
    crowd_temperature: float | None
    largest_difference: float
    """Of a probability, file against network, over all faces of `quality` (0 where no file ships)."""
    split: str
    """The set of `quality` that counts; `curves` belong to it."""
    quality: dict[str, Quality]
    """The figures on each set, by the set's name; the network's own where no file ships."""
    crowd: tuple[Crowd, ...]
    """Figures of the second head, by the FER+ paper's own rule first."""
    served: tuple[Share, ...]
    """How the built-in faces are read."""
    twin: str
    """Key of the same network before it saw rendered faces."""
    software: dict[str, str]
    history: tuple[Epoch, ...]
    curves: tuple[Curves, ...]

    @property
    def network(self) -> NetworkId:
        return NetworkId(self.key, self.version, self.sha256)

    @property
    def main(self) -> Quality:
        return self.quality[self.split]

    @property
    def difference(self) -> float | None:
        """Reproduced minus published accuracy, in points; None without a published one."""
        if self.published is None or self.published.accuracy is None:
            return None
        return 100 * (self.reproduced.accuracy - self.published.accuracy)

    def to_json(self) -> str:
        """One line per field, and per set of `quality`: short, and its changes can be read."""
        return as_lines(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> "Card":
        """The card in `text`; raises ValueError naming what is missing, unknown or malformed."""
        card = decode(cls, json.loads(text))
        if card.kind not in KINDS:
            raise ValueError(f"kind is {card.kind!r}; expected one of {', '.join(KINDS)}")
        if card.split not in card.quality:
            raise ValueError(f"the split {card.split!r} is none of the sets {', '.join(card.quality)}")
        return card


def as_lines(values: dict[str, object]) -> str:
    """JSON with a line for each field, and for each part of a field that has names itself."""
    lines = []
    for name, value in values.items():
        if isinstance(value, dict) and any(isinstance(part, dict) for part in value.values()):
            parts = ",\n".join(f"  {_compact(key)}: {_compact(part)}" for key, part in value.items())
            lines.append(f" {_compact(name)}: {{\n{parts}\n }}")
        else:
            lines.append(f" {_compact(name)}: {_compact(value)}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
