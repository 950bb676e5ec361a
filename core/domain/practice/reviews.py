"""Spaced reviews of pairs: a pair that was mixed up is due at once, and later each time that it was told apart."""

from dataclasses import dataclass, field

from core.domain.emotions import Emotion

Pair = tuple[Emotion, Emotion]
"""Two emotions, in the order of the labels."""
DAYS = (0, 1, 3, 7, 14)
"""Until a pair is due again, by how often it was kept."""
LAST, KEPT = 5, 4
"""A pair is kept when it was told apart so many times of the last five, on a day on which it was due."""


def pair_of(one: Emotion, other: Emotion) -> Pair:
    return (one, other) if one < other else (other, one)


@dataclass
class PairReview:
    """Where one pair stands."""

    due: int
    """The person's own day, as a number."""
    step: int = 0
    """How often it was kept in a row."""
    last: list[bool] = field(default_factory=list)
    """Whether it was told apart, oldest first; as many as are looked at."""

    def take(self, apart: bool, day: int) -> None:
        self.last = [*self.last, apart][-LAST:]
        if not apart:
            self.due, self.step = day, 0
        elif len(self.last) == LAST and sum(self.last) >= KEPT and day >= self.due:
            self.step = min(self.step + 1, len(DAYS) - 1)
            self.due, self.last = day + DAYS[self.step], []


class Reviews:
    """The pairs that were ever mixed up."""

    def __init__(self) -> None:
        self.of: dict[Pair, PairReview] = {}

    def take(self, target: Emotion, response: Emotion | None, day: int) -> None:
        """An answer: a mix-up begins a pair's reviews, a right answer counts for each that the target is in."""
        if response is target:
            for pair, review in self.of.items():
                if target in pair:
                    review.take(True, day)
        elif response is not None:
            self.of.setdefault(pair_of(target, response), PairReview(day)).take(False, day)

    def is_due(self, pair: Pair, day: int) -> bool:
        """Also where the pair was never mixed up: there is nothing to wait for."""
        review = self.of.get(pair)
        return review is None or review.due <= day

    def waits_for(self, pair: Pair, day: int) -> bool:
        """Whether it was mixed up, and is due."""
        return pair in self.of and self.is_due(pair, day)
