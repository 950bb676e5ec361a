"""Where a person stands with a lesson: kept or not, and when it is due again. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

MISTAKES = 1
"""With which a lesson is still kept."""
REPEAT = 2
"""Days until a lesson that was not kept is offered again."""
REVIEWS = (2, 7)
"""Days until a lesson that was kept is reviewed, once and then again."""


@dataclass(frozen=True)
class LessonRun:
    """A lesson, or a review of one, that was done to the end."""

    day: int
    """The person's own, as a number."""
    mistakes: int
    review: bool = False


@dataclass(frozen=True)
class LessonState:
    """Of one lesson."""

    seen: int | None = None
    """The last day on which it was done; None: never."""
    kept: bool = False
    due: int | None = None
    """From which day on it is offered again; None: no more."""
    reviews: int = 0
    """How many were kept since the lesson was."""

    def is_due(self, day: int) -> bool:
        return self.due is not None and self.due <= day


def lesson_state(runs: Sequence[LessonRun]) -> LessonState:
    """After these, oldest first."""
    state = LessonState()
    for run in runs:
        kept = run.mistakes <= MISTAKES
        reviews = state.reviews + 1 if run.review and state.kept else 0
        if not kept:
            state = LessonState(run.day, False, run.day + REPEAT)
        else:
            state = LessonState(run.day, True, run.day + REVIEWS[reviews] if reviews < len(REVIEWS) else None, reviews)
    return state
