"""One answer for each face, whatever is clicked twice, pressed fast or held down."""

import time
from itertools import cycle

import pytest
from playwright.sync_api import expect

from core.domain.exercise.trials import Kind
from tests.e2e.player.conftest import FACES, OpenRun
from tests.others import first_of


def test_keys_pressed_ten_times_a_second_give_one_answer_a_face(open_run: OpenRun) -> None:
    screen = open_run()
    keys = cycle("34")  # one key alone would be one that is held
    while not screen.page.get_by_role("heading", name="Your result").is_visible():
        screen.page.keyboard.press(next(keys))
        time.sleep(0.1)
    assert [event["number"] for event in screen.told] == list(range(1, FACES + 1))
    assert len(screen.stored()) == FACES
    assert set(screen.stored()) <= {"fear", "happy"}
    assert screen.over


@pytest.mark.parametrize("gap", first_of(0.15, 0.05, 0.3))
def test_a_double_click_answers_one_face_however_slow_it_is(open_run: OpenRun, gap: float) -> None:
    screen = open_run()
    screen.page.evaluate("addEventListener('click', ({ timeStamp }) => (window.clicks ??= []).push(timeStamp), true)")
    for number in range(1, FACES):
        screen.wait_for_face(number)
        box = screen.button("Happiness").bounding_box()
        assert box is not None
        x, y = box["x"] + 40, box["y"] + 20
        screen.page.mouse.click(x, y)
        time.sleep(gap)
        screen.page.mouse.click(x, y)
        first, second = screen.page.evaluate("window.clicks.slice(-2)")
        if second - first < 500:  # a busy machine makes two clicks of one double click
            screen.wait_for_face(number + 1)
            screen.wait_until_stored(["happy"] * number)
            return
    pytest.fail("no double click was quick enough")


def test_an_answer_says_when_the_face_was_seen_and_on_what_screen(open_run: OpenRun) -> None:
    screen = open_run()
    screen.button("Surprise").click()
    screen.wait_until_stored(["surprise"])
    (answer,) = screen.told
    assert answer["window"] == "1440x900@1"
    assert answer["focus_lost"] is False
    assert answer["painted_at"] < answer["answered_at"]
    assert answer["response_time_ms"] >= 250
    row = screen.rows()[0]
    assert (row.response, row.window, row.language, row.device) == ("surprise", "1440x900@1", "en", "computer")
    assert row.response_time_ms == pytest.approx(answer["response_time_ms"])


def test_leaving_the_window_while_the_face_is_visible_is_noted(open_run: OpenRun) -> None:
    screen = open_run()
    screen.page.evaluate("window.dispatchEvent(new Event('blur'))")
    screen.button("Sadness").click()
    screen.wait_until_stored(["sad"])
    assert screen.rows()[0].focus_lost is True


def test_in_a_check_not_sure_asks_for_a_best_guess_and_sends_both(open_run: OpenRun) -> None:
    screen = open_run()
    screen.page.keyboard.press("0")
    screen.page.get_by_text("If you had to choose?").first.wait_for()
    screen.page.wait_for_timeout(500)
    screen.page.keyboard.press("0")
    screen.page.wait_for_timeout(500)
    assert screen.told == []
    screen.page.keyboard.press("3")
    screen.wait_for_face(2)
    screen.wait_until_stored(["not_sure"])
    assert screen.rows()[0].best_guess == "fear"
    expect(screen.page.get_by_text("What does this face show?").first).to_be_visible()


def test_in_practice_not_sure_is_an_answer(open_run: OpenRun) -> None:
    screen = open_run(Kind.PRACTICE)
    screen.page.keyboard.press("0")
    screen.button("Next").wait_for()
    screen.wait_until_stored(["not_sure"])
    assert screen.rows()[0].best_guess is None


def test_a_picture_that_cannot_be_seen_is_reported_and_the_run_can_be_left_and_gone_on_with(open_run: OpenRun) -> None:
    screen = open_run()
    screen.button("I cannot see this picture").click()
    screen.wait_for_face(2)
    screen.button("Stop for now").click()
    screen.page.get_by_role("heading", name="Stopped for now").wait_for()
    screen.wait_until_stored(["cannot_see"])
    assert not screen.over
    screen.button("Go on").click()
    screen.wait_for_face(2)


def test_digits_typed_into_a_field_or_with_a_modifier_answer_nothing(open_run: OpenRun) -> None:
    screen = open_run()
    screen.page.evaluate("document.body.prepend(Object.assign(document.createElement('input'), { id: 'field' }))")
    field = screen.page.locator("#field")
    field.focus()
    screen.page.keyboard.type("123")
    assert field.input_value() == "123"
    field.evaluate("field => field.remove()")
    screen.page.keyboard.press("Alt+4")
    screen.page.wait_for_timeout(300)
    assert screen.told == []
    screen.page.keyboard.press("4")
    screen.wait_until_stored(["happy"])


def test_a_digit_counts_in_every_form(open_run: OpenRun) -> None:
    screen = open_run()
    press = "([key, code]) => document.dispatchEvent(new KeyboardEvent('keydown', { key, code, bubbles: true }))"
    pad, pad_without_numlock, azerty = ("4", "Numpad4"), ("ArrowLeft", "Numpad4"), ("'", "Digit4")
    arabic, persian, full_width, devanagari = ("\u0664", ""), ("\u06f4", ""), ("\uff14", ""), ("\u096a", "")
    for number, form in enumerate((pad, pad_without_numlock, azerty, arabic, persian, full_width, devanagari), start=1):
        screen.wait_for_face(number)
        screen.page.evaluate(press, form)
    screen.wait_until_stored(["happy"] * FACES)


def test_a_timed_face_waits_for_a_start_is_reported_when_painted_and_disappears(open_run: OpenRun) -> None:
    screen = open_run(exposure=200)
    screen.page.keyboard.press("2")
    assert screen.told == []
    screen.button("Show the face").click()
    face = screen.page.locator("canvas.face").first
    opaque = "canvas => canvas.getContext('2d').getImageData(40, 40, 1, 1).data[3] > 0"
    for shown in (True, False):
        screen.page.wait_for_function(
            f"([canvas, shown]) => ({opaque})(canvas) === shown", arg=[face.element_handle(), shown], timeout=3000
        )
    screen.page.keyboard.press("2")
    screen.wait_until_stored(["disgust"])
    assert [event["type"] for event in screen.told][:2] == ["painted", "answer"]
    assert screen.rows()[0].painted_at is not None
