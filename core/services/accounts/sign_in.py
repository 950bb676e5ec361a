"""Sign-in (session) and sign-out: the first clinician, passwords, lifetimes, the list of one's own sign-ins.

Secrets (the cookie's, a link's) are random, handed out once and kept only as SHA-256; passwords as argon2.
"""

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core.config import settings
from core.domain.people import SIGN_IN_LASTS, AccountEvent, EntryPlace, NotSignedIn, Person, Role
from core.services.exercise.summary import keep_time_zone
from core.services.gate import browsers, throttle
from core.services.gate.access import half_in, idle, who
from core.services.gate.handed_out import end_handed_out, hold
from core.services.gate.passwords import hash_password, matches, renewed
from core.services.gate.problems import problem
from core.services.gate.refusals import refusals_counted
from core.storage.codes import ambiguous, code_key, single_spaced
from core.storage.database import Store
from core.storage.queries import people_queries, sign_in_queries
from core.storage.queries.account_event_queries import record
from core.storage.queries.invitation_queries import forget_ended_invitations
from core.storage.tables import PersonRow, SignInRow, now

HALF_IN_LASTS = timedelta(minutes=10)
ENDED_KEPT = timedelta(days=90)
"""For so long it can be looked up where somebody was signed in, and which links there were."""
_FIRST_CLINICIAN = "0" * 31 + "1"
"""Id of the first account everywhere: of two set-ups at the same moment the database takes one."""


@dataclass(frozen=True)
class Visit:
    """Where somebody comes from."""

    address: str = ""
    """For counting attempts only."""
    device: str = ""
    """The browser in words."""
    browser: str = ""
    """The secret of the browser's own cookie."""
    place: EntryPlace = EntryPlace.NEW_BROWSER
    """What is seen of it from outside, whoever it was that signed in there before."""


NOWHERE = Visit()


@dataclass(frozen=True)
class SignIn:
    """An open sign-in of one's own; `id` names it to `end_sign_in`, `here` is the one that asks."""

    id: str
    device: str
    since: datetime
    last_seen: datetime
    here: bool


@dataclass(frozen=True)
class OwnAccount:
    """What a person may know of their own account. Without a password they sign in at an OpenID provider."""

    code: str
    role: Role
    has_password: bool

    @property
    def staff(self) -> bool:
        return self.role is not Role.PATIENT


@dataclass(frozen=True)
class HalfIn:
    """Whose password was right; `has_factor` is False where a second factor is to be set up first."""

    code: str
    language: str
    has_factor: bool


def setup_needed(store: Store) -> bool:
    """Whether this installation has no account yet."""
    with store.begin() as db:
        return not people_queries.anyone(db)


def create_first_clinician(
    store: Store,
    code: str,
    password: str,
    language: str,
    secret: str = "",
    expected: str | None = None,
    visit: Visit = NOWHERE,
) -> str:
    """Create the administrator of a fresh installation and sign them in; returns the sign-in's token.

    `expected` is the hash of the one-time secret that was printed on the console, None where none is asked for.
    """
    if expected is not None and not hmac.compare_digest(people_queries.hashed(secret), expected):
        raise problem("console")
    if not setup_needed(store):
        raise problem("set-up")
    code = checked_code(code)
    password_hash = hash_password(password, Role.CLINICIAN, code)
    try:
        with store.begin() as db:
            if people_queries.anyone(db):
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
            record(db, row.id, row.id, AccountEvent.MADE)
            return new_sign_in(db, row, visit)
    except IntegrityError as error:
        raise problem("set-up") from error


def sign_in(store: Store, code: str, password: str, visit: Visit = NOWHERE) -> str:
    """A new sign-in's token. One refusal in one time, whether the code or the password is not known."""
    with store.begin() as db:
        person = people_queries.with_code(db, code.strip()) if single_spaced(code).isprintable() else None
        meant = person.id if person is not None else None
        place = browsers.place_of(db, meant, visit.browser, visit.place)
    if person is not None and place is EntryPlace.KNOWN_BROWSER:
        limits = [throttle.of_browser(people_queries.hashed(visit.browser), person.id)]
    else:
        limits = [throttle.of_code(code), throttle.of_address(visit.address)]
    with refusals_counted(store, meant, place):
        with store.begin() as db:
            attempt = throttle.attempt(db, *limits)
        kept = person.password_hash if person is not None and person.active else None
        if not matches(password, kept) or person is None or kept is None:
            raise problem("unknown")
        new_hash = renewed(password, kept)
        with store.begin() as db:
            throttle.forgive(db, attempt, limits[0])
            row = hold(db, person.id)
            if row.password_hash == kept:
                row.password_hash = new_hash
            if not row.active or not (row.password_hash == new_hash or matches(password, row.password_hash)):
                raise problem("unknown")  # changed while it was being compared
            return new_sign_in(db, row, visit)


def sign_out(store: Store, token: str) -> None:
    """End the sign-in for good, on every page that is still open with it."""
    with store.begin() as db:
        sign_in_queries.end_sign_in(db, people_queries.hashed(token), now())


def person_behind(store: Store, token: str, time_zone: str | None = None) -> Person | None:
    """Who is signed in with `token`, or None: for the frame, which shows visitors their own pages, and knows in which
    `time_zone` the browser is."""
    try:
        with store.begin() as db:
            person = who(db, token)
            keep_time_zone(db, person.id, time_zone)
            return person
    except NotSignedIn:
        return None


def half_in_behind(store: Store, token: str) -> HalfIn | None:
    """Who has come half in with `token`, if anybody."""
    try:
        with store.begin() as db:
            row, _sign_in = half_in(db, token)
            return HalfIn(row.code, row.language, sign_in_queries.confirmed_factor(db, row.id) is not None)
    except NotSignedIn:
        return None


def own(store: Store, token: str) -> OwnAccount:
    with store.begin() as db:
        row = db.get_one(PersonRow, who(db, token).id)
        return OwnAccount(row.code, Role(row.role), row.password_hash is not None)


def own_sign_ins(store: Store, token: str) -> list[SignIn]:
    """Where this person is signed in, the latest first."""
    with store.begin() as db:
        row, at = db.get_one(PersonRow, who(db, token).id), now()
        return [
            SignIn(
                entry.token_hash,
                entry.device,
                entry.created_at,
                entry.last_seen_at,
                entry.token_hash == people_queries.hashed(token),
            )
            for entry in sign_in_queries.open_sign_ins(db, row.id, at - idle(row), at)
        ]


def end_sign_in(store: Store, token: str, sign_in_id: str) -> None:
    """Sign this person out at one of their own browsers; nothing happens for anybody else's."""
    with store.begin() as db:
        person = who(db, token)
        row = db.get(SignInRow, sign_in_id)
        if row is not None and row.person_id == person.id:
            sign_in_queries.end_sign_in(db, sign_in_id, now())


def sign_out_everywhere(store: Store, token: str) -> None:
    """End every sign-in of this person, the one that asks included."""
    with store.begin() as db:
        person = who(db, token)
        sign_in_queries.end_sign_ins(db, person.id, now())
        record(db, person.id, person.id, AccountEvent.SIGNED_OUT)


def change_password(store: Store, token: str, old: str, new: str, visit: Visit = NOWHERE) -> str:
    """Choose a new password, by whoever knows the old one; returns the token of a new sign-in.

    All that was handed out before ends.
    """
    with store.begin() as db:
        person = who(db, token)
    limit = throttle.of_signed_in(person.id)
    with refusals_counted(store, person.id, EntryPlace.SIGNED_IN):
        with store.begin() as db:
            attempt = throttle.attempt(db, limit)
            kept = db.get_one(PersonRow, person.id).password_hash
        if not matches(old, kept):
            raise problem("old-password")
    new_hash = hash_password(new, person.role, person.code)
    with store.begin() as db:
        throttle.forgive(db, attempt, limit)
        row = hold(db, person.id)
        who(db, token)
        row.password_hash = new_hash
        end_handed_out(db, person.id)
        record(db, person.id, person.id, AccountEvent.PASSWORD)
        return add_sign_in(db, row, visit)


def checked_code(code: str) -> str:
    """`code` with single spaces and none around it; raises Refusal when it cannot be one."""
    code = single_spaced(code)
    if not 1 <= len(code) <= 64 or not code.isprintable() or not 1 <= len(code_key(code)) <= 192:
        raise problem("code")
    if ambiguous(code):
        raise problem("two-letters")
    return code


def factor_required(row: PersonRow) -> bool:
    """Whether this installation wants a second factor of this person."""
    return row.role != Role.PATIENT and settings().staff_second_factor


def new_sign_in(db: Session, row: PersonRow, visit: Visit) -> str:
    """The token of a sign-in by password, which is pending where a second factor is due."""
    pending = sign_in_queries.confirmed_factor(db, row.id) is not None or factor_required(row)
    if not pending:
        record(db, row.id, row.id, AccountEvent.SIGNED_IN)
    return add_sign_in(db, row, visit, pending=pending)


def add_sign_in(
    db: Session, row: PersonRow, visit: Visit, *, pending: bool = False, openid_hash: str | None = None
) -> str:
    """The token of a new row, open as long as the role allows, or for some minutes while it is pending.

    At this occasion the sign-ins and links that ended long ago are deleted.
    """
    sign_in_queries.forget_ended_sign_ins(db, now() - ENDED_KEPT)
    forget_ended_invitations(db, now() - ENDED_KEPT)
    if not pending:
        browsers.remember(db, row.id, visit.browser)
    token = secrets.token_urlsafe(32)
    db.add(
        SignInRow(
            token_hash=people_queries.hashed(token),
            person_id=row.id,
            expires_at=now() + (HALF_IN_LASTS if pending else SIGN_IN_LASTS[Role(row.role)].at_most),
            device=visit.device[:64],
            pending=pending,
            openid_hash=openid_hash,
        )
    )
    return token
