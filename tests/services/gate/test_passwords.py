"""Passwords: long enough, not among the first guesses, any signs; hashes keep up with the parameters."""

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select, update

from core.domain.people import Refusal, Role
from core.services.accounts import accounts
from core.services.gate import passwords
from core.services.gate.problems import name_of
from core.storage.database import Store
from core.storage.tables import PersonRow
from tests.services.accounts.conftest import PASSWORD


@pytest.mark.parametrize(
    ("role", "password", "problem"),
    [
        (Role.PATIENT, "seven-7", "short"),
        (Role.CLINICIAN, "eleven-hill", "short"),
        (Role.RESEARCHER, "eleven-hill", "short"),
        (Role.PATIENT, "x" * 201, "long"),
        (Role.PATIENT, "password1", "common"),
        (Role.CLINICIAN, "password1234", "common"),
        (Role.CLINICIAN, "123456789012", "common"),
        (Role.CLINICIAN, "new colleague", "common"),
        (Role.PATIENT, "ｐａｓｓｗｏｒｄ", "common"),
    ],
)
def test_a_password_is_long_enough_for_the_role_and_not_among_the_first_guesses(
    store: Store, clinician: str, role: Role, password: str, problem: str
) -> None:
    code = "new colleague"
    if role is Role.PATIENT:
        link = accounts.invite_patient(store, clinician, code)
    else:
        link = accounts.invite_colleague(store, clinician, code, role)
    with pytest.raises(Refusal) as error:
        accounts.accept_invitation(store, link, password, "en")
    assert name_of(error.value) == problem
    assert accounts.invited(store, link), "a refused password does not use up the link"


@pytest.mark.parametrize(
    ("role", "password"),
    [
        (Role.PATIENT, "río azul"),
        (Role.CLINICIAN, "twelve hills"),
        (Role.PATIENT, "沈黙の部屋と光の窓"),
        (Role.CLINICIAN, "all small letters and no digit"),
    ],
)
def test_any_signs_make_a_password_and_none_are_asked_for(
    store: Store, clinician: str, role: Role, password: str
) -> None:
    if role is Role.PATIENT:
        link = accounts.invite_patient(store, clinician, "someone")
    else:
        link = accounts.invite_colleague(store, clinician, "someone", role)
    accounts.accept_invitation(store, link, password, "en")
    assert accounts.sign_in(store, "someone", password)


@pytest.mark.usefixtures("real_passwords")
def test_a_hash_of_former_parameters_is_renewed_by_signing_in(store: Store, clinician: str) -> None:
    former = PasswordHasher(time_cost=1, memory_cost=64).hash(PASSWORD)
    with store.begin() as db:
        db.execute(update(PersonRow).values(password_hash=former))
    accounts.sign_in(store, "Dr. Ruiz", PASSWORD)
    with store.begin() as db:
        kept = db.scalars(select(PersonRow.password_hash)).one()
    assert kept is not None
    assert kept != former
    assert not PasswordHasher().check_needs_rehash(kept)
    assert accounts.sign_in(store, "Dr. Ruiz", PASSWORD)


@pytest.mark.usefixtures("real_passwords")
def test_a_hash_of_today_s_parameters_stays(store: Store, clinician: str) -> None:
    with store.begin() as db:
        before = db.scalars(select(PersonRow.password_hash)).one()
    accounts.sign_in(store, "Dr. Ruiz", PASSWORD)
    with store.begin() as db:
        assert db.scalars(select(PersonRow.password_hash)).one() == before


def test_different_keyboards_compose_one_password(store: Store, clinician: str) -> None:
    link = accounts.invite_patient(store, clinician, "P-01")
    accounts.accept_invitation(store, link, "man\u0303ana azul", "es")
    assert accounts.sign_in(store, "P-01", "ma\u00f1ana azul")


def test_a_password_for_the_wrong_length_of_text_is_compared_not_refused() -> None:
    assert not passwords.matches("x" * 100_000, None)
