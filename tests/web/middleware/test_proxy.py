"""Only a proxy of ours may say who asked, and how."""

import pytest

from tests.web.conftest import WebClient

SAID = {"X_Forwarded_For": "203.0.113.7", "X_Forwarded_Proto": "https", "X_Request_ID": "from-the-proxy"}


def test_what_a_proxy_of_ours_says_is_believed(proxied_site: WebClient) -> None:
    answer = proxied_site.get("/seen", **SAID)
    assert proxied_site.text == "203.0.113.7 https"
    assert answer.headers["X-Request-ID"] == "from-the-proxy"


def test_what_anybody_else_says_is_not(site: WebClient) -> None:
    answer = site.get("/seen", **SAID)
    assert site.text in {"127.0.0.1 http", "::1 http"}
    assert answer.headers["X-Request-ID"] != "from-the-proxy"


def test_of_a_chain_the_last_address_that_is_no_proxy_of_ours_counts(proxied_site: WebClient) -> None:
    proxied_site.get("/seen", X_Forwarded_For="10.9.9.9, 203.0.113.7, 127.0.0.9")
    assert proxied_site.text.startswith("203.0.113.7 ")


def test_a_cookie_set_behind_https_is_secure(proxied_site: WebClient) -> None:
    language, host = {"language": "es"}, proxied_site.host
    _, plain = proxied_site.post("/auth/language", language, Origin=f"http://{host}")
    _, behind = proxied_site.post("/auth/language", language, Origin=f"https://{host}", X_Forwarded_Proto="https")
    assert not plain["lexithymia_language"]["secure"]
    assert behind["lexithymia_language"]["secure"]


@pytest.mark.parametrize("number", ["short", "with space and more", "x" * 65, "a\tb-c-d-e-f", "P-01<script>"])
def test_a_number_that_could_break_a_log_is_replaced(proxied_site: WebClient, number: str) -> None:
    assert proxied_site.get("/seen", X_Request_ID=number).headers["X-Request-ID"] != number
