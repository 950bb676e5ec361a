"""Two emotions before the camera as a part of the day: led to, four tries, and on; or left out without loss."""

from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from core.domain.exercise.programme import DayPart, six_weeks
from core.services.exercise import expression_progress, plans, programme
from tests.e2e.acting import SOON
from tests.e2e.express.camera import PATIENTLY, OpenExercise, asked_for, says, switch_on
from tests.e2e.express.test_expression_trouble import choose_picture
from tests.e2e.look import look
from tests.e2e.server import AppServer
from tests.e2e.test_programme import press_button, trained
from tests.services.exercise.led import PLAN, Led

pytestmark = pytest.mark.slow


@pytest.fixture
def shown(
    open_exercise: OpenExercise, server: AppServer, clinician: str, monkeypatch: pytest.MonkeyPatch
) -> tuple[Page, Led]:
    """A day of the fifth week that has nothing but the camera and practice, for who refuses the browser's camera."""
    page, token = open_exercise(allowed=False)
    led = Led(server.store, token, monkeypatch)
    weeks = six_weeks((DayPart.LESSON, DayPart.CHECK_IN, DayPart.CONTEXT, DayPart.MOVING))
    plans.set_plan(server.store, clinician, led.id, replace(PLAN, programme=weeks))
    trained(led, clinician, 23)
    page.goto(server.url)
    says(page, "Today: two emotions before the camera, then a practice with 7 faces.")
    press_button(page, "Begin: about")
    return page, led


def test_the_day_leads_to_two_emotions_which_are_shown_twice_each_and_then_to_practice(
    shown: tuple[Page, Led],
) -> None:
    page, led = shown
    pair = {emotion.word for emotion in programme.pair_to_show(led.store, led.token)}
    switch_on(page)
    page.get_by_role("button", name="Go on with pictures from a file").click(timeout=PATIENTLY)
    says(page, "Today’s two are")
    expect(page.get_by_role("button", name="Name it")).to_have_count(0)
    wrong = look(page, "two emotions")
    press_button(page, "Show it")
    says(page, "First your face at rest")
    choose_picture(page, "neutral")
    asked = ""
    for number in range(1, 5):
        asked = asked_for(page, asked)
        assert asked in pair
        choose_picture(page, asked, number)
        says(page, "You meant")
        press_button(page, "To the result" if number == 4 else "Next")
    expect(page.get_by_role("heading", name="What you showed")).to_be_visible(timeout=PATIENTLY)
    run = expression_progress.last(led.store, led.token)
    assert run is not None
    assert [one.meant for one in run.tries[:2]] == [one.meant for one in run.tries[2:]]
    assert {one.meant.word for one in run.tries if one.meant} == pair
    wrong += look(page, "the result of a part of the day")
    press_button(page, "Go on: a practice with 7 faces")
    expect(page.locator(".trial .answers")).to_be_visible(timeout=SOON)
    assert wrong == []


def test_without_it_the_day_goes_on_and_counts(shown: tuple[Page, Led], server: AppServer) -> None:
    page, led = shown
    press_button(page, "Go on without it today")
    expect(page.locator(".trial .answers")).to_be_visible(timeout=SOON)
    page.goto(server.url)
    press_button(page, "End this run instead")
    says(page, "That was today.")
    assert led.today().days_done == 24
