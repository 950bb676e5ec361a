"""A day of the eighteenth week in the browser: one short check by keyboard, its end, and what six of them found."""

from dataclasses import replace
from datetime import timedelta
from secrets import token_hex

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import update

from core.services.accounts import accounts
from core.services.exercise import plans
from core.storage.tables import PlanRow, now
from core.translations import catalogue, say
from tests.e2e.acting import SOON, answer_by_key
from tests.e2e.look import look
from tests.e2e.server import AppServer
from tests.e2e.test_programme import press_button
from tests.e2e.windows import COMPUTER, PHONE, OpenPage
from tests.history import Say, as_meant, mistaken
from tests.services.exercise.led import END_FROM, FOLLOW_UP_FROM, KEEPING, Led, to_the_end
from tests.support import BROWSER, new_patient

pytestmark = pytest.mark.slow
FACES = 21
AHEAD = (
    "In about one week {checks} short looks show whether it is kept.",
    "In about {weeks} weeks {checks} short looks show whether it is kept.",
)
ASKED = "Is it kept? This is short look {number} of {planned}, one a day at most. Today: {parts}."
DONE = (
    "**That was today.** {made} of {planned} short looks are done. The next comes when you like, from tomorrow on. "
    "Practice comes back after the last."
)
KEPT = "That is still more than before the training. Whether some of it was lost since then, these looks cannot tell."
LATER = (
    "All your weeks are done, and so are the short looks afterwards. Thank you. What was found stands in My "
    "progress; the lessons stay in Learn."
)


def begun(server: AppServer, clinician: str, monkeypatch: pytest.MonkeyPatch, language: str, day: int) -> Led:
    """Somebody for whom today is so many days after the first, and who did all until the end of training."""
    browser = replace(BROWSER, language=language)
    led = Led(server.store, new_patient(server.store, clinician, f"P-{token_hex(4)}"), monkeypatch, browser)
    plans.set_plan(server.store, clinician, led.id, KEEPING)
    with server.store.begin() as db:
        long_ago = now() - timedelta(days=day + 1)
        db.execute(update(PlanRow).where(PlanRow.person_id == led.id).values(created_at=long_ago))
    accounts.set_language(server.store, led.token, language)
    led.first -= timedelta(days=day)
    to_the_end(led)
    return led


def some_wrong(times: int) -> Say:
    return lambda trial: mistaken(trial) if trial.number <= times else as_meant(trial)


def shows(page: Page, sentence: str) -> None:
    expect(page.get_by_text(sentence).first).to_be_visible(timeout=SOON)


@pytest.mark.parametrize(("language", "window"), [("es", PHONE), ("en", COMPUTER)])
def test_a_day_of_the_eighteenth_week_is_one_check_by_keyboard_and_ends(
    open_page: OpenPage,
    server: AppServer,
    clinician: str,
    monkeypatch: pytest.MonkeyPatch,
    language: str,
    window: dict[str, int],
) -> None:
    led = begun(server, clinician, monkeypatch, language, FOLLOW_UP_FROM + 5)
    led.say = some_wrong(3)
    for day in range(4):
        led.on(FOLLOW_UP_FROM + day).do_the_day()
    page = open_page(window, f"{language}-ES", led.token)
    page.goto(server.url)
    shows(page, say(language, ASKED).format(number=5, planned=6, parts="{parts}").split("{")[0])
    wrong = look(page, "the follow-up")
    press_button(page, say(language, "Begin: about {minutes} minute").split(":")[0])
    for face in range(FACES):
        place = say(language, "{position} of {of}").format(position=face + 1, of=FACES)
        expect(page.locator(".trial .progress")).to_have_text(place, timeout=SOON)
        answer_by_key(page, str(1 + face % 7))
    expect(page.get_by_role("heading", name=say(language, "Your result"))).to_be_visible(timeout=SOON)
    page.goto(server.url)
    shows(page, say(language, DONE).format(made=5, planned=6).split("** ")[1])
    expect(page.get_by_role("button", name=say(language, "A few faces more, if you like"))).to_have_count(0)
    wrong += look(page, "the end of a day of the follow-up")
    assert wrong == []


@pytest.mark.parametrize(("language", "window"), [("es", PHONE), ("en", COMPUTER)])
def test_before_it_home_says_when_it_comes_and_after_it_my_progress_what_was_found(
    open_page: OpenPage,
    server: AppServer,
    clinician: str,
    monkeypatch: pytest.MonkeyPatch,
    language: str,
    window: dict[str, int],
) -> None:
    ahead = begun(server, clinician, monkeypatch, language, END_FROM + 12)
    page = open_page(window, f"{language}-ES", ahead.token)
    page.goto(server.url)
    shows(page, catalogue(language).ngettext(*AHEAD, 11).format(weeks=11, checks=6))
    wrong = look(page, "before the follow-up")
    over = begun(server, clinician, monkeypatch, language, FOLLOW_UP_FROM + 6)
    over.say = some_wrong(3)
    for day in range(6):
        over.on(FOLLOW_UP_FROM + day).do_the_day()
    page = open_page(window, f"{language}-ES", over.token)
    page.goto(server.url)
    shows(page, say(language, LATER).split(".")[0])
    wrong += look(page, "after the follow-up")
    page.get_by_role("link", name=say(language, "My progress")).first.click()
    shows(page, say(language, KEPT))
    wrong += look(page, "what the follow-up found")
    record = open_page(COMPUTER, token=clinician)
    record.goto(f"{server.url}/patient?patient={over.id}")
    shows(record, "Still better than before training: ")
    wrong += look(record, "the clinician reads the follow-up")
    assert wrong == []
