"""Accounts: the first clinician, signing in and out, one-time invitations, and who is in whose care.

Secrets (the cookie's, a link's) are random, handed out once and kept only as SHA-256; passwords as argon2.
"""

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core.domain.people import NotAllowed, NotSignedIn, Person, Role
from core.services.access import require, require_administrator, require_patient_of, who
from core.services.consents import mark_minor
from core.services.passwords import hash_password, matches
from core.services.problems import problem
from core.storage import people
from core.storage.database import Store
from core.storage.tables import CareRow, InvitationRow, PersonRow, SignInRow, code_key, new_id, now

INVITATION_LASTS = timedelta(days=14)
SIGN_IN_LASTS = {
    Role.PATIENT: timedelta(days=30),
    Role.CLINICIAN: timedelta(hours=12),
    Role.RESEARCHER: timedelta(hours=12),
}
_FIRST_CLINICIAN = "0" * 31 + "1"
"""Id of the first account everywhere: of two set-ups at the same moment the database takes one."""


@dataclass(frozen=True)
class Invited:
    """Whom an open invitation is for."""

    code: str
    role: Role
    language: str


@dataclass(frozen=True)
class Account:
    """A line in a list of people. `invited_until` is the end of an open invitation, `last_active` the beginning of the
    last run of faces; None where there is none."""

    id: str
    code: str
    role: Role
    administrator: bool
    created_at: datetime
    joined: bool
    invited_until: datetime | None
    last_active: datetime | None


def setup_needed(store: Store) -> bool:
    """Whether this installation has no account yet."""
    with store.begin() as db:
        return not people.anyone(db)


def create_first_clinician(
    store: Store, code: str, password: str, language: str, secret: str = "", expected: str | None = None
) -> str:
    """Create the administrator of a fresh installation and sign them in; returns the sign-in's token.

    `expected` is the hash of the one-time secret that was printed on the console, None where none is asked for.
    """
    if expected is not None and not hmac.compare_digest(people.hashed(secret), expected):
        raise problem("console")
    code, password_hash = _checked(code), hash_password(password)
    try:
        with store.begin() as db:
            if people.anyone(db):
                raise problem("set-up")
            row = PersonRow(
                id=_FIRST_CLINICIAN,
                code=code,
                role=Role.CLINICIAN,
                administrator=True,
                password_hash=password_hash,
                language=language,
            )
            db.add(row)
            db.flush()
            return _open_sign_in(db, row)
    except IntegrityError as error:
        raise problem("set-up") from error


def sign_in(store: Store, code: str, password: str) -> str:
    """A new sign-in's token. One refusal in one time, whether the code or the password is not known."""
    with store.begin() as db:
        found = people.with_code(db, code.strip()) if code.isprintable() else None
    known = found is not None and found.active
    right = matches(password, found.password_hash if found is not None and known else None)
    if found is None or not right:
        raise problem("unknown")
    with store.begin() as db:
        return _open_sign_in(db, found)


def sign_out(store: Store, token: str) -> None:
    """End the sign-in for good, on every page that is still open with it."""
    with store.begin() as db:
        people.end_sign_in(db, token, now())


def person_behind(store: Store, token: str) -> Person | None:
    """Who is signed in with `token`, or None: for the frame, which shows visitors their own pages."""
    try:
        with store.begin() as db:
            return who(db, token)
    except NotSignedIn:
        return None


def set_language(store: Store, token: str, language: str) -> None:
    with store.begin() as db:
        row = db.get_one(PersonRow, who(db, token).id)
        row.language = language


def invite_patient(store: Store, token: str, code: str, minor: bool = False) -> str:
    """Take a new patient into the clinician's care; returns the secret of their one-time link.

    For a `minor` a guardian's consent is needed beside their own.
    """
    with store.begin() as db:
        clinician = require(db, token, Role.CLINICIAN)
        patient = _add(db, code, Role.PATIENT, clinician.language)
        db.add(CareRow(clinician_id=clinician.id, patient_id=patient.id))
        mark_minor(db, clinician.id, patient.id, minor)
        return _open_invitation(db, patient.id)


def invite_colleague(store: Store, token: str, code: str, role: Role) -> str:
    """Add a clinician or a researcher, by an administrator; returns the secret of their one-time link."""
    if role is Role.PATIENT:
        raise NotAllowed("A patient is added by the clinician who cares for them.")
    with store.begin() as db:
        administrator = require_administrator(db, token)
        return _open_invitation(db, _add(db, code, role, administrator.language).id)


def renew_invitation(store: Store, token: str, person_id: str) -> str:
    """A new one-time link, also for who forgot the password; links handed over before stop working."""
    with store.begin() as db:
        row = db.get(PersonRow, person_id)
        if row is not None and row.role != Role.PATIENT:
            require_administrator(db, token)
        else:
            require_patient_of(db, token, person_id)
        people.end_invitations(db, person_id, now())
        return _open_invitation(db, person_id)


def invited(store: Store, invitation: str) -> Invited | None:
    """Whom the link is for, or None when it was used, has expired or never was."""
    with store.begin() as db:
        found = people.open_invitation(db, invitation, now())
        if found is None:
            return None
        row = db.get_one(PersonRow, found.person_id)
        return Invited(code=row.code, role=Role(row.role), language=row.language)


def accept_invitation(store: Store, invitation: str, password: str, language: str) -> str:
    """Set the password of the person with this link, which is used up, and sign them in; returns the token.

    Whoever was signed in with the former password is signed out.
    """
    password_hash = hash_password(password)
    with store.begin() as db:
        at = now()
        row = people.use_invitation(db, invitation, at)
        if row is None or not row.active:
            raise problem("link")
        row.password_hash, row.language = password_hash, language
        people.end_invitations(db, row.id, at)
        people.end_sign_ins(db, row.id, at)
        return _open_sign_in(db, row)


def patients(store: Store, token: str) -> list[Account]:
    """The clinician's own patients, by code."""
    with store.begin() as db:
        return _accounts(db, people.patients_of(db, require(db, token, Role.CLINICIAN).id))


def colleagues(store: Store, token: str) -> list[Account]:
    """Every clinician and researcher, for an administrator."""
    with store.begin() as db:
        require_administrator(db, token)
        return _accounts(db, people.colleagues(db))


def _accounts(db: Session, rows: list[PersonRow]) -> list[Account]:
    ids = [row.id for row in rows]
    open_until, last = people.invitations_of(db, ids, now()), people.last_blocks(db, ids)
    return [
        Account(
            id=row.id,
            code=row.code,
            role=Role(row.role),
            administrator=row.administrator,
            created_at=row.created_at,
            joined=row.password_hash is not None,
            invited_until=open_until.get(row.id),
            last_active=last.get(row.id),
        )
        for row in rows
    ]


def _add(db: Session, code: str, role: Role, language: str) -> PersonRow:
    code = _checked(code)
    taken = problem("taken", code=code)
    if people.with_code(db, code) is not None:
        raise taken
    row = PersonRow(id=new_id(), code=code, role=role, language=language)
    db.add(row)
    try:
        db.flush()
    except IntegrityError as error:
        raise taken from error
    return row


def _checked(code: str) -> str:
    code = code.strip()
    if not 1 <= len(code) <= 64 or not code.isprintable() or len(code_key(code)) > 192:
        raise problem("code")
    return code


def _open_sign_in(db: Session, row: PersonRow) -> str:
    token = secrets.token_urlsafe(32)
    lasts = SIGN_IN_LASTS[Role(row.role)]
    db.add(SignInRow(token_hash=people.hashed(token), person_id=row.id, expires_at=now() + lasts))
    return token


def _open_invitation(db: Session, person_id: str) -> str:
    secret = secrets.token_urlsafe(32)
    db.add(InvitationRow(token_hash=people.hashed(secret), person_id=person_id, expires_at=now() + INVITATION_LASTS))
    return secret
