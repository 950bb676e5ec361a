"""What administrators and clinicians decide of accounts, what is written down of it."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest

from core.domain.audit import Act
from core.domain.people import AccountEvent, NotAllowed, Refusal, Role
from core.services.accounts import accounts
from core.services.accounts.accounts import Account
from core.services.clinic import care
from core.services.privacy import audit_log
from core.storage.database import Store
from core.storage.tables import PersonRow
from tests.services.accounts.conftest import PASSWORD


def add(store: Store, administrator: str, code: str, role: Role) -> str:
    return accounts.accept_invitation(
        store, accounts.invite_colleague(store, administrator, code, role), PASSWORD, "en"
    )


def account(store: Store, administrator: str, code: str) -> Account:
    return next(one for one in accounts.colleagues(store, administrator) if one.code == code)


def test_a_closed_account_is_signed_out_at_once_and_opens_again(store: Store, clinician: str) -> None:
    researcher = add(store, clinician, "R-1", Role.RESEARCHER)
    person = account(store, clinician, "R-1")
    accounts.set_active(store, clinician, person.id, False)
    assert accounts.person_behind(store, researcher) is None
    with pytest.raises(Refusal):
        accounts.sign_in(store, "R-1", PASSWORD)
    with pytest.raises(NotAllowed):
        accounts.renew_invitation(store, clinician, person.id)
    accounts.set_active(store, clinician, person.id, True)
    assert accounts.person_behind(store, researcher) is None, "what was ended stays ended"
    assert accounts.person_behind(store, accounts.sign_in(store, "R-1", PASSWORD))


def test_a_link_of_a_closed_account_does_not_work(store: Store, clinician: str) -> None:
    link = accounts.invite_patient(store, clinician, "P-01")
    person_id = accounts.patients(store, clinician)[0].id
    accounts.set_active(store, clinician, person_id, False)
    assert accounts.invited(store, link) is None
    accounts.set_active(store, clinician, person_id, True)
    with pytest.raises(Refusal):
        accounts.accept_invitation(store, link, PASSWORD, "en")


def test_a_patient_s_account_is_closed_by_their_clinician_only(store: Store, clinician: str, patient: str) -> None:
    add(store, clinician, "Dr. Sanz", Role.CLINICIAN)
    person_id = accounts.patients(store, clinician)[0].id
    accounts.set_administrator(store, clinician, account(store, clinician, "Dr. Sanz").id, True)
    other = accounts.sign_in(store, "Dr. Sanz", PASSWORD)
    with pytest.raises(NotAllowed):
        accounts.set_active(store, other, person_id, False)
    accounts.set_active(store, clinician, person_id, False)
    assert accounts.person_behind(store, patient) is None


def test_a_clinician_is_closed_only_once_somebody_else_cares_for_each_patient(store: Store, clinician: str) -> None:
    sanz = add(store, clinician, "Dr. Sanz", Role.CLINICIAN)
    own, going = (account(store, clinician, code).id for code in ("Dr. Ruiz", "Dr. Sanz"))
    for code in ("P-01", "P-02", "P-03"):
        accounts.invite_patient(store, sanz, code)
    first, second, third = (one.id for one in accounts.patients(store, sanz))
    care.share(store, sanz, first, own)
    accounts.set_active(store, sanz, second, False)
    with pytest.raises(NotAllowed, match="have nobody, archived ones too: 2"):
        accounts.set_active(store, clinician, going, False)
    with pytest.raises(NotAllowed):
        care.hand_over(store, sanz, going, own)
    assert [care.hand_over(store, clinician, going, own) for _ in range(2)] == [2, 0]
    accounts.set_active(store, clinician, going, False)
    assert [one.id for one in accounts.patients(store, clinician)] == [first, second, third]
    with pytest.raises(NotAllowed, match="open account"):
        care.hand_over(store, clinician, own, going)
    assert [event.person for event in accounts.events(store, clinician) if event.what is AccountEvent.CARE_SHARED] == [
        *("P-03", "P-02", "P-01")
    ]
    handed = [one.facts for one in audit_log.latest(store, clinician, code="P-03") if one.act is Act.ASSIGN]
    assert handed == [{"gives": True, "colleague": "Dr. Ruiz"}]


def test_patients_whose_only_clinician_is_closed_are_handed_over_all_the_same(store: Store, clinician: str) -> None:
    sanz = add(store, clinician, "Dr. Sanz", Role.CLINICIAN)
    own, closed = (account(store, clinician, code).id for code in ("Dr. Ruiz", "Dr. Sanz"))
    accounts.invite_patient(store, sanz, "P-01")
    with store.begin() as db:
        db.get_one(PersonRow, closed).active = False
    assert care.hand_over(store, clinician, closed, own) == 1
    assert [one.code for one in accounts.patients(store, clinician)] == ["P-01"]


@pytest.mark.both_databases
def test_of_two_who_care_for_a_patient_and_are_closed_at_once_one_stays(store: Store, clinician: str) -> None:
    sanz, sol = (add(store, clinician, code, Role.CLINICIAN) for code in ("Dr. Sanz", "Dr. Sol"))
    ids = [account(store, clinician, code).id for code in ("Dr. Sanz", "Dr. Sol")]
    accounts.invite_patient(store, sanz, "P-01")
    care.share(store, sanz, accounts.patients(store, sanz)[0].id, ids[1])

    def close(id_: str) -> None:
        with suppress(Refusal):
            accounts.set_active(store, clinician, id_, False)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(close, ids))
    assert len([token for token in (sanz, sol) if accounts.person_behind(store, token)]) == 1


def test_the_administrator_s_right_is_given_and_taken_but_one_keeps_it(store: Store, clinician: str) -> None:
    add(store, clinician, "Dr. Sanz", Role.CLINICIAN)
    own, sanz = (account(store, clinician, code).id for code in ("Dr. Ruiz", "Dr. Sanz"))
    with pytest.raises(NotAllowed):
        accounts.set_administrator(store, clinician, own, False)
    accounts.set_administrator(store, clinician, sanz, True)
    other = accounts.sign_in(store, "Dr. Sanz", PASSWORD)
    assert accounts.colleagues(store, other)
    accounts.set_administrator(store, clinician, own, False)
    with pytest.raises(NotAllowed):
        accounts.colleagues(store, clinician)
    with pytest.raises(NotAllowed):
        accounts.set_administrator(store, other, sanz, False)


@pytest.mark.both_databases
def test_of_two_administrators_who_take_the_right_from_each_other_at_once_one_keeps_it(
    store: Store, clinician: str
) -> None:
    add(store, clinician, "Dr. Sanz", Role.CLINICIAN)
    own, sanz = (account(store, clinician, code).id for code in ("Dr. Ruiz", "Dr. Sanz"))
    accounts.set_administrator(store, clinician, sanz, True)
    other = accounts.sign_in(store, "Dr. Sanz", PASSWORD)

    def take(pair: tuple[str, str]) -> None:
        try:
            accounts.set_administrator(store, pair[0], pair[1], False)
        except Refusal:
            return

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(take, [(clinician, sanz), (other, own)]))
    left = [token for token in (clinician, other) if (p := accounts.person_behind(store, token)) and p.administrator]
    assert len(left) == 1


def test_a_researcher_is_no_administrator_and_nobody_closes_their_own_account(store: Store, clinician: str) -> None:
    add(store, clinician, "R-1", Role.RESEARCHER)
    with pytest.raises(NotAllowed):
        accounts.set_administrator(store, clinician, account(store, clinician, "R-1").id, True)
    with pytest.raises(NotAllowed):
        accounts.set_active(store, clinician, account(store, clinician, "Dr. Ruiz").id, False)


def test_a_closed_administrator_is_none_when_the_account_opens_again(store: Store, clinician: str) -> None:
    add(store, clinician, "Dr. Sanz", Role.CLINICIAN)
    sanz = account(store, clinician, "Dr. Sanz").id
    accounts.set_administrator(store, clinician, sanz, True)
    for active in (False, True):
        accounts.set_active(store, clinician, sanz, active)
    assert not account(store, clinician, "Dr. Sanz").administrator


@pytest.mark.both_databases
def test_who_did_what_to_whom_is_written_down(store: Store, clinician: str, patient: str) -> None:
    person_id = accounts.patients(store, clinician)[0].id
    accounts.set_active(store, clinician, person_id, False)
    found = [(event.actor, event.person, event.what) for event in accounts.events(store, clinician)]
    assert found == [
        ("Dr. Ruiz", "P-01", AccountEvent.DEACTIVATED),
        ("P-01", "P-01", AccountEvent.SIGNED_IN),
        ("P-01", "P-01", AccountEvent.JOINED),
        ("Dr. Ruiz", "P-01", AccountEvent.MADE),
        ("Dr. Ruiz", "Dr. Ruiz", AccountEvent.SIGNED_IN),
        ("Dr. Ruiz", "Dr. Ruiz", AccountEvent.MADE),
    ]
