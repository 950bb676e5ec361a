"""What people have said yes to."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.storage.tables import ConsentRow


def agreed(db: Session, person_id: str, purpose: str) -> bool:
    """Whether the person has said yes to `purpose` and has not taken it back."""
    rows = select(ConsentRow.id).where(
        ConsentRow.person_id == person_id, ConsentRow.purpose == purpose, ConsentRow.withdrawn_at.is_(None)
    )
    return db.scalars(rows.limit(1)).first() is not None
