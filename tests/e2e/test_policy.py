"""Every page works under the content security policy: the browser reports nothing that it had to keep away.

One thing it does report on each page: Streamlit's copy of long.js asks for WebAssembly, and multiplies without it when
that is refused. Allowing it would need 'wasm-unsafe-eval'.
"""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from core.domain.emotions import Emotion
from core.services.accounts import accounts
from core.services.exercise import recognition
from core.web.cookies import COOKIE
from tests.e2e.acting import SOON, answer_by_key
from tests.e2e.conftest import OpenPage
from tests.e2e.server import AppServer
from tests.support import BROWSER, new_patient, says

TELL = """
document.addEventListener('securitypolicyviolation', (event) => {
  if (event.blockedURI !== 'wasm-eval') console.error(`kept away: ${event.effectiveDirective} ${event.blockedURI}`);
});
"""


class Watching:
    """A window that notes what its browser kept away. `token` signs it in."""

    def __init__(self, page: Page, server: AppServer, token: str = "") -> None:
        self.page, self.server, self.violations = page, server, list[str]()
        page.add_init_script(TELL)
        page.on("console", lambda message: self._hear(message.text))
        if token:
            page.context.add_cookies([{"name": COOKIE, "value": token, "url": server.url}])

    def _hear(self, text: str) -> None:
        if "kept away" in text:
            self.violations.append(text)

    def visit(self, *paths: str) -> None:
        for path in paths:
            self.page.goto(self.server.url + path)
            expect(self.page.locator("h1").first).to_be_visible(timeout=SOON)
            self.page.wait_for_timeout(800)  # what a page loads late is loaded


@pytest.fixture
def watching(open_page: OpenPage, server: AppServer) -> Callable[..., Watching]:
    return lambda token="": Watching(open_page(), server, token)


@pytest.fixture(scope="module")
def patient(server: AppServer, clinician: str) -> str:
    """The sign-in of a patient with two finished checks and a practice, so that there are charts to draw."""
    token = new_patient(server.store, clinician, "P-CHARTS")
    for _ in range(3):
        block = recognition.begin(server.store, token, BROWSER)
        while (trial := block.current) is not None:
            said = trial.stimulus.target if trial.number % 3 else Emotion.FEAR
            block = recognition.answer(server.store, token, block, trial.number, says(said), BROWSER)
    return token


def test_a_visitor_s_pages(watching: Callable[..., Watching]) -> None:
    window = watching()
    window.visit("/", "/sign-in", "/about", "/nowhere")
    window.page.goto(f"{window.server.url}/try")
    expect(window.page.locator(".trial .answers")).to_be_visible(timeout=SOON)
    answer_by_key(window.page, "4")
    window.page.get_by_text("Why?").first.click()
    assert window.violations == []


def test_a_patient_s_pages_and_faces(watching: Callable[..., Watching], patient: str) -> None:
    window = watching(patient)
    window.visit("/", "/learn", "/progress", "/about")
    window.page.goto(window.server.url)
    window.page.get_by_role("button", name=re.compile("Begin|Go on")).click()
    answer_by_key(window.page, "1")
    expect(window.page.locator(".trial .feedback")).to_be_visible(timeout=SOON)
    assert window.violations == []


def test_a_clinician_s_pages_and_charts(watching: Callable[..., Watching], clinician: str, patient: str) -> None:
    window = watching(clinician)
    window.visit("/", "/sets", "/colleagues")
    someone = accounts.patients(window.server.store, clinician)[0].id
    window.visit(f"/patient?patient={someone}")
    expect(window.page.locator(".js-plotly-plot").first).to_be_visible(timeout=SOON)
    assert window.violations == []


def test_what_is_not_ours_does_not_run_and_is_noticed(watching: Callable[..., Watching]) -> None:
    window = watching()
    window.visit("/")
    window.page.evaluate(
        "document.head.append(Object.assign(document.createElement('script'), {textContent: 'window.bad = 1'}))"
    )
    window.page.wait_for_timeout(300)
    assert window.violations != []
    assert window.page.evaluate("window.bad") is None
