"""Questionnaire totals, entered by the clinician who cares; what is known of each stands in a data file."""

import json
from datetime import date
from functools import cache

from core.config import DATA
from core.domain.audit import Act
from core.domain.patient.questionnaires import Questionnaire, QuestionnaireScore, from_json
from core.domain.people import Refusal
from core.services.clinic.notes import entry_of, require_past
from core.services.gate.access import require_patient_of
from core.services.gate.audit import note
from core.storage.database import Store
from core.storage.queries import clinic_queries
from core.storage.tables import QuestionnaireScoreRow, now

FOLDER = DATA / "questionnaires"


@cache
def known() -> dict[str, Questionnaire]:
    """Every questionnaire with a data file, by key; raises ValueError that names a file that cannot be read."""
    read = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in FOLDER.glob("*.json")}
    loaded = [from_json(key, content) for key, content in read.items()]
    return {one.key: one for one in sorted(loaded, key=_usual_first)}


def _usual_first(questionnaire: Questionnaire) -> tuple[bool, bool, int, str]:
    """Filled in by the person, with a rule for change, with bands: what is known best stands first."""
    return questionnaire.rater != "self", questionnaire.retest is None, -len(questionnaire.bands), questionnaire.name


def scores(store: Store, token: str, patient_id: str) -> list[QuestionnaireScore]:
    """All totals of a patient in one's care, oldest first."""
    with store.begin() as db:
        require_patient_of(db, token, patient_id)
        return [
            QuestionnaireScore(
                row.id,
                row.questionnaire,
                row.filled_on,
                row.total,
                code,
                row.form_id is not None,
                row.subscales or {},
                row.left_out or 0,
            )
            for row, code in clinic_queries.totals(db, patient_id)
        ]


def enter(
    store: Store, token: str, patient_id: str, questionnaire: str, on: date, total: int, former: int | None = None
) -> None:
    """Keep a total. It takes the place of `former`, where that is what stands for the same day; raises Refusal where
    another one does, and for what cannot be."""
    known_questionnaire = known().get(questionnaire)
    with store.begin() as db:
        clinician = require_patient_of(db, token, patient_id)
        if known_questionnaire is None:
            raise Refusal("There is no questionnaire called “{name}” here.", name=questionnaire)
        require_past(on, clinician)
        if not known_questionnaire.low <= total <= known_questionnaire.high:
            raise Refusal(
                "{total} is no total of the {name}: it goes from {low} to {high}.",
                total=total,
                name=known_questionnaire.name,
                low=known_questionnaire.low,
                high=known_questionnaire.high,
            )
        row = clinic_queries.total_of(db, patient_id, questionnaire, on)
        if row is None:
            row = QuestionnaireScoreRow(person_id=patient_id, questionnaire=questionnaire, filled_on=on)
            db.add(row)
        elif row.total != former:
            raise Refusal("{total} is entered for that day already; nothing was changed.", total=row.total)
        else:
            note(db, clinician, Act.REMOVE, patient_id, questionnaire=questionnaire, day=str(on), replaced=True)
        row.total, row.entered_by, row.entered_at = total, clinician.id, now()
        row.form_id = row.subscales = row.left_out = None


def remove(store: Store, token: str, patient_id: str, score_id: int) -> None:
    """Remove a total of a patient in one's care, whoever entered it; the audit log says so."""
    with store.begin() as db:
        clinician = require_patient_of(db, token, patient_id)
        row = entry_of(db, QuestionnaireScoreRow, score_id, patient_id, "This total is not there any more.")
        db.delete(row)
        note(db, clinician, Act.REMOVE, patient_id, questionnaire=row.questionnaire, day=str(row.filled_on))
