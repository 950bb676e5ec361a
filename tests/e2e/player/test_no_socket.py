"""A network that lets no WebSocket through: a sentence instead of grey bars, and what was answered still goes."""

import pytest
from playwright.sync_api import Page, expect

from core.domain.exercise.trials import Kind
from core.services.exercise import recognition
from core.storage.queries import exercise_queries
from core.storage.tables import BlockRow
from tests.e2e.answers import sent_answer
from tests.e2e.server import AppServer
from tests.e2e.windows import OpenPage
from tests.support import BROWSER, new_patient_before_blocks

HANGS = "globalThis.WebSocket = class extends EventTarget { readyState = 0; close() {} send() {} };"
REFUSES = """globalThis.WebSocket = class extends EventTarget {
  readyState = 3;
  constructor() { super(); setTimeout(() => { this.onerror?.({}); this.onclose?.({ code: 1006 }); }, 50); }
  close() {} send() {} };"""
SAID = {"en-GB": "This page cannot open on this network.", "es-ES": "Esta página no se puede abrir en esta red."}

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(("socket", "locale"), [(HANGS, "en-GB"), (REFUSES, "es-ES")], ids=["hangs", "refuses"])
def test_the_network_is_named_and_waiting_answers_go(
    socket: str, locale: str, server: AppServer, clinician: str, code: str, open_page: OpenPage
) -> None:
    patient = new_patient_before_blocks(server.store, clinician, code)
    run = recognition.begin(server.store, patient, BROWSER, Kind.CHECK).id
    page: Page = open_page(token=patient, locale=locale)
    event = {"seq": 1, "type": "answer", "number": 1, **sent_answer("fear")}
    page.goto(f"{server.url}/line.js")
    page.evaluate(
        "([name, record]) => localStorage.setItem(name, JSON.stringify(record))",
        [f"lexithymia.run.{run}", {"at": 1_900_000_000_000, "seq": 1, "events": [event]}],
    )
    page.add_init_script(socket)
    page.goto(f"{server.url}/today")
    expect(page.get_by_role("alert").filter(has_text=SAID[locale])).to_be_visible(timeout=40_000)
    page.wait_for_function(
        "name => JSON.parse(localStorage.getItem(name)).events.length === 0", arg=f"lexithymia.run.{run}"
    )
    with server.store.begin() as db:
        answered = exercise_queries.load_block(db, db.get_one(BlockRow, run)).answered
        assert [(trial.number, trial.answer and trial.answer.response) for trial in answered] == [(1, "fear")]


def test_a_page_that_comes_is_left_alone(server: AppServer, open_page: OpenPage) -> None:
    page = open_page()
    page.goto(f"{server.url}/welcome")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.wait_for_timeout(16_000)
    assert page.get_by_role("alert").count() == 0
