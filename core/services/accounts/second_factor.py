"""Second factor for staff: one-time codes of an authenticator app (TOTP, RFC 6238), or recovery codes kept on paper.

A code of the app works for its half minute and the ones beside it, once. Where the installation requires the factor,
who has none sets it up when they next sign in, before anything else opens.
"""

import hmac
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pyotp
from sqlalchemy.orm import Session

from core.domain.people import SIGN_IN_LASTS, AccountEvent, EntryPlace, NotAllowed, Role
from core.services.accounts.sign_in import NOWHERE, Visit, add_sign_in, factor_required
from core.services.gate import browsers, throttle
from core.services.gate.access import half_in, require, require_administrator, staff_or_half_in
from core.services.gate.handed_out import end_handed_out, hold
from core.services.gate.problems import problem
from core.services.gate.refusals import refusals_counted
from core.storage.database import Store
from core.storage.queries import sign_in_queries
from core.storage.queries.account_event_queries import record
from core.storage.queries.people_queries import hashed
from core.storage.tables import PersonRow, RecoveryCodeRow, SecondFactorRow, now

RECOVERY_CODES = 10
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that look alike
_PERIOD = 30  # seconds


@dataclass(frozen=True)
class AuthenticatorSetup:
    """What an authenticator app needs: the `secret` to type, or the `uri` as a QR code."""

    secret: str
    uri: str


@dataclass(frozen=True)
class FactorState:
    """Whether a person has a second factor, must have one, and how many recovery codes are left."""

    on: bool
    required: bool
    recovery_codes: int


def factor_state(store: Store, token: str) -> FactorState:
    with store.begin() as db:
        row = _staff(db, token)
        on = sign_in_queries.confirmed_factor(db, row.id) is not None
        return FactorState(on, factor_required(row), sign_in_queries.recovery_codes_left(db, row.id))


def begin(store: Store, token: str) -> AuthenticatorSetup:
    """What to put into the authenticator app; the same until `confirm`. Raises Refusal where a factor is on."""
    with store.begin() as db:
        row, _sign_in = staff_or_half_in(db, token)
        factor = db.get(SecondFactorRow, row.id)
        if factor is None:
            factor = SecondFactorRow(person_id=row.id, secret=pyotp.random_base32())
            db.add(factor)
        elif factor.confirmed_at is not None:
            raise NotAllowed("The second factor is on already. Turn it off first.")
        uri = pyotp.TOTP(factor.secret).provisioning_uri(name=row.code, issuer_name="Lexithymia")
        return AuthenticatorSetup(factor.secret, uri)


def confirm(store: Store, token: str, code: str) -> list[str]:
    """Turn the factor on with a first right code; returns the recovery codes, which are shown this once.

    Who was half in is signed in with the same token, which was made for them a moment ago.
    """
    with _one_try(store, token) as db:
        row, sign_in = staff_or_half_in(db, token)
        factor = db.get(SecondFactorRow, row.id)
        if factor is None or factor.confirmed_at is not None or not _fits(db, factor, code):
            raise problem("factor")
        factor.confirmed_at = now()
        db.flush()
        end_handed_out(db, row.id, but=token)
        if sign_in.pending:
            sign_in.pending, sign_in.expires_at = False, now() + SIGN_IN_LASTS[Role(row.role)].at_most
            record(db, row.id, row.id, AccountEvent.SIGNED_IN)
        record(db, row.id, row.id, AccountEvent.FACTOR_ADDED)
        codes = [_recovery_code() for _ in range(RECOVERY_CODES)]
        db.add_all(RecoveryCodeRow(code_hash=hashed(_bare(one)), person_id=row.id) for one in codes)
        return codes


def finish(store: Store, token: str, code: str, visit: Visit = NOWHERE) -> str:
    """The token of a full sign-in for who is half in and gives a right code, of the app or a recovery code."""
    with _one_try(store, token, visit) as db:
        hold(db, half_in(db, token)[0].id)
        row, sign_in = half_in(db, token)
        factor = sign_in_queries.confirmed_factor(db, row.id)
        if factor is None or not _fits(db, factor, code):
            if factor is None or not sign_in_queries.use_recovery_code(db, row.id, _bare(code)):
                raise problem("factor")
            record(db, row.id, row.id, AccountEvent.RECOVERY_CODE)
        sign_in.ended_at = now()
        record(db, row.id, row.id, AccountEvent.SIGNED_IN)
        return add_sign_in(db, row, visit)


def remove(store: Store, token: str, code: str) -> None:
    """Turn the factor off, with a right code and where the installation does not require it.

    Who asks stays signed in; all that was handed out before ends.
    """
    with _one_try(store, token) as db:
        row = _staff(db, token)
        if factor_required(row):
            raise NotAllowed("Here everybody on the staff needs a second factor.")
        factor = sign_in_queries.confirmed_factor(db, row.id)
        if factor is None or not (
            _fits(db, factor, code) or sign_in_queries.use_recovery_code(db, row.id, _bare(code))
        ):
            raise problem("factor")
        sign_in_queries.forget_factor(db, row.id)
        end_handed_out(db, row.id, but=token)
        record(db, row.id, row.id, AccountEvent.FACTOR_REMOVED)


def reset(store: Store, token: str, person_id: str) -> None:
    """Take the factor from a colleague who lost it, by an administrator; they are signed out."""
    with store.begin() as db:
        administrator = require_administrator(db, token)
        if person_id == administrator.id:
            raise NotAllowed("Another administrator can do this for you.")
        sign_in_queries.forget_factor(db, person_id)
        end_handed_out(db, person_id)
        record(db, administrator.id, person_id, AccountEvent.FACTOR_REMOVED)


def _staff(db: Session, token: str) -> PersonRow:
    return db.get_one(PersonRow, require(db, token, Role.CLINICIAN, Role.RESEARCHER).id)


@contextmanager
def _one_try(store: Store, token: str, visit: Visit = NOWHERE) -> Iterator[Session]:
    """A transaction in which a code is tried: counted before it begins, forgiven when it ends well.

    Who guesses elsewhere with the right password keeps neither the signed-in person out nor their known browsers.
    """
    with store.begin() as db:
        row, sign_in = staff_or_half_in(db, token)
        place = browsers.place_of(db, row.id, visit.browser, visit.place) if sign_in.pending else EntryPlace.SIGNED_IN
    limit = {
        EntryPlace.SIGNED_IN: throttle.of_signed_in(row.id),
        EntryPlace.KNOWN_BROWSER: throttle.of_browser(hashed(visit.browser), row.id),
    }.get(place, throttle.of_person(row.id))
    with refusals_counted(store, row.id, place):
        with store.begin() as db:
            attempt = throttle.attempt(db, limit)
        with store.begin() as db:
            yield db
            throttle.forgive(db, attempt, limit)


def _fits(db: Session, factor: SecondFactorRow, code: str) -> bool:
    """Whether `code` is the app's of this half minute or one beside it, and was not used; it is used up by this."""
    code, totp, step = _bare(code), pyotp.TOTP(factor.secret), int(now().timestamp()) // _PERIOD
    near = [at for at in (step - 1, step, step + 1) if hmac.compare_digest(totp.generate_otp(at), code)]
    return bool(near) and sign_in_queries.use_step(db, factor.person_id, near[0], step + 1)


def _recovery_code() -> str:
    """80 random bits in four groups: not to be guessed even by who has the hashes."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))


def _bare(code: str) -> str:
    """`code` without what people put in between, in small ASCII letters."""
    return "".join(sign for sign in code.lower() if sign.isascii() and sign.isalnum())
