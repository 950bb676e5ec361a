"""Compare two confusion matrices of one person: Newcombe's interval, Fisher's test and Holm's correction by emotion.

Whole checks get their verdict in `core.domain.statistics.change`. Emotions have few faces each and are described; one
is called changed only where Fisher's exact test holds after correction for the checks and for the seven. The closed
forms need no SciPy, which costs a page half a second; the tests compare them with SciPy and statsmodels.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import comb

from numpy.typing import ArrayLike

from core.domain.emotions import Emotion
from core.domain.statistics.metrics import Interval, hits_of, wilson

LEVEL = 0.05


@dataclass(frozen=True)
class EmotionChange:
    """One emotion before and after."""

    emotion: Emotion
    before: tuple[int, int]
    """(hits, faces shown)."""
    after: tuple[int, int]
    """(hits, faces shown)."""
    difference: float | None
    interval: Interval
    """Of the difference after − before, corrected for the seven emotions and the looks."""
    p: float
    """Fisher's p times the looks."""
    corrected: float
    """`p` after Holm's correction over the seven."""
    called: bool
    """Whether it may be called changed."""


def difference_interval(after: tuple[int, int], before: tuple[int, int], confidence: float = 0.95) -> Interval:
    """Interval of the difference of two independent proportions, each as (hits, shown): Newcombe's hybrid score.

    Newcombe (1998), 10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I, method 10. (−1, 1) when
    nothing was shown on one side. It knows neither repeated looks nor better and worse days.
    """
    if after[1] == 0 or before[1] == 0:
        return -1.0, 1.0
    (a, n), (b, m) = after, before
    rate, base = a / n, b / m
    (low, high), (low0, high0) = wilson(a, n, confidence), wilson(b, m, confidence)
    down = ((rate - low) ** 2 + (high0 - base) ** 2) ** 0.5
    up = ((high - rate) ** 2 + (base - low0) ** 2) ** 0.5
    return rate - base - down, rate - base + up


def fisher(after: tuple[int, int], before: tuple[int, int]) -> float:
    """Fisher's exact p, two-sided, of two proportions as (hits, shown): the tables no likelier than this one.

    Fisher (1935), The logic of inductive inference. 1 when nothing was shown on one side.
    """
    (a, n), (b, m) = after, before
    hits = a + b
    ways = [comb(n, k) * comb(m, hits - k) for k in range(max(0, hits - m), min(n, hits) + 1)]
    here = ways[a - max(0, hits - m)]
    return sum(way for way in ways if way <= here) / comb(n + m, hits)


def holm(p: Sequence[float]) -> list[float]:
    """p-values corrected for being one of many: Holm (1979), A simple sequentially rejective multiple test procedure.

    The smallest times how many there are, the next times one less, …, never falling, at most 1.
    """
    order = sorted(range(len(p)), key=p.__getitem__)
    corrected, highest = [0.0] * len(p), 0.0
    for place, index in enumerate(order):
        highest = max(highest, min(1.0, (len(p) - place) * p[index]))
        corrected[index] = highest
    return corrected


def emotion_changes(
    before: ArrayLike, after: ArrayLike, silent: Collection[Emotion] = (), looks: int = 1
) -> tuple[EmotionChange, ...]:
    """Each emotion in two confusion matrices (`metrics.confusion_matrix`). `silent` ones are never called changed.

    `looks`: in how many checks of the course this is asked; each is a further chance to be wrong (Bonferroni). The
    intervals hold together: each has the level that is left to one of seven emotions at one look.
    """
    together = 1 - LEVEL / (looks * len(Emotion))
    pairs = list(zip(hits_of(before), hits_of(after), strict=True))
    p = [min(1.0, looks * fisher(now, then)) for then, now in pairs]
    return tuple(
        EmotionChange(
            emotion=emotion,
            before=then,
            after=now,
            difference=now[0] / now[1] - then[0] / then[1] if now[1] and then[1] else None,
            interval=difference_interval(now, then, together),
            p=alone,
            corrected=corrected,
            called=corrected <= LEVEL and emotion not in silent,
        )
        for emotion, (then, now), alone, corrected in zip(Emotion, pairs, p, holm(p), strict=True)
    )
