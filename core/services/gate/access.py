"""Access control: who is asking, and may they? Every service receives the sign-in's token and begins with one of these.

A sign-in that was handed over for a run opens that run (`player`) and is nobody's for all else. An open page keeps the
cookie it began with, so the sign-in's row is read again for each call: rights end when the row says so.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from core.domain.clocks import TOLERANCE, recent
from core.domain.people import SIGN_IN_LASTS, NotAllowed, NotSignedIn, Person, Role
from core.services.gate.audit import viewed
from core.storage.database import Store
from core.storage.queries import people_queries, sign_in_queries
from core.storage.tables import BlockRow, PersonRow, SignInRow, now

TOUCHED = timedelta(minutes=1)
"""How exactly it is known when a sign-in was last used: writing it down at every click would make clicks slow."""


@dataclass(frozen=True)
class Player:
    """Who plays a run."""

    person: Person
    in_room: bool
    """At a clinician's browser that was handed over."""


def who(db: Session, token: str) -> Person:
    """The person behind `token`.

    Raises NotSignedIn when it is empty, unknown, ended, idle for too long, or when a second factor is still due.
    """
    return people_queries.person(_open(db, token, pending=False)[0])


def signed_in(store: Store, token: str) -> Person:
    """The person behind `token`, for what goes on outside of a service's transaction; raises NotSignedIn."""
    with store.begin() as db:
        return who(db, token)


def half_in(db: Session, token: str) -> tuple[PersonRow, SignInRow]:
    """Whose password was right with `token` and whose second factor is still due; raises NotSignedIn."""
    return _open(db, token, pending=True)


def staff_or_half_in(db: Session, token: str) -> tuple[PersonRow, SignInRow]:
    """A clinician or researcher, signed in or half in: the second factor is theirs to set up."""
    try:
        return half_in(db, token)
    except NotSignedIn:
        require(db, token, Role.CLINICIAN, Role.RESEARCHER)
        return _open(db, token, pending=False)


def handed_over(db: Session, token: str) -> tuple[PersonRow, SignInRow]:
    """The clinician who has handed this browser over for a run; raises NotSignedIn."""
    return _open(db, token, pending=False, handed_over=True)


def player(db: Session, token: str, run_id: str) -> Player:
    """The patient who is signed in with `token`, or to whose run their clinician has handed the browser over. Raises
    NotSignedIn, also for any other run than that, or NotAllowed."""
    row, signed_in = _open(db, token, pending=False, handed_over=None)
    if signed_in.handed_run is None:
        return Player(_with_role(people_queries.person(row), Role.PATIENT), in_room=False)
    run = db.get(BlockRow, run_id) if run_id == signed_in.handed_run else None
    patient = db.get(PersonRow, run.person_id) if run is not None else None
    if patient is None or not patient.active or not people_queries.cares_for(db, row.id, patient.id):
        raise _not_signed_in()
    return Player(people_queries.person(patient), in_room=True)


def _open(db: Session, token: str, pending: bool, handed_over: bool | None = False) -> tuple[PersonRow, SignInRow]:
    """`handed_over`: None where it may be or not."""
    at = now()
    signed_in = sign_in_queries.open_sign_in(db, token, at) if token else None
    if signed_in is None or signed_in[1].pending != pending or at - signed_in[1].last_seen_at > idle(signed_in[0]):
        raise _not_signed_in()
    if handed_over is not None and (signed_in[1].handed_run is not None) != handed_over:
        raise _not_signed_in()
    _put_right(signed_in[1], at)
    return signed_in


def _not_signed_in() -> NotSignedIn:
    return NotSignedIn("You are not signed in. Please sign in again.")


def _put_right(row: SignInRow, at: datetime) -> None:
    """It was used now. What a clock began that went ahead begins now, and lasts no longer for that."""
    if row.created_at > at + TOLERANCE:
        row.created_at, row.expires_at = at, at + (row.expires_at - row.created_at)
    if not recent(row.last_seen_at, at, TOUCHED):
        row.last_seen_at = at


def idle(row: PersonRow) -> timedelta:
    """How long this person's sign-ins last without a click."""
    return SIGN_IN_LASTS[Role(row.role)].idle


def require(db: Session, token: str, *roles: Role) -> Person:
    """The person behind `token`, who has one of `roles`; raises NotSignedIn or NotAllowed."""
    return _with_role(who(db, token), *roles)


def _with_role(person: Person, *roles: Role) -> Person:
    if person.role not in roles:
        raise NotAllowed("This page belongs to another role. Nothing was changed.")
    return person


def require_administrator(db: Session, token: str) -> Person:
    """The clinician behind `token`, who may also add staff and import sets of faces."""
    person = require(db, token, Role.CLINICIAN)
    if not person.administrator:
        raise NotAllowed("Only an administrator can do this. Please ask the clinician who set this up.")
    return person


def require_patient_of(db: Session, token: str, patient_id: str) -> Person:
    """The clinician behind `token`, who cares for `patient_id`.

    A patient of somebody else and a patient who does not exist get the same refusal. That they were there is written
    to the audit log.
    """
    person = require(db, token, Role.CLINICIAN)
    if not people_queries.cares_for(db, person.id, patient_id):
        raise NotAllowed("You can only see people who are in your care.")
    viewed(db, person, patient_id)
    return person


def require_charge_of(db: Session, token: str, person_id: str) -> Person:
    """Who may decide on an account: an administrator on one of staff, the clinician who cares on a patient's.

    An account that does not exist is refused as a patient of somebody else.
    """
    row = db.get(PersonRow, person_id)
    if row is not None and row.role != Role.PATIENT:
        return require_administrator(db, token)
    return require_patient_of(db, token, person_id)
