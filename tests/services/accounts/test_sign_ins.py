"""Sign-ins: they idle out, they end, one sees one's own, and a new password ends the others."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from core.domain.people import SIGN_IN_LASTS, NotSignedIn, Refusal, Role
from core.services.accounts import accounts, sign_in
from core.services.accounts.sign_in import Visit
from core.services.gate.access import TOUCHED, who
from core.services.gate.problems import name_of
from core.storage.database import Store
from core.storage.queries.people_queries import hashed
from core.storage.tables import InvitationRow, SignInRow, now
from tests.services.accounts.conftest import PASSWORD

NEW = "a new sentence with hills"


def seen(store: Store, token: str, ago: timedelta) -> None:
    with store.begin() as db:
        db.execute(update(SignInRow).where(SignInRow.token_hash == hashed(token)).values(last_seen_at=now() - ago))


def is_in(store: Store, token: str) -> bool:
    return accounts.person_behind(store, token) is not None


@pytest.mark.parametrize("role", [Role.CLINICIAN, Role.PATIENT])
def test_a_sign_in_ends_when_nothing_was_clicked_for_as_long_as_the_role_allows(
    store: Store, clinician: str, patient: str, role: Role
) -> None:
    token = clinician if role is Role.CLINICIAN else patient
    idle = SIGN_IN_LASTS[role].idle
    seen(store, token, idle - timedelta(minutes=1))
    assert is_in(store, token), "and with this it counts as seen just now"
    assert sign_in.own_sign_ins(store, token)
    seen(store, token, idle + timedelta(seconds=1))
    assert not is_in(store, token)


def test_however_much_is_clicked_a_sign_in_of_staff_ends_after_twelve_hours(store: Store, clinician: str) -> None:
    with store.begin() as db:
        expires = db.scalars(select(SignInRow.expires_at)).one()
    assert timedelta(hours=11, minutes=59) < expires - now() <= timedelta(hours=12)


def test_clicks_write_at_most_once_a_minute(store: Store, clinician: str) -> None:
    def last_seen() -> object:
        with store.begin() as db:
            return db.scalars(select(SignInRow.last_seen_at)).one()

    seen(store, clinician, TOUCHED / 2)
    before = last_seen()
    is_in(store, clinician)
    assert last_seen() == before
    seen(store, clinician, 2 * TOUCHED)
    before = last_seen()
    is_in(store, clinician)
    assert last_seen() != before


@pytest.mark.both_databases
def test_one_sees_one_s_own_open_sign_ins_and_ends_them(store: Store, clinician: str, patient: str) -> None:
    other = accounts.sign_in(store, "Dr. Ruiz", PASSWORD, Visit(device="Firefox, Windows"))
    found = sign_in.own_sign_ins(store, clinician)
    assert sorted((one.device, one.here) for one in found) == [("", True), ("Firefox, Windows", False)]
    there = next(one for one in found if not one.here)
    sign_in.end_sign_in(store, patient, there.id)
    assert is_in(store, other), "a sign-in of somebody else is not theirs to end"
    sign_in.end_sign_in(store, clinician, there.id)
    assert not is_in(store, other)
    assert is_in(store, clinician)


def test_signing_out_everywhere_ends_every_sign_in_of_that_person_only(
    store: Store, clinician: str, patient: str
) -> None:
    other = accounts.sign_in(store, "Dr. Ruiz", PASSWORD)
    sign_in.sign_out_everywhere(store, clinician)
    assert [is_in(store, token) for token in (clinician, other, patient)] == [False, False, True]


def test_a_new_password_ends_every_sign_in_and_gives_a_new_one(store: Store, clinician: str) -> None:
    other = accounts.sign_in(store, "Dr. Ruiz", PASSWORD)
    token = sign_in.change_password(store, clinician, PASSWORD, NEW)
    assert [is_in(store, one) for one in (clinician, other, token)] == [False, False, True]
    with pytest.raises(Refusal):
        accounts.sign_in(store, "Dr. Ruiz", PASSWORD)
    assert accounts.sign_in(store, "Dr. Ruiz", NEW)


def test_a_new_password_needs_the_old_one_and_keeps_the_rules(store: Store, clinician: str) -> None:
    for old, new, problem in (("not this", NEW, "old-password"), (PASSWORD, "short", "short")):
        with pytest.raises(Refusal) as error:
            sign_in.change_password(store, clinician, old, new)
        assert name_of(error.value) == problem
    assert accounts.sign_in(store, "Dr. Ruiz", PASSWORD)
    with pytest.raises(NotSignedIn):
        sign_in.change_password(store, "made up", PASSWORD, NEW)


def test_the_token_of_a_full_sign_in_says_nothing_of_who_is_half_in(store: Store, clinician: str) -> None:
    assert sign_in.half_in_behind(store, clinician) is None
    with store.begin() as db:
        assert who(db, clinician)


def test_sign_ins_and_links_that_ended_long_ago_are_deleted_at_the_next_sign_in(
    store: Store, clinician: str, patient: str
) -> None:
    accounts.invite_patient(store, clinician, "P-02")
    ago = sign_in.ENDED_KEPT + timedelta(hours=1)
    with store.begin() as db:
        db.execute(update(SignInRow).where(SignInRow.token_hash == hashed(patient)).values(ended_at=now() - ago))
        db.execute(update(InvitationRow).where(InvitationRow.used_at.is_not(None)).values(used_at=now() - ago))
    third = accounts.sign_in(store, "Dr. Ruiz", PASSWORD)
    with store.begin() as db:
        assert set(db.scalars(select(SignInRow.token_hash))) == {hashed(clinician), hashed(third)}
        assert db.scalars(select(InvitationRow.used_at)).all() == [None]
