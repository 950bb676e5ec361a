"""Training protocol of a network, as its paper has it: the network, the faces, the schedule, the published figures.

Every network takes uint8 grey levels [batch, 48, 48, 1] as they are in the file, casts, scales and, where its paper
wants another size or colour, resizes them in its own first layers. It returns a dict of float32 logits: `label`,
[batch, K], one column for each of `Protocol.emotions` in their order, and, where the crowd's votes are learnt too,
`crowd`, [batch, 8], in the order of FER+'s columns. Every layer with weights is given a name: a run is read by it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from core.domain.emotions import Emotion
from core.domain.network.card import Published
from core.training.augment import Augmentation
from core.training.learning.mixing import Mixing

if TYPE_CHECKING:
    import keras

SIDE = 48


class Split(StrEnum):
    """Which faces a paper held out."""

    PUBLISHED = "Training to learn, PublicTest to choose, PrivateTest to test"
    HELD_OUT = "Training to learn, PublicTest to choose, PublicTest and PrivateTest together to test"
    RANDOM = "a random tenth of the whole set to choose, another to test, the rest to learn"


@dataclass(frozen=True)
class Optimiser:
    """A Keras optimiser by its class name, its learning rate and what else it is built with."""

    name: str = "Adam"
    rate: float = 1e-3
    options: dict[str, Any] = field(default_factory=dict)

    def build(self) -> "keras.optimizers.Optimizer":
        import keras

        made: keras.optimizers.Optimizer = getattr(keras.optimizers, self.name)(self.rate, **self.options)
        return made

    def __str__(self) -> str:
        more = "".join(f", {name} {value:g}" for name, value in self.options.items() if not isinstance(value, bool))
        return f"{self.name}, learning rate {self.rate:g}{more}"


@dataclass(frozen=True)
class Protocol:
    """A network and how it is trained unless the command line says otherwise."""

    key: str
    title: str
    build: Callable[[], "keras.Model"]
    paper: str = ""
    published: Published | None = None
    emotions: tuple[Emotion, ...] = tuple(Emotion)
    split: Split = Split.PUBLISHED
    epochs: int = 100
    runs: int = 1
    batch: int = 32
    optimiser: Optimiser = Optimiser()
    changes: Augmentation | None = None
    mixing: Mixing | None = None
    """After the changes."""
    patience: int | None = None
    """Epochs without a lower validation loss after which the run ends."""
    reduce: tuple[float, int] | None = None
    """Factor for the learning rate, and after how many epochs without a lower validation loss."""
    cosine: bool = False
    """The rate rises and falls over the whole run, the weights are averaged, and the best average counts."""
    crowd: bool = False
    """A second head learns what people voted."""
    label_smoothing: float = 0.0
    mirrored: bool = False
    """Trained, it answers with the mean of a face and its mirror image (`networks.mirror`)."""
    silent: tuple[str, ...] = ()
    """Point by point where the paper is silent, and what was taken."""

    @property
    def augmentation(self) -> str:
        """What is changed of the faces, in words."""
        return "; ".join(str(one) for one in (self.changes, self.mixing) if one is not None) or "none"

    @property
    def stopping(self) -> str:
        """How the run ends and how its rate falls, in words."""
        if self.cosine:
            return "the learning rate rises over 4 % of the run and falls to zero along a cosine"
        said = "runs to its end"
        if self.patience:
            said = f"stops after {self.patience} epochs without a lower validation loss"
        if self.reduce:
            said += f"; the learning rate is multiplied by {self.reduce[0]:g} after {self.reduce[1]} such epochs"
        return said


def grey(scale: float = 1 / 255, offset: float = 0.0) -> tuple[Any, Any]:
    """The input of every network and its grey levels, scaled: [batch, 48, 48, 1]."""
    import keras
    from keras import layers

    faces = keras.Input((SIDE, SIDE, 1), dtype="uint8", name="face")
    return faces, layers.Rescaling(scale, offset=offset)(faces)


def answers(faces: Any, x: Any, protocol_classes: int, name: str) -> "keras.Model":
    """The network from `faces` to one float32 logit per class."""
    import keras
    from keras import layers

    logits = layers.Dense(protocol_classes, dtype="float32", name="label")(x)
    return keras.Model(faces, {"label": logits}, name=name)
