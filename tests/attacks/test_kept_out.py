"""Who guesses keeps nobody out of their account but themselves."""

from collections.abc import Callable
from secrets import token_urlsafe

import pyotp
import pytest

from core.domain.people import Role
from core.services.accounts import accounts, second_factor
from tests.attacks.visitor import Visitor
from tests.e2e.server import AppServer
from tests.support import PASSWORD

WRONG = "not this password"
NEW = "another sentence with hills"
Come = Callable[..., Visitor]


@pytest.fixture(scope="module")
def environment() -> dict[str, str]:
    """Everybody has an address of their own, which a proxy tells."""
    return {"TRUSTED_PROXIES": "127.0.0.1, ::1"}


@pytest.fixture
def code(server: AppServer, administrator: str, request: pytest.FixtureRequest) -> str:
    """The code of a clinician of this test with the password PASSWORD."""
    name = f"Dr {request.node.name[:50]}"
    link = accounts.invite_colleague(server.store, administrator, name, Role.CLINICIAN)
    accounts.accept_invitation(server.store, link, PASSWORD, "en")
    return name


@pytest.fixture
def come(server: AppServer) -> Come:
    """Opens a browser at an address of its own."""
    return lambda number: Visitor(server.url, f"203.0.113.{number}")


def guess(visitor: Visitor, code: str) -> None:
    """Until it has to wait."""
    assert "problem=wait" in [visitor.sign_in(code, WRONG).partition("&")[0].partition("?")[2] for _ in range(6)]


def test_the_owner_gets_in_where_they_were_before_whoever_guesses_elsewhere(code: str, come: Come) -> None:
    owner, thief, elsewhere = come(1), come(2), come(3)
    assert owner.sign_in(code) == "/"
    owner.post("/auth/sign-out")
    guess(thief, code)
    assert owner.sign_in(code) == "/"
    assert "problem=wait" in elsewhere.sign_in(code), "a browser that was never here shares the limit of the code"
    thief.client.cookies.set("lexithymia_browser", token_urlsafe(32))
    assert "problem=wait" in thief.sign_in(code), "nobody makes such a cookie for themselves"


@pytest.mark.slow
def test_a_browser_where_somebody_was_before_guesses_no_faster(code: str, come: Come) -> None:
    owner = come(4)
    owner.sign_in(code)
    guess(owner, code)
    assert "problem=wait" in owner.sign_in(code)


def test_a_browser_of_somebody_else_counts_as_any_other(server: AppServer, code: str, come: Come) -> None:
    thief, owner = come(5), come(6)
    assert thief.sign_in("Dr Vega") == "/"
    guess(thief, code)
    assert "problem=wait" in owner.sign_in(code)


def test_who_is_signed_in_changes_the_password_whoever_guesses_elsewhere(code: str, come: Come) -> None:
    owner, thief = come(7), come(8)
    owner.sign_in(code)
    guess(thief, code)
    assert owner.post("/auth/password", old_password=PASSWORD, password=NEW) == "/account?done=password"
    owner.post("/auth/sign-out")
    assert owner.sign_in(code, NEW) == "/", "this browser is known still"


def test_who_has_the_password_keeps_the_owner_s_second_factor_from_nobody_but_themselves(
    server: AppServer, code: str, come: Come
) -> None:
    owner, thief = come(9), come(10)
    owner.sign_in(code)
    secret = second_factor.begin(server.store, owner.token).secret
    second_factor.confirm(server.store, owner.token, pyotp.TOTP(secret).now())
    assert thief.sign_in(code) == "/"
    answers = [thief.post("/auth/second-factor", one_time_code="000000") for _ in range(6)]
    assert "problem=wait" in answers[-1]
    other = Visitor(str(owner.client.base_url), "203.0.113.9")
    other.client.cookies.set("lexithymia_browser", owner.client.cookies["lexithymia_browser"])
    assert other.sign_in(code) == "/"
    assert other.post("/auth/second-factor", one_time_code="000000") == "/second-factor?problem=factor"
