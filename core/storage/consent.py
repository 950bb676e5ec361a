"""Questions to the tables of consent; the caller owns the transaction."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.domain.consent import By, Decision, Purpose, Relation, Word
from core.storage.tables import ConsentRow, MinorRow


def words(db: Session, person_id: str, purpose: Purpose | None = None) -> list[Word]:
    """The person's words, oldest first; on one `purpose` or on all."""
    query = select(ConsentRow).where(ConsentRow.person_id == person_id).order_by(ConsentRow.id)
    if purpose is not None:
        query = query.where(ConsentRow.purpose == purpose)
    return [
        Word(
            purpose=Purpose(row.purpose),
            by=By(row.by),
            decision=Decision(row.decision),
            version=row.version,
            language=row.language,
            at=row.at,
            relation=Relation(row.relation) if row.relation else None,
            signed_on=row.signed_on,
        )
        for row in db.scalars(query)
    ]


def is_minor(db: Session, person_id: str) -> bool:
    """Whether a guardian consents for this person too."""
    row = db.get(MinorRow, person_id)
    return row is not None and row.until is None
