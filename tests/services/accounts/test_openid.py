"""Signing in by an OpenID provider's word: who it is, which role, once."""

import pytest

from core.domain.audit import Act
from core.domain.people import AccountEvent, NotAllowed, Refusal, Role
from core.services.accounts import accounts, invitations
from core.services.accounts.openid import RoleClaim, sign_in_with_openid
from core.services.clinic import care
from core.services.gate.problems import name_of
from core.services.privacy import audit_log, erasure
from core.storage.database import Store
from core.storage.tables import now

ROLES = RoleClaim("realm_access.roles", {"doctor": Role.CLINICIAN, "science": Role.RESEARCHER, "client": Role.PATIENT})


def claims(subject: str = "s-1", *roles: str, name: str = "ana") -> dict[str, object]:
    said = {"iss": "https://id.example", "sub": subject, "preferred_username": name, "iat": now().timestamp()}
    return {**said, "realm_access": {"roles": list(roles)}, "nonce": f"{now()}"}


def come(store: Store, said: dict[str, object]) -> str:
    return sign_in_with_openid(store, said, ROLES, "es")


def problem(store: Store, said: dict[str, object]) -> str:
    with pytest.raises(Refusal) as error:
        come(store, said)
    return name_of(error.value)


@pytest.mark.both_databases
def test_the_first_visit_makes_an_account_and_the_next_finds_it(store: Store, clinician: str) -> None:
    first, second = (accounts.person_behind(store, come(store, claims("s-1", "doctor"))) for _ in range(2))
    assert first is not None
    assert first == second
    assert (first.code, first.role, first.administrator, first.language) == ("ana", Role.CLINICIAN, False, "es")
    found = [(event.actor, event.what) for event in accounts.events(store, clinician)]
    assert found[:3] == [("ana", AccountEvent.SIGNED_IN), ("ana", AccountEvent.SIGNED_IN), (None, AccountEvent.MADE)]


def test_two_people_of_one_name_get_two_codes_and_nobody_gets_an_account_by_its_name(
    store: Store, clinician: str
) -> None:
    people = [accounts.person_behind(store, come(store, claims(s, "doctor", name="Dr. Ruiz"))) for s in ("a", "b")]
    assert [person.code for person in people if person] == ["Dr. Ruiz 2", "Dr. Ruiz 3"]
    assert not any(person.administrator for person in people if person)


@pytest.mark.parametrize("roles", [(), ("other",)])
def test_a_claim_that_names_no_role_is_refused_and_makes_no_account(
    store: Store, clinician: str, roles: tuple[str, ...]
) -> None:
    assert problem(store, claims("s-1", *roles)) == "openid-role"
    assert [one.code for one in accounts.colleagues(store, clinician)] == ["Dr. Ruiz"]


def test_a_role_that_was_taken_at_the_provider_or_is_another_now_opens_nothing(store: Store) -> None:
    come(store, claims("s-1", "doctor"))
    assert problem(store, claims("s-1")) == "openid-role"
    assert problem(store, claims("s-1", "science")) == "openid-role"


def test_of_several_roles_the_first_configured_counts(store: Store) -> None:
    person = accounts.person_behind(store, come(store, claims("s-1", "client", "science", "doctor")))
    assert person is not None
    assert person.role is Role.CLINICIAN


@pytest.mark.parametrize(
    "more",
    [{"iss": None}, {"sub": ""}, {"sub": "x" * 256}, {"iat": "now"}, {"iat": 0}, {"iat": now().timestamp() - 700}],
)
def test_an_old_or_incomplete_word_is_refused(store: Store, more: dict[str, object]) -> None:
    assert problem(store, claims("s-1", "doctor") | more) == "openid"


def test_a_word_opens_one_sign_in_and_none_to_who_copied_it(store: Store) -> None:
    said = claims("s-1", "doctor")
    token = come(store, said)
    accounts.sign_out(store, token)
    assert problem(store, said) == "openid"


def test_a_closed_account_stays_closed(store: Store, clinician: str) -> None:
    token = come(store, claims("s-1", "doctor"))
    person = accounts.person_behind(store, token)
    assert person is not None
    accounts.set_active(store, clinician, person.id, False)
    assert accounts.person_behind(store, token) is None
    assert problem(store, claims("s-1", "doctor")) == "openid-off"


def test_an_account_without_a_password_is_not_opened_by_any(store: Store) -> None:
    come(store, claims("s-1", "doctor"))
    for password in ("", "a password nobody set"):
        with pytest.raises(Refusal) as error:
            accounts.sign_in(store, "ana", password)
        assert name_of(error.value) == "unknown"


def test_a_patient_who_came_alone_is_taken_into_care_by_code_once(store: Store, clinician: str, patient: str) -> None:
    come(store, claims("s-1", "client"))
    link = accounts.invite_colleague(store, clinician, "Dr. Sanz", Role.CLINICIAN)
    other = accounts.accept_invitation(store, link, "a quiet room with light", "en")
    for code in ("nobody", "P-01", "Dr. Ruiz"):
        with pytest.raises(Refusal) as error:
            invitations.take_into_care(store, other, code)
        assert name_of(error.value) == "nobody-waits"
    invitations.take_into_care(store, other, "ANA")
    assert [(one.code, one.joined) for one in accounts.patients(store, other)] == [("ana", True)]
    with pytest.raises(Refusal):
        invitations.take_into_care(store, clinician, "ana")


def test_taking_into_care_is_in_the_audit_log(store: Store, clinician: str) -> None:
    come(store, claims("s-1", "client"))
    invitations.take_into_care(store, clinician, "ana")
    (entry,) = audit_log.latest(store, clinician, code="ana")
    assert (entry.act, entry.facts) == (Act.ASSIGN, {"gives": True, "colleague": "Dr. Ruiz"})


def test_whoever_signs_in_at_the_provider_gets_no_link_to_a_password_here(store: Store, clinician: str) -> None:
    come(store, claims("s-1", "doctor"))
    person = next(one for one in accounts.colleagues(store, clinician) if one.code == "ana")
    assert person.at_provider
    with pytest.raises(NotAllowed, match="at the provider"):
        invitations.renew_invitation(store, clinician, person.id)


def test_a_patient_without_a_clinician_who_wishes_to_be_deleted_is_told_to_administrators(
    store: Store, clinician: str, patient: str
) -> None:
    ana = come(store, claims("s-1", "client"))
    come(store, claims("s-2", "client", name="eva"))
    for token in (ana, patient):
        erasure.ask(store, token)
    assert care.asking_alone(store, clinician) == ["ana"]
    invitations.take_into_care(store, clinician, "ana")
    assert care.asking_alone(store, clinician) == []
