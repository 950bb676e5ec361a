"""Guessing is slow, whoever asks and whether the code exists; the clock is not asked, rows are moved back instead."""

import statistics
import time
from datetime import timedelta

import pytest
from sqlalchemy import delete, func, select, update

from core.domain.people import Refusal
from core.services.accounts import accounts
from core.services.accounts.sign_in import Visit
from core.services.gate import throttle
from core.services.gate.problems import name_of
from core.storage.database import Store
from core.storage.tables import AttemptRow, PersonRow
from tests.services.accounts.conftest import PASSWORD

WRONG = "not this password"


def refusal(store: Store, code: str = "Dr. Ruiz", password: str = WRONG, address: str = "10.0.0.1") -> Refusal:
    """What a sign-in is refused with."""
    with pytest.raises(Refusal) as error:
        accounts.sign_in(store, code, password, Visit(address))
    return error.value


def later(store: Store, minutes: float) -> None:
    """As if all attempts had been so much earlier."""
    with store.begin() as db:
        for row in db.scalars(select(AttemptRow)):
            row.at -= timedelta(minutes=minutes)


@pytest.mark.both_databases
@pytest.mark.parametrize("code", ["Dr. Ruiz", "nobody", "\x00"])
def test_the_sixth_attempt_for_a_code_waits_whether_anybody_has_it_or_not(
    store: Store, clinician: str, code: str
) -> None:
    assert [name_of(refusal(store, code)) for _ in range(6)] == ["unknown"] * 5 + ["wait"]
    assert refusal(store, code).values == {"minutes": 1}
    assert refusal(store, code.upper(), address="10.0.0.2").values == {"minutes": 1}, "from anywhere, in any capitals"


def test_the_right_password_waits_too_and_works_afterwards(store: Store, clinician: str) -> None:
    for _ in range(5):
        refusal(store)
    assert name_of(refusal(store, password=PASSWORD)) == "wait"
    later(store, 1)
    assert accounts.sign_in(store, "Dr. Ruiz", PASSWORD)
    assert name_of(refusal(store)) == "unknown", "after the right password all is forgotten"


def test_waits_grow_to_a_quarter_of_an_hour_and_no_longer(store: Store, clinician: str) -> None:
    for _ in range(5):
        refusal(store)
    waits = []
    for _ in range(6):
        waits.append(refusal(store).values["minutes"])
        later(store, 15)
        assert name_of(refusal(store)) == "unknown"
    assert waits == [1, 2, 4, 8, 15, 15]


def test_an_attempt_that_had_to_wait_does_not_count(store: Store, clinician: str) -> None:
    for _ in range(20):
        refusal(store)
    later(store, 1)
    assert name_of(refusal(store)) == "unknown"


def test_many_codes_from_one_address_wait_too_and_other_addresses_do_not(store: Store, clinician: str) -> None:
    limit = throttle.of_address("10.0.0.1")
    with store.begin() as db:
        db.add_all(AttemptRow(about=limit.about) for _ in range(limit.free))
    assert name_of(refusal(store, "somebody")) == "wait"
    assert name_of(refusal(store, "somebody", address="10.0.0.2")) == "unknown"
    later(store, 61)
    assert name_of(refusal(store, "somebody")) == "unknown"


def test_one_s_own_right_password_does_not_clear_what_an_address_tried_with_others(
    store: Store, clinician: str
) -> None:
    refusal(store, "somebody")
    accounts.sign_in(store, "Dr. Ruiz", PASSWORD, Visit("10.0.0.1"))
    with store.begin() as db:
        address = throttle.of_address("10.0.0.1").about
        assert db.scalar(select(func.count()).where(AttemptRow.about == address)) == 1


def test_attempts_are_gone_after_a_day_and_hold_no_address_that_can_be_read(store: Store, clinician: str) -> None:
    refusal(store)
    with store.begin() as db:
        assert all(len(row.about) == 64 for row in db.scalars(select(AttemptRow)))
    later(store, 24 * 60 + 1)
    refusal(store, "somebody else", address="10.0.0.9")
    with store.begin() as db:
        assert db.scalar(select(func.count()).select_from(AttemptRow)) == 2


def test_an_old_password_asked_for_can_be_guessed_no_faster(store: Store, clinician: str) -> None:
    from core.services.accounts.sign_in import change_password

    names = []
    for _ in range(6):
        with pytest.raises(Refusal) as error:
            change_password(store, clinician, WRONG, "a new sentence with hills")
        names.append(name_of(error.value))
    assert names == ["old-password"] * 5 + ["wait"]


@pytest.mark.usefixtures("real_passwords")
def test_known_unknown_closed_and_unjoined_codes_take_the_same_time(store: Store, clinician: str) -> None:
    """CPU time, because other programs share the machine; argon2 is nearly all of it, so its absence would show."""
    accounts.invite_patient(store, clinician, "unjoined")
    accounts.accept_invitation(store, accounts.invite_patient(store, clinician, "closed"), PASSWORD, "en")
    with store.begin() as db:
        db.execute(update(PersonRow).where(PersonRow.code == "closed").values(active=False))
    refusal(store, "nobody")  # the stand-in hash is made once
    took: dict[str, list[float]] = {code: [] for code in ("Dr. Ruiz", "nobody", "unjoined", "closed")}
    for _ in range(5):
        for code, times in took.items():
            began = time.process_time()
            refusal(store, code)
            times.append(time.process_time() - began)
        with store.begin() as db:
            db.execute(delete(AttemptRow))
    medians = [statistics.median(times) for times in took.values()]
    assert max(medians) < 2 * min(medians), took
