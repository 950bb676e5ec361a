"""The same courses through the rules that people meet: checks drawn from the built-in faces, each face answered by a
simulated learner, parts opened, closed and judged by the course itself."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from itertools import cycle

import numpy as np

from core.domain.exercise import design
from core.domain.exercise.plan import Plan, blueprint
from core.domain.exercise.presets import PRESETS
from core.domain.exercise.trials import Stimulus
from core.domain.statistics.change import VerdictKind
from core.domain.statistics.course import Course, course
from core.domain.statistics.course_parts import ClosedPart, CourseCheck
from core.domain.statistics.course_power import CourseShare
from core.domain.statistics.metrics import wilson
from core.simulate.learner import Learner, draw
from core.stimuli.builtin import read_builtin
from core.stimuli.records import Face

DRAWN = 40
"""Different checks; their faces come again in other courses."""
FIRST = date(2026, 1, 5)


def learner_share(preset: str, start: float, gain: float, day_sd: float, courses: int, seed: int = 1) -> CourseShare:
    """How many courses are called better, of learners who name `start` of the faces and gain `gain` after the
    baseline, all at once."""
    plan, random = Plan().in_blocks(preset), np.random.default_rng(seed)
    checks = checks_of(plan)
    better = 0
    for _ in range(courses):
        before = who_names(start, draw(random, fatigue=0, gain=0, day_sd=day_sd), checks[0])
        after = who_names(start + gain, before, checks[0])
        better += _whole_course(plan, preset, before, after, checks, random).kind is VerdictKind.BETTER
    return CourseShare(better / courses, *wilson(better, courses))


def _whole_course(
    plan: Plan, preset: str, before: Learner, after: Learner, checks: list[list[Stimulus]], random: np.random.Generator
) -> Course:
    """A check on each day that asks for one, training on every other."""
    done, drawn, day, closed = list[CourseCheck](), cycle(checks), FIRST, tuple[ClosedPart, ...]()
    while True:
        found = course(done, closed, plan.design, PRESETS[preset].end_from, day, partial(_days_until, day))
        closed = found.closed
        if found.over:
            return found
        if found.open is not None:
            who = before if len(done) < plan.baseline else after
            mood = float(random.normal())
            right = sum(random.random() < who.right(face.target, face.intensity, 0, mood) for face in next(drawn))
            done.append(
                CourseCheck(str(len(done)), 1, found.open, "one", day, int(right), plan.check_length, counts=True)
            )
        day += timedelta(days=1)


def _days_until(day: date, since: date) -> int:
    """On how many days there was training: on each."""
    return (day - since).days


def checks_of(plan: Plan) -> list[list[Stimulus]]:
    """Checks of forms A and B in turn, from the faces that ship."""
    _, faces = read_builtin()
    asked = blueprint(plan, "1", "en", "computer")
    pools = {
        form: [_stimulus(number, face) for number, face in enumerate(faces) if face.role == form]
        for form in design.FORMS
    }
    return [design.draw_check(pools[design.FORMS[seed % 2]], asked, seed) for seed in range(DRAWN)]


def _stimulus(number: int, face: Face) -> Stimulus:
    return Stimulus(number, face.hash, face.target, face.identity, face.intensity, None, face.sex, face.skin)


def who_names(share: float, like: Learner, faces: list[Stimulus]) -> Learner:
    """A learner like this one, whose ability makes it name `share` of these faces on average over days."""
    moods = np.linspace(-2, 2, 5)
    weights = np.exp(-(moods**2) / 2)
    low, high = -6.0, 6.0
    while high - low > 0.01:
        ability = (low + high) / 2
        one = replace(like, ability=ability)
        means = [np.mean([one.right(face.target, face.intensity, 0, float(mood)) for face in faces]) for mood in moods]
        low, high = (ability, high) if float(np.average(means, weights=weights)) < share else (low, ability)
    return replace(like, ability=(low + high) / 2)
