"""A bad line, a full storage, a sign-in that ended, a reload: no answer is lost, and the person is told in words."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from core.domain.exercise.trials import Kind
from core.services.accounts import accounts
from core.web.cookies import COOKIE
from tests.e2e.acting import SOON
from tests.e2e.player.conftest import FACES, OpenRun, Screen
from tests.e2e.server import AppServer
from tests.e2e.windows import OpenPage, carry
from tests.others import first_of
from tests.support import PASSWORD, new_patient

NO_CONNECTION = "No connection just now. Your answers are kept here and go when it is back."
PENDING = "Object.keys(localStorage).filter(key => key.startsWith('lexithymia.run.'))"
MISSED = 4
WORDS = ["angry", "disgust", "fear", "happy", "sad", "surprise", "neutral"]

FORBIDDEN = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no') } })"
FULL = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }"


def hold_back(page: Page) -> Callable[[], None]:
    """No answer leaves this page from now on; returns what lets them go again."""

    def refuse(route: Route) -> None:
        if route.request.method == "POST":
            route.abort()
        else:
            route.continue_()

    page.route("**/runs/**", refuse)
    return lambda: page.unroute("**/runs/**")


def answer_all(screen: Screen, numbers: range) -> None:
    for number in numbers:
        screen.answer(str(number), number)


@pytest.mark.parametrize(
    "faces",
    [
        pytest.param(range(3, 6), id="in the middle", marks=pytest.mark.slow),
        pytest.param(range(5, 8), id="at the last answer"),
    ],
)
def test_a_run_goes_on_without_a_line_and_loses_nothing(open_run: OpenRun, faces: range) -> None:
    screen = open_run()
    context: BrowserContext = screen.page.context
    for _ in range(50):  # until all pictures are here
        if (
            screen.page.evaluate("performance.getEntriesByType('resource').filter(e => /webp/.test(e.name)).length")
            == 7
        ):
            break
        screen.page.wait_for_timeout(100)
    answer_all(screen, range(1, faces.start))
    screen.wait_until_stored(WORDS[: faces.start - 1])
    context.set_offline(True)
    answer_all(screen, faces)
    expect(screen.page.get_by_text(NO_CONNECTION)).to_be_visible()
    screen.page.wait_for_timeout(4000)  # Streamlit's dialog would be here by now
    expect(screen.page.locator("[role=dialog]")).to_have_count(0)
    assert screen.stored() == WORDS[: faces.start - 1]
    context.set_offline(False)
    answer_all(screen, range(faces.stop, FACES + 1))
    screen.wait_for_result()
    assert screen.stored() == WORDS
    assert screen.over
    assert screen.page.evaluate(PENDING) == []


@pytest.mark.slow
def test_a_script_of_the_page_that_could_not_be_fetched_is_fetched_once_the_line_is_back(open_run: OpenRun) -> None:
    refused: list[str] = []

    def refuse(route: Route) -> None:
        refused.append(route.request.url)
        route.abort()

    screen = open_run(before=lambda page: page.route("**/scripts/**", refuse, times=MISSED))
    answer_all(screen, range(1, FACES + 1))
    screen.wait_for_result()
    assert len(refused) == MISSED
    assert screen.stored() == WORDS


@pytest.mark.slow
def test_what_was_answered_before_a_reload_goes_after_it_with_its_times(open_run: OpenRun) -> None:
    screen = open_run()
    let_go = hold_back(screen.page)
    answer_all(screen, range(1, 3))
    screen.wait_for_face(3)
    assert screen.stored() == []
    told = {event["number"]: event["response_time_ms"] for event in screen.told}
    let_go()
    screen.page.reload()
    screen.wait_for_face(3)
    screen.wait_until_stored(WORDS[:2])
    assert [row.response_time_ms for row in screen.rows()[:2]] == pytest.approx([told[1], told[2]])


@pytest.mark.parametrize("broken", first_of(FORBIDDEN, FULL), ids=["forbidden", "full"])
def test_without_a_storage_the_page_asks_to_stay_open_and_nothing_is_lost(open_run: OpenRun, broken: str) -> None:
    screen = open_run(before=lambda page: page.add_init_script(broken))
    let_go = hold_back(screen.page)
    answer_all(screen, range(1, 4))
    expect(screen.page.get_by_text("Please keep this page open until the end")).to_be_visible()
    let_go()
    answer_all(screen, range(4, FACES + 1))
    screen.wait_for_result()
    assert screen.stored() == WORDS


def test_after_a_sign_in_that_ended_the_same_person_s_answers_go_and_nobody_else_s(
    open_run: OpenRun, server: AppServer, clinician: str, code: str
) -> None:
    screen = open_run()
    page = screen.page
    screen.answer("1", 1)
    screen.wait_until_stored(WORDS[:1])
    cookie = next(c for c in page.context.cookies() if c["name"] == COOKIE)
    accounts.sign_out(server.store, str(cookie["value"]))
    answer_all(screen, range(2, 4))
    expect(page.get_by_text("You are signed out. Your answers are kept here")).to_be_visible()
    screen.wait_for_face(4)
    assert screen.stored() == WORDS[:1]

    carry(page, server.url, new_patient(server.store, clinician, f"{code}2"[-60:]))
    page.goto(server.url)
    page.get_by_role("button", name="Begin").click()
    expect(page.locator(".trial .answers")).to_be_visible(timeout=SOON)
    page.wait_for_timeout(700)
    assert screen.stored() == WORDS[:1], "another person's answers stay where they are"

    carry(page, server.url, accounts.sign_in(server.store, code, PASSWORD))
    page.goto(f"{server.url}/faces")
    screen.wait_for_face(4)
    screen.wait_until_stored(WORDS[:3])
    answer_all(screen, range(4, FACES + 1))
    screen.wait_for_result()
    assert screen.stored() == WORDS


@pytest.mark.slow
def test_back_leads_to_today_where_one_can_go_on(open_run: OpenRun, server: AppServer) -> None:
    screen = open_run(before=lambda page: page.goto(server.url))
    screen.answer("1", 1)
    screen.page.go_back()
    go_on = screen.page.get_by_role("button", name="Go on")
    expect(go_on).to_be_visible(timeout=SOON)
    expect(screen.page.get_by_role("heading", name="Today")).to_be_visible()
    go_on.click()
    screen.wait_for_face(2)
    assert screen.stored() == WORDS[:1]


def test_on_other_pages_one_sentence_says_that_the_line_is_away(
    server: AppServer, clinician: str, code: str, open_page: OpenPage
) -> None:
    page = open_page(token=new_patient(server.store, clinician, code), locale="es-ES")
    page.goto(server.url)
    expect(page.get_by_role("button", name="Begin")).to_be_visible(timeout=SOON)
    sentence = page.get_by_text("No connection just now. The page goes on by itself when it is back.")
    socket = "WebSocket.prototype.send = function () { this.close() }"
    page.context.set_offline(True)
    page.evaluate(socket)
    page.get_by_role("button", name="Begin").click()
    expect(sentence).to_be_visible(timeout=SOON)
    expect(page.locator("[role=dialog]")).to_have_count(0)


@pytest.mark.slow
def test_feedback_comes_without_a_line(open_run: OpenRun) -> None:
    screen = open_run(Kind.PRACTICE)
    screen.page.wait_for_timeout(1500)
    screen.page.context.set_offline(True)
    screen.page.keyboard.press("3")
    expect(screen.page.locator(".trial .feedback .sentence")).to_be_visible()
    screen.button("Next").wait_for()
    screen.page.wait_for_timeout(600)
    screen.page.keyboard.press("Enter")
    screen.wait_for_face(2)
    screen.page.context.set_offline(False)
    screen.wait_until_stored(["fear"])
