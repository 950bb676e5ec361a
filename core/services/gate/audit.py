"""The audit log: who saw what of whom, and what was done that cannot be undone.

It names people by pseudonyms under their own keys. Whoever is erased takes the key along: the log still verifies, and
nobody can say any more whom it speaks of. An administrator reads it by `core.services.privacy.audit_log`.
"""

from datetime import datetime, timedelta
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, event
from sqlalchemy.orm import Session

from core.domain.audit import Act
from core.domain.clocks import recent
from core.domain.people import Person
from core.storage.queries import audit_queries
from core.storage.queries.audit_queries import NewAuditEntry
from core.storage.queries.pseudonym_queries import pseudonyms
from core.storage.tables import now

PURPOSE = "audit"
"""For which the log's pseudonyms are made."""
AGAIN_AFTER = timedelta(minutes=15)
_WAITING = "audit entries of this transaction"
_MOST_KNOWN = 10_000
_known: WeakKeyDictionary[Engine | Connection, dict[tuple[str, str | None, Act], datetime]] = WeakKeyDictionary()
"""By database: when a view was written that was found in the log, so as not to ask at each click."""


def note(db: Session, by: Person | None, act: Act, about: str | None = None, **facts: object) -> None:
    """Write down that `by` (None: a command of the installation) did `act`, to the person with the id `about`.

    `facts` are JSON and name nobody: no code, no id. The entry is written when the caller's transaction commits, and
    only then: those who write to the log wait for each other.
    """
    names = pseudonyms(db, {id_ for id_ in (by and by.id, about) if id_}, PURPOSE)
    entry: NewAuditEntry = {
        "actor": names[by.id] if by else None,
        "act": str(act),
        "about": names.get(about or ""),
        "facts": facts,
    }
    _wait(db, entry)


def viewed(db: Session, by: Person, about: str | None, act: Act = Act.VIEW) -> None:
    """Write down that somebody on the staff saw a person; once in a quarter of an hour, however many pages they open.

    `access.require_patient_of` does this, so that no service can forget it.
    """
    known, what = _known.setdefault(db.get_bind(), {}), (by.id, about, act)
    at = now()
    if what in known and recent(known[what], at, AGAIN_AFTER):
        return
    names = pseudonyms(db, {by.id, about} if about else {by.id}, PURPOSE)
    entry: NewAuditEntry = {"actor": names[by.id], "act": str(act), "about": names.get(about or ""), "facts": {}}
    last = audit_queries.last_noted(db, names[by.id], act, names.get(about or ""))
    if last is not None and recent(last, at, AGAIN_AFTER):
        if len(known) > _MOST_KNOWN:
            known.clear()
        known[what] = last
    elif entry not in db.info.get(_WAITING, []):
        _wait(db, entry)


def _wait(db: Session, entry: NewAuditEntry) -> None:
    if _WAITING not in db.info:
        db.info[_WAITING] = []
        event.listen(db, "before_commit", _write_down)
    db.info[_WAITING].append(entry)


def _write_down(db: Session) -> None:
    waiting = db.info[_WAITING]
    if waiting and not db.in_nested_transaction():
        audit_queries.append(db, waiting)
        waiting.clear()
