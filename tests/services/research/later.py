"""What was done just now is kept back from exports: tests look at it four weeks later, or move it into the past."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from unittest.mock import patch

from sqlalchemy import select

from core.services.research import choice, export, overview, unblinding
from core.storage.database import Store
from core.storage.queries.pseudonym_queries import LONGEST_DELAY
from core.storage.tables import BlockRow, EnrolmentRow, PersonRow, SessionRow, TrialRow, now
from core.storage.tables.base import Base


def later() -> datetime:
    return now() + LONGEST_DELAY * 1.1


@contextmanager
def weeks_later() -> Iterator[None]:
    """For everything that asks what an export holds."""
    with ExitStack() as patches:
        for module in (choice, export, overview, unblinding):
            patches.enter_context(patch.object(module, "now", later))
        yield


def move_back(store: Store, person_id: str, by: timedelta) -> None:
    """Move all that a person did into the past."""
    with store.begin() as db:
        mine = select(BlockRow.id).where(BlockRow.person_id == person_id)
        rows: list[Base] = [*db.scalars(select(TrialRow).where(TrialRow.block_id.in_(mine)))]
        for table in (BlockRow, SessionRow, EnrolmentRow):
            rows += db.scalars(select(table).where(table.person_id == person_id))
        for row in [*rows, db.get_one(PersonRow, person_id)]:
            for column in row.__table__.columns:
                at = getattr(row, column.name)
                if isinstance(at, datetime):
                    setattr(row, column.name, at - by)
