"""Who plays in a demonstration: staff, and patients of every story, each with a learner and habits."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import numpy as np

from core.domain.exercise.plan import Plan
from core.services.exercise.recognition import Browser
from core.simulate.course import Habits
from core.simulate.learner import Learner, draw

WEEKS = 26
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
class Patient:
    """One invented patient. `story` is set for who is offered at the sign-in; `clinicians` are places in STAFF."""

    id: str
    code: str
    learner: Learner
    habits: Habits
    browser: Browser
    plan: Plan
    joined: datetime
    clinicians: tuple[int, ...]
    shares: bool
    research: bool
    minor: bool
    story: str | None = None


def cast(number: int, now: datetime, seed: int) -> list[Patient]:
    """`number` patients (at least 3), the first three new, in the middle and finished; the same for the same seed."""
    patients = [_patient(place, now, np.random.default_rng([seed, place])) for place in range(number)]
    new, middle, finished = patients[:3]
    patients[:3] = [
        _starring(new, "new", now - timedelta(hours=2), never=True),
        _starring(middle, "middle", now - timedelta(weeks=9), ability=-0.2, gain=0.9, pace=6.0),
        _starring(finished, "finished", now - timedelta(weeks=25), ability=-0.1, gain=1.7, pace=7.0),
    ]
    return patients


def _patient(place: int, now: datetime, random: np.random.Generator) -> Patient:
    device = "phone" if random.random() < 0.6 else "computer"
    language = "es" if random.random() < 0.4 else "en"
    joined = now - timedelta(weeks=float(random.uniform(1, WEEKS)))
    return Patient(
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


def _starring(
    patient: Patient, story: str, joined: datetime, days_between: float = 5.0, never: bool = False, **truth: Any
) -> Patient:
    begins = datetime.max.replace(tzinfo=joined.tzinfo) if never else joined + timedelta(minutes=10)
    return replace(
        patient,
        story=story,
        joined=joined,
        plan=Plan(),
        learner=replace(patient.learner, **truth),
        habits=Habits(begins, days_between, leaves=0.0),
        browser=Browser("en", "Europe/Madrid", "phone", _AGENTS["phone"]),
        shares=True,
        research=True,
    )
