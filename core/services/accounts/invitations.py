"""Invitations (one-time links): a person chooses a password, for the first time or after forgetting the last."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core.domain.audit import Act
from core.domain.people import AccountEvent, NotAllowed, Person, Refusal, Role
from core.services.accounts.sign_in import NOWHERE, Visit, checked_code, new_sign_in
from core.services.exercise.plans import give_standard_plan
from core.services.gate import browsers
from core.services.gate.access import require, require_administrator, require_charge_of
from core.services.gate.audit import PURPOSE, note
from core.services.gate.handed_out import end_handed_out
from core.services.gate.passwords import hash_password
from core.services.gate.problems import problem
from core.services.gate.refusals import refusals_counted
from core.services.privacy.consents import mark_minor
from core.storage.database import Store
from core.storage.queries import invitation_queries, people_queries
from core.storage.queries.account_event_queries import record
from core.storage.queries.pseudonym_queries import pseudonym
from core.storage.tables import CareRow, InvitationRow, PersonRow, new_id, now

INVITATION_LASTS = timedelta(days=14)


class InvitationState(StrEnum):
    """Where a one-time link stands."""

    OPEN = "open"
    USED = "used"
    LATE = "late"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class OpenInvitation:
    """Whom an open invitation is for, and until when it works."""

    code: str
    role: Role
    language: str
    until: datetime


def invite_patient(store: Store, token: str, code: str, language: str = "", minor: bool = False) -> str:
    """Take a new patient, who reads `language`, into the clinician's care; returns the secret of their link.

    For a `minor` a guardian's consent is needed beside their own.
    """
    with store.begin() as db:
        clinician = require(db, token, Role.CLINICIAN)
        patient = _add(db, clinician, code, Role.PATIENT, language)
        db.add(CareRow(clinician_id=clinician.id, patient_id=patient.id))
        mark_minor(db, clinician.id, patient.id, minor)
        give_standard_plan(db, patient.id)
        return _open_invitation(db, patient.id)


def take_into_care(store: Store, token: str, code: str) -> None:
    """Take a patient into the clinician's care who came by an OpenID provider and whom nobody cares for yet.

    Any other code gets one and the same refusal, whoever has it.
    """
    with store.begin() as db:
        clinician = require(db, token, Role.CLINICIAN)
        row = people_queries.with_code(db, checked_code(code))
        if row is None or row.role != Role.PATIENT or not people_queries.came_alone(db, row.id):
            raise problem("nobody-waits", code=code.strip())
        db.add(CareRow(clinician_id=clinician.id, patient_id=row.id))
        record(db, clinician.id, row.id, AccountEvent.TAKEN_INTO_CARE)
        note(db, clinician, Act.ASSIGN, row.id, gives=True, colleague=pseudonym(db, clinician.id, PURPOSE))


def invite_colleague(store: Store, token: str, code: str, role: Role, language: str = "") -> str:
    """Add a clinician or a researcher, by an administrator; returns the secret of their one-time link."""
    if role is Role.PATIENT:
        raise NotAllowed("A patient is added by the clinician who cares for them.")
    with store.begin() as db:
        administrator = require_administrator(db, token)
        return _open_invitation(db, _add(db, administrator, code, role, language).id)


def renew_invitation(store: Store, token: str, person_id: str) -> str:
    """A new one-time link, also for who forgot the password; links handed over before stop working.

    Whoever signs in at an OpenID provider gets none: a password here would outlast their role there.
    """
    with store.begin() as db:
        actor = require_charge_of(db, token, person_id)
        row = db.get_one(PersonRow, person_id)
        if not row.active:
            raise NotAllowed("This account is closed. Open it again first.")
        if people_queries.identified(db, [person_id]):
            raise NotAllowed("This person signs in at the provider, which also gives a new password.")
        invitation_queries.end_invitations(db, person_id, now())
        record(db, actor.id, person_id, AccountEvent.INVITED)
        return _open_invitation(db, person_id)


def invitation_state(store: Store, secret: str) -> InvitationState:
    """Whether the link still works, and why not."""
    with store.begin() as db:
        return _invitation_state(invitation_queries.invitation(db, secret))


def invited(store: Store, secret: str) -> OpenInvitation | None:
    """Whom the link is for, or None when it was used, has expired or never was."""
    with store.begin() as db:
        stored = invitation_queries.invitation(db, secret)
        if stored is None or _invitation_state(stored) is not InvitationState.OPEN:
            return None
        row = db.get_one(PersonRow, stored.person_id)
        return OpenInvitation(row.code, Role(row.role), row.language, stored.expires_at)


def accept_invitation(
    store: Store,
    secret: str,
    password: str,
    language: str,
    visit: Visit = NOWHERE,
) -> str:
    """Set the password of the person with this link, which is used up, and sign them in; returns the token.

    Whoever was signed in with the former password is signed out.
    """
    with _refused_link_counted(store, secret, visit):
        return _accept(store, secret, password, language, visit)


def refuse(store: Store, secret: str, visit: Visit = NOWHERE) -> None:
    """Somebody opened a link that does not work: that is counted, if it ever was one."""
    with suppress(Refusal), _refused_link_counted(store, secret, visit):
        raise problem("link")


@contextmanager
def _refused_link_counted(store: Store, secret: str, visit: Visit) -> Iterator[None]:
    with store.begin() as db:
        stored = invitation_queries.invitation(db, secret)
        meant = stored.person_id if stored is not None else None
        place = browsers.place_of(db, meant, visit.browser, visit.place)
    with refusals_counted(store, meant, place):
        yield


def _accept(store: Store, secret: str, password: str, language: str, visit: Visit) -> str:
    invitation = invited(store, secret)
    if invitation is None:
        raise problem("link")
    password_hash = hash_password(password, invitation.role, invitation.code)
    with store.begin() as db:
        row = invitation_queries.use_invitation(db, secret, now())
        if row is None or not row.active:
            raise problem("link")
        row.password_hash, row.language = password_hash, language
        end_handed_out(db, row.id)
        record(db, row.id, row.id, AccountEvent.JOINED)
        return new_sign_in(db, row, visit)


def _invitation_state(row: InvitationRow | None) -> InvitationState:
    if row is None:
        return InvitationState.UNKNOWN
    if row.used_at is not None:
        return InvitationState.USED
    return InvitationState.OPEN if row.expires_at > max(row.created_at, now()) else InvitationState.LATE


def _add(db: Session, actor: Person, code: str, role: Role, language: str) -> PersonRow:
    code = checked_code(code)
    taken = problem("taken", code=code)
    if people_queries.with_code(db, code) is not None:
        raise taken
    row = PersonRow(id=new_id(), code=code, role=role, language=language or actor.language)
    db.add(row)
    try:
        db.flush()
    except IntegrityError as error:
        raise taken from error
    record(db, actor.id, row.id, AccountEvent.MADE)
    return row


def _open_invitation(db: Session, person_id: str) -> str:
    secret = secrets.token_urlsafe(32)
    db.add(
        InvitationRow(
            token_hash=people_queries.hashed(secret), person_id=person_id, expires_at=now() + INVITATION_LASTS
        )
    )
    return secret
