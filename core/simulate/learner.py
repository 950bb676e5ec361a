"""Simulated learner: a known probability of every answer to every face, and times to answer.

The probability of naming target t at intensity s (percent), after n practices, as face k of a sitting with day u:

    P(t | t, s) = logistic(θ + δ[t] + β (s − 60)/20 + λ (1 − exp(−n/τ)) + σ u − φ k/100)        u ~ N(0, 1)
    P(r | t, s) = (1 − P(t | t, s)) · C[t, r]                                                   r ≠ t

θ is the person's ability, δ the ease of an emotion (sum 0), β what 20 points of intensity are worth (none for neutral),
λ all that practice can give and τ its pace: exponential, as learning is within one person (Heathcote, Brown & Mewhort
2000, Psychon Bull Rev 7:185). σ is the day-to-day deviation, by default the one that verdicts assume
(`core.domain.statistics.change.SESSION_SD`), φ the fatigue over 100 faces. C holds the person's confusions: each row is
drawn from a Dirichlet distribution around pairs that people are known to mix up (fear–surprise, disgust–anger,
sadness–neutral). These weights are invented, typical, and no measurement.

A person who would err says "not sure" with probability ν; a best guess then comes from the same matrix, so that what
a check scores follows P exactly. In practice "not sure" stays unscored: there P bounds what is seen.

The time to answer is log-normal (van der Linden 2006, J Educ Behav Stat 31:181):

    ln(seconds) ~ N(μ − ρ ln(1 + n) + .2 · [answer differs from the target], .35²)
"""

from dataclasses import asdict, dataclass
from typing import TypedDict

import numpy as np
from numpy.typing import NDArray

from core.domain.emotions import Emotion
from core.domain.statistics.change import SESSION_SD

Matrix = NDArray[np.float64]
"""7 × 7: rows are targets, columns answers, both in the order of `Emotion`; rows sum to 1."""

SHOWN = (40, 60, 80, 100)
EASE = np.array([0.0, -0.1, -0.9, 1.3, -0.3, 0.3, -0.3])
_PAIRS = np.array(
    [
        # angry, disgust, fear, happy, sad, surprise, neutral
        [0, 5, 1, 0.3, 2, 1, 2],
        [6, 0, 1, 0.3, 2, 0.7, 1],
        [1, 1, 0, 0.3, 1, 6, 0.7],
        [0.5, 0.5, 0.5, 0, 0.5, 2, 2],
        [2, 2, 1.5, 0.3, 0, 0.5, 4],
        [0.7, 0.5, 6, 1.5, 0.5, 0, 0.8],
        [2, 0.7, 0.5, 1, 4, 0.8, 0],
    ]
)


@dataclass(frozen=True)
class Learner:
    """The truth about one person: θ, δ, β, λ, τ, σ, φ, C, ν, μ and ρ of the module's docstring, in this order."""

    ability: float
    ease: tuple[float, ...]
    slope: float
    gain: float
    pace: float
    day_sd: float
    fatigue: float
    confusions: tuple[tuple[float, ...], ...]
    unsure: float
    log_seconds: float
    quicker: float

    def right(self, target: Emotion, intensity: int | None, practices: int, day: float = 0.0, faces: int = 0) -> float:
        """P(t | t, s); `intensity` None for neutral, `faces` answered before in this sitting."""
        step = 0.0 if intensity is None or target is Emotion.NEUTRAL else (intensity - 60) / 20
        learnt = self.gain * (1 - np.exp(-practices / self.pace))
        logit = self.ability + self.ease[target] + self.slope * step + learnt
        return float(1 / (1 + np.exp(-(logit + self.day_sd * day - self.fatigue * faces / 100))))

    def answers(
        self, target: Emotion, intensity: int | None, practices: int, day: float = 0.0, faces: int = 0
    ) -> NDArray[np.float64]:
        """The seven probabilities of one face's answers."""
        right = self.right(target, intensity, practices, day, faces)
        probabilities = (1 - right) * np.array(self.confusions[target])
        probabilities[target] = right
        return probabilities

    def sensitivity(self, intensity: int, practices: int) -> Matrix:
        """The true matrix at one intensity, on a day like any other, before fatigue."""
        return np.array([self.answers(target, intensity, practices) for target in Emotion])

    def seconds(self, random: np.random.Generator, same: bool, practices: int) -> float:
        """A time to answer, from the face on the screen to the key."""
        middle = self.log_seconds - self.quicker * np.log1p(practices) + (0.0 if same else 0.2)
        return float(np.exp(random.normal(middle, 0.35)))

    def to_json(self) -> dict[str, object]:
        return asdict(self)


class BlockTruth(TypedDict):
    """From what the answers of a block were drawn, besides the learner."""

    block: str
    """Its id."""
    day: float
    """The day's deviation."""
    practices: int
    """How many came before it."""
    before: int
    """How many faces of the same day."""


def draw(random: np.random.Generator, **given: float) -> Learner:
    """A learner drawn at random; `given` fixes what is named. Three in ten do not learn."""
    ease = EASE + random.normal(0, 0.3, len(Emotion))
    rows = [np.zeros(len(Emotion)) for _ in Emotion]
    for target, row in enumerate(rows):
        others = [other for other in range(len(Emotion)) if other != target]
        row[others] = random.dirichlet(_PAIRS[target, others] * 2)
    values: dict[str, float] = {
        "ability": random.normal(0.1, 0.5),
        "slope": random.uniform(0.5, 0.8),
        "gain": 0.0 if random.random() < 0.3 else max(0.0, random.normal(1.1, 0.4)),
        "pace": random.uniform(5, 12),
        "day_sd": SESSION_SD,
        "fatigue": random.uniform(0, 0.4),
        "unsure": random.uniform(0.05, 0.4),
        "log_seconds": random.normal(1.0, 0.2),
        "quicker": random.uniform(0.02, 0.1),
    }
    confusions = tuple(tuple(float(x) for x in row) for row in rows)
    fixed = {name: float(value) for name, value in (values | given).items()}
    return Learner(ease=tuple(float(x) for x in ease - ease.mean()), confusions=confusions, **fixed)
