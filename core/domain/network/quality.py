"""How good a network is on one set of faces: what a card stores and a page shows. No figure is computed here.

All shares run from 0 to 1, all intervals are 95 %. A quality is over the K classes that the network knows, in its
own order: the seven emotions, six or four of them, or the eight that FER+'s people chose from.
"""

from dataclasses import dataclass

from core.domain.emotions import Emotion

Interval = tuple[float, float]


@dataclass(frozen=True)
class ClassQuality:
    """How well one class is told from the rest, over `faces` faces that carry its label; a rate over nothing is 0.

    The two intervals are Wilson's. `average_precision` and `auc` summarise the curves of `Curves`; None where the
    class never occurs, or no other does.
    """

    name: str
    faces: int
    precision: float
    recall: float
    specificity: float
    f1: float
    accuracy: float
    precision_interval: Interval
    recall_interval: Interval
    average_precision: float | None
    auc: float | None


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
    """A network on one set: `matrix[target][answer]` counts, in the order of `classes`.

    Macro-F1 is the mean over the classes that occur. Its interval and the accuracy's are bootstrap percentiles over
    faces; of fewer than 100 faces the accuracy's is Wilson's. `calibration` is of the probabilities as served,
    `uncalibrated` without the temperature. `perfect` is the mean calibration error that a perfectly calibrated network
    with the same confidences shows on as many faces, `perfect_range` where 95 % of them fall.
    """

    faces: int
    right: int
    accuracy: float
    interval: Interval
    macro_f1: float
    macro_f1_interval: Interval
    kappa: float | None
    classes: tuple[ClassQuality, ...]
    matrix: tuple[tuple[int, ...], ...]
    calibration: Calibration
    uncalibrated: Calibration
    perfect: float
    perfect_range: Interval

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
    """How many faces of one group a network names as intended, with Wilson's interval of that share.

    `by` is intensity, emotion (at 100 %), skin or sex (at all intensities); `group` one value of it.
    """

    by: str
    group: str
    faces: int
    right: int
    interval: Interval

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
