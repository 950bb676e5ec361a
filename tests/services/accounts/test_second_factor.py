"""The second factor: one-time codes that work once, recovery codes, and staff who must have it."""

from collections.abc import Iterator
from datetime import timedelta

import pyotp
import pytest
from sqlalchemy import select, update

from core.config import settings
from core.domain.people import NotAllowed, NotSignedIn, Refusal, Role
from core.services.accounts import accounts, second_factor, sign_in
from core.services.gate.problems import name_of
from core.storage.database import Store
from core.storage.tables import RecoveryCodeRow, SecondFactorRow, SignInRow, now
from tests.services.accounts.conftest import PASSWORD


def code_of(store: Store, halves: int = 0) -> str:
    """The code that the only authenticator app shows, so many half minutes from now."""
    with store.begin() as db:
        secret = db.scalars(select(SecondFactorRow.secret)).one()
    return pyotp.TOTP(secret).at(now() + timedelta(seconds=30 * halves))


def unused(store: Store) -> None:
    """As if no code had been used in the last minutes."""
    with store.begin() as db:
        db.execute(update(SecondFactorRow).values(last_step=0))


@pytest.fixture
def recovery_codes(store: Store, clinician: str) -> list[str]:
    """The clinician's second factor is on; its last code was used long ago."""
    enrolment = second_factor.begin(store, clinician)
    codes = second_factor.confirm(store, clinician, pyotp.TOTP(enrolment.secret).now())
    unused(store)
    return codes


@pytest.fixture
def required(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("STAFF_SECOND_FACTOR", "required")
    settings.cache_clear()
    yield
    monkeypatch.undo()
    settings.cache_clear()


def in_and_half_in(store: Store, token: str) -> tuple[bool, bool]:
    return accounts.person_behind(store, token) is not None, sign_in.half_in_behind(store, token) is not None


def test_with_a_second_factor_the_password_opens_half_a_door(store: Store, recovery_codes: list[str]) -> None:
    half = accounts.sign_in(store, "Dr. Ruiz", PASSWORD)
    assert in_and_half_in(store, half) == (False, True)
    with pytest.raises(NotSignedIn):
        accounts.patients(store, half)
    token = second_factor.finish(store, half, code_of(store))
    assert token != half
    assert in_and_half_in(store, token) == (True, False)
    assert in_and_half_in(store, half) == (False, False)


@pytest.mark.parametrize("halves", [-1, 0, 1])
def test_a_clock_may_be_half_a_minute_off(store: Store, recovery_codes: list[str], halves: int) -> None:
    half = accounts.sign_in(store, "Dr. Ruiz", PASSWORD)
    assert second_factor.finish(store, half, code_of(store, halves))


@pytest.mark.parametrize("halves", [-3, 3])
def test_an_old_or_future_code_does_not_fit(store: Store, recovery_codes: list[str], halves: int) -> None:
    half = accounts.sign_in(store, "Dr. Ruiz", PASSWORD)
    with pytest.raises(Refusal) as error:
        second_factor.finish(store, half, code_of(store, halves))
    assert name_of(error.value) == "factor"


def test_a_code_works_once_and_none_before_it_works_afterwards(store: Store, recovery_codes: list[str]) -> None:
    code, before = code_of(store), code_of(store, -1)
    second_factor.finish(store, accounts.sign_in(store, "Dr. Ruiz", PASSWORD), code)
    half = accounts.sign_in(store, "Dr. Ruiz", PASSWORD)
    for used in (code, before):
        with pytest.raises(Refusal) as error:
            second_factor.finish(store, half, used)
        assert name_of(error.value) == "factor"


@pytest.mark.both_databases
def test_ten_recovery_codes_work_once_each_however_they_are_typed(store: Store, recovery_codes: list[str]) -> None:
    assert len(set(recovery_codes)) == 10
    first = recovery_codes[0]
    assert second_factor.finish(store, accounts.sign_in(store, "Dr. Ruiz", PASSWORD), f" {first.upper()} ")
    half = accounts.sign_in(store, "Dr. Ruiz", PASSWORD)
    with pytest.raises(Refusal):
        second_factor.finish(store, half, first)
    token = second_factor.finish(store, half, recovery_codes[1].replace("-", ""))
    assert second_factor.factor_state(store, token).recovery_codes == 8


def test_recovery_codes_are_kept_as_hashes_only(store: Store, recovery_codes: list[str]) -> None:
    with store.begin() as db:
        kept = set(db.scalars(select(RecoveryCodeRow.code_hash)))
    assert len(kept) == 10
    assert not kept & {code.replace("-", "") for code in recovery_codes} | kept & set(recovery_codes)


def test_codes_are_guessed_no_faster_than_passwords(store: Store, recovery_codes: list[str]) -> None:
    half = accounts.sign_in(store, "Dr. Ruiz", PASSWORD)
    names = []
    for _ in range(6):
        with pytest.raises(Refusal) as error:
            second_factor.finish(store, half, "abc")
        names.append(name_of(error.value))
    assert names == ["factor"] * 5 + ["wait"]
    with pytest.raises(Refusal) as error:
        second_factor.finish(store, accounts.sign_in(store, "Dr. Ruiz", PASSWORD), code_of(store))
    assert name_of(error.value) == "wait", "a new half sign-in does not begin anew"


def test_who_is_half_in_has_ten_minutes(store: Store, recovery_codes: list[str]) -> None:
    half = accounts.sign_in(store, "Dr. Ruiz", PASSWORD)
    with store.begin() as db:
        expires = db.scalars(select(SignInRow.expires_at).where(SignInRow.pending)).one()
        assert expires - now() <= timedelta(minutes=10)
        db.execute(update(SignInRow).where(SignInRow.pending).values(expires_at=now()))
    with pytest.raises(NotSignedIn):
        second_factor.finish(store, half, code_of(store))


def test_a_first_code_that_does_not_fit_turns_nothing_on(store: Store, clinician: str) -> None:
    first = second_factor.begin(store, clinician)
    with pytest.raises(Refusal):
        second_factor.confirm(store, clinician, "000000x")
    assert second_factor.begin(store, clinician) == first, "the square that was scanned still holds"
    assert not second_factor.factor_state(store, clinician).on
    assert in_and_half_in(store, accounts.sign_in(store, "Dr. Ruiz", PASSWORD)) == (True, False)


def test_turning_it_off_needs_a_code(store: Store, clinician: str, recovery_codes: list[str]) -> None:
    with pytest.raises(Refusal):
        second_factor.remove(store, clinician, "abc")
    second_factor.remove(store, clinician, code_of(store))
    assert second_factor.factor_state(store, clinician) == second_factor.FactorState(False, False, 0)
    assert accounts.person_behind(store, accounts.sign_in(store, "Dr. Ruiz", PASSWORD))


def test_where_it_is_required_staff_set_it_up_before_anything_opens(
    store: Store, clinician: str, required: None
) -> None:
    half = accounts.sign_in(store, "Dr. Ruiz", PASSWORD)
    assert in_and_half_in(store, half) == (False, True)
    with pytest.raises(NotSignedIn):
        accounts.patients(store, half)
    codes = second_factor.confirm(store, half, pyotp.TOTP(second_factor.begin(store, half).secret).now())
    assert len(codes) == 10
    assert in_and_half_in(store, half) == (True, False)
    with pytest.raises(NotAllowed):
        second_factor.remove(store, half, codes[0])


def test_where_it_is_required_patients_come_in_without(store: Store, clinician: str, required: None) -> None:
    link = accounts.invite_patient(store, clinician, "P-01")
    assert accounts.person_behind(store, accounts.accept_invitation(store, link, PASSWORD, "en"))
    link = accounts.invite_colleague(store, clinician, "R-1", Role.RESEARCHER)
    assert accounts.person_behind(store, accounts.accept_invitation(store, link, PASSWORD, "en")) is None


def test_an_administrator_takes_a_lost_factor_away_and_it_signs_that_person_out(store: Store, clinician: str) -> None:
    link = accounts.invite_colleague(store, clinician, "R-1", Role.RESEARCHER)
    researcher = accounts.accept_invitation(store, link, PASSWORD, "en")
    second_factor.confirm(store, researcher, pyotp.TOTP(second_factor.begin(store, researcher).secret).now())
    person = next(one for one in accounts.colleagues(store, clinician) if one.code == "R-1")
    assert person.has_factor
    second_factor.reset(store, clinician, person.id)
    assert accounts.person_behind(store, researcher) is None
    assert accounts.person_behind(store, accounts.sign_in(store, "R-1", PASSWORD))
    own = next(one for one in accounts.colleagues(store, clinician) if one.code == "Dr. Ruiz")
    with pytest.raises(NotAllowed):
        second_factor.reset(store, clinician, own.id)


def test_a_new_link_does_not_lead_around_the_second_factor(store: Store, clinician: str) -> None:
    link = accounts.invite_colleague(store, clinician, "R-1", Role.RESEARCHER)
    researcher = accounts.accept_invitation(store, link, PASSWORD, "en")
    second_factor.confirm(store, researcher, pyotp.TOTP(second_factor.begin(store, researcher).secret).now())
    person = next(one for one in accounts.colleagues(store, clinician) if one.code == "R-1")
    link = accounts.renew_invitation(store, clinician, person.id)
    assert in_and_half_in(store, accounts.accept_invitation(store, link, PASSWORD, "en")) == (False, True)
