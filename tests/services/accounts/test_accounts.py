"""Accounts: one first clinician, sign-ins that end, links that work once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Literal

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select, update

from core.domain.people import NotAllowed, NotSignedIn, Refusal, Role
from core.services.accounts import accounts
from core.services.gate.access import require, require_patient_of, who
from core.services.gate.problems import name_of
from core.storage.database import Store
from core.storage.queries.people_queries import hashed
from core.storage.tables import InvitationRow, PersonRow, SignInRow, now
from tests.services.accounts.conftest import PASSWORD


def _person(store: Store, token: str) -> object:
    with store.begin() as db:
        return who(db, token)


def _problem(error: pytest.ExceptionInfo[Refusal]) -> str:
    return name_of(error.value)


def test_a_fresh_installation_asks_for_its_first_clinician_once(store: Store) -> None:
    assert accounts.setup_needed(store)
    token = accounts.create_first_clinician(store, " Dr. Ruiz ", PASSWORD, "es")
    with store.begin() as db:
        person = who(db, token)
    assert (person.code, person.role, person.administrator, person.language) == (
        "Dr. Ruiz",
        Role.CLINICIAN,
        True,
        "es",
    )
    assert not accounts.setup_needed(store)
    with pytest.raises(Refusal) as error:
        accounts.create_first_clinician(store, "somebody else", PASSWORD, "en")
    assert _problem(error) == "set-up"


@pytest.mark.both_databases
def test_of_several_set_ups_at_the_same_moment_one_succeeds(store: Store) -> None:
    def attempt(number: int) -> bool:
        try:
            accounts.create_first_clinician(store, f"clinician {number}", PASSWORD, "en")
        except Refusal:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(attempt, range(4))) == 1
    with store.begin() as db:
        assert len(list(db.scalars(select(PersonRow)))) == 1


def test_where_a_secret_is_expected_the_set_up_needs_it(store: Store) -> None:
    for wrong in ("", "guessed"):
        with pytest.raises(Refusal) as error:
            accounts.create_first_clinician(store, "x", PASSWORD, "en", wrong, expected=hashed("printed"))
        assert _problem(error) == "console"
    assert accounts.create_first_clinician(store, "x", PASSWORD, "en", "printed", expected=hashed("printed"))


def test_a_code_signs_in_whatever_its_capitals(store: Store, clinician: str) -> None:
    link = accounts.invite_patient(store, clinician, "Niño-1")
    accounts.accept_invitation(store, link, PASSWORD, "es")
    assert _person(store, accounts.sign_in(store, " NIÑO-1 ", PASSWORD))


@pytest.mark.parametrize("code", ["Dr. Ruiz", "nobody", "", "\x00"])
def test_a_wrong_password_and_an_unknown_code_get_one_and_the_same_refusal(
    store: Store, clinician: str, code: str
) -> None:
    with pytest.raises(Refusal) as error:
        accounts.sign_in(store, code, "not this password")
    assert _problem(error) == "unknown"


@pytest.mark.usefixtures("real_passwords")
def test_an_unknown_code_is_verified_as_long_as_a_known_one(
    store: Store, clinician: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from core.services.gate import passwords

    verified: list[str] = []

    class Watched(PasswordHasher):
        def verify(self, kept: str | bytes, password: str | bytes) -> Literal[True]:
            verified.append(str(kept).split("$")[3])  # the cost parameters
            return super().verify(kept, password)

    monkeypatch.setattr(passwords, "_hasher", Watched())
    for code in ("Dr. Ruiz", "nobody"):
        with pytest.raises(Refusal):
            accounts.sign_in(store, code, "not this password")
    assert len(verified) == 2
    assert verified[0] == verified[1]


def test_a_deactivated_person_cannot_sign_in_and_loses_open_pages(store: Store, patient: str) -> None:
    with store.begin() as db:
        db.execute(update(PersonRow).where(PersonRow.code == "P-01").values(active=False))
    with pytest.raises(Refusal):
        accounts.sign_in(store, "P-01", PASSWORD)
    with pytest.raises(NotSignedIn):
        _person(store, patient)


def test_signing_out_ends_the_sign_in_on_open_pages_too(store: Store, clinician: str) -> None:
    other = accounts.sign_in(store, "Dr. Ruiz", PASSWORD)
    accounts.sign_out(store, clinician)
    with pytest.raises(NotSignedIn):
        _person(store, clinician)
    assert _person(store, other)


def test_a_sign_in_expires(store: Store, clinician: str) -> None:
    with store.begin() as db:
        db.execute(update(SignInRow).values(expires_at=now() - timedelta(seconds=1)))
    with pytest.raises(NotSignedIn):
        _person(store, clinician)


def test_no_secret_is_kept_as_it_was_handed_out(store: Store, clinician: str) -> None:
    link = accounts.invite_patient(store, clinician, "P-01")
    with store.begin() as db:
        kept = [*db.scalars(select(SignInRow.token_hash)), *db.scalars(select(InvitationRow.token_hash))]
        passwords = list(db.scalars(select(PersonRow.password_hash)))
    assert clinician not in kept
    assert link not in kept
    assert sorted(kept) == sorted([hashed(clinician), hashed(link)])
    assert all(password is None or password.startswith("$argon2id$") for password in passwords)


def test_an_invitation_works_once(store: Store, clinician: str) -> None:
    link = accounts.invite_patient(store, clinician, "P-01")
    invited = accounts.invited(store, link)
    assert invited is not None
    assert (invited.code, invited.role) == ("P-01", Role.PATIENT)
    accounts.accept_invitation(store, link, PASSWORD, "es")
    assert accounts.invited(store, link) is None
    with pytest.raises(Refusal) as error:
        accounts.accept_invitation(store, link, "another password", "en")
    assert _problem(error) == "link"


@pytest.mark.both_databases
def test_of_two_people_with_one_link_at_the_same_moment_one_gets_in(store: Store, clinician: str) -> None:
    link = accounts.invite_patient(store, clinician, "P-01")

    def attempt(number: int) -> bool:
        try:
            accounts.accept_invitation(store, link, f"password number {number}", "en")
        except Refusal:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(attempt, range(4))) == 1


def test_an_invitation_expires_after_fourteen_days(store: Store, clinician: str) -> None:
    link = accounts.invite_patient(store, clinician, "P-01")
    with store.begin() as db:
        expires_at = db.scalars(select(InvitationRow.expires_at)).one()
        assert timedelta(days=13) < expires_at - now() < timedelta(days=14, seconds=1)
        db.execute(update(InvitationRow).values(expires_at=now() - timedelta(seconds=1)))
    assert accounts.invited(store, link) is None
    with pytest.raises(Refusal):
        accounts.accept_invitation(store, link, PASSWORD, "en")


def test_a_renewed_invitation_replaces_the_old_link_and_ends_former_sign_ins(
    store: Store, clinician: str, patient: str
) -> None:
    person_id = accounts.patients(store, clinician)[0].id
    first = accounts.renew_invitation(store, clinician, person_id)
    second = accounts.renew_invitation(store, clinician, person_id)
    assert accounts.invited(store, first) is None
    accounts.accept_invitation(store, second, "a new password", "es")
    with pytest.raises(NotSignedIn):
        _person(store, patient)
    with pytest.raises(Refusal):
        accounts.sign_in(store, "P-01", PASSWORD)
    assert accounts.sign_in(store, "P-01", "a new password")


@pytest.mark.parametrize("code", ["", "   ", "x" * 65, "two\nlines"])
def test_a_code_is_1_to_64_printable_characters(store: Store, clinician: str, code: str) -> None:
    with pytest.raises(Refusal) as error:
        accounts.invite_patient(store, clinician, code)
    assert _problem(error) == "code"


@pytest.mark.both_databases
def test_a_code_is_taken_whatever_its_capitals(store: Store, clinician: str) -> None:
    accounts.invite_patient(store, clinician, "P-01")
    with pytest.raises(Refusal) as error:
        accounts.invite_patient(store, clinician, " p-01 ")
    assert str(error.value) == "The code “p-01” is taken. Please choose another."


def test_a_clinician_sees_only_their_own_patients(store: Store, clinician: str, patient: str) -> None:
    link = accounts.invite_colleague(store, clinician, "Dr. Sanz", Role.CLINICIAN)
    other = accounts.accept_invitation(store, link, PASSWORD, "en")
    mine = accounts.patients(store, clinician)
    assert [(line.code, line.joined, line.invited_until) for line in mine] == [("P-01", True, None)]
    assert accounts.patients(store, other) == []
    with store.begin() as db:
        assert require_patient_of(db, clinician, mine[0].id).code == "Dr. Ruiz"
        with pytest.raises(NotAllowed):
            require_patient_of(db, other, mine[0].id)
    with pytest.raises(NotAllowed):
        accounts.renew_invitation(store, other, mine[0].id)


def test_roles_decide_what_each_may_do(store: Store, clinician: str, patient: str) -> None:
    link = accounts.invite_colleague(store, clinician, "Dr. Sanz", Role.CLINICIAN)
    colleague = accounts.accept_invitation(store, link, PASSWORD, "en")
    for token in (patient, colleague):
        with pytest.raises(NotAllowed):
            accounts.invite_colleague(store, token, "somebody", Role.RESEARCHER)
        with pytest.raises(NotAllowed):
            accounts.colleagues(store, token)
        with pytest.raises(NotAllowed):
            accounts.renew_invitation(store, token, accounts.colleagues(store, clinician)[0].id)
    with pytest.raises(NotAllowed):
        accounts.invite_patient(store, patient, "somebody")
    with pytest.raises(NotAllowed):
        accounts.patients(store, patient)
    with pytest.raises(NotAllowed):
        accounts.invite_colleague(store, clinician, "somebody", Role.PATIENT)
    with store.begin() as db, pytest.raises(NotAllowed):
        require(db, patient, Role.CLINICIAN, Role.RESEARCHER)


@pytest.mark.parametrize("token", ["", "made up"])
def test_nobody_is_refused_everywhere(store: Store, clinician: str, token: str) -> None:
    calls: list[Callable[[], object]] = [
        lambda: accounts.patients(store, token),
        lambda: accounts.colleagues(store, token),
        lambda: accounts.invite_patient(store, token, "x"),
        lambda: accounts.invite_colleague(store, token, "x", Role.RESEARCHER),
        lambda: accounts.renew_invitation(store, token, "x"),
        lambda: accounts.set_language(store, token, "es"),
    ]
    for call in calls:
        with pytest.raises(NotSignedIn):
            call()


def test_the_language_is_the_person_s(store: Store, patient: str) -> None:
    accounts.set_language(store, patient, "en")
    with store.begin() as db:
        assert who(db, patient).language == "en"


def test_every_refusal_can_be_shown_in_words(store: Store) -> None:
    with pytest.raises(Refusal) as error:
        _person(store, "")
    assert error.value.sentence == "You are not signed in. Please sign in again."
