"""Courses of invented people on the built-in faces, without a database where none is needed."""

from datetime import UTC, datetime, timedelta
from functools import cache

import numpy as np

from core.domain.devices import Browser
from core.domain.emotions import Emotion
from core.domain.exercise.plan import Plan
from core.domain.exercise.trials import Response, Stimulus
from core.simulate.course import Habits, SimulatedCourse, SimulatedFaces, simulate_course
from core.simulate.learner import Learner
from core.stimuli.builtin import read_builtin

PHONE = Browser("en", "Europe/Madrid", "phone", "test")
SHORT = Plan(practice_length=7, check_every=1)
UNTIL = datetime(2026, 11, 21, 12, tzinfo=UTC)


@cache
def builtin() -> SimulatedFaces:
    """The built-in faces as a course needs them."""
    _, found = read_builtin()
    pools: dict[str, list[Stimulus]] = {"practice": [], "A": [], "B": []}
    for number, face in enumerate(found, start=1):
        stimulus = Stimulus(number, face.hash, face.target, face.identity, face.intensity, None, face.sex, face.skin)
        pools[face.role or "practice"].append(stimulus)
    return SimulatedFaces(1, "1", pools, None, {})


def course(learner: Learner, seed: int, plan: Plan = SHORT, weeks: int = 12) -> SimulatedCourse:
    """A course without drop-out."""
    habits = Habits(UNTIL - timedelta(weeks=weeks), days_between=3, leaves=0.0)
    return simulate_course(f"{seed:032x}", learner, habits, plan, PHONE, builtin(), UNTIL, np.random.default_rng(seed))


def scored(trial: dict[str, object]) -> Emotion | None:
    """What counts of a stored answer: the emotion named, or the best guess."""
    named = Response(str(trial["response"])).emotion
    return named if named is not None else Emotion.from_word(str(trial["best_guess"])) if trial["best_guess"] else None
