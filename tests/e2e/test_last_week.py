"""The last day of the programme in the browser: the person's own words, a questionnaire, then practice, one after the
other."""

from dataclasses import replace
from secrets import token_hex

import pytest
from playwright.sync_api import expect

from core.config import settings
from core.domain.exercise.programme import DayPart, six_weeks
from core.services.accounts import accounts
from core.services.clinic import filling_in, items_files
from core.services.exercise import plans
from core.translations import say
from tests.e2e.acting import SOON
from tests.e2e.look import look
from tests.e2e.server import AppServer
from tests.e2e.test_programme import press_button, trained
from tests.e2e.windows import COMPUTER, PHONE, OpenPage, fetched
from tests.items import write_items
from tests.services.exercise.led import PLAN, Led
from tests.services.feelings.acting import agree_to_diary, check_in
from tests.support import new_patient

pytestmark = pytest.mark.slow
MOST_WORDS, ITEMS = 40, 20


@pytest.mark.parametrize(("language", "window"), [("en", COMPUTER), ("es", PHONE)])
def test_own_words_are_summed_up_kept_and_the_day_goes_on_to_the_questionnaire_and_to_practice(
    open_page: OpenPage,
    server: AppServer,
    clinician: str,
    monkeypatch: pytest.MonkeyPatch,
    language: str,
    window: dict[str, int],
) -> None:
    items = [{"text": {"en": f"Made-up item {n}.", "es": f"Ítem inventado {n}."}} for n in range(1, ITEMS + 1)]
    folder = server.local / "questionnaires"
    write_items(folder, "tas20", items=items, subscales={}, most_left_out=2)
    monkeypatch.setattr(items_files, "settings", lambda: replace(settings(), questionnaire_items=folder))
    led = Led(server.store, new_patient(server.store, clinician, f"P-{token_hex(4)}"), monkeypatch)
    weeks = six_weeks((DayPart.LESSON, DayPart.CONTEXT, DayPart.CHECK_IN))
    plans.set_plan(server.store, clinician, led.id, replace(PLAN, programme=weeks))
    accounts.set_language(server.store, led.token, language)
    trained(led, clinician, 29)
    agree_to_diary(server.store, led.token)
    for word in ("worried", "worried", "calm"):
        check_in(server.store, led.token, (word,))
    filling_in.ask(server.store, clinician, led.id, "tas20")
    assert led.do_next() == "check 21"
    page = open_page(window, f"{language}-ES", led.token)
    page.goto(server.url)
    press_button(page, say(language, "Go on: about {minutes} minute").split(":")[0])
    title = say(language, "Your words of these weeks")
    expect(page.get_by_role("heading", name=title)).to_be_visible(timeout=SOON)
    said = page.locator("[data-testid=stMarkdownContainer] p").first.inner_text()
    assert "3" in said
    assert len(f"{title} {said}".split()) <= MOST_WORDS
    wrong = look(page, "own words")
    kept = fetched(page, say(language, "Save it as a file")).text()
    assert said in kept
    assert ": 2 (" in kept
    press_button(page, say(language, "Go on"))
    expect(page.locator(".questionnaire .progress")).to_be_visible(timeout=SOON)
    page.locator(".questionnaire").get_by_role("button", name=say(language, "Stop for now")).click()
    over = say(language, "Still to come today: {parts}.").split("{")[0]
    expect(page.get_by_text(over)).to_be_visible(timeout=SOON)
    press_button(page, say(language, "Go on: about {minutes} minute").split(":")[0])
    expect(page.locator(".trial .answers")).to_be_visible(timeout=SOON)
    assert wrong == []
