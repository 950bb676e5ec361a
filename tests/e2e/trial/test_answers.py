"""One answer for each face, whatever is clicked twice, pressed fast or lost on the way."""

import time

import pytest

from tests.e2e.trial.conftest import Open


def test_keys_pressed_ten_times_a_second_give_one_answer_a_face(open_block: Open) -> None:
    screen = open_block(kind="check", faces=6)
    while not screen.page.get_by_text("The block is over.").is_visible():
        screen.page.keyboard.press("3")
        time.sleep(0.1)
    assert [row["number"] for row in screen.answers] == [0, 1, 2, 3, 4, 5]
    assert {row["response"] for row in screen.answers} == {"fear"}


@pytest.mark.parametrize("gap", [0.05, 0.1, 0.15, 0.2, 0.25, 0.3])
def test_a_double_click_answers_one_face_however_slow_it_is(open_block: Open, gap: float) -> None:
    while True:
        screen = open_block(kind="check", faces=2)
        screen.wait_for_face("1 of 2")
        box = screen.button("Happy").bounding_box()
        assert box is not None
        x, y = box["x"] + 40, box["y"] + 20
        begun = time.monotonic()
        screen.page.mouse.click(x, y)
        time.sleep(gap)
        screen.page.mouse.click(x, y)
        if time.monotonic() - begun < 0.4:  # a busy machine makes two clicks of one double click
            break
    screen.wait_for_face("2 of 2")
    assert [row["number"] for row in screen.answers] == [0]


def test_a_lost_answer_is_sent_again_unchanged_and_the_screen_says_that_it_is_saving(open_block: Open) -> None:
    screen = open_block(kind="check", lose=1)
    screen.page.keyboard.press("5")
    screen.page.get_by_text("Saving…").wait_for()
    screen.wait_for_face("2 of 5")
    first, second = screen.answers
    assert first == second
    assert first["response"] == "sad"
    assert not screen.page.get_by_text("Saving…").is_visible()


def test_an_answer_says_when_the_face_was_seen_and_on_what_screen(open_block: Open) -> None:
    screen = open_block(kind="check")
    screen.button("Surprise").click()
    screen.wait_for_face("2 of 5")
    (answer,) = screen.answers
    assert answer["window"] == "1440x900@1"
    assert answer["focus_lost"] is False
    assert answer["painted_at"] < answer["answered_at"]
    assert answer["response_time_ms"] >= 250


def test_leaving_the_window_while_the_face_is_visible_is_noted(open_block: Open) -> None:
    screen = open_block(kind="check")
    screen.page.evaluate("window.dispatchEvent(new Event('blur'))")
    screen.button("Sad").click()
    screen.wait_for_face("2 of 5")
    assert screen.answers[0]["focus_lost"] is True


def test_in_a_check_not_sure_asks_for_a_best_guess_and_sends_both(open_block: Open) -> None:
    screen = open_block(kind="check")
    screen.page.keyboard.press("0")
    screen.page.get_by_text("If you had to choose?").first.wait_for()
    screen.page.wait_for_timeout(500)
    screen.page.keyboard.press("0")
    screen.page.wait_for_timeout(500)
    assert screen.answers == []
    screen.page.keyboard.press("3")
    screen.wait_for_face("2 of 5")
    assert [(row["response"], row["best_guess"]) for row in screen.answers] == [("not_sure", "fear")]
    assert screen.page.get_by_text("What does this face show?").first.is_visible()


def test_in_practice_not_sure_is_an_answer(open_block: Open) -> None:
    screen = open_block(kind="practice")
    screen.page.keyboard.press("0")
    screen.button("Next").wait_for()
    assert [(row["response"], row["best_guess"]) for row in screen.answers] == [("not_sure", None)]


def test_a_picture_that_cannot_be_seen_is_reported_and_the_block_can_be_left(open_block: Open) -> None:
    screen = open_block(kind="check")
    screen.button("I cannot see this picture").click()
    screen.wait_for_face("2 of 5")
    screen.button("Stop for now").click()
    screen.page.get_by_text("The block is over.").wait_for()
    assert [row["type"] for row in screen.heard] == ["AnswerEvent", "StopEvent"]
    assert screen.answers[0]["response"] == "cannot_see"


def test_digits_typed_into_a_field_or_with_a_modifier_answer_nothing(open_block: Open) -> None:
    screen = open_block(kind="check", field=1)
    field = screen.page.get_by_label("A text field")
    field.click()
    screen.page.keyboard.type("123")
    assert field.input_value() == "123"
    screen.page.mouse.click(5, 300)
    screen.page.keyboard.press("Alt+4")
    screen.page.wait_for_timeout(300)
    assert screen.answers == []
    screen.page.keyboard.press("4")
    screen.wait_for_face("2 of 5")
    assert [row["response"] for row in screen.answers] == ["happy"]


def test_a_timed_face_waits_for_a_start_is_reported_when_painted_and_disappears(open_block: Open) -> None:
    screen = open_block(kind="check", exposure=300)
    screen.page.keyboard.press("2")
    assert screen.heard == []
    screen.button("Show the face").click()
    seen = "() => document.querySelector('.stBidiComponent [data-testid]').shadowRoot.querySelector('.face')"
    blank = f"{seen[6:]}.getContext('2d').getImageData(40, 40, 1, 1).data[3] === 0"
    screen.page.wait_for_function(f"() => !({blank})")
    screen.page.wait_for_function(f"() => {blank}")
    screen.page.keyboard.press("2")
    screen.wait_for_face("2 of 5")
    assert [row["type"] for row in screen.heard][:2] == ["PaintedEvent", "AnswerEvent"]
    assert screen.answers[0]["response"] == "disgust"
