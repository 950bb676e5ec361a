"""Quality figures of a network on one set of faces, as a card stores them. No figure is computed here.

All shares run from 0 to 1, all intervals are 95 %. A quality is over the K classes that the network knows, in its
own order: the seven emotions, six or four of them, or the eight that FER+'s people chose from.
"""

from dataclasses import dataclass

from core.domain.emotions import Emotion

Interval = tuple[float, float]


@dataclass(frozen=True)
class ClassQuality:
    """How well one class is told from the rest; a rate over nothing is 0."""

    name: str
    faces: int
    """Those that carry its label."""
    precision: float
    recall: float
    specificity: float
    f1: float
    accuracy: float
    precision_interval: Interval
    """Wilson's."""
    recall_interval: Interval
    """Wilson's."""
    average_precision: float | None
    """Summarises `Curves`, None where the class never occurs."""
    auc: float | None
    """Summarises `Curves`, None where the class or every other never occurs."""


@dataclass(frozen=True)
class Bin:
    """One of 15 equal bins of the top probability: `faces` in it, their mean top probability, how many were right."""

    faces: int
    sure: float
    right: float


@dataclass(frozen=True)
class Calibration:
    """Expected calibration error (Guo et al. 2017, arXiv 1706.04599), its bootstrap interval, and its bins.

    Resamples scatter more than their source and so have larger errors: the interval is moved back by that bias.
    """

    error: float
    interval: Interval
    bins: tuple[Bin, ...]


@dataclass(frozen=True)
class Quality:
    """A network on one set."""

    faces: int
    right: int
    accuracy: float
    interval: Interval
    """Of the accuracy: bootstrap percentiles over faces, Wilson's for fewer than 100."""
    macro_f1: float
    """Mean over the classes that occur."""
    macro_f1_interval: Interval
    """Bootstrap percentiles over faces."""
    kappa: float | None
    classes: tuple[ClassQuality, ...]
    matrix: tuple[tuple[int, ...], ...]
    """`matrix[target][answer]` counts, in the order of `classes`."""
    calibration: Calibration
    """Of the probabilities as served."""
    uncalibrated: Calibration
    """The same without the temperature."""
    perfect: float
    """Mean calibration error by chance of a perfectly calibrated network, same confidences, as many faces."""
    perfect_range: Interval
    """Where 95 % of such errors fall."""

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(one.name for one in self.classes)

    @property
    def could_be_perfect(self) -> bool:
        """Whether the calibration error is within what a perfectly calibrated network shows by chance."""
        return self.calibration.error <= self.perfect_range[1]

    def of(self, name: str | Emotion) -> ClassQuality:
        """The class called `name`; raises KeyError where the network does not know it."""
        word = name.word if isinstance(name, Emotion) else name
        return {one.name: one for one in self.classes}[word]


@dataclass(frozen=True)
class Curves:
    """One class against the rest: points (recall, precision) and (false positive rate, true positive rate), thinned."""

    name: str
    precision_recall: tuple[tuple[float, float], ...]
    roc: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Share:
    """How many faces of one group a network names as intended."""

    by: str
    """Intensity, emotion (at 100 %), skin or sex (at all intensities)."""
    group: str
    """One value of `by`."""
    faces: int
    right: int
    interval: Interval
    """Wilson's."""

    @property
    def rate(self) -> float:
        return self.right / self.faces


@dataclass(frozen=True)
class Crowd:
    """What a network says people would see, against what most of ten did; `rule` says which faces are in.

    Its shares are of votes: that it is less sure than most people are right is no error of calibration.
    """

    rule: str
    quality: Quality
