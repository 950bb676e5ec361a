"""What practice that adapts rests on, for the clinician: pairs in work, the strength of each emotion, calibration."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from core.domain.emotions import Emotion
from core.domain.exercise.plan import LEVELS, Plan
from core.domain.exercise.run_mix import USUAL, RunMix
from core.domain.practice.planning import PAIRS, Slot, Why, serve
from core.domain.practice.reviews import Pair
from core.domain.practice.skill import PracticeAnswer, Skill

BOUNDS = (0.0, 0.5, 0.7, 0.9, 1.0)
"""Of what was expected: out of reach, hard, where one learns, easy."""


@dataclass(frozen=True)
class PairInWork:
    """A pair that costs the person most, or that a clinician chose. Faces of each member, and how often they were named
    as the first or as the second: hits of one member alone would hide a bias."""

    pair: Pair
    faces: tuple[int, int]
    as_first: tuple[int, int]
    as_second: tuple[int, int]
    due: bool


@dataclass(frozen=True)
class EmotionLevel:
    """The strength at which an emotion is shown next."""

    emotion: Emotion
    faces: int
    """Answered so far, of those that are remembered."""
    strength: int | None
    """Percent; None of neutral."""
    expected: float
    """The chance of a right answer then."""
    two: bool
    """Only two answers are offered: seven are out of reach."""


@dataclass(frozen=True)
class ExpectedBand:
    """Faces whose chance of a right answer lay from `low` to `high`, and on average at `expected`; this share was
    `right`."""

    low: float
    high: float
    faces: int
    expected: float
    right: float


@dataclass(frozen=True)
class PracticeOverview:
    answers: int
    pairs: tuple[PairInWork, ...]
    levels: tuple[EmotionLevel, ...]
    bands: tuple[ExpectedBand, ...]
    """Those with faces."""


def overview(
    answers: Sequence[PracticeAnswer], expected: Sequence[float | None], plan: Plan, day: int, mix: RunMix = USUAL
) -> PracticeOverview:
    """Of answers, oldest first, on the person's own `day`. `expected`: the chance that each had when drawn (None:
    it was drawn otherwise); `mix`: of the next practice."""
    skill = Skill(answers)
    needs = skill.needs(plan.emotions)
    pairs = plan.pairs or sorted(needs, key=lambda pair: -needs[pair])[:PAIRS]
    return PracticeOverview(
        len(answers),
        tuple(_in_work(pair, answers, skill.reviews.waits_for(pair, day)) for pair in pairs),
        tuple(_level(skill, emotion, plan, mix, answers) for emotion in plan.emotions),
        _bands([(p, one.response is one.target) for p, one in zip(expected, answers, strict=True) if p is not None]),
    )


def _in_work(pair: Pair, answers: Sequence[PracticeAnswer], due: bool) -> PairInWork:
    def named(target: Emotion, response: Emotion | None) -> int:
        return sum(one.target is target and response in {None, one.response} for one in answers)

    first, second = pair
    faces = named(first, None), named(second, None)
    as_first = named(first, first), named(second, first)
    as_second = named(first, second), named(second, second)
    return PairInWork(pair, faces, as_first, as_second, due)


def _level(skill: Skill, emotion: Emotion, plan: Plan, mix: RunMix, answers: Sequence[PracticeAnswer]) -> EmotionLevel:
    low, high = mix.within(plan.practice_intensities)
    strengths: Collection[int] = [0] if emotion is Emotion.NEUTRAL else [x for x in LEVELS if low <= x <= high]
    served = serve(skill, Slot(emotion, None, Why.EVEN), strengths, plan.emotions, mix.aim)
    shown = sum(one.target is emotion for one in answers)
    return EmotionLevel(emotion, shown, served.strength or None, served.expected, served.rival is not None)


def _bands(told: Sequence[tuple[float, bool]]) -> tuple[ExpectedBand, ...]:
    found = []
    for low, high in pairwise(BOUNDS):
        inside = [(p, right) for p, right in told if low <= p < high or p == high == 1.0]
        if inside:
            chances, right = zip(*inside, strict=True)
            found.append(ExpectedBand(low, high, len(inside), float(np.mean(chances)), float(np.mean(right))))
    return tuple(found)
