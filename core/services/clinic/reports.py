"""Facts of a report on a patient; that one was made is written to the audit log."""

from dataclasses import dataclass
from datetime import date

from core.domain.audit import Act
from core.domain.days import day_of, zone_or_utc
from core.domain.patient.events import LifeEvent
from core.domain.patient.questionnaires import QuestionnaireScore
from core.services.clinic.notes import events
from core.services.clinic.questionnaires import scores
from core.services.clinic.record import Review, review
from core.services.feelings.sharing import SharedDiary, of_patient
from core.services.gate.access import require_patient_of
from core.services.gate.audit import note
from core.storage.database import Store


@dataclass(frozen=True)
class ReportFacts:
    """A patient's review, questionnaire totals, events and shown feelings; the code of who asked for them, and when."""

    review: Review
    scores: tuple[QuestionnaireScore, ...]
    events: tuple[LifeEvent, ...]
    feelings: SharedDiary
    """What the person shows."""
    by: str
    made_on: date
    """Where the clinician is."""


def report_facts(store: Store, token: str, patient_id: str) -> ReportFacts:
    """Everything for a report on a patient in one's care."""
    with store.begin() as db:
        by = require_patient_of(db, token, patient_id)
        note(db, by, Act.REPORT, patient_id)
    seen = review(store, token, patient_id)
    return ReportFacts(
        seen,
        tuple(scores(store, token, patient_id)),
        tuple(events(store, token, patient_id)),
        of_patient(store, token, patient_id),
        by.code,
        day_of(seen.at, zone_or_utc(by.time_zone)),
    )
