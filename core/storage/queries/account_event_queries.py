"""Queries of the record of account events; the caller owns the transaction."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session, aliased

from core.domain.people import AccountEvent, EntryPlace
from core.storage.locks import advisory_lock
from core.storage.tables import AccountEventRow, PersonRow


def record(db: Session, actor_id: str | None, person_id: str, what: AccountEvent) -> None:
    """Write down that `actor_id` did `what` to the account of `person_id`; both may be one person."""
    db.add(AccountEventRow(actor_id=actor_id, person_id=person_id, what=what))


def count(db: Session, person_id: str | None, what: AccountEvent, place: EntryPlace, at: datetime) -> None:
    """Write down that somebody was refused; of one person, kind, place and hour there is one row with a number."""
    hour = at.replace(minute=0, second=0, microsecond=0)
    advisory_lock(db, f"refusal {person_id} {what} {place}")
    counted = db.execute(
        update(AccountEventRow)
        .where(
            AccountEventRow.person_id.is_not_distinct_from(person_id),
            AccountEventRow.what == what,
            AccountEventRow.place == place,
            AccountEventRow.at >= hour,
            AccountEventRow.at < hour + timedelta(hours=1),
        )
        .values(number=AccountEventRow.number + 1)
        .returning(AccountEventRow.id)
    )
    if counted.first() is None:
        db.add(AccountEventRow(person_id=person_id, what=what, place=place, at=at))


def of_person(db: Session, person_id: str, kinds: Collection[AccountEvent], since: datetime) -> list[AccountEventRow]:
    """What happened of these kinds to the person's account after `since`, the newest first."""
    query = select(AccountEventRow).where(
        AccountEventRow.person_id == person_id, AccountEventRow.what.in_(kinds), AccountEventRow.at > since
    )
    return list(db.scalars(query.order_by(AccountEventRow.id.desc())))


def latest(db: Session, number: int) -> list[tuple[AccountEventRow, str | None, str | None]]:
    """The last `number` events, the newest first, each with the codes of who did it and to whom."""
    actor, person = aliased(PersonRow), aliased(PersonRow)
    query = (
        select(AccountEventRow, actor.code, person.code)
        .outerjoin(actor, actor.id == AccountEventRow.actor_id)
        .outerjoin(person, person.id == AccountEventRow.person_id)
        .order_by(AccountEventRow.id.desc())
        .limit(number)
    )
    return [(row[0], row[1], row[2]) for row in db.execute(query)]
