"""Un-blinding: the people behind pseudonyms. Apart from every export, for a reason, and written down for ever, for each
person by themselves."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from core.domain.audit import Act
from core.domain.exercise.selection import Selection
from core.domain.people import Person, Refusal
from core.export.cells import csv, text
from core.services.gate import audit
from core.services.gate.access import require_administrator
from core.services.research.export import PURPOSE, chosen
from core.storage.database import Store
from core.storage.queries import research_queries
from core.storage.queries.pseudonym_queries import day_shifts, people_behind, pseudonyms

LEAST_REASON = 10


@dataclass(frozen=True)
class Unblinded:
    """One person: `days` were added to all their dates."""

    participant: str
    code: str
    days: int


def unblind(store: Store, token: str, whom: Selection | Sequence[str], reason: str) -> list[Unblinded]:
    """Who is behind these pseudonyms, whether they still agree to research or not, or behind those of an export of a
    selection; ordered by pseudonym. Only for administrators. Raises Refusal for a pseudonym that is nobody's."""
    with store.begin() as db:
        return _unblind(db, require_administrator(db, token), whom, reason)


def key_by_command(store: Store, whom: Selection | Sequence[str], out: Path, reason: str) -> int:
    """Write the same as a CSV that only its owner can read, for whoever runs this installation; returns how many."""
    if out.exists():
        raise FileExistsError(f"{out} is there already; expected a name that is free")
    with store.begin() as db:
        unblinded = _unblind(db, None, whom, reason)
    out.touch(mode=0o600)
    out.write_text(key(unblinded), encoding="utf-8")
    return len(unblinded)


def key(unblinded: list[Unblinded]) -> str:
    """The table as CSV."""
    rows = [csv([f"sub-{one.participant}", text(one.code), str(one.days)]) for one in unblinded]
    return "".join([csv(["participant_id", "code", "days_added"]), *rows])


def _unblind(db: Session, by: Person | None, whom: Selection | Sequence[str], reason: str) -> list[Unblinded]:
    if len(reason.strip()) < LEAST_REASON:
        raise Refusal("Please say in a sentence why the codes are needed. It is kept.")
    ids = chosen(db, whom) if isinstance(whom, Selection) else _behind(db, whom)
    names, shifts = pseudonyms(db, ids, PURPOSE), day_shifts(db, ids, PURPOSE)
    accounts = research_queries.accounts(db, ids)
    for id_ in ids:
        audit.note(db, by, Act.UNBLIND, id_, people=len(ids), reason=reason.strip())
    unblinded = [Unblinded(names[id_], accounts[id_][0], shifts[id_].days) for id_ in ids]
    return sorted(unblinded, key=lambda one: one.participant)


def _behind(db: Session, participants: Sequence[str]) -> Collection[str]:
    """The ids behind pseudonyms, which may begin with "sub-" as in an export."""
    names = {name.strip().removeprefix("sub-") for name in participants}
    ids = people_behind(db, names, PURPOSE)
    if unknown := sorted(names - set(ids)):
        raise Refusal(
            "Nobody here is behind {names}. Look for a mistake in it; who was deleted cannot be found any more.",
            names=", ".join(unknown),
        )
    return sorted(ids.values())
