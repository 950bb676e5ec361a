"""Queries of the tables of consent; the caller owns the transaction."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.domain.patient.consent import AnsweredBy, ConsentAnswer, Decision, Purpose, Relation
from core.storage.tables import ConsentRow, MinorRow


def answers_of(db: Session, person_id: str, purpose: Purpose | None = None) -> list[ConsentAnswer]:
    """The person's words, oldest first; on one `purpose` or on all."""
    query = select(ConsentRow).where(ConsentRow.person_id == person_id).order_by(ConsentRow.id)
    if purpose is not None:
        query = query.where(ConsentRow.purpose == purpose)
    return [_answer_of(row) for row in db.scalars(query)]


def answers_of_all(db: Session, purpose: Purpose) -> dict[str, list[ConsentAnswer]]:
    """Everybody's words on one purpose, by person, oldest first."""
    by_person: dict[str, list[ConsentAnswer]] = {}
    for row in db.scalars(select(ConsentRow).where(ConsentRow.purpose == purpose).order_by(ConsentRow.id)):
        by_person.setdefault(row.person_id, []).append(_answer_of(row))
    return by_person


def minors(db: Session) -> set[str]:
    """Everybody for whom a guardian consents too."""
    return set(db.scalars(select(MinorRow.person_id).where(MinorRow.until.is_(None))))


def is_minor(db: Session, person_id: str) -> bool:
    """Whether a guardian consents for this person too."""
    row = db.get(MinorRow, person_id)
    return row is not None and row.until is None


def _answer_of(row: ConsentRow) -> ConsentAnswer:
    return ConsentAnswer(
        purpose=Purpose(row.purpose),
        by=AnsweredBy(row.by),
        decision=Decision(row.decision),
        version=row.version,
        language=row.language,
        at=row.at,
        relation=Relation(row.relation) if row.relation else None,
        signed_on=row.signed_on,
    )
