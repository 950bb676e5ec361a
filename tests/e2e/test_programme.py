"""A programme in the browser: one button leads through the whole day, the day has an end, and so have the weeks."""

from dataclasses import replace
from datetime import timedelta
from secrets import token_hex

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select, update

from core.domain.exercise.programme import DayPart, six_weeks
from core.domain.exercise.trials import Kind
from core.services.accounts import accounts
from core.services.exercise import plans, runs
from core.storage.tables import RECOGNITION, BlockRow, PlanRow, TrainingDayRow, now
from core.tasks.lesson.feedback import LessonFeedback
from core.translations import say
from tests.e2e.acting import SOON, answer_by_key, leave_feedback, press
from tests.e2e.feelings.asked import Asked
from tests.e2e.look import look
from tests.e2e.server import AppServer
from tests.e2e.windows import PHONE, OpenPage
from tests.others import first_of
from tests.services.exercise.led import PLAN, Led, begin_training
from tests.services.feelings.acting import agree_to_diary
from tests.support import new_patient
from tests.tasks.steps import do_step

KEYS = {"first": "1", "second": "2"}
QUESTIONS = (
    "Where in your body do you notice something?",
    "Is it pleasant or not? How much energy is in it?",
    "Which word comes closest?",
    "That is kept",
)


@pytest.fixture
def led(server: AppServer, clinician: str, monkeypatch: pytest.MonkeyPatch) -> Led:
    """Somebody with a plan of 30 days of training and practices of seven faces, who has not begun."""
    token = new_patient(server.store, clinician, f"P-{token_hex(4)}")
    led = Led(server.store, token, monkeypatch)
    plans.set_plan(server.store, clinician, led.id, replace(PLAN, programme=six_weeks()))
    return led


def trained(led: Led, clinician: str, days: int) -> None:
    """So many days of training are done until yesterday; the baseline was made before them."""
    led.first -= timedelta(days=days + 3)
    begin_training(led, clinician, led.id)
    led.on(days + 3)
    with led.store.begin() as db:
        db.execute(update(PlanRow).where(PlanRow.person_id == led.id).values(created_at=now() - timedelta(days=90)))
        sitting = db.scalars(select(BlockRow.session_id).where(BlockRow.person_id == led.id)).first()
        for ago in range(1, days + 1):
            at = led.at - timedelta(days=ago)
            db.add(TrainingDayRow(person_id=led.id, day=led.own_day() - timedelta(days=ago), seconds=120))
            db.add(
                BlockRow(
                    person_id=led.id,
                    session_id=sitting,
                    task=RECOGNITION,
                    kind=Kind.PRACTICE,
                    design={},
                    seed=1,
                    length=7,
                    started_at=at,
                    ended_at=at + timedelta(minutes=2),
                )
            )


def press_button(page: Page, name: str) -> None:
    """The one whose name begins so, by keyboard."""
    press(page.locator("[data-testid=stMain]").get_by_role("button", name=name))


@pytest.mark.parametrize("language", first_of("en", "es"))
def test_one_button_leads_through_check_in_lesson_and_practice_by_keyboard_without_coming_home(
    open_page: OpenPage, server: AppServer, clinician: str, led: Led, language: str
) -> None:
    trained(led, clinician, 0)
    agree_to_diary(server.store, led.token)
    accounts.set_language(server.store, led.token, language)
    page = open_page(PHONE, f"{language}-ES", led.token)
    page.goto(server.url)
    wrong = look(page, "a day")
    press_button(page, say(language, "Begin: about {minutes} minute").split(":")[0])
    asked = Asked(page, server, led.token, language)
    for question in QUESTIONS:
        asked.wait_for(question)
        if question != QUESTIONS[-1]:
            asked.skip()
    asked.press(asked.button("Done"))
    expect(page.locator(".trial .lesson")).to_be_visible(timeout=SOON)
    run = runs.unfinished(server.store, led.token)
    assert run is not None
    *before, last = runs.state(server.store, led.token, run).items
    for item in before:
        assert isinstance(item.feedback, LessonFeedback)
        do_step(server.store, led.token, run, item.number, item.feedback.target)
    assert isinstance(last.feedback, LessonFeedback)
    page.reload()
    expect(page.locator(".trial .lesson .answer").first).to_be_visible(timeout=SOON)
    page.wait_for_timeout(700)
    page.keyboard.press(KEYS[last.feedback.target])
    page.wait_for_timeout(700)
    press_button(page, say(language, "See the result"))
    expect(page.get_by_role("heading", name=say(language, "Your result"))).to_be_visible(timeout=SOON)
    wrong += look(page, "between two parts")
    press_button(page, say(language, "Go on: {part}").split("{")[0])
    for face in range(7):
        place = say(language, "{position} of {of}").format(position=face + 1, of=7)
        expect(page.locator(".trial .progress")).to_have_text(place, timeout=SOON)
        answer_by_key(page, str(1 + face % 2))
        leave_feedback(page)
    expect(page.get_by_role("heading", name=say(language, "Your result"))).to_be_visible(timeout=SOON)
    page.goto(server.url)
    over = say(language, "**That was today.** The next day comes when you like, from tomorrow on.")
    expect(page.get_by_text(over.split("**")[1])).to_be_visible(timeout=SOON)
    wrong += look(page, "the end of the day")
    assert wrong == []
    assert led.today().days_done == 1


@pytest.mark.slow
def test_the_last_day_by_touch_ends_the_weeks(open_page: OpenPage, server: AppServer, clinician: str, led: Led) -> None:
    shown = six_weeks((DayPart.LESSON, DayPart.CHECK_IN, DayPart.CONTEXT))
    plans.set_plan(server.store, clinician, led.id, replace(PLAN, programme=shown))
    trained(led, clinician, 29)
    assert led.do_next() == "check 21"
    page = open_page(PHONE, token=led.token, has_touch=True)
    page.goto(server.url)
    expect(page.get_by_text("Still to come today: a practice with 7 faces.")).to_be_visible(timeout=SOON)
    expect(page.get_by_text("Week 6 of 6: 29 of 30 days are done.")).to_be_visible()
    page.get_by_role("button", name="Go on: about 2 minutes").tap()
    for face in range(7):
        expect(page.locator(".trial .progress")).to_have_text(f"{face + 1} of 7", timeout=SOON)
        page.wait_for_timeout(700)
        page.locator(".trial .answer:visible").first.tap()
        expect(page.locator(".trial .feedback")).to_be_visible(timeout=SOON)
        page.wait_for_timeout(700)
        page.locator(".trial button.next").tap()
    expect(page.get_by_role("heading", name="Your result")).to_be_visible(timeout=SOON)
    page.get_by_role("link", name="Back to today").tap()
    expect(page.get_by_text("All your weeks are done.")).to_be_visible(timeout=SOON)
    assert look(page, "the end of the programme") == []
