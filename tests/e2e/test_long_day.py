"""After a quarter of an hour the end of a part offers the end of the day, and going on is a quiet link."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from core.storage.tables import BlockRow
from core.translations import say
from tests.e2e.acting import SOON, press
from tests.e2e.look import look
from tests.e2e.people import led_patient
from tests.e2e.server import AppServer
from tests.e2e.windows import COMPUTER, PHONE, OpenPage
from tests.services.exercise.test_long_day import last_so_long

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(("language", "window"), [("en", COMPUTER), ("es", PHONE)])
def test_a_long_day_is_ended_by_the_main_button_and_gone_on_with_by_a_quiet_one(
    open_page: OpenPage,
    server: AppServer,
    clinician: str,
    monkeypatch: pytest.MonkeyPatch,
    language: str,
    window: dict[str, int],
) -> None:
    led = led_patient(server, clinician, monkeypatch, language, diary=True)
    for _ in range(2):
        led.do_next()
        with server.store.begin() as db:
            rows = select(BlockRow.id).where(BlockRow.person_id == led.id).order_by(BlockRow.number.desc())
            last_so_long(server.store, db.scalars(rows).first() or "", timedelta(seconds=40))
    page = open_page(window, f"{language}-ES", led.token)
    page.goto(f"{server.url}/result")
    end = page.get_by_role("button", name=say(language, "That is enough for today"))
    expect(end).to_be_visible(timeout=SOON)
    part = say(language, "Go on all the same: {part}").format(part=say(language, "a check-in"))
    expect(page.get_by_role("button", name=part)).to_be_visible()
    wrong = look(page, "a result of a long day")
    press(end)
    expect(page.get_by_text(say(language, "That was today."), exact=True)).to_be_visible(timeout=SOON)
    assert page.locator("[data-testid=stMain] [data-testid=stBaseButton-primary]").count() == 0
    wrong += look(page, "home of a long day")
    press(page.get_by_role("button", name=part))
    expect(page.locator(".check-in")).to_be_visible(timeout=SOON)
    assert wrong == []
