"""What was handed out before a change of password, role or second factor opens nothing after it."""

import time
from collections.abc import Callable
from dataclasses import dataclass

import pyotp
import pytest

from core.domain.people import Role
from core.services.accounts import accounts, second_factor
from tests.attacks.visitor import Visitor
from tests.e2e.server import AppServer
from tests.support import PASSWORD

NEW = "another sentence with hills"


@dataclass
class Owner:
    """A clinician who is signed in at a browser, with the secret of their second factor if they have one."""

    server: AppServer
    administrator: str
    id: str
    code: str
    browser: Visitor
    factor: str = ""

    def one_time_code(self) -> str:
        """One that was not used yet: each works once, and the next half minute's is taken already."""
        return pyotp.TOTP(self.factor).at(time.time() + 30)


def _change_password(owner: Owner) -> None:
    assert owner.browser.post("/auth/password", old_password=PASSWORD, password=NEW) == "/account?done=password"


def _use_a_newer_link(owner: Owner) -> None:
    link = accounts.renew_invitation(owner.server.store, owner.administrator, owner.id)
    assert owner.browser.post("/auth/join", invitation=link, password=NEW, language="en") == "/"


def _add_factor(owner: Owner) -> None:
    secret = second_factor.begin(owner.server.store, owner.browser.token).secret
    second_factor.confirm(owner.server.store, owner.browser.token, pyotp.TOTP(secret).now())


def _remove_factor(owner: Owner) -> None:
    second_factor.remove(owner.server.store, owner.browser.token, owner.one_time_code())


def _reset_factor(owner: Owner) -> None:
    second_factor.reset(owner.server.store, owner.administrator, owner.id)


def _give_right(owner: Owner) -> None:
    accounts.set_administrator(owner.server.store, owner.administrator, owner.id, True)


def _take_right(owner: Owner) -> None:
    accounts.set_administrator(owner.server.store, owner.administrator, owner.id, False)


def _close_and_open_again(owner: Owner) -> None:
    accounts.set_active(owner.server.store, owner.administrator, owner.id, False)
    accounts.set_active(owner.server.store, owner.administrator, owner.id, True)


CHANGES: dict[Callable[[Owner], None], tuple[bool, bool]] = {
    _change_password: (False, False),
    _use_a_newer_link: (False, False),
    _add_factor: (False, False),
    _remove_factor: (True, False),
    _reset_factor: (True, False),
    _give_right: (False, False),
    _take_right: (False, True),
    _close_and_open_again: (True, False),
}
"""Each with whether the owner has a second factor before, and whether they are an administrator."""


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__.strip("_"))
def test_a_change_ends_links_and_sign_ins_of_before(
    server: AppServer, administrator: str, change: Callable[[Owner], None]
) -> None:
    has_factor, administers = CHANGES[change]
    store, code = server.store, f"Dr {change.__name__}"
    with Visitor(server.url) as browser, Visitor(server.url) as thief, Visitor(server.url) as elsewhere:
        link = accounts.invite_colleague(store, administrator, code, Role.CLINICIAN)
        browser.post("/auth/join", invitation=link, password=PASSWORD, language="en")
        person = accounts.person_behind(store, browser.token)
        assert person is not None
        owner = Owner(server, administrator, person.id, code, browser)
        if administers:
            accounts.set_administrator(store, administrator, owner.id, True)
            browser.sign_in(code)
        if has_factor:
            owner.factor = second_factor.begin(store, browser.token).secret
            second_factor.confirm(store, browser.token, pyotp.TOTP(owner.factor).now())
        assert elsewhere.sign_in(code) == "/"
        stolen = accounts.renew_invitation(store, administrator, owner.id)
        change(owner)
        assert "problem=link" in thief.post(
            "/auth/join", invitation=stolen, password="the thief chose this", language=""
        )
        assert accounts.person_behind(store, elsewhere.token) is None
        if has_factor:
            answer = elsewhere.post("/auth/second-factor", one_time_code=pyotp.TOTP(owner.factor).at(time.time() + 60))
            assert answer == "/sign-in", "who was half in with the old password is out"


def test_a_secret_seen_before_the_password_changed_is_no_second_factor_after_it(
    server: AppServer, administrator: str
) -> None:
    with Visitor(server.url) as browser:
        link = accounts.invite_colleague(server.store, administrator, "Dr Seen", Role.CLINICIAN)
        browser.post("/auth/join", invitation=link, password=PASSWORD, language="en")
        seen = second_factor.begin(server.store, browser.token).secret
        browser.post("/auth/password", old_password=PASSWORD, password=NEW)
        assert second_factor.begin(server.store, browser.token).secret != seen
