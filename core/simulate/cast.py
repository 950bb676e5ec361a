"""Cast of a demonstration: staff, and patients of every story, each with a learner and habits."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo
from typing import Any

import numpy as np

from core.domain.days import zone_or_utc
from core.domain.devices import Browser
from core.domain.exercise.plan import Plan
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
    """`number` patients (at least 3), the first three new, in the middle and finished; the same for the same seed."""
    patients = [_patient(place, now, np.random.default_rng([seed, place])) for place in range(number)]
    new, middle, finished = patients[:3]
    patients[:3] = [
        _starring(new, "new", now - timedelta(hours=2), never=True),
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
