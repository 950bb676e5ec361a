"""Every response tells the browser what our pages never do."""

import pytest

from core.web.middleware.headers import inline_scripts, policy
from tests.web.conftest import WebClient


def test_an_inline_script_is_allowed_by_its_hash_and_no_other() -> None:
    page = '<script>\nlet a = 1\n</script><script type="module" src="./a.js"></script><script id="x">b()</script>'
    # printf '\nlet a = 1\n' | openssl dgst -sha256 -binary | base64
    assert inline_scripts(page) == [
        "'sha256-aJ1+Gk5ztjxiLfKTn+7zGRIOAizBleIvl8bNF07v+ws='",
        "'sha256-cf242PFc/kb7xD0Qzhsmd9vvRkc+cWFmbi+k+YvtdKc='",
    ]


def test_no_policy_lets_text_become_code_or_another_site_in() -> None:
    written = policy(["'sha256-x'"], "'none'")
    assert "'unsafe-eval'" not in written
    assert "script-src 'self' 'wasm-unsafe-eval' blob: 'sha256-x';" in written
    assert "http" not in written
    assert "*" not in written


@pytest.mark.parametrize("path", ["/healthz", "/fonts/nothing.woff2", "/broken/x", "/nowhere"])
def test_answers_and_errors_alike_carry_the_headers(site: WebClient, path: str) -> None:
    headers = site.get(path).headers
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Permissions-Policy"].startswith("camera=(self), microphone=()")
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Strict-Transport-Security"] is None


@pytest.mark.parametrize("path", ["/runs/x", "/runs/x/1.webp", "/check-ins/x", "/questionnaires/x", "/scripts/x"])
def test_what_a_page_fetches_may_load_nothing_stand_nowhere_and_is_short(site: WebClient, path: str) -> None:
    headers = site.get(path).headers
    assert headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert sum(len(name) + len(value) + 4 for name, value in headers.items()) < 500


def test_only_a_component_s_own_frame_may_stand_in_a_page(site: WebClient) -> None:
    assert "frame-ancestors 'self'" in site.get("/component/camera/index.html").headers["Content-Security-Policy"]


def test_https_is_for_good_once_a_page_came_over_it(proxied_site: WebClient) -> None:
    headers = proxied_site.get("/healthz", X_Forwarded_Proto="https").headers
    assert headers["Strict-Transport-Security"] == "max-age=31536000"
