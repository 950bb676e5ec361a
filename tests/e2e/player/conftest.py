"""Runs of seven faces in the product; each test has a patient of its own."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Request, expect
from sqlalchemy import select

from core.domain.exercise.plan import Plan
from core.domain.exercise.trials import Kind
from core.services.accounts import accounts
from core.services.exercise import plans, recognition
from core.storage.tables import BlockRow, TrialRow
from tests.e2e.acting import SOON
from tests.e2e.firefox import Firefox
from tests.e2e.people import id_of
from tests.e2e.server import AppServer
from tests.e2e.windows import OpenPage, StartServer
from tests.support import BROWSER, PASSWORD, new_patient

FACES = 7
SHORT = Plan(check_length=FACES, check_intensities=(60,), practice_length=FACES)


class Screen:
    """A run in a browser, what that told the server, and what is stored."""

    def __init__(self, page: Page, server: AppServer, run: str) -> None:
        self.page, self.server, self.run = page, server, run
        self.batches: list[list[dict[str, Any]]] = []
        page.on("request", self._hear)

    def _hear(self, request: Request) -> None:
        if request.method == "POST" and "/runs/" in request.url:
            self.batches.append(json.loads(request.post_data or "{}")["events"])

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def wait_for_face(self, number: int) -> None:
        """Until the face at this place has been visible for long enough to be answered."""
        expect(self.page.locator(".trial .progress")).to_have_text(f"{number} of {FACES}", timeout=SOON)
        expect(self.page.locator(".trial .answers")).to_be_visible()
        self.page.wait_for_timeout(600)

    def answer(self, key: str, number: int) -> None:
        """Press `key` at the face `number` of a check, and wait for the next."""
        self.wait_for_face(number)
        self.page.keyboard.press(key)

    def wait_for_result(self) -> None:
        expect(self.page.get_by_role("heading", name="Your result")).to_be_visible(timeout=2 * SOON)

    @property
    def told(self) -> list[dict[str, Any]]:
        """Every event once, in order."""
        return list({event["seq"]: event for batch in self.batches for event in batch}.values())

    def rows(self) -> list[TrialRow]:
        with self.server.store.begin() as db:
            return list(db.scalars(select(TrialRow).where(TrialRow.block_id == self.run).order_by(TrialRow.number)))

    def stored(self) -> list[str | None]:
        """The responses in order, as far as there are any."""
        return [row.response for row in self.rows() if row.response is not None]

    def wait_until_stored(self, responses: list[str]) -> None:
        for _ in range(SOON // 100):
            if self.stored() == responses:
                return
            self.page.wait_for_timeout(100)
        assert self.stored() == responses

    @property
    def over(self) -> bool:
        with self.server.store.begin() as db:
            return db.get_one(BlockRow, self.run).ended_at is not None


OpenRun = Callable[..., Screen]


@pytest.fixture
def open_run(server: AppServer, clinician: str, code: str, open_page: OpenPage) -> OpenRun:
    """Opens a run: `open_run(kind=Kind.CHECK, size=(390, 844), exposure=200, url=of_a_line, before=prepare_page)`."""

    def opened(
        kind: Kind = Kind.CHECK,
        size: tuple[int, int] = (1440, 900),
        exposure: int | None = None,
        before: Callable[[Page], object] = lambda page: None,
        plan: Plan = SHORT,
        url: str | None = None,
        patient: str = code,
        **more: Any,
    ) -> Screen:
        token = new_patient(server.store, clinician, patient)
        plans.set_plan(server.store, clinician, id_of(server.store, patient), replace(plan, exposure_ms=exposure))
        run = recognition.begin(server.store, token, BROWSER, kind).id
        page = open_page({"width": size[0], "height": size[1]}, token=token, **more)
        screen = Screen(page, server, run)
        before(page)
        page.goto(f"{url or server.url}/faces")
        expect(page.locator(".trial .answers")).to_be_visible(timeout=SOON)
        page.wait_for_timeout(700)
        return screen

    return opened


@pytest.fixture(scope="module")
def firefox() -> Iterator[Firefox]:
    with Firefox() as running:
        yield running


@pytest.fixture(scope="module")
def alone(start_server: StartServer) -> AppServer:
    """A server that may be killed."""
    return start_server()


@pytest.fixture(scope="module")
def its_clinician(alone: AppServer) -> str:
    return accounts.create_first_clinician(alone.store, "Dr Vega", PASSWORD, "en")
