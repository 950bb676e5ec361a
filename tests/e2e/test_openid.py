"""Signing in at an OpenID provider, in a real browser and with a real provider on another site."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from core.services.accounts import accounts
from core.web.cookies import COOKIE
from tests.e2e.acting import SOON
from tests.e2e.provider import CLIENT, SECRET, Provider, provider
from tests.e2e.server import AppServer, free_port
from tests.e2e.windows import OpenPage, StartServer, carry
from tests.support import new_clinician

SECRETS = """
[auth]
redirect_uri = "http://localhost:{port}/oauth2callback"
cookie_secret = "thirty-two random characters here"
client_id = "{client}"
client_secret = "{secret}"
server_metadata_url = "{issuer}/.well-known/openid-configuration"

[openid]
name = "the clinic"
claim = "realm_access.roles"
clinician = "doctor"
patient = "client"
"""


@pytest.fixture(scope="module")
def clinic() -> Iterator[Provider]:
    with provider() as running:
        yield running


@pytest.fixture(scope="module")
def with_provider(start_server: StartServer, clinic: Provider, tmp_path_factory: pytest.TempPathFactory) -> AppServer:
    """A server whose user's home has a secrets.toml."""
    home, port = tmp_path_factory.mktemp("home"), free_port()
    (home / ".streamlit").mkdir()
    written = SECRETS.format(port=port, client=CLIENT, secret=SECRET, issuer=clinic.issuer)
    (home / ".streamlit" / "secrets.toml").write_text(written)
    return start_server(port=port, environment={"HOME": str(home)})


@pytest.fixture(scope="module")
def doctor(with_provider: AppServer) -> str:
    return new_clinician(with_provider.store)


def come(page: Page, server: AppServer) -> None:
    page.goto(f"{server.url}/sign-in")
    page.get_by_role("button", name="Sign in with the clinic").click()


def jar(page: Page) -> dict[str, str]:
    return {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}


def test_a_clinician_comes_in_and_streamlit_s_own_cookie_is_gone(
    with_provider: AppServer, doctor: str, clinic: Provider, open_page: OpenPage
) -> None:
    clinic.says = {"sub": "1", "preferred_username": "ana", "realm_access": {"roles": ["doctor"]}}
    page = open_page()
    come(page, with_provider)
    expect(page.get_by_role("heading", name="My patients")).to_be_visible(timeout=SOON)
    cookie = next(one for one in page.context.cookies() if one["name"] == COOKIE)
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Strict")
    assert not [name for name in jar(page) if name.startswith("_streamlit_user")]
    page.reload()
    expect(page.get_by_role("heading", name="My patients")).to_be_visible(timeout=SOON)
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Try six faces")).to_be_visible(timeout=SOON)
    assert accounts.person_behind(with_provider.store, cookie["value"]) is None


def test_who_has_no_role_there_is_told_so_and_gets_no_account(
    with_provider: AppServer, doctor: str, clinic: Provider, open_page: OpenPage
) -> None:
    clinic.says = {"sub": "2", "preferred_username": "eva", "realm_access": {"roles": ["cook"]}}
    page = open_page()
    come(page, with_provider)
    expect(page.get_by_role("alert")).to_contain_text("no role here", timeout=SOON)
    assert not [name for name in jar(page) if name.startswith(("_streamlit_user", COOKIE))]


def test_a_patient_who_came_alone_is_taken_into_care_by_the_code_under_my_account(
    with_provider: AppServer, doctor: str, clinic: Provider, open_page: OpenPage
) -> None:
    clinic.says = {"sub": "3", "preferred_username": "P-900", "realm_access": {"roles": ["client"]}}
    patient, clinician = open_page(), open_page()
    come(patient, with_provider)
    expect(patient.get_by_role("button", name="Sign out")).to_be_visible(timeout=SOON)
    carry(clinician, with_provider.url, doctor)
    clinician.goto(with_provider.url)
    clinician.get_by_text("The patient signed in with the clinic").click()
    clinician.get_by_label("Code under My account").fill("p-900")
    clinician.get_by_role("button", name="Take into care").click()
    expect(clinician.get_by_role("link", name="P-900")).to_be_visible(timeout=SOON)


def test_a_callback_that_nobody_asked_for_signs_nobody_in(
    with_provider: AppServer, doctor: str, open_page: OpenPage
) -> None:
    page = open_page()
    page.goto(f"{with_provider.url}/oauth2callback?code=stolen&state=made-up")
    expect(page.get_by_role("button", name="Try six faces")).to_be_visible(timeout=SOON)
    assert not [name for name in jar(page) if name.startswith(("_streamlit_user", COOKIE))]
