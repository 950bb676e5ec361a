"""The audit log as an administrator reads and verifies it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from core.domain.audit import Act
from core.domain.people import Refusal
from core.services.gate.access import require_administrator
from core.services.gate.audit import PURPOSE
from core.storage import audit_heads
from core.storage.database import Store
from core.storage.queries import audit_queries, people_queries
from core.storage.queries.audit_queries import BrokenChain, ChainHead
from core.storage.queries.pseudonym_queries import people_behind, pseudonym
from core.storage.tables import PersonRow


@dataclass(frozen=True)
class PersonName:
    """The code of a `known` person, or the pseudonym of one who was erased."""

    text: str
    known: bool


@dataclass(frozen=True)
class AuditEntry:
    """An entry as an administrator reads it. Without `actor` it was a command on the server, without `about` nobody in
    particular is meant."""

    number: int
    at: datetime
    actor: PersonName | None
    act: Act
    about: PersonName | None
    facts: Mapping[str, object]


def latest(store: Store, token: str, number: int = 200, code: str = "") -> list[AuditEntry]:
    """The last `number` entries, the newest first, for an administrator; of those about the person with `code`, if
    one is given."""
    with store.begin() as db:
        require_administrator(db, token)
        about: list[str] = []
        if code.strip():
            person = people_queries.with_code(db, code.strip())
            if person is None:
                raise Refusal("Nobody here has the code “{code}”.", code=code.strip())
            about = [pseudonym(db, person.id, PURPOSE)]
        rows = audit_queries.latest(db, number, about)
        named = {name for row in rows for name in (row.actor, row.about, row.facts.get("colleague")) if name}
        ids = people_behind(db, named, PURPOSE)
        query = select(PersonRow.id, PersonRow.code).where(PersonRow.id.in_(ids.values()))
        codes: dict[str, str] = dict(db.execute(query).all())
        known = {name: codes[id_] for name, id_ in ids.items()}
        return [
            AuditEntry(row.number, row.at, _name(row.actor, known), Act(row.act), _name(row.about, known), facts)
            for row in rows
            for facts in [{key: known.get(str(value), value) for key, value in row.facts.items()}]
        ]


def verify(store: Store, token: str) -> ChainHead:
    """Read the whole log for an administrator; returns its newest entry, to be kept somewhere else.

    Raises Refusal that names the first entry at which the chain does not hold, or a head of it that was kept outside
    the database and disagrees.
    """
    with store.begin() as db:
        require_administrator(db, token)
        try:
            head = audit_queries.verify(db)
        except BrokenChain as error:
            raise Refusal(
                "The log does not hold at entry {number}: it was changed there, or before it. Keep a backup as it is "
                "and find out who had access to the database.",
                number=error.number,
            ) from error
        if wrong := audit_heads.disagreements(db, audit_heads.kept_heads(store)):
            raise Refusal(
                "The log was cut short or written anew: {source} says otherwise of entry {number}. Keep both as they "
                "are and find out who had access to the database.",
                source=wrong[0][0].source,
                number=wrong[0][0].head.number,
            )
        return head


def _name(pseudonym: str | None, known: dict[str, str]) -> PersonName | None:
    return None if pseudonym is None else PersonName(known.get(pseudonym, pseudonym), pseudonym in known)
