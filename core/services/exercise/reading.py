"""Pages that a patient has read, one a day of the first week of a programme; and the summary of their own check-ins."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.config import VERSION
from core.domain.devices import Browser
from core.domain.people import Role
from core.services.exercise import run_rows
from core.services.gate.access import Player, require
from core.storage.database import Store
from core.storage.locks import advisory_lock
from core.storage.queries import exercise_queries
from core.storage.tables import BlockRow, now
from core.tasks.reading.pages import page_names
from core.tasks.reading.task import OWN_WORDS, READ, TASK


def keep_read(store: Store, token: str, browser: Browser, page: str) -> None:
    """The signed-in patient has read a page; a second time changes nothing.

    Raises NotAgreed where they have not agreed to a record, Refusal where there is no such page.
    """
    with store.begin() as db:
        by = Player(require(db, token, Role.PATIENT), in_room=False)
        advisory_lock(db, f"reading {by.person.id}")
        if page in _read(db, by.person.id):
            return
        row = run_rows.begin(db, by, browser, TASK, kind=page)
        [item] = exercise_queries.run_items(db, row.id)
        where = {"session_id": row.session_id, "language": browser.language, "device": browser.device}
        read = {"response": READ, "answered_at": now(), "software": VERSION, **where}
        run_rows.keep(db, TASK, by.person, row, item, read)
        run_rows.end(db, row, stopped=False)


def keep_summed_up(store: Store, token: str, browser: Browser) -> None:
    """The signed-in patient has looked at the summary of their check-ins. As `keep_read`."""
    keep_read(store, token, browser, OWN_WORDS)


def unread(db: Session, person_id: str) -> Sequence[str]:
    """The pages that the person has not read, in order."""
    read = _read(db, person_id)
    return [name for name in page_names() if name not in read]


def has_summed_up(db: Session, person_id: str) -> bool:
    """Whether the person has looked at the summary of their check-ins."""
    return OWN_WORDS in _read(db, person_id)


def _read(db: Session, person_id: str) -> set[str]:
    rows = select(BlockRow.kind).where(BlockRow.person_id == person_id, BlockRow.task == TASK.name)
    return set(db.scalars(rows.where(BlockRow.ended_at.is_not(None))))
