"""A run under odd conditions: each face answered once, in order, in its own time; what was odd stands on the row."""

import re

import pytest
from playwright.sync_api import Page, expect

from core.domain.exercise.trials import Kind
from core.storage.tables import StoredConditions
from tests.e2e.look import axe_findings
from tests.e2e.player.conftest import FACES, OpenRun, Screen

WORDS = ["angry", "disgust", "fear", "happy", "sad", "surprise", "neutral"]
PLAIN = {"translated": False, "line_off": False, "quick_keys": False, "zoom": 1.0}
HELD_AS_PAIRS = """
async () => {
  const begun = performance.now();
  for (let pair = 0; pair < 60; pair++) {
    for (const kind of ["keydown", "keyup"]) {
      const event = new KeyboardEvent(kind, { key: "1", bubbles: true, cancelable: true, composed: true });
      Object.defineProperty(event, "timeStamp", { value: begun + 40 * pair });
      document.activeElement.dispatchEvent(event);
    }
    await new Promise((done) => setTimeout(done, 40));
  }
}
"""
"""A keyboard keeps its pace on a busy machine, too, and says when each key went down."""
TRANSLATE = """() => {
  document.documentElement.classList.add("translated-ltr");
  const rewrite = () => {
    for (const host of document.querySelectorAll("*")) {
      const walker = host.shadowRoot && document.createTreeWalker(host.shadowRoot, NodeFilter.SHOW_TEXT);
      const texts = [];
      while (walker?.nextNode()) texts.push(walker.currentNode);
      for (const text of texts) {
        if (!text.data.trim() || text.parentElement.closest("style, font")) continue;
        const font = document.createElement("font");
        text.replaceWith(font);
        font.append(`¡${text.data}!`);
      }
    }
  };
  rewrite();
  setInterval(rewrite, 200);
}"""
"""As a browser's translator does, again and again, inside of the player too."""
WRONG_CLOCK = """
const day = 86400000, now = Date.now.bind(Date);
window.wrong = day;
Date.now = () => now() + window.wrong;
const origin = performance.timeOrigin;
Object.defineProperty(performance, "timeOrigin", { get: () => origin + window.wrong });
"""


def answer_all(screen: Screen, numbers: range = range(1, FACES + 1)) -> None:
    for number in numbers:
        screen.answer(str(number), number)


def assert_kept_in_order(screen: Screen) -> None:
    """All seven once, as pressed, each in the second or two that it was visible."""
    screen.wait_for_result()
    assert screen.stored() == WORDS
    assert all(250 <= (row.response_time_ms or 0) < 60_000 for row in screen.rows())


def conditions(screen: Screen) -> list[StoredConditions | None]:
    return [row.conditions for row in screen.rows()]


def test_nothing_odd_is_told_where_nothing_is(open_run: OpenRun) -> None:
    screen = open_run()
    answer_all(screen)
    assert_kept_in_order(screen)
    assert conditions(screen) == [PLAIN] * FACES


@pytest.mark.slow
def test_a_page_that_something_translates_goes_on_and_says_so(open_run: OpenRun) -> None:
    screen = open_run()
    answer_all(screen, range(1, 3))
    screen.wait_for_face(3)
    screen.page.evaluate(TRANSLATE)
    screen.page.wait_for_timeout(500)
    for number in range(3, FACES + 1):
        expect(screen.page.locator(".trial .progress")).to_contain_text(f"{number} of {FACES}")
        screen.page.wait_for_timeout(700)
        screen.page.locator(f".answer[data-response={WORDS[number - 1]}]").click()
    assert_kept_in_order(screen)
    assert [one and one["translated"] for one in conditions(screen)] == [False] * 2 + [True] * 5


def test_a_key_that_is_held_as_pairs_answers_one_face_and_is_told(open_run: OpenRun) -> None:
    screen = open_run()
    screen.wait_for_face(1)
    screen.page.evaluate(HELD_AS_PAIRS)
    expect(screen.page.get_by_text("That was too quick to count.")).to_be_visible()
    screen.wait_until_stored(["angry"])
    screen.page.wait_for_timeout(300)
    answer_all(screen, range(2, FACES + 1))
    assert_kept_in_order(screen)
    assert [one and one["quick_keys"] for one in conditions(screen)] == [False, True, *[False] * 5]


@pytest.mark.parametrize("seconds", [0, pytest.param(25, marks=pytest.mark.slow)])
def test_a_line_that_was_off_at_the_answer_stands_on_its_row(open_run: OpenRun, seconds: int) -> None:
    screen = open_run()
    answer_all(screen, range(1, 3))
    screen.wait_until_stored(WORDS[:2])
    screen.page.context.set_offline(True)
    answer_all(screen, range(3, 5))
    screen.wait_for_face(5)
    screen.page.wait_for_timeout(1000 * seconds)
    screen.page.context.set_offline(False)
    screen.wait_until_stored(WORDS[:4])
    answer_all(screen, range(5, FACES + 1))
    assert_kept_in_order(screen)
    assert [one and one["line_off"] for one in conditions(screen)] == [False] * 2 + [True] * 2 + [False] * 3


@pytest.mark.slow
def test_a_clock_that_is_a_day_wrong_and_is_set_right_changes_no_time(open_run: OpenRun) -> None:
    screen = open_run(before=lambda page: page.add_init_script(WRONG_CLOCK))
    answer_all(screen, range(1, 4))
    screen.page.evaluate("window.wrong = 0")
    answer_all(screen, range(4, FACES + 1))
    assert_kept_in_order(screen)


def slow(page: Page) -> None:
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 6})


@pytest.mark.slow
def test_on_a_processor_six_times_slower_nothing_is_lost(open_run: OpenRun) -> None:
    screen = open_run(before=slow)
    answer_all(screen)
    assert_kept_in_order(screen)


@pytest.mark.slow
def test_a_phone_is_turned_in_the_middle(open_run: OpenRun) -> None:
    screen = open_run(size=(390, 844))
    answer_all(screen, range(1, 4))
    screen.wait_for_face(4)
    screen.page.set_viewport_size({"width": 844, "height": 390})
    screen.page.wait_for_timeout(300)
    for answer in screen.page.locator(".trial .answer").all():
        expect(answer).to_be_in_viewport()
    answer_all(screen, range(4, FACES + 1))
    assert_kept_in_order(screen)
    assert [row.window for row in screen.rows()] == ["390x844@1"] * 3 + ["844x390@1"] * 4


def test_at_three_times_the_size_face_and_first_answers_are_on_one_screen(open_run: OpenRun) -> None:
    """1440×900 at 300 %."""
    screen = open_run(size=(480, 300))
    expect(screen.page.locator(".trial canvas.face")).to_be_in_viewport(ratio=0.9)
    for place in range(2):
        expect(screen.page.locator(".trial .answer").nth(place)).to_be_in_viewport()


@pytest.mark.slow
def test_with_forced_colours_and_without_motion_it_is_played_and_axe_finds_nothing(open_run: OpenRun) -> None:
    def prefer(page: Page) -> None:
        page.emulate_media(forced_colors="active", reduced_motion="reduce")

    screen = open_run(Kind.PRACTICE, before=prefer)
    screen.wait_for_face(1)
    assert axe_findings(screen.page) == []
    borders = "button => getComputedStyle(button).borderTopWidth"
    assert screen.page.locator(".trial .answer").first.evaluate(borders) != "0px", "a button has an edge"
    screen.page.keyboard.press("0")
    screen.button("Next").wait_for()
    assert axe_findings(screen.page) == []
    screen.page.keyboard.press("Enter")
    screen.wait_for_face(2)


def test_a_screen_reader_hears_face_question_and_answers_then_the_next(open_run: OpenRun) -> None:
    screen = open_run()
    screen.wait_for_face(1)
    live = screen.page.locator(".trial [aria-live]").first
    expect(live).to_have_text(re.compile("1.*What does this face show", re.DOTALL))
    tree = screen.page.locator(".trial").aria_snapshot()
    said = [line.strip() for line in tree.splitlines()]
    names = ["Anger", "Disgust", "Fear", "Happiness", "Sadness", "Surprise", "Neutral", "Not sure"]
    places = [next(place for place, line in enumerate(said) if f'button "{name}' in line) for name in names]
    assert places == sorted(places)
    assert next(at for at, line in enumerate(said) if line.startswith("- img")) < places[0], "the face comes first"
    screen.page.keyboard.press("1")
    screen.wait_for_face(2)
    expect(live).to_have_text(re.compile("2.*What does this face show", re.DOTALL))
    expect(screen.page.locator(".trial .question")).to_be_focused()
