"""What to practise next, read from a person's own confusions. A clinician accepts it or decides otherwise.

Only practice is suggested: emotions and strength. Checks stay as they are, so that the baseline stays comparable.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from core.domain.emotions import Emotion
from core.domain.exercise.design import EASY, HARD
from core.domain.exercise.plan import LEVELS, Plan
from core.domain.statistics.metrics import Counts, times_shown, unbiased_hit_rates, wilson

PAIRS = 3
LEAST_EMOTIONS = 4
"""With fewer answers to choose from, a face can be guessed from what is left."""
LEAST_SHOWN = 6
CHANCE = 1 / len(Emotion)


class Strength(StrEnum):
    """How the strength of the faces should change: fainter from 80 % right on, clearer below 50 %."""

    FAINTER = "fainter"
    CLEARER = "clearer"
    SAME = "same"


@dataclass(frozen=True)
class ConfusedPair:
    """`target` was taken for `response` `count` times of `shown`."""

    target: Emotion
    response: Emotion
    count: int
    shown: int


@dataclass(frozen=True)
class Suggestion:
    """A plan with its reasons."""

    plan: Plan
    enough: bool
    """Without enough faces the plan is the one there is."""
    pairs: tuple[ConfusedPair, ...] = ()
    """Emotions that were mixed up more often than by chance."""
    added: tuple[Emotion, ...] = ()
    """Emotions that joined because they are named least well."""
    strength: Strength = Strength.SAME
    """What becomes of it at a share `right` of faces."""
    right: float | None = None

    def changes(self, plan: Plan) -> bool:
        return self.plan != plan


def suggest(matrix: ArrayLike, plan: Plan, graded: bool = True) -> Suggestion:
    """The next plan after `plan` for a person with this confusion matrix (`metrics.confusion_matrix`).

    A pair counts as mixed up if the lower end of Wilson's interval of its share lies above 1 in 7, what choosing
    without looking gives. Up to three such pairs are practised together, with the emotions of the lowest Hu until
    there are four; without such pairs all seven are. `graded`: the plan's faces say how strong they are; of others
    the strength stays.
    """
    counts = np.asarray(matrix)
    shown = times_shown(counts)
    if shown.min() < LEAST_SHOWN:
        return Suggestion(plan, enough=False)
    right = float(np.trace(counts[:, : len(Emotion)]) / shown.sum())
    pairs = _mixed_up(counts)
    chosen = {emotion for pair in pairs for emotion in (pair.target, pair.response)}
    weakest = sorted(set(Emotion) - chosen, key=lambda emotion: (unbiased_hit_rates(counts)[emotion], emotion))
    added = tuple(weakest[: max(0, LEAST_EMOTIONS - len(chosen))]) if pairs else ()
    strength = Strength.FAINTER if right >= EASY else Strength.CLEARER if right < HARD else Strength.SAME
    strength = strength if graded else Strength.SAME
    return Suggestion(
        plan=replace(
            plan,
            emotions=tuple(sorted(chosen | set(added))) if pairs else tuple(Emotion),
            practice_intensities=_intensities(plan.practice_intensities, strength),
        ),
        enough=True,
        pairs=pairs,
        added=added,
        strength=strength,
        right=right,
    )


def _mixed_up(counts: Counts) -> tuple[ConfusedPair, ...]:
    shown = times_shown(counts)
    pairs = [
        ConfusedPair(target, response, int(counts[target, response]), int(shown[target]))
        for target in Emotion
        for response in Emotion
        if target is not response and wilson(int(counts[target, response]), int(shown[target]))[0] > CHANCE
    ]
    return tuple(sorted(pairs, key=lambda pair: (-pair.count / pair.shown, pair.target, pair.response))[:PAIRS])


def _intensities(now: tuple[int, int], strength: Strength) -> tuple[int, int]:
    """The (hardest, easiest) strength, one step fainter or clearer where there is one."""
    step = {Strength.FAINTER: -1, Strength.CLEARER: 1, Strength.SAME: 0}[strength]
    hardest, easiest = (LEVELS.index(level) for level in now)
    moved = min(max(hardest + step, 0), len(LEVELS) - 1)
    return LEVELS[moved], LEVELS[max(moved, easiest)]
