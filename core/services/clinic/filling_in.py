"""Questionnaires that a patient fills in: asked for by a clinician, kept item by item, scored at the end.

The total stands among those that clinicians enter. What was answered stays as it was given.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from core.domain.audit import Act
from core.domain.days import day_of
from core.domain.exercise.events import not_understood
from core.domain.patient.consent import Purpose
from core.domain.patient.questionnaire_items import ItemAnswers, QuestionnaireItems, total_of
from core.domain.people import NotAllowed, Refusal, Role
from core.services.clinic.items_files import items_of
from core.services.clinic.questionnaires import known
from core.services.gate.access import require, require_patient_of
from core.services.gate.audit import note
from core.services.privacy import consents
from core.storage.database import Store
from core.storage.queries import clinic_queries
from core.storage.queries.people_queries import zone_of
from core.storage.tables import (
    PersonRow,
    QuestionnaireAnswerRow,
    QuestionnaireFormRow,
    QuestionnaireScoreRow,
    now,
)
from core.storage.upserts import put


@dataclass(frozen=True)
class AskedForm:
    """A questionnaire that a clinician asked for. `total` is None until it is filled in, and where too much is left
    out."""

    id: str
    questionnaire: str
    asked_at: datetime
    ended_at: datetime | None
    of: int
    """Items."""
    told: int
    """Of them answered or left out."""
    left_out: int
    total: int | None


@dataclass(frozen=True)
class OpenForm:
    """A questionnaire to be filled in, as far as it is."""

    id: str
    items: QuestionnaireItems
    language: str
    """Of the items."""
    given: Mapping[int, int | None]


@dataclass(frozen=True)
class FormState:
    """Whether all is told."""

    over: bool


def ask(store: Store, token: str, patient_id: str, questionnaire: str) -> None:
    """Ask a patient in one's care to fill a questionnaire in; nothing happens where that is asked already."""
    with store.begin() as db:
        clinician = require_patient_of(db, token, patient_id)
        items = items_of(questionnaire)
        language = db.get_one(PersonRow, patient_id).language
        if language not in items.languages:
            raise Refusal(
                "The items of {name} are here in {languages}, this patient’s pages in another language ({language}).",
                name=known()[questionnaire].name,
                languages=", ".join(items.languages),
                language=language,
            )
        forms = clinic_queries.forms(db, patient_id)
        if not any(row.questionnaire == questionnaire and row.ended_at is None for row in forms):
            db.add(
                QuestionnaireFormRow(
                    person_id=patient_id,
                    questionnaire=questionnaire,
                    asked_by=clinician.id,
                    language=language,
                    items_hash=items.digest,
                    items=len(items.items),
                )
            )


def withdraw(store: Store, token: str, patient_id: str, form_id: str) -> None:
    """Take back what was asked and is not filled in. What was answered of it goes, and the audit log says so."""
    with store.begin() as db:
        clinician = require_patient_of(db, token, patient_id)
        row = db.get(QuestionnaireFormRow, form_id)
        if row is None or row.person_id != patient_id:
            raise NotAllowed("This questionnaire is not asked for any more.")
        if row.ended_at is not None:
            raise Refusal("This questionnaire is filled in. Its total can be removed below.")
        clinic_queries.forget_form(db, row.id)
        note(db, clinician, Act.REMOVE, patient_id, questionnaire=row.questionnaire)


def asked_of(store: Store, token: str, patient_id: str) -> list[AskedForm]:
    """What was asked of a patient in one's care, newest first."""
    with store.begin() as db:
        require_patient_of(db, token, patient_id)
        return [_asked(db, row) for row in clinic_queries.forms(db, patient_id)]


def mine(store: Store, token: str) -> list[AskedForm]:
    """What the signed-in patient is asked to fill in, the first that was asked first."""
    with store.begin() as db:
        person = require(db, token, Role.PATIENT)
        rows = [row for row in clinic_queries.forms(db, person.id) if row.ended_at is None]
        return [_asked(db, row) for row in reversed(rows)]


def form(store: Store, token: str, form_id: str) -> OpenForm:
    """One of the signed-in patient's own, to be filled in. Raises Refusal where its items are gone or changed,
    NotAgreed without a consent to the record."""
    with store.begin() as db:
        row = _own(db, token, form_id)
        items = items_of(row.questionnaire, row.items_hash)
        return OpenForm(row.id, items, row.language, clinic_queries.item_answers(db, row.id))


def take(store: Store, token: str, form_id: str, answers: ItemAnswers) -> FormState:
    """Keep what a browser tells of one of the patient's own; telling it twice changes nothing, nor does what comes
    after its end. The last word on an item counts."""
    with store.begin() as db:
        row = _own(db, token, form_id)
        items = items_of(row.questionnaire, row.items_hash)
        if row.ended_at is not None:
            return FormState(True)
        values = {None, *(one.value for one in items.answers)}
        for number, value in answers.given:
            if not 1 <= number <= row.items:
                raise not_understood("item", number)
            if value not in values:
                raise not_understood("value", value)
            put(db, QuestionnaireAnswerRow, {"form_id": row.id, "number": number}, value=value, answered_at=now())
        given = clinic_queries.item_answers(db, row.id)
        if answers.done and len(given) == row.items:
            _end(db, row, items, given)
        return FormState(row.ended_at is not None)


def _end(db: Session, row: QuestionnaireFormRow, items: QuestionnaireItems, given: Mapping[int, int | None]) -> None:
    """Score it. A total that somebody entered for that day stays; this one stands on the form."""
    row.ended_at = now()
    found = total_of(items, given)
    if found is None:
        return
    row.total = found.total
    on: date = day_of(row.ended_at, zone_of(db, row.person_id))
    if clinic_queries.total_of(db, row.person_id, row.questionnaire, on) is None:
        db.add(
            QuestionnaireScoreRow(
                person_id=row.person_id,
                questionnaire=row.questionnaire,
                filled_on=on,
                total=found.total,
                form_id=row.id,
                subscales=dict(found.subscales) or None,
                left_out=found.left_out,
            )
        )


def _own(db: Session, token: str, form_id: str) -> QuestionnaireFormRow:
    person = require(db, token, Role.PATIENT)
    row = db.get(QuestionnaireFormRow, form_id)
    if row is None or row.person_id != person.id:
        raise NotAllowed("This questionnaire is not yours.")
    consents.require_agreed(db, person.id, Purpose.TREATMENT)
    return row


def _asked(db: Session, row: QuestionnaireFormRow) -> AskedForm:
    given = clinic_queries.item_answers(db, row.id)
    left_out = sum(value is None for value in given.values())
    return AskedForm(row.id, row.questionnaire, row.asked_at, row.ended_at, row.items, len(given), left_out, row.total)
