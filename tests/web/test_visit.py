"""Whom attempts are counted for, what a person reads of a device, and how the door says that somebody has to wait."""

import pytest
from sqlalchemy import select
from starlette.requests import Request

from core.domain.devices import device_in_words
from core.services.gate import throttle
from core.storage.tables import AttemptRow
from core.web.visit import visit_of

from .conftest import WebClient

WRONG = {"code": "Dr. Ruiz", "password": "not this password"}
FORWARDED = "198.51.100.9, 203.0.113.7"
"""What a client made up, and what our proxy added: the address it was called from."""


def counted(site: WebClient, address: str) -> bool:
    """Whether an attempt was counted against `address`."""
    with site.store.begin() as db:
        return throttle.of_address(address).about in set(db.scalars(select(AttemptRow.about)))


def test_behind_our_proxy_attempts_count_for_who_called_the_proxy(proxied_site: WebClient, clinician: str) -> None:
    proxied_site.post("/auth/sign-in", WRONG, X_Forwarded_For=FORWARDED)
    assert counted(proxied_site, "203.0.113.7")
    assert not counted(proxied_site, "198.51.100.9")


def test_without_a_trusted_proxy_what_a_client_says_of_its_address_counts_for_nothing(
    site: WebClient, clinician: str
) -> None:
    site.post("/auth/sign-in", WRONG, X_Forwarded_For=FORWARDED)
    assert counted(site, "127.0.0.1") or counted(site, "::")
    assert not counted(site, "203.0.113.7")
    assert not counted(site, "198.51.100.9")


@pytest.mark.parametrize("code", ["Dr. Ruiz", "nobody"])
def test_the_sixth_wrong_sign_in_leads_back_with_the_minutes_to_wait(
    site: WebClient, clinician: str, code: str
) -> None:
    places = [site.post("/auth/sign-in", WRONG | {"code": code})[0].headers["Location"] for _ in range(6)]
    assert places == ["/sign-in?problem=unknown"] * 5 + ["/sign-in?problem=wait&minutes=1"]


def test_where_no_provider_is_configured_its_door_is_not_there(site: WebClient) -> None:
    assert site.post("/auth/openid")[0].status == 404


@pytest.mark.parametrize("path", ["/auth/password", "/auth/second-factor"])
def test_forms_for_people_who_are_in_lead_others_to_the_sign_in(site: WebClient, clinician: str, path: str) -> None:
    response, cookies = site.post(path, {"one_time_code": "1", "old_password": "x", "password": "y"})
    assert (response.status, response.headers["Location"]) == (303, "/sign-in")
    assert not cookies


def test_a_household_s_ipv6_addresses_count_together() -> None:
    def counted_for(host: str) -> str:
        return visit_of(Request({"type": "http", "headers": [], "client": (host, 1)})).address

    assert counted_for("2001:db8:1:2:aaaa::1") == counted_for("2001:db8:1:2:bbbb::2") == "2001:db8:1:2::"
    assert counted_for("2001:db8:1:3::1") != counted_for("2001:db8:1:2::1")
    assert counted_for("::ffff:203.0.113.7") == counted_for("203.0.113.7") == "203.0.113.7"


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0", "Firefox, Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36", "Chrome, Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge, Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36", "Chrome, Android"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 15_0) Version/18.0 Safari/605.1", "Safari, Mac"),
        ("curl/8.0", ""),
        ("", ""),
    ],
)
def test_a_device_is_said_in_words_that_its_owner_knows(agent: str, words: str) -> None:
    assert device_in_words(agent) == words
