"""Cast of a demonstration: staff, and patients of every story, each with a learner and habits."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo
from typing import Any

import numpy as np

from core.domain.days import zone_or_utc
from core.domain.devices import Browser
from core.domain.exercise.plan import STANDARD_PLAN, Plan
from core.domain.exercise.presets import PRESETS
from core.domain.exercise.programme import DayPart, six_weeks
from core.domain.language import SOURCE
from core.simulate.course import Habits
from core.simulate.learner import Learner, draw
from core.translations import languages

WEEKS = 26
NOT_SOURCE = 0.4
"""Share of patients who read another language than the source."""
STAFF = (
    ("Dr. Vega", "clinician", True, "administrator"),
    ("Dr. Sol", "clinician", False, "clinician"),
    ("R. Luna", "researcher", False, "researcher"),
)
"""Code, role, whether an administrator, story; the first one is the first account of an installation."""
_AGENTS = {
    "phone": "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/131.0 Mobile Safari/537.36",
    "computer": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/131.0 Safari/537.36",
}


@dataclass(frozen=True)
class InventedCourse:
    """A course of checks in blocks that is drawn: when it began, the truth of its learner, and how it is made."""

    weeks: float
    """Before the day of the demonstration."""
    truth: Mapping[str, Any]
    led: bool = False
    """By a programme."""
    away: tuple[float, float] | None = None
    """Weeks since then, from and until which nobody comes."""


COURSES = (
    InventedCourse(5, {"ability": 0.0, "gain": 0.6}, led=True),
    InventedCourse(8.5, {"ability": 0.0, "gain": 1.4, "pace": 25.0}, led=True),
    InventedCourse(0.6, {"ability": 0.0, "gain": 1.0}, led=True),
    InventedCourse(8.5, {"ability": 0.3, "gain": 0.0}),
    InventedCourse(8.5, {"ability": 0.9, "gain": -1.4, "pace": 25.0}),
    InventedCourse(2.7, {"ability": 0.0, "gain": 0.8}),
    InventedCourse(8.5, {"ability": 4.5, "gain": 0.0}),
    InventedCourse(21.2, {"ability": 0.0, "gain": 1.4, "pace": 25.0}, led=True, away=(8.5, 20.5)),
)
"""So that every verdict is there, with a day of the last weeks: cannot tell yet, better, in the baseline, could not
tell, worse, before the middle, no room; the last are in their follow-up. It is found from drawn answers: one in twenty
may turn out otherwise."""
_LED = replace(STANDARD_PLAN, programme=six_weeks())


@dataclass(frozen=True)
class InventedPatient:
    """One invented patient."""

    id: str
    code: str
    learner: Learner
    habits: Habits
    browser: Browser
    plan: Plan
    joined: datetime
    clinicians: tuple[int, ...]
    """Places in STAFF."""
    shares: bool
    research: bool
    minor: bool
    story: str | None = None
    """Set for who is offered at the sign-in."""

    @property
    def zone(self) -> tzinfo:
        return zone_or_utc(self.browser.time_zone)


def cast(number: int, now: datetime, seed: int) -> list[InventedPatient]:
    """`number` patients (at least 3), the first three new, in the middle and finished, half of the
    others with checks in blocks; the same for the same seed."""
    patients = [_patient(place, now, np.random.default_rng([seed, place])) for place in range(number)]
    for nth, place in enumerate(place for place in range(3, number) if place % 4 in {1, 2}):
        patients[place] = _in_blocks(patients[place], nth, now)
    new, middle, finished = patients[:3]
    patients[:3] = [
        replace(_starring(new, "new", now - timedelta(hours=2), never=True), plan=_LED),
        _starring(middle, "middle", now - timedelta(weeks=9), ability=-0.2, gain=0.9, pace=6.0),
        _starring(finished, "finished", now - timedelta(weeks=25), ability=-0.1, gain=1.7, pace=7.0),
    ]
    return patients


def _patient(place: int, now: datetime, random: np.random.Generator) -> InventedPatient:
    device = "phone" if random.random() < 0.6 else "computer"
    language = _language(random.random())
    joined = now - timedelta(weeks=float(random.uniform(1, WEEKS)))
    return InventedPatient(
        id=random.bytes(16).hex(),
        code=f"P-{place + 1:03d}",
        learner=draw(random),
        habits=Habits(
            joined + timedelta(minutes=10), float(random.uniform(3, 7)), leaves=float(random.choice([0.01, 0.04]))
        ),
        browser=Browser(language, "Europe/Madrid", device, _AGENTS[device]),
        plan=Plan(check_every=3) if random.random() < 0.2 else Plan(),
        joined=joined,
        clinicians=(0, 1) if place in {1, 2} else (0,) if random.random() < 0.7 else (1,),
        shares=bool(random.random() < 0.8),
        research=bool(random.random() < 0.7),
        minor=place == 6,
    )


def _in_blocks(patient: InventedPatient, nth: int, now: datetime) -> InventedPatient:
    """The `nth` whose checks are in blocks: at one of `COURSES`, begun so long before `now`, on most days."""
    course = COURSES[nth % len(COURSES)]
    joined = now - timedelta(weeks=course.weeks)
    plan = STANDARD_PLAN if nth < len(COURSES) else Plan().in_blocks(list(PRESETS)[nth % len(PRESETS)])
    return replace(
        patient,
        story="weeks" if nth == 0 else None,
        joined=joined,
        plan=replace(plan, programme=six_weeks((DayPart.LESSON, DayPart.MOVING, DayPart.CONTEXT)))
        if course.led
        else plan,
        learner=replace(patient.learner, **course.truth),
        habits=Habits(
            joined + timedelta(minutes=10),
            1.2,
            leaves=0.0,
            away=(joined + timedelta(weeks=course.away[0]), joined + timedelta(weeks=course.away[1]))
            if course.away
            else None,
        ),
    )


def _language(drawn: float) -> str:
    """The source for most, the others in equal parts; `drawn` is from 0 to 1."""
    others = [code for code in languages() if code != SOURCE]
    return others[int(drawn / NOT_SOURCE * len(others))] if others and drawn < NOT_SOURCE else SOURCE


def _starring(
    patient: InventedPatient, story: str, joined: datetime, days_between: float = 5.0, never: bool = False, **truth: Any
) -> InventedPatient:
    begins = datetime.max.replace(tzinfo=joined.tzinfo) if never else joined + timedelta(minutes=10)
    return replace(
        patient,
        story=story,
        joined=joined,
        plan=Plan(),
        learner=replace(patient.learner, **truth),
        habits=Habits(begins, days_between, leaves=0.0),
        browser=Browser(SOURCE, "Europe/Madrid", "phone", _AGENTS["phone"]),
        shares=True,
        research=True,
    )
