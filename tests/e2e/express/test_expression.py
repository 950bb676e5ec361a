"""Show it from the first question to the result, before a camera that plays the built-in faces."""

import re
import time

import psutil
import pytest
from playwright.sync_api import Page, expect

from core.domain.camera.expression import ExpressionKind
from core.domain.emotions import Emotion
from core.services.exercise import expression_progress
from tests.clips import Clip
from tests.e2e.express.camera import PATIENTLY, OpenExercise, asked_for, hold_once, pass_preflight, says
from tests.e2e.server import AppServer

LETS_GO_WITHIN = 40.0  # seconds
FILM_ARRIVES = 5.0  # seconds from a new scene in the film until a busy server has seen it


def streams(server: AppServer) -> int:
    """How many sockets of streams the server holds open."""
    assert server.process is not None
    return len(psutil.Process(server.process.pid).net_connections("udp"))


def threads(server: AppServer) -> int:
    assert server.process is not None
    return int(psutil.Process(server.process.pid).num_threads())


def threads_when_quiet(server: AppServer) -> int:
    """The fewest of some seconds: the pools of asyncio and Streamlit come and go."""
    counted = []
    for _ in range(20):
        counted.append(threads(server))
        time.sleep(0.5)
    return min(counted)


def wait_until_let_go(server: AppServer) -> None:
    """Until no stream is held any more."""
    until = time.monotonic() + LETS_GO_WITHIN
    while streams(server) and time.monotonic() < until:
        time.sleep(0.25)
    assert streams(server) == 0


def show_all_seven(page: Page, film: Clip) -> None:
    """The face at rest, then each emotion that is asked for, up to the result."""
    page.get_by_role("button", name="Show it").click()
    says(page, "First your face at rest")
    hold_once(page)
    asked = ""
    for number in range(1, 8):
        asked = asked_for(page, asked)
        film.show(asked)
        hold_once(page)
        says(page, re.compile("You meant"))
        if asked == "happy":
            says(page, "Your mouth moved as it does in happiness.")
        page.get_by_role("button", name="To the result" if number == 7 else "Next", exact=True).click()
    expect(page.get_by_role("heading", name="What you showed")).to_be_visible(timeout=PATIENTLY)


@pytest.mark.slow  # eight faces before the camera
def test_what_is_shown_to_the_camera_is_stored_as_the_network_saw_it(
    server: AppServer, film: Clip, open_exercise: OpenExercise
) -> None:
    page, token = open_exercise()
    wait_until_let_go(server)
    expect(page.get_by_role("button", name="Switch on the camera")).to_be_visible(timeout=PATIENTLY)
    before = threads(server)
    pass_preflight(page)
    assert streams(server) > 0
    show_all_seven(page, film)

    run = expression_progress.last(server.store, token)
    assert run is not None
    assert run.task is ExpressionKind.SHOW
    assert run.baseline is not None
    assert Emotion(run.baseline.probabilities.index(max(run.baseline.probabilities))) is Emotion.NEUTRAL
    assert {one.meant for one in run.made} == set(Emotion)
    assert all(one.reading is not None and one.reading.frames > 1 for one in run.made)
    assert sum(one.seen is one.meant for one in run.made) >= 6

    # The result is another page: the camera, its sockets and its threads are free again.
    wait_until_let_go(server)
    assert page.locator("iframe").count() == 0
    kept = 6 + 4  # the pools of asyncio and Streamlit keep some threads for later
    assert threads(server) <= before + kept


@pytest.mark.slow  # three streams, and ten quiet seconds after each
def test_a_second_stream_leaves_no_more_behind_than_the_first(server: AppServer, open_exercise: OpenExercise) -> None:
    page, _ = open_exercise()
    left = []
    for _ in range(3):
        pass_preflight(page)
        page.get_by_role("link", name="My progress").first.click()
        expect(page.get_by_role("heading", name="My progress")).to_be_visible(timeout=PATIENTLY)
        wait_until_let_go(server)
        left.append(threads_when_quiet(server))
        page.get_by_role("link", name="Show an emotion").first.click()
    assert left[2] < left[0] + 2 * 2, "each stream has at least two threads of its own"


@pytest.mark.slow
def test_a_page_that_is_left_for_a_moment_begins_one_new_stream(server: AppServer, open_exercise: OpenExercise) -> None:
    page, _ = open_exercise()
    pass_preflight(page)
    one = streams(server)
    page.get_by_role("link", name="My progress").first.click()
    expect(page.get_by_role("heading", name="My progress")).to_be_visible(timeout=PATIENTLY)
    page.get_by_role("link", name="Show an emotion").first.click()
    pass_preflight(page)
    until = time.monotonic() + LETS_GO_WITHIN
    while streams(server) != one and time.monotonic() < until:
        time.sleep(0.25)
    assert streams(server) == one > 0


@pytest.mark.slow
def test_name_it_hears_the_person_before_it_tells_what_the_network_saw(
    server: AppServer, film: Clip, open_exercise: OpenExercise
) -> None:
    page, token = open_exercise()
    pass_preflight(page)
    page.get_by_role("button", name="Name it").click()
    says(page, "First your face at rest")
    hold_once(page)
    says(page, "Think of an emotion and show it.")
    film.show("happy")
    time.sleep(FILM_ARRIVES)
    hold_once(page)
    says(page, "Which emotion did you show?")
    expect(page.get_by_text(re.compile("The computer saw"))).to_have_count(0)
    page.get_by_role("button", name="surprise", exact=True).click()
    says(page, re.compile("You meant surprise. The computer saw mostly happiness."))
    page.get_by_role("button", name="Next", exact=True).click()
    page.get_by_role("button", name="I am done").click(timeout=PATIENTLY)
    expect(page.get_by_role("heading", name="What you showed")).to_be_visible(timeout=PATIENTLY)
    run = expression_progress.last(server.store, token)
    assert run is not None
    assert [(one.meant, one.seen) for one in run.made] == [(Emotion.SURPRISE, Emotion.HAPPY)]
