"""Queries of notes, events and questionnaire totals; the caller owns the transaction."""

from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from core.storage.tables import (
    LifeEventRow,
    NoteRow,
    PersonRow,
    QuestionnaireAnswerRow,
    QuestionnaireFormRow,
    QuestionnaireScoreRow,
)


def notes(db: Session, person_id: str) -> list[tuple[NoteRow, str | None]]:
    """A patient's notes, newest first, each with the code of who wrote it."""
    query = select(NoteRow, PersonRow.code).outerjoin(PersonRow, PersonRow.id == NoteRow.author_id)
    rows = db.execute(query.where(NoteRow.person_id == person_id).order_by(NoteRow.id.desc()))
    return [(row[0], row[1]) for row in rows]


def events(db: Session, person_id: str) -> list[LifeEventRow]:
    """The events in a patient's life, oldest first."""
    query = select(LifeEventRow).where(LifeEventRow.person_id == person_id)
    return list(db.scalars(query.order_by(LifeEventRow.happened_on, LifeEventRow.id)))


def totals(db: Session, person_id: str) -> list[tuple[QuestionnaireScoreRow, str | None]]:
    """A patient's questionnaire totals, oldest first, each with the code of who entered it."""
    scores = QuestionnaireScoreRow
    query = select(scores, PersonRow.code).outerjoin(PersonRow, PersonRow.id == scores.entered_by)
    rows = db.execute(query.where(scores.person_id == person_id).order_by(scores.filled_on, scores.id))
    return [(row[0], row[1]) for row in rows]


def total_of(db: Session, person_id: str, questionnaire: str, on: date) -> QuestionnaireScoreRow | None:
    """What is entered of one questionnaire for one day."""
    scores = QuestionnaireScoreRow
    key = (scores.person_id == person_id, scores.questionnaire == questionnaire, scores.filled_on == on)
    return db.scalar(select(scores).where(*key))


def forms(db: Session, person_id: str) -> list[QuestionnaireFormRow]:
    """What a patient was asked to fill in, newest first."""
    query = select(QuestionnaireFormRow).where(QuestionnaireFormRow.person_id == person_id)
    return list(db.scalars(query.order_by(QuestionnaireFormRow.asked_at.desc(), QuestionnaireFormRow.id)))


def item_answers(db: Session, form_id: str) -> dict[int, int | None]:
    """The answers of a form by item, in order; None: left out."""
    answers = QuestionnaireAnswerRow
    query = select(answers.number, answers.value).where(answers.form_id == form_id).order_by(answers.number)
    return {row.number: row.value for row in db.execute(query)}


def forget_form(db: Session, form_id: str) -> None:
    db.execute(delete(QuestionnaireAnswerRow).where(QuestionnaireAnswerRow.form_id == form_id))
    db.execute(delete(QuestionnaireFormRow).where(QuestionnaireFormRow.id == form_id))
