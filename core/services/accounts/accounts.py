"""Accounts: lists of people, their language, and what administrators and clinicians decide of accounts.

How people come in stands in `sign_in`, `invitations`, `second_factor` and `openid`; what most callers need of the
first two is here as well.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from core.domain.audit import Act
from core.domain.people import REFUSALS, AccountEvent, EntryPlace, NotAllowed, Role
from core.services.accounts.invitations import (
    OpenInvitation,
    accept_invitation,
    invite_colleague,
    invite_patient,
    invited,
    renew_invitation,
)
from core.services.accounts.sign_in import create_first_clinician, person_behind, setup_needed, sign_in, sign_out
from core.services.clinic.care import require_others
from core.services.gate.access import require, require_administrator, require_charge_of, require_patient_of, who
from core.services.gate.audit import note
from core.services.gate.handed_out import end_handed_out
from core.storage.database import Store
from core.storage.queries import account_event_queries, people_queries
from core.storage.queries.invitation_queries import invitations_of
from core.storage.queries.sign_in_queries import with_factor
from core.storage.tables import AccountEventRow, PersonRow, now

__all__ = [
    "Account",
    "AccountEventEntry",
    "OpenInvitation",
    "accept_invitation",
    "colleagues",
    "create_first_clinician",
    "events",
    "invite_colleague",
    "invite_patient",
    "invited",
    "patients",
    "person_behind",
    "renew_invitation",
    "set_active",
    "set_administrator",
    "set_language",
    "setup_needed",
    "sign_in",
    "sign_out",
]


REFUSALS_SHOWN = timedelta(days=30)
"""For so long a patient's clinician reads of what was refused."""


@dataclass(frozen=True)
class Account:
    """A line in a list of people."""

    id: str
    code: str
    role: Role
    administrator: bool
    active: bool
    """False: the account is closed."""
    created_at: datetime
    joined: bool
    at_provider: bool
    """Signs in at an OpenID provider."""
    has_factor: bool
    invited_until: datetime | None
    """End of an open invitation, None where there is none."""


@dataclass(frozen=True)
class AccountEventEntry:
    """`what` happened to the account of `person` (None: nobody has the code), by `actor` (None: by itself)."""

    at: datetime
    actor: str | None
    person: str | None
    what: AccountEvent
    place: EntryPlace | None = None
    """Where a refusal came from."""
    number: int = 1
    """How often in the hour after `at`."""


def patients(store: Store, token: str) -> list[Account]:
    """The clinician's own patients, by code."""
    with store.begin() as db:
        return _accounts(db, people_queries.patients_of(db, require(db, token, Role.CLINICIAN).id))


def colleagues(store: Store, token: str) -> list[Account]:
    """Every clinician and researcher, for an administrator."""
    with store.begin() as db:
        require_administrator(db, token)
        return _accounts(db, people_queries.colleagues(db))


def events(store: Store, token: str, number: int = 200) -> list[AccountEventEntry]:
    """The last `number` account events, the newest first, for an administrator."""
    with store.begin() as db:
        require_administrator(db, token)
        rows = account_event_queries.latest(db, number)
        return [_event(row, actor, person) for row, actor, person in rows]


def refused(store: Store, token: str, patient_id: str) -> list[AccountEventEntry]:
    """What was refused to whoever tried to get in as a patient in the clinician's care, the newest first."""
    with store.begin() as db:
        require_patient_of(db, token, patient_id)
        code = db.get_one(PersonRow, patient_id).code
        rows = account_event_queries.of_person(db, patient_id, REFUSALS, now() - REFUSALS_SHOWN)
        return [_event(row, None, code) for row in rows]


def set_language(store: Store, token: str, language: str) -> None:
    with store.begin() as db:
        row = db.get_one(PersonRow, who(db, token).id)
        row.language = language


def set_administrator(store: Store, token: str, person_id: str, right: bool) -> None:
    """Give or take a clinician's right to administer, by an administrator. The last one keeps it.

    The clinician is signed out, and links handed over before stop working; who gives up their own right stays.
    """
    with store.begin() as db:
        administrator = require_administrator(db, token)
        row = db.get(PersonRow, person_id)
        if row is None or row.role != Role.CLINICIAN or not row.active:
            raise NotAllowed("Only a clinician with an open account can be an administrator.")
        people_queries.active_administrators(db)  # holds their rows in PostgreSQL; SQLite lets one writer in at a time
        changed = row.administrator != right
        row.administrator = right
        db.flush()
        if not people_queries.active_administrators(db):
            raise NotAllowed("Somebody must be an administrator. Give the right to another clinician first.")
        if changed:
            end_handed_out(db, person_id, but=token)
        what = AccountEvent.RIGHT_GIVEN if right else AccountEvent.RIGHT_TAKEN
        account_event_queries.record(db, administrator.id, person_id, what)


def set_active(store: Store, token: str, person_id: str, active: bool) -> None:
    """Close an account or open it again: a patient's by their clinician, a colleague's by an administrator.

    A clinician is closed only once somebody else cares for each of their patients, as after `care.hand_over`.
    Who has a closed account is signed out at once, and links handed over before stop working; a patient leaves the
    lists of all who care, and is found among the archived. Nothing is deleted.
    """
    with store.begin() as db:
        actor = require_charge_of(db, token, person_id)
        row = db.get_one(PersonRow, person_id)
        if actor.id == person_id:
            raise NotAllowed("Nobody can close their own account.")
        if row.role == Role.CLINICIAN and not active:
            require_others(db, person_id)
        row.active = active
        if not active:
            row.administrator = False
            end_handed_out(db, person_id)
        what = AccountEvent.REACTIVATED if active else AccountEvent.DEACTIVATED
        account_event_queries.record(db, actor.id, person_id, what)
        if row.role == Role.PATIENT:
            note(db, actor, Act.ARCHIVE, person_id, archived=not active)


def _event(row: AccountEventRow, actor: str | None, person: str | None) -> AccountEventEntry:
    place = EntryPlace(row.place) if row.place else None
    return AccountEventEntry(row.at, actor, person, AccountEvent(row.what), place, row.number)


def _accounts(db: Session, rows: list[PersonRow]) -> list[Account]:
    ids = [row.id for row in rows]
    open_until = invitations_of(db, ids, now())
    factors, identified = with_factor(db, ids), people_queries.identified(db, ids)
    return [
        Account(
            id=row.id,
            code=row.code,
            role=Role(row.role),
            administrator=row.administrator,
            active=row.active,
            created_at=row.created_at,
            joined=row.password_hash is not None or row.id in identified,
            at_provider=row.id in identified,
            has_factor=row.id in factors,
            invited_until=open_until.get(row.id),
        )
        for row in rows
    ]
