"""Un-blinding: the people behind pseudonyms. Apart from every export, for a reason, and written down for ever, for each
person by themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from core.domain.audit import Act
from core.domain.exercise.selection import Selection
from core.domain.people import Person, Refusal
from core.export.cells import csv, text
from core.services.gate import audit
from core.services.gate.access import require_administrator
from core.services.research.choice import ChosenPerson, among, chosen, every_series
from core.storage.database import Store
from core.storage.queries.pseudonym_queries import LONGEST_DELAY, people_behind, pseudonyms
from core.storage.tables import now

LEAST_REASON = 10


@dataclass(frozen=True)
class Unblinded:
    """One person, with the real day of their first run, which is day 0 of all their days."""

    participant: str
    code: str
    first_day: date | None


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
    rows = [
        csv([f"sub-{one.participant}", text(one.code), text(one.first_day and str(one.first_day))]) for one in unblinded
    ]
    return "".join([csv(["participant_id", "code", "first_day"]), *rows])


def _unblind(db: Session, by: Person | None, whom: Selection | Sequence[str], reason: str) -> list[Unblinded]:
    if len(reason.strip()) < LEAST_REASON:
        raise Refusal("Please say in a sentence why the codes are needed. It is kept.")
    people = _named(db, chosen(db, whom, now()), whom) if isinstance(whom, Selection) else _behind(db, whom)
    for person in people.values():
        audit.note(db, by, Act.UNBLIND, person.id, people=len(people), reason=reason.strip())
    return [Unblinded(name, person.code, person.days.first) for name, person in sorted(people.items())]


def _named(db: Session, people: dict[str, ChosenPerson], selection: Selection) -> dict[str, ChosenPerson]:
    """The same by pseudonym."""
    names = pseudonyms(db, people, selection.purpose)
    return {names[id_]: person for id_, person in people.items()}


def _behind(db: Session, participants: Sequence[str]) -> dict[str, ChosenPerson]:
    """Who is behind pseudonyms of any export, which may begin with "sub-" as there."""
    names = {name.strip().removeprefix("sub-") for name in participants}
    people: dict[str, ChosenPerson] = {}
    for selection in every_series(db):
        ids = people_behind(db, names - set(people), selection.purpose)
        found = among(db, ids.values(), selection, now() + LONGEST_DELAY)
        people |= {name: found[id_] for name, id_ in ids.items()}
    if unknown := sorted(names - set(people)):
        raise Refusal(
            "Nobody here is behind {names}. Look for a mistake in it; who was deleted cannot be found any more.",
            names=", ".join(unknown),
        )
    return people
