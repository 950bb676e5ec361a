"""Take turns at something that is not a row."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session


def take_turns(db: Session, *about: str) -> None:
    """Wait until no other transaction holds any of `about`, and hold them until this one ends.

    What is read and written from here on is not changed by another in between. SQLite lets one write at a time, so
    that a transaction which has written before it reads is alone there anyway.
    """
    if db.get_bind().dialect.name == "postgresql":
        for one in sorted(about):  # all in one order, or two would wait for each other
            db.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(one, 0))))
