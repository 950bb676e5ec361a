"""A code that looks like another makes no second person, and no second five guesses."""

import pytest

from core.domain.people import Refusal
from core.services.accounts import accounts
from tests.attacks.visitor import Visitor
from tests.e2e.server import AppServer
from tests.support import PASSWORD

ALIKE = ("P–X 1", "P‑X 1", "Р-X 1", "p-х 1", "P-X  1", "P−X 1", "P-X\ufe0f 1", "P\u2014X 1", "Ｐ-X 1", "P-X\u00a01")
"""With another dash, a Cyrillic letter, two spaces, a sign nobody sees, a wide letter, a space that does not break."""


@pytest.fixture(scope="module")
def patient(server: AppServer, administrator: str) -> str:
    """The sign-in of the patient "P-X 1"."""
    link = accounts.invite_patient(server.store, administrator, "P-X 1")
    return accounts.accept_invitation(server.store, link, PASSWORD, "en")


@pytest.mark.parametrize("code", ALIKE)
def test_a_code_that_looks_like_one_is_taken_and_opens_its_account(
    server: AppServer, administrator: str, patient: str, visitor: Visitor, code: str
) -> None:
    with pytest.raises(Refusal, match="taken"):
        accounts.invite_patient(server.store, administrator, code)
    assert visitor.sign_in(code) == "/"
    person = accounts.person_behind(server.store, visitor.token)
    assert person is not None
    assert person.code == "P-X 1"


def test_who_guesses_with_look_alikes_waits_like_everybody(server: AppServer, patient: str, visitor: Visitor) -> None:
    answers = [visitor.sign_in(code, "not this password") for code in ALIKE[:6]]
    assert ["problem=wait" in answer for answer in answers] == [False] * 5 + [True]
