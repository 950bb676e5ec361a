"""Skill of one person: what they can see of each emotion and what they take it for, folded from their own answers.

Nothing of it is stored: it is rebuilt from the answers to faces of practice, so that every server and every reader of
an export has the same. Means of thresholds before any answer are guesses, until people have rated the faces.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.domain.emotions import Emotion
from core.domain.practice import threshold
from core.domain.practice.reviews import Pair, Reviews

STRENGTHS = (40, 60, 80, 100)
"""Over which the need of a pair is averaged, in percent."""
REMEMBERED = 400
"""Answers that are folded: what is older is forgotten anyway."""
LOOK_ALIKES: tuple[Pair, ...] = (
    (Emotion.FEAR, Emotion.SURPRISE),
    (Emotion.ANGRY, Emotion.DISGUST),
    (Emotion.SAD, Emotion.NEUTRAL),
    (Emotion.ANGRY, Emotion.NEUTRAL),
    (Emotion.ANGRY, Emotion.SAD),
    (Emotion.DISGUST, Emotion.SAD),
    (Emotion.FEAR, Emotion.SAD),
    (Emotion.HAPPY, Emotion.NEUTRAL),
)
"""Pairs that people mix up, in the order in which they are taught."""
_MEANS = (58.0, 52.0, 68.0, 38.0, 62.0, 42.0)
_NEUTRAL = np.array([2.0, 1.0])  # a Beta: right and not


def first_threshold(emotion: Emotion) -> float:
    """The mean threshold of anybody before their first answer, in percent; of any emotion but neutral."""
    return _MEANS[emotion]


def _pair_prior() -> NDArray[np.float64]:
    counts = np.full((len(Emotion), len(Emotion)), 0.25)
    for one, other in LOOK_ALIKES:
        counts[one, other] = counts[other, one] = 1.0
    np.fill_diagonal(counts, 0.0)
    return counts


_PAIRS = _pair_prior()


@dataclass(frozen=True)
class PracticeAnswer:
    """An answer to a face of practice that was seen."""

    target: Emotion
    strength: int
    """Percent; of neutral it does not count."""
    response: Emotion | None
    """None: not sure."""
    day: int = 0
    """The person's own, as a number."""
    rival: Emotion | None = None
    """Where only two answers could be given: the other one."""


class Skill:
    """Beliefs over the thresholds of six emotions, a Beta of neutral, and pseudo-counts of what each is taken for."""

    def __init__(self, answers: Iterable[PracticeAnswer] = ()) -> None:
        self._beliefs = [threshold.prior(mean) for mean in _MEANS]
        self._neutral = _NEUTRAL.copy()
        self._taken_for = _PAIRS.copy()
        self.reviews = Reviews()
        for answer in answers:
            self.take(answer)

    def take(self, answer: PracticeAnswer) -> None:
        """Learn from an answer. "Not sure" is not right, and names nobody."""
        target, right = answer.target, answer.response is answer.target
        if target is Emotion.NEUTRAL:
            self._neutral = _NEUTRAL + (1 - threshold.FORGET) * (self._neutral - _NEUTRAL)
            self._neutral[0 if right else 1] += 1
        else:
            likelihood = threshold.chances(answer.strength)
            if answer.rival is not None:
                likelihood = threshold.two_answers(likelihood, self.taken_for(target, answer.rival))
            given = likelihood if right else 1 - likelihood
            self._beliefs[target] = threshold.updated(self._beliefs[target], _MEANS[target], given)
        self._taken_for[target] = _PAIRS[target] + (1 - threshold.FORGET) * (self._taken_for[target] - _PAIRS[target])
        if answer.response is not None and not right:
            self._taken_for[target, answer.response] += 1 if answer.rival is None else 0.5
        self.reviews.take(target, answer.response, answer.day)

    def expected(self, target: Emotion, strength: int, rival: Emotion | None = None) -> float:
        """P(right) of a face; `rival`: with two answers only."""
        if target is Emotion.NEUTRAL:
            right = float(self._neutral[0] / self._neutral.sum())
        else:
            right = float((self._beliefs[target] * threshold.chances(strength)).sum())
        if rival is None:
            return right
        return float(threshold.two_answers(np.array([[right]]), self.taken_for(target, rival))[0, 0])

    def threshold(self, target: Emotion) -> tuple[float, float]:
        """Mean and standard deviation in percent, of any emotion but neutral."""
        return threshold.threshold(self._beliefs[target])

    def taken_for(self, target: Emotion, response: Emotion) -> float:
        """The share of the errors at `target` that name `response`."""
        return float(self._taken_for[target, response] / self._taken_for[target].sum())

    def likeliest_rival(self, target: Emotion, among: Iterable[Emotion] = tuple(Emotion)) -> Emotion:
        return max((one for one in among if one is not target), key=lambda one: self._taken_for[target, one])

    def needs(self, emotions: Iterable[Emotion] = tuple(Emotion)) -> dict[Pair, float]:
        """What each pair costs: the expected share of a mix of strengths that is missed by it, both ways."""
        allowed = sorted(emotions)
        missed = {one: 1 - float(np.mean([self.expected(one, x) for x in STRENGTHS])) for one in allowed}
        return {
            (one, other): missed[one] * self.taken_for(one, other) + missed[other] * self.taken_for(other, one)
            for one in allowed
            for other in allowed
            if one < other
        }
