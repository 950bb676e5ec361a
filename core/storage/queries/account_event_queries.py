"""Queries of the record of account events; the caller owns the transaction."""

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from core.domain.people import AccountEvent
from core.storage.tables import AccountEventRow, PersonRow


def record(db: Session, actor_id: str | None, person_id: str, what: AccountEvent) -> None:
    """Write down that `actor_id` did `what` to the account of `person_id`; both may be one person."""
    db.add(AccountEventRow(actor_id=actor_id, person_id=person_id, what=what))


def latest(db: Session, number: int) -> list[tuple[AccountEventRow, str | None, str]]:
    """The last `number` events, the newest first, each with the codes of who did it and to whom."""
    actor, person = aliased(PersonRow), aliased(PersonRow)
    query = (
        select(AccountEventRow, actor.code, person.code)
        .outerjoin(actor, actor.id == AccountEventRow.actor_id)
        .join(person, person.id == AccountEventRow.person_id)
        .order_by(AccountEventRow.id.desc())
        .limit(number)
    )
    return [(row[0], row[1], row[2]) for row in db.execute(query)]
