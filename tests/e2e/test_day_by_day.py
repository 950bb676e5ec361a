"""A course from the warm-up to its verdict, day by day by the clock of who walks it, over a change to summer time or
back.

The server's clock is moved. Each day is opened near both of its edges, at 0:10 and at 23:50; on the days that matter to
one of the walks, and to the others on the day of the change, the faces are answered by keys, else by the services.
"""

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select

from core.domain.emotions import Emotion
from core.domain.exercise.plan import Plan
from core.domain.exercise.programme import six_weeks
from core.domain.exercise.trials import Answer, Kind, Trial
from core.domain.people import Refusal
from core.domain.statistics.course_parts import CoursePart
from core.services.accounts import accounts
from core.services.exercise import plans, recognition
from core.storage.tables import BlockRow, TrialRow
from tests.e2e.acting import SOON, answer_by_key, leave_feedback, press
from tests.e2e.clock import ClockedServer, SharedClock
from tests.e2e.course_words import CHECK, HomeWords, of_home
from tests.e2e.windows import COMPUTER, PHONE, OpenPage, carry
from tests.history import answer_all, as_meant, mistaken
from tests.services.exercise.led import Led
from tests.services.feelings.acting import agree_to_diary
from tests.support import BROWSER, PASSWORD, new_clinician, new_patient

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]
CODE = "P-DAYS"
EARLY, LATE = time(0, 10), time(23, 50)
BASELINE, MIDDLE, END = range(7), range(22, 24), range(24, 38)
"""On these days, from 0, checks are due of who trains on each day from the eighth on."""
PARTS = {
    **dict.fromkeys(BASELINE, CoursePart.BASELINE),
    **dict.fromkeys(MIDDLE, CoursePart.MIDDLE),
    **dict.fromkeys(END, CoursePart.END),
}
WRONG_BEFORE, WRONG_AFTER = 9, 4
"""Of 21."""
SIGN_IN_AGAIN = 10
"""Days; a sign-in does not last for the whole course."""


def some_wrong(times: int, trial: Trial) -> Answer:
    return mistaken(trial) if trial.number <= times else as_meant(trial)


class Walk:
    """A patient in a zone of theirs, their browser, and the clock that both and the server go by."""

    def __init__(
        self, server: ClockedServer, led: Led, page: Page, first: date, words: HomeWords, in_programme: bool
    ) -> None:
        self.server, self.led, self.page, self.first, self.words = server, led, page, first, words
        self.in_programme, self.language = in_programme, led.browser.language

    def at(self, day: int, edge: time, again: bool = False) -> None:
        """It is this time of the own day, wherever the hour changes; `again`: for the second time."""
        here = datetime.combine(self.first + timedelta(days=day), edge, self.led.zone).replace(fold=again)
        self.server.clock.set(here)
        self.led.at = here

    def sign_in(self) -> None:
        self.led.token = accounts.sign_in(self.server.store, CODE, PASSWORD)
        carry(self.page, self.server.url, self.led.token)

    def home(self) -> Locator:
        """Home, opened; the text of its card."""
        self.page.goto(self.server.url)
        return self.card()

    def card(self, page: Page | None = None) -> Locator:
        return (page or self.page).locator("[data-testid=stMain] [data-testid=stMarkdownContainer] p").first

    def asks(self, text: str) -> None:
        expect(self.home()).to_contain_text(text, timeout=SOON)
        expect(self.button()).to_have_count(1)

    def asks_no_check(self, text: str = "", everywhere: bool = True) -> None:
        """Neither on the page, nor, looked at `everywhere`, at the address of a run, nor for who asks the service by
        name."""
        with pytest.raises(Refusal):
            recognition.begin(self.server.store, self.led.token, self.led.browser, Kind.CHECK)
        expect(self.home()).to_contain_text(text, timeout=SOON)
        expect(self.card()).not_to_contain_text(CHECK[self.language])
        if not everywhere:
            return
        self.page.goto(f"{self.server.url}/faces")  # leads to the result of a run that was just played, or home
        expect(self.page.get_by_role("heading", level=1)).to_be_visible(timeout=SOON)
        expect(self.card()).not_to_contain_text(CHECK[self.language])
        expect(self.page.locator(".trial")).to_have_count(0)

    def button(self, page: Page | None = None) -> Locator:
        return (
            (page or self.page)
            .locator("[data-testid=stMain]")
            .get_by_role("button", name=re.compile(f"^{self.words.begin}"))
        )

    def check(self, wrong: int) -> None:
        """The check that is due, answered by the services."""
        store, token = self.server.store, self.led.token
        block = recognition.begin(store, token, self.led.browser)
        assert block.kind is Kind.CHECK
        answer_all(store, token, block, lambda trial: some_wrong(wrong, trial), self.led.browser)

    def practise(self) -> None:
        if self.in_programme:
            self.led.do_the_day()
            return
        store, token = self.server.store, self.led.token
        answer_all(store, token, recognition.begin(store, token, self.led.browser), as_meant, self.led.browser)

    def play(self, wrong: int, feedback: bool = False) -> None:
        """What the button on the page begins, answered by keys."""
        button = self.button()
        press(button)
        expect(self.page.locator(".trial .answers")).to_be_visible(timeout=SOON)
        for number, target in enumerate(self._targets(), 1):
            answer_by_key(self.page, str(1 + (target + (number <= wrong)) % 7))
            if feedback:
                leave_feedback(self.page)
        expect(self.page.locator(".trial")).to_have_count(0, timeout=SOON)
        expect(self.page.get_by_role("heading", level=1)).to_be_visible(timeout=SOON)

    def _targets(self) -> list[Emotion]:
        with self.server.store.begin() as db:
            run = select(BlockRow.id).where(BlockRow.person_id == self.led.id, BlockRow.ended_at.is_(None))
            words = db.scalars(
                select(TrialRow.target).where(TrialRow.block_id.in_(run)).order_by(TrialRow.number)
            ).all()
        return [Emotion.from_word(word or "") for word in words]

    def progress_says(self, text: str) -> None:
        self.page.goto(f"{self.server.url}/progress")
        expect(self.card()).to_have_text(text, timeout=SOON)

    def stored(self) -> list[tuple[int, CoursePart]]:
        """Of every counted check: its own day, from 0, and its part."""
        with self.server.store.begin() as db:
            rows = db.execute(
                select(BlockRow.own_day, BlockRow.part)
                .where(BlockRow.person_id == self.led.id, BlockRow.kind == Kind.CHECK)
                .order_by(BlockRow.started_at)
            ).all()
        return [(((day or date.max) - self.first).days, CoursePart(part or "")) for day, part in rows]


@pytest.fixture
def clocked(prepared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ClockedServer]:
    """A server of its own, whose clock this process goes by; set it before anybody comes."""
    shutil.copy(prepared, tmp_path / "lexithymia.db")
    clock = SharedClock(tmp_path / "clock")
    clock.set(datetime(2026, 1, 1, tzinfo=ZoneInfo("UTC")))
    clock.rule(monkeypatch)
    server = ClockedServer(tmp_path, clock)
    with server:
        yield server


@pytest.mark.parametrize(
    ("zone", "first", "language", "in_programme"),
    [
        ("Europe/Madrid", date(2026, 3, 26), "es", False),  # 23 hours on 29 March
        ("America/Santiago", date(2026, 9, 3), "es", True),  # 6 September has no midnight
        ("Australia/Lord_Howe", date(2026, 10, 1), "en", False),  # half an hour less on 4 October
        ("America/Havana", date(2026, 10, 29), "en", True),  # 25 hours on 1 November, which has two midnights
    ],
    ids=["madrid", "santiago", "lord-howe", "havana"],
)
def test_never_two_counted_checks_a_day_and_each_in_its_part_and_words(
    clocked: ClockedServer,
    open_page: OpenPage,
    monkeypatch: pytest.MonkeyPatch,
    zone: str,
    first: date,
    language: str,
    in_programme: bool,
) -> None:
    changed = 3
    here = ZoneInfo(zone)
    longer = _offset(here, first, changed) - _offset(here, first, changed + 1)
    assert longer, "the hour changes on this day"
    twice = changed if longer > timedelta() else None
    words = of_home(language, in_programme)
    clocked.clock.set(datetime.combine(first, time(0, 5), here))
    clinician = new_clinician(clocked.store)
    token = new_patient(clocked.store, clinician, CODE)
    led = Led(clocked.store, token, monkeypatch, replace(BROWSER, language=language, time_zone=zone))
    plan = Plan(practice_length=7).in_blocks("standard")
    plans.set_plan(clocked.store, clinician, led.id, replace(plan, programme=six_weeks()) if in_programme else plan)
    agree_to_diary(clocked.store, token, yes=False)
    accounts.set_language(clocked.store, token, language)
    page = open_page(PHONE if in_programme else COMPUTER, f"{language}-ES", token, clocked, timezone_id=zone)
    walk = Walk(clocked, led, page, first, words, in_programme)
    made = 0
    key_days = {0, changed, BASELINE[-1], MIDDLE[0], END[-1]}
    played = key_days if twice is not None else {0, changed}
    for day in range(END[-1] + 1):
        near_key_day = bool({day - 1, day, day + 1} & key_days)
        walk.at(day, EARLY)
        if day and day % SIGN_IN_AGAIN == 0:
            walk.sign_in()
        part = PARTS.get(day)
        if part is None:
            walk.asks_no_check(words.training, everywhere=near_key_day)
            walk.practise()
            continue
        if day == 0:
            walk.asks(words.warm_up)
            other = page.context.new_page()
            other.goto(clocked.url)
            expect(walk.button(other)).to_have_count(1, timeout=SOON)  # else it reads Home in the middle of the run
            walk.play(0, feedback=True)
        due = words.baseline.format(number=day + 1) if part is CoursePart.BASELINE else words.later
        walk.asks(due)
        if day % 2 and near_key_day and day != twice:
            walk.at(day, LATE)
            walk.asks(due)
        wrong = WRONG_AFTER if part is CoursePart.END else WRONG_BEFORE
        if day in played:
            walk.play(wrong)
        else:
            walk.check(wrong)
        made += 1
        assert walk.stored()[-1] == (day, part)
        if in_programme and part is CoursePart.BASELINE:
            led.do_the_day()  # the page to read
        if day == 0:  # a tab that still has the button
            walk.button(other).click()
            expect(walk.card(other)).to_have_text(words.made.format(made=1), timeout=SOON)
            expect(other.locator(".trial")).to_have_count(0)
            other.close()
        after = words.made.format(made=made) if made < len(BASELINE) else words.training
        if day == twice:  # the first hour of this day comes once more
            walk.at(day, EARLY, again=True)
            walk.asks_no_check(after)
        if not day % 2 or day == twice:
            walk.at(day, LATE)
        walk.asks_no_check(words.last_made if day == BASELINE[-1] else after, everywhere=near_key_day)
        if part is CoursePart.BASELINE:
            walk.progress_says(words.progress.format(made=made) if made < len(BASELINE) else words.known)
        else:
            walk.practise()
            if day == MIDDLE[-1]:
                walk.progress_says(words.cannot_tell)
    walk.progress_says(words.better)
    assert walk.stored() == list(PARTS.items())


def _offset(zone: ZoneInfo, first: date, day: int) -> timedelta:
    found = datetime.combine(first + timedelta(days=day), time(), zone).utcoffset()
    assert found is not None
    return found
