"""Situations in the browser: a whole run by keyboard in one language and by touch in the other, both answers kept."""

import pytest
from playwright.sync_api import Page, expect

from core.services.accounts import accounts
from core.services.exercise import runs
from core.storage.tables import TrialRow
from core.tasks.context.columns import ASK
from core.tasks.context.drawing import LENGTH
from core.tasks.context.feedback import ContextFeedback
from core.tasks.context.task import TASK
from core.translations import say
from tests.e2e.acting import SOON
from tests.e2e.look import look, look_everywhere
from tests.e2e.server import AppServer
from tests.e2e.windows import COMPUTER, PHONE, OpenPage
from tests.support import BROWSER, new_patient

READY = 700
"""Milliseconds after which what is on the screen takes an input."""


class Situation:
    """A run of situations on a page, of a patient of its own."""

    def __init__(self, server: AppServer, token: str, language: str) -> None:
        accounts.set_language(server.store, token, language)
        self.server, self.token, self.language = server, token, language
        self.run = runs.begin(server.store, token, BROWSER, TASK)
        said = {item.number: item.feedback for item in runs.state(server.store, token, self.run).items}
        self.said = {number: one for number, one in said.items() if isinstance(one, ContextFeedback)}

    def open(self, page: Page) -> Page:
        page.goto(f"{self.server.url}/faces")
        expect(page.locator(".trial .story")).to_have_text(self.story(1), timeout=SOON)
        return page

    def story(self, number: int) -> str:
        return say(self.language, self.said[number].vignette.text)

    def at(self, page: Page, number: int) -> None:
        """Until this one is asked."""
        place = say(self.language, "{position} of {of}").format(position=number, of=LENGTH)
        expect(page.locator(".trial .progress")).to_have_text(place, timeout=SOON)
        expect(page.locator(".trial .story")).to_have_text(self.story(number))
        page.wait_for_timeout(READY)

    def kept(self) -> list[TrialRow]:
        with self.server.store.begin() as db:
            rows = db.query(TrialRow).filter_by(block_id=self.run).order_by(TrialRow.number).all()
            db.expunge_all()
        return rows


@pytest.fixture
def token(server: AppServer, clinician: str, code: str) -> str:
    return new_patient(server.store, clinician, code)


def live(page: Page) -> str:
    return page.locator(".trial [aria-live]").inner_text()


@pytest.mark.slow
def test_a_whole_run_by_keyboard_and_the_screen_reader_hears_story_question_and_what_can_be_known(
    server: AppServer, open_page: OpenPage, token: str
) -> None:
    situation = Situation(server, token, "en")
    page = situation.open(open_page(COMPUTER, token=token))
    question, felt = page.locator(".ask:not(.felt) .question"), page.locator(".felt .question")
    for number, said in situation.said.items():
        situation.at(page, number)
        expect(question).to_be_focused()
        assert situation.story(number) in live(page)
        page.keyboard.press(str(1 + said.vignette.face))
        expect(felt).to_be_focused()
        assert live(page) == "What may this person feel? More than one may fit."
        expect(page.locator(".felt .next")).to_be_disabled()
        page.wait_for_timeout(READY)
        for key in ("2", "1", "2"):
            page.keyboard.press(key)
            page.wait_for_timeout(200)
        expect(page.locator(".felt [aria-pressed=true]")).to_have_count(1)
        page.keyboard.press("Enter")
        following = page.locator(".feedback .next")
        expect(following).to_be_focused()
        assert live(page).endswith("know. One can ask.")
        assert "as you said" in live(page)
        assert "You chose:" in live(page)
        page.wait_for_timeout(READY)
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Your result")).to_be_visible(timeout=SOON)
    expect(page.get_by_text(f"In {LENGTH} of {LENGTH} situations you named what the face shows.")).to_be_visible()
    for row, said in zip(situation.kept(), situation.said.values(), strict=True):
        assert row.correct
        assert (row.more or {})["context_felt"] == said.offered[0]
        assert (row.more or {})["context_ms"] > 0


@pytest.mark.slow
def test_a_whole_run_by_touch_looks_right(server: AppServer, open_page: OpenPage, token: str) -> None:
    situation = Situation(server, token, "es")
    page = situation.open(open_page(PHONE, "es-ES", token, has_touch=True))
    wrong: list[str] = []
    for number in situation.said:
        situation.at(page, number)
        if number == 1:
            wrong += look_everywhere(page, "what does the face show")
            page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
        page.locator(".ask:not(.felt) [data-response=not_sure]").tap()
        ask = page.locator(f".felt [data-word={ASK}]")
        expect(ask).to_be_visible()
        if number == 1:
            wrong += look_everywhere(page, "what may be felt")
            page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
        page.wait_for_timeout(READY)
        ask.tap()
        expect(ask).to_have_attribute("aria-pressed", "true")
        page.locator(".felt .next").tap()
        expect(page.locator(".feedback .closing")).to_contain_text("Pero se puede preguntar.")
        if number == 1:
            wrong += look_everywhere(page, "what can be known")
            page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
        page.wait_for_timeout(READY)
        page.locator(".feedback .next").tap()
    expect(page.get_by_role("heading", name="Tu resultado")).to_be_visible(timeout=SOON)
    assert [*wrong, *look(page, "the result")] == []
    assert [(row.response, (row.more or {})["context_felt"]) for row in situation.kept()] == [
        ("not_sure", ASK)
    ] * LENGTH


def test_a_reload_between_the_two_questions_asks_the_same_situation_again(
    server: AppServer, open_page: OpenPage, token: str
) -> None:
    situation = Situation(server, token, "en")
    page = situation.open(open_page(PHONE, token=token))
    situation.at(page, 1)
    page.keyboard.press("1")
    expect(page.locator(".felt .question")).to_be_focused()
    situation.open(page)
    situation.at(page, 1)
    with page.expect_response(lambda told: told.request.method == "POST" and situation.run in told.url):
        page.locator(".cannot-see").click()
    expect(page.locator(".feedback .closing")).to_be_visible()
    expect(page.get_by_text("You chose:")).to_have_count(0)
    assert [row.response for row in situation.kept()[:2]] == ["cannot_see", None]
