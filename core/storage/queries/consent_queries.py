"""Questions to the tables of consent; the caller owns the transaction."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.domain.patient.consent import By, Decision, Purpose, Relation, Word
from core.storage.tables import ConsentRow, MinorRow


def words(db: Session, person_id: str, purpose: Purpose | None = None) -> list[Word]:
    """The person's words, oldest first; on one `purpose` or on all."""
    query = select(ConsentRow).where(ConsentRow.person_id == person_id).order_by(ConsentRow.id)
    if purpose is not None:
        query = query.where(ConsentRow.purpose == purpose)
    return [_word(row) for row in db.scalars(query)]


def words_of_all(db: Session, purpose: Purpose) -> dict[str, list[Word]]:
    """Everybody's words on one purpose, by person, oldest first."""
    found: dict[str, list[Word]] = {}
    for row in db.scalars(select(ConsentRow).where(ConsentRow.purpose == purpose).order_by(ConsentRow.id)):
        found.setdefault(row.person_id, []).append(_word(row))
    return found


def minors(db: Session) -> set[str]:
    """Everybody for whom a guardian consents too."""
    return set(db.scalars(select(MinorRow.person_id).where(MinorRow.until.is_(None))))


def is_minor(db: Session, person_id: str) -> bool:
    """Whether a guardian consents for this person too."""
    row = db.get(MinorRow, person_id)
    return row is not None and row.until is None


def _word(row: ConsentRow) -> Word:
    return Word(
        purpose=Purpose(row.purpose),
        by=By(row.by),
        decision=Decision(row.decision),
        version=row.version,
        language=row.language,
        at=row.at,
        relation=Relation(row.relation) if row.relation else None,
        signed_on=row.signed_on,
    )
