"""Un-blinding: the people behind pseudonyms, and apart from it their arms. Apart from every export, for a reason, and
written down for ever, for each person by themselves."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from core.domain.audit import Act
from core.domain.exercise.selection import Selection, Whom
from core.domain.people import Person
from core.export.cells import csv, text
from core.services.gate import audit
from core.services.gate.access import require_administrator
from core.services.research import approvals
from core.services.research.choice import ChosenPerson, behind, chosen
from core.storage.database import Store
from core.storage.queries.pseudonym_queries import pseudonyms
from core.storage.tables import now


@dataclass(frozen=True)
class Unblinded:
    """One person, with the real day of their first run, which is day 0 of all their days."""

    participant: str
    code: str
    first_day: date | None


@dataclass(frozen=True)
class UnblindedArm:
    """One person's part in one study; `number`: its place in the allocation sequence, from 1. Says no code."""

    participant: str
    study: str
    arm: str
    number: int


def unblind(store: Store, token: str, whom: Whom, reason: str) -> list[Unblinded]:
    """Who they are, whether they still agree to research or not; ordered by pseudonym. Only for administrators. Raises
    Refusal for a pseudonym that is nobody's, and without an approval where one is needed."""
    with store.begin() as db:
        return _codes(db, require_administrator(db, token), whom, reason)


def unblind_arms(store: Store, token: str, whom: Whom, reason: str) -> list[UnblindedArm]:
    """Their arms, also of a study that still enrols; otherwise as `unblind`, and an act of its own."""
    with store.begin() as db:
        return _arms(db, require_administrator(db, token), whom, reason)


def key_by_command(store: Store, whom: Whom, out: Path, reason: str) -> int:
    """Write the codes as a CSV that only its owner can read, for whoever runs this installation; returns how many."""
    with _written(store, out) as db:
        people = _codes(db, None, whom, reason)
    out.write_text(key(people), encoding="utf-8")
    return len(people)


def arms_by_command(store: Store, whom: Whom, out: Path, reason: str) -> int:
    """The same of the arms."""
    with _written(store, out) as db:
        arms = _arms(db, None, whom, reason)
    out.write_text(arms_key(arms), encoding="utf-8")
    return len(arms)


def key(unblinded: list[Unblinded]) -> str:
    """The table as CSV."""
    rows = [
        csv([f"sub-{one.participant}", text(one.code), text(one.first_day and str(one.first_day))]) for one in unblinded
    ]
    return "".join([csv(["participant_id", "code", "first_day"]), *rows])


def arms_key(unblinded: list[UnblindedArm]) -> str:
    """The table as CSV."""
    rows = [csv([f"sub-{one.participant}", text(one.study), text(one.arm), str(one.number)]) for one in unblinded]
    return "".join([csv(["participant_id", "study", "arm", "allocation_number"]), *rows])


@contextmanager
def _written(store: Store, out: Path) -> Iterator[Session]:
    """A transaction, after which `out` is there and empty: nothing is un-blinded that the log does not hold. Raises
    FileExistsError where there is something."""
    if out.exists():
        raise FileExistsError(f"{out} is there already; expected a name that is free")
    with store.begin() as db:
        yield db
    out.touch(mode=0o600, exist_ok=False)


def _codes(db: Session, by: Person | None, whom: Whom, reason: str) -> list[Unblinded]:
    people = _people(db, by, Act.UNBLIND, whom, reason)
    return [Unblinded(name, person.code, person.days.first) for name, person in people]


def _arms(db: Session, by: Person | None, whom: Whom, reason: str) -> list[UnblindedArm]:
    people = _people(db, by, Act.UNBLIND_ARMS, whom, reason)
    return [UnblindedArm(name, part.study, part.allocated, part.number) for name, one in people for part in one.parts]


def _people(db: Session, by: Person | None, act: Act, whom: Whom, reason: str) -> list[tuple[str, ChosenPerson]]:
    """Whom it is about, by pseudonym and in its order; written down for each of them."""
    approvals.require_reason(reason)
    approval = approvals.spend(db, by, act, whom) if by is not None else {}
    people = _named(db, chosen(db, whom, now()), whom) if isinstance(whom, Selection) else behind(db, whom)
    for person in people.values():
        audit.note(db, by, act, person.id, people=len(people), reason=reason.strip(), **approval)
    return sorted(people.items())


def _named(db: Session, people: dict[str, ChosenPerson], selection: Selection) -> dict[str, ChosenPerson]:
    """The same by pseudonym."""
    names = pseudonyms(db, people, selection.purpose)
    return {names[id_]: person for id_, person in people.items()}
