"""A lesson in the browser: faces that move, a choice until it fits, and sentences that are closed."""

from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from core.services.exercise import runs, shelf
from core.tasks.lesson.feedback import LessonFeedback
from tests.e2e.acting import SOON
from tests.e2e.look import axe_findings, too_wide
from tests.e2e.server import AppServer
from tests.e2e.windows import PHONE, OpenPage
from tests.support import BROWSER, new_patient
from tests.tasks.steps import do_step

COUNT_PICTURES = """
  window.drawn = 0;
  const draw = CanvasRenderingContext2D.prototype.drawImage;
  CanvasRenderingContext2D.prototype.drawImage = function (...all) { window.drawn += 1; return draw.apply(this, all); };
"""
KEYS = {"left": "1", "right": "2", "first": "1", "second": "2"}
OTHER = {"1": "2", "2": "1"}


@dataclass(frozen=True)
class BegunLesson:
    """A lesson of a patient of its own, and its steps by number."""

    token: str
    run: str
    steps: dict[int, LessonFeedback]


@pytest.fixture
def lesson(server: AppServer, clinician: str, code: str) -> BegunLesson:
    token = new_patient(server.store, clinician, code)
    run = shelf.begin(server.store, token, BROWSER, "sad_angry")
    said = {item.number: item.feedback for item in runs.state(server.store, token, run).items}
    return BegunLesson(token, run, {number: step for number, step in said.items() if isinstance(step, LessonFeedback)})


def opened(server: AppServer, page: Page) -> Page:
    page.goto(f"{server.url}/faces")
    expect(page.locator(".trial .question")).to_be_visible(timeout=SOON)
    return page


def press(page: Page, key: str) -> None:
    """Once what is on the screen takes an input."""
    page.wait_for_timeout(700)
    page.keyboard.press(key)


def test_faces_are_looked_at_by_keys_and_a_wrong_choice_keeps_both(
    server: AppServer, open_page: OpenPage, lesson: BegunLesson
) -> None:
    page = opened(server, open_page(PHONE, token=lesson.token))
    expect(page.locator(".couple svg:visible")).to_have_count(2)
    slider = page.get_by_role("slider", name="From neutral to full")
    expect(slider).to_have_js_property("valueAsNumber", 100, timeout=SOON)
    slider.focus()
    page.keyboard.press("Home")
    expect(slider).to_have_js_property("valueAsNumber", 0)
    assert axe_findings(page) == []
    for number in (1, 2):
        expect(page.locator(".trial .progress")).to_have_text(f"{number} of 10")
        page.get_by_role("button", name="Next").focus()
        press(page, "Enter")
    following, right = page.get_by_role("button", name="Next"), KEYS[lesson.steps[3].target]
    expect(page.locator(".trial .progress")).to_have_text("3 of 10")
    press(page, OTHER[right])
    expect(page.locator(".question")).to_have_text("Now choose the other one.")
    expect(page.locator(".couple svg:visible")).to_have_count(2)
    press(page, OTHER[right])
    expect(following).to_be_hidden()
    assert too_wide(page) == []
    press(page, right)
    expect(following).to_be_focused()
    expect(page.locator(".couple button")).to_have_count(2)


def test_a_closed_sentence_is_said_whole_and_the_lesson_ends_with_its_result(
    server: AppServer, open_page: OpenPage, lesson: BegunLesson
) -> None:
    for number, step in list(lesson.steps.items())[:-1]:
        do_step(server.store, lesson.token, lesson.run, number, step.target)
    page = opened(server, open_page(PHONE, token=lesson.token))
    expect(page.locator(".sentence")).to_have_text("In anger the eyes …")
    press(page, KEYS[lesson.steps[10].target])
    expect(page.locator(".sentence")).to_have_text("In anger the eyes stare.")
    page.get_by_role("button", name="See the result").focus()
    press(page, "Enter")
    expect(page.get_by_role("heading", name="Your result")).to_be_visible(timeout=2 * SOON)
    expect(page.get_by_text("8 of 8 at once.")).to_be_visible()


@pytest.mark.slow
def test_a_clip_that_plays_again_loads_nothing(server: AppServer, open_page: OpenPage, lesson: BegunLesson) -> None:
    page = open_page(PHONE, token=lesson.token)
    page.add_init_script(COUNT_PICTURES)
    opened(server, page)
    slider = page.get_by_role("slider")
    expect(slider).to_have_js_property("valueAsNumber", 100, timeout=SOON)
    page.wait_for_load_state("networkidle")
    asked, drawn = list[str](), page.evaluate("window.drawn")
    page.on("request", lambda request: asked.append(request.url))
    page.get_by_role("button", name="Show it once more").click()
    expect(slider).to_have_js_property("valueAsNumber", 0)
    expect(slider).to_have_js_property("valueAsNumber", 100, timeout=SOON)
    assert page.evaluate("window.drawn") > drawn + 20
    assert asked == []


def test_where_motion_is_reduced_the_face_shows_its_peak_at_once(
    server: AppServer, open_page: OpenPage, lesson: BegunLesson
) -> None:
    page = open_page(PHONE, token=lesson.token, reduced_motion="reduce")
    page.add_init_script(COUNT_PICTURES)
    opened(server, page)
    expect(page.get_by_role("slider")).to_have_js_property("valueAsNumber", 100)
    page.wait_for_timeout(300)
    drawn = page.evaluate("window.drawn")
    page.wait_for_timeout(1000)
    assert page.evaluate("window.drawn") == drawn
