"""The same courses through the stored services: people of a database, a clock that moves from day to day, checks
begun, drawn, answered face by face and judged by the services that patients meet."""

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest

from core.domain.exercise.plan import Plan
from core.domain.exercise.trials import Answer, Kind, Trial
from core.domain.people import Role
from core.domain.statistics.change import VerdictKind
from core.domain.statistics.course_power import CourseShare
from core.domain.statistics.metrics import wilson
from core.services.accounts import accounts
from core.services.exercise import plans, played_run, recognition, run_rows, summary
from core.services.gate.access import require
from core.simulate.learner import Learner, draw
from core.storage.database import Store
from core.storage.tables import TrainingDayRow
from core.tasks.recognition import course_state
from tests.bench.learner_courses import checks_of, who_names
from tests.history import answer_all, as_meant, mistaken
from tests.support import BROWSER, new_clinician, new_patient, new_store

FIRST = datetime(2026, 1, 5, 10, tzinfo=UTC)
PRACTICE = 7
"""Faces of a practice; what is measured is the verdict, which counts days of training and no faces."""
MOST_DAYS = 120


def stored_share(preset: str, start: float, gain: float, day_sd: float, courses: int, seed: int = 2) -> CourseShare:
    """How many of the people of a database are called better, who name `start` of the faces and gain `gain` after the
    baseline, all at once."""
    plan, random = Plan(practice_length=PRACTICE).in_blocks(preset), np.random.default_rng(seed)
    faces, better = checks_of(plan)[0], 0
    with TemporaryDirectory() as folder, closing(new_store(Path(folder))) as store:
        clinician = new_clinician(store)
        for number in range(courses):
            before = who_names(start, draw(random, fatigue=0, gain=0, day_sd=day_sd), faces)
            after = who_names(start + gain, before, faces)
            token = new_patient(store, clinician, f"P-{number:04d}")
            (own,) = (one.id for one in accounts.patients(store, clinician) if one.code == f"P-{number:04d}")
            plans.set_plan(store, clinician, own, plan)
            better += _whole_course(store, token, plan, before, after, random) is VerdictKind.BETTER
    return CourseShare(better / courses, *wilson(better, courses))


def _whole_course(
    store: Store, token: str, plan: Plan, before: Learner, after: Learner, random: np.random.Generator
) -> VerdictKind:
    """The warm-up and every check on its day, until the course is over. A day of training is the row that a practice
    leaves; its faces count for no verdict."""
    at, browser = FIRST, replace(BROWSER, time_zone="UTC")
    with store.begin() as db:
        own = require(db, token, Role.PATIENT).id
    with pytest.MonkeyPatch.context() as patch:
        for module in (course_state, run_rows, played_run, summary):
            patch.setattr(module, "now", lambda: at)
        for day in range(MOST_DAYS):
            at, mood, asked = FIRST + timedelta(days=day), float(random.normal()), recognition.today(store, token)
            if asked.course is not None and asked.course.over:
                return asked.course.kind
            if asked.kind is Kind.PRACTICE and not asked.checks_done:
                answer_all(store, token, recognition.begin(store, token, browser), as_meant, browser)
                asked = recognition.today(store, token)
            who = before if asked.checks_done < plan.baseline else after

            def say(trial: Trial, who: Learner = who, mood: float = mood) -> Answer:
                face = trial.stimulus
                named = random.random() < who.right(face.target, face.intensity, 0, mood)
                return as_meant(trial) if named else mistaken(trial)

            if asked.kind is Kind.CHECK:
                answer_all(store, token, recognition.begin(store, token, browser), say, browser)
            else:
                with store.begin() as db:
                    db.add(TrainingDayRow(person_id=own, day=at.date(), seconds=120))
    raise AssertionError(f"no verdict after {MOST_DAYS} days")
