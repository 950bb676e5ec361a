"""From day 1 to day 49 of the programme: each day home has one button that leads to the day's first part, and an end.

The clock is moved by making all that the person did a day older. What follows the button is answered by the services;
that it can be answered in the browser, each exercise's own test shows.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from secrets import token_hex

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import Date, Table, func, select, update

from core.domain.exercise.plan import Plan
from core.domain.exercise.presets import TRAINING_DAYS
from core.domain.exercise.programme import DayPart, six_weeks
from core.domain.programme.today import DayPlace
from core.services.accounts import accounts
from core.services.exercise import plans
from core.storage.database import Store
from core.storage.tables import Base, BlockRow
from core.storage.tables.base import Utc
from core.translations import say
from tests.e2e.acting import SOON, press
from tests.e2e.look import too_wide
from tests.e2e.server import AppServer
from tests.e2e.windows import COMPUTER, PHONE, OpenPage
from tests.services.exercise.expression.acting import agree
from tests.services.exercise.led import Led
from tests.services.feelings.acting import agree_to_diary
from tests.support import BROWSER, new_patient

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]
DAYS, WEEK = 49, 7
FREE = (6, 0)
"""Of a week of training, the days on which nobody comes; after the last, checks that are left may still be asked."""
FIRST_OF = {
    DayPart.CHECK: ".trial .answers",
    DayPart.CHECK_IN: ".check-in",
    DayPart.LESSON: ".trial .lesson",
    DayPart.PRACTICE: ".trial .answers",
    DayPart.MOVING: ".trial .answers",
    DayPart.CONTEXT: ".trial .story",
}
LIVED = ("checkins", "consents", "course_parts", "plans", "sessions", "standings", "training_days", "blocks")
MOST_WORDS = 40
Press = Callable[[Locator], None]


def a_day_later(store: Store, person_id: str) -> None:
    """As if all that the person did had been done a day earlier. In two steps: a day may stand in a table once."""
    theirs = select(BlockRow.id).where(BlockRow.person_id == person_id)
    trials = Base.metadata.tables["trials"]
    with store.begin() as db:
        for days in ("-1001 days", "+1000 days"):
            for table in (Base.metadata.tables[name] for name in LIVED):
                db.execute(update(table).where(table.c.person_id == person_id).values(_moved(table, days)))
            db.execute(update(trials).where(trials.c.block_id.in_(theirs)).values(_moved(trials, days)))


def _moved(table: Table, days: str) -> dict[str, object]:
    """SQLite keeps days and times as text that begins with the day."""
    when = [column for column in table.c if isinstance(column.type, Date | Utc)]
    return {one.name: func.date(func.substr(one, 1, 10), days).op("||")(func.substr(one, 11)) for one in when}


def by_touch(button: Locator) -> None:
    button.tap()


def walk(page: Page, url: str, led: Led, press: Press, language: str) -> list[str]:
    """Home, its button, and the rest of the day; the names of all that was done."""
    page.goto(url)
    step = led.today().next
    assert step is not None
    name = say(language, "Begin: about {minutes} minute").split(":")[0]
    begin = page.locator("[data-testid=stMain]").get_by_role("button", name=name)
    expect(begin).to_have_count(1, timeout=SOON)
    card = page.locator("[data-testid=stMarkdownContainer] p").first.inner_text()
    assert len(card.split()) <= MOST_WORDS, card
    assert too_wide(page) == []
    press(begin)
    expect(page.locator(FIRST_OF[step.part]).first).to_be_visible(timeout=SOON)
    led.at = datetime.now(UTC)
    return [led.do(step), *led.do_the_day()]


@pytest.mark.parametrize(
    ("language", "window", "press"), [("en", COMPUTER, press), ("es", PHONE, by_touch)], ids=["keys", "touch"]
)
def test_day_after_day_one_button_leads_on_until_the_weeks_are_done(
    open_page: OpenPage,
    server: AppServer,
    clinician: str,
    monkeypatch: pytest.MonkeyPatch,
    language: str,
    window: dict[str, int],
    press: Press,
) -> None:
    store = server.store
    token = new_patient(store, clinician, f"P-{token_hex(4)}")
    led = Led(store, token, monkeypatch, replace(BROWSER, language=language))
    plan = replace(Plan(practice_length=7).in_blocks("standard"), programme=six_weeks())
    plans.set_plan(store, clinician, led.id, plan)
    agree_to_diary(store, token)
    camera = language == "en"
    if camera:
        agree(store, token)
    accounts.set_language(store, token, language)
    page = open_page(window, f"{language}-ES", token, has_touch=press is by_touch, timezone_id="Europe/Madrid")
    over = say(language, "**That was today.** The next day comes when you like, from tomorrow on.").split("**")[1]
    came: dict[int, list[str]] = {}
    trained = 0
    for number in range(1, DAYS + 1):
        led.at = datetime.now(UTC)
        training, over_now = number > WEEK, trained == TRAINING_DAYS
        free = training and not over_now and number % WEEK in FREE
        if not free and led.today().next is not None:
            came[number] = walk(page, server.url, led, press, language)
            trained += training and not over_now
            today = led.today()
            assert today.days_done == trained
            page.goto(server.url)
            ended = "All your weeks are done." if today.place is DayPlace.FINISHED else ""
            words = say(language, _FINISHED).split(".")[0] if ended else over
            expect(page.get_by_text(words).first).to_be_visible(timeout=SOON)
        a_day_later(store, led.id)
    assert trained == TRAINING_DAYS
    assert came[1] == ["check 14", "check 21", "check_in", "reading"]
    assert all(came[day] == ["check 21", "check_in", "reading"] for day in range(2, WEEK + 1))
    blocks = [done[-1].split()[0] for day, done in came.items() if day > WEEK][:TRAINING_DAYS]
    assert blocks == [str(day.parts[-1]) for day in six_weeks().training]
    done = [name for names in came.values() for name in names]
    lessons = [day.lesson for day in six_weeks().training if day.lesson]
    assert [name for name in dict.fromkeys(done) if name in lessons] == lessons
    assert done.count("check 21") == plan.design.checks
    assert done.count("check_in") == WEEK + TRAINING_DAYS
    assert done.count("summary") == 1
    assert [name for name in done if name.startswith("show")] == ["show 4", "show 4"] * camera
    page.goto(server.url)
    expect(page.get_by_text(say(language, _FINISHED).split(".")[0])).to_be_visible(timeout=SOON)


_FINISHED = (
    "All your weeks are done. Thank you for the time you gave them. What was found stands in My progress; the "
    "lessons stay in Learn."
)
