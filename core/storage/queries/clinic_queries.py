"""Queries of notes, events and questionnaire totals; the caller owns the transaction."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.storage.tables import LifeEventRow, NoteRow, PersonRow, QuestionnaireScoreRow


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
