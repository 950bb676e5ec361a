"""A face that was missed in practice comes back four faces later on another person, if the line brings it in time."""

import re
from dataclasses import replace

import pytest
from playwright.sync_api import Route, expect

from core.domain.exercise.trials import Kind
from tests.e2e.acting import SOON
from tests.e2e.player.conftest import FACES, SHORT, OpenRun, Screen

LATER = 4
EACH_ONCE = replace(SHORT, adaptive=False)


def missed_in(screen: Screen) -> int:
    """The number of a face whose emotion does not come three to six faces later by itself."""
    targets = [row.target for row in screen.rows()]
    few = range(1, FACES - LATER + 1)
    return next(n for n in few if targets[n - 1] not in {*targets[n + 2 : n + 6], "neutral"})


def answer(screen: Screen, number: int, response: str) -> None:
    screen.wait_for_face(number)
    screen.page.locator(f".trial .answer[data-response={response}]").click()
    expect(screen.page.locator(".trial .feedback .sentence")).to_be_visible(timeout=SOON)
    screen.page.wait_for_timeout(600)
    if number < FACES:
        screen.page.locator(".trial .next").click()


def as_drawn(screen: Screen, numbers: range) -> None:
    for number in numbers:
        answer(screen, number, screen.rows()[number - 1].target or "")


def other_than(target: str | None) -> str:
    return "sad" if target != "sad" else "angry"


def test_what_was_missed_comes_back_and_what_is_said_is_said_of_the_face_that_was_seen(open_run: OpenRun) -> None:
    screen = open_run(Kind.PRACTICE, size=(390, 844), plan=EACH_ONCE)
    missed = missed_in(screen)
    target = screen.rows()[missed - 1].target
    drawn = screen.rows()[missed + LATER - 1].stimulus_id
    as_drawn(screen, range(1, missed))
    with screen.page.expect_response(f"**/{missed + LATER}/again.webp"):
        answer(screen, missed, other_than(target))
    as_drawn(screen, range(missed + 1, missed + LATER))
    answer(screen, missed + LATER, target or "")
    said = screen.page.locator(".trial .feedback .sentence").inner_text()
    screen.page.wait_for_function(
        "() => !localStorage.length || !Object.values(localStorage).join().includes('answer')"
    )
    row = screen.rows()[missed + LATER - 1]
    assert (row.target, row.response, row.correct) == (target, target, True)
    assert row.stimulus_id != drawn
    assert row.more is not None
    assert row.more["repeats"] == missed
    assert "as you said" in said or "You said" in said
    assert [event.get("stand_in", False) for event in screen.told].count(True) == 1


@pytest.mark.slow
def test_what_stands_in_is_told_as_such_where_the_line_is_slow(open_run: OpenRun) -> None:
    """What the server says of the answer before comes while it is shown, and names it once more."""
    screen = open_run(Kind.PRACTICE, plan=EACH_ONCE)
    missed = missed_in(screen)
    place, targets = missed + LATER, [row.target or "" for row in screen.rows()]
    as_drawn(screen, range(1, missed))
    with screen.page.expect_response(f"**/{place}/again.webp"):
        answer(screen, missed, other_than(targets[missed - 1]))
    as_drawn(screen, range(missed + 1, place - 1))
    held: list[Route] = []
    screen.page.route(re.compile("/runs/[^/]+\\?"), lambda route: held.append(route))
    as_drawn(screen, range(place - 1, place))
    screen.wait_for_face(place)
    with screen.page.expect_response(re.compile("/runs/[^/]+\\?")):
        for one in held:  # as from a server of before, which names what stands in at each answer
            told = one.request.post_data_json or {}
            one.continue_(post_data={name: value for name, value in told.items() if name != "stand_ins"})
    screen.page.unroute_all()
    answer(screen, place, targets[missed - 1])
    screen.page.wait_for_function(
        "() => !localStorage.length || !Object.values(localStorage).join().includes('answer')"
    )
    row = screen.rows()[place - 1]
    assert row.more is not None
    assert (row.target, row.more.get("repeats")) == (targets[missed - 1], missed)


@pytest.mark.slow
def test_without_a_line_at_the_miss_the_run_goes_on_as_it_was_drawn(open_run: OpenRun) -> None:
    screen = open_run(Kind.PRACTICE, plan=EACH_ONCE)
    missed, drawn = missed_in(screen), [row.stimulus_id for row in screen.rows()]
    targets = [row.target or "" for row in screen.rows()]
    as_drawn(screen, range(1, missed))
    screen.wait_for_face(missed)
    screen.page.wait_for_load_state("networkidle")
    screen.page.context.set_offline(True)
    for number in range(missed, missed + LATER + 1):
        answer(screen, number, other_than(targets[number - 1]) if number == missed else targets[number - 1])
    screen.page.context.set_offline(False)
    as_drawn(screen, range(missed + LATER + 1, FACES + 1))
    if missed + LATER < FACES or screen.page.locator(".trial .next").is_visible():
        screen.page.locator(".trial .next").click()
    screen.wait_for_result()
    assert [row.stimulus_id for row in screen.rows()] == drawn
    assert [row.correct for row in screen.rows()].count(False) == 1
    assert not any(event.get("stand_in") for event in screen.told)
