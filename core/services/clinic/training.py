"""Training of a patient for the clinician: where they stand in their programme, and what their practice rests on."""

from dataclasses import dataclass

from core.domain.exercise.run_mix import USUAL
from core.domain.practice.overview import PracticeOverview
from core.domain.programme.today import ProgrammeToday
from core.services.exercise.programme import today_of
from core.services.gate.access import require_patient_of
from core.storage.database import Store
from core.storage.queries.plan_queries import plan_in_force
from core.tasks.recognition.adapting import overview_of


@dataclass(frozen=True)
class Training:
    programme: ProgrammeToday | None
    """None where the plan has none."""
    practice: PracticeOverview | None
    """None where practice does not adapt."""


def training(store: Store, token: str, patient_id: str) -> Training:
    """Of a patient in the signed-in clinician's care."""
    with store.begin() as db:
        require_patient_of(db, token, patient_id)
        _, plan = plan_in_force(db, patient_id)
        led = today_of(db, patient_id, plan, plan.programme) if plan.programme else None
        mix = plan.programme.mix_on(led.days_done) if plan.programme and led else USUAL
        return Training(led, overview_of(db, patient_id, plan, mix) if plan.adaptive else None)
