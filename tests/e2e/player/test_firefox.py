"""A run in stock Firefox: by keys, over a server that is gone for a while, on every window, with a clean console."""

import time
from collections.abc import Iterator

import pytest
from sqlalchemy import select

from core.domain.exercise.trials import Kind
from core.services.accounts import accounts
from core.services.exercise import plans, recognition
from core.storage.tables import BlockRow, TrialRow
from tests.browser import find_firefox
from tests.e2e.firefox import Firefox
from tests.e2e.people import id_of
from tests.e2e.player.conftest import FACES, SHORT
from tests.e2e.player.test_conditions import TRANSLATE
from tests.e2e.player.test_line import NO_CONNECTION, PENDING, WORDS
from tests.e2e.server import AppServer
from tests.e2e.windows import StartServer
from tests.support import BROWSER, PASSWORD, new_patient

pytestmark = pytest.mark.slow
ALL = "((all) => all(document, all))((root, all) => [...root.querySelectorAll('*')].flatMap((one) => \
[one, ...(one.shadowRoot ? all(one.shadowRoot, all) : [])]))"
"""Every element of the page, those of components too."""
IN_VIEW = f"""{ALL}.filter((one) => one.matches('.trial .answers button') && one.checkVisibility()).filter((one) => {{
  const box = one.getBoundingClientRect();
  return box.left >= 0 && box.right <= innerWidth && box.top >= 0 && box.bottom <= innerHeight
    && one.scrollWidth <= one.clientWidth + 1;
}}).length"""


@pytest.fixture(scope="module")
def firefox() -> Iterator[Firefox]:
    try:
        find_firefox()
    except RuntimeError as error:
        pytest.skip(str(error))
    with Firefox() as running:
        yield running


@pytest.fixture(scope="module")
def alone(start_server: StartServer) -> AppServer:
    """A server that may be killed."""
    return start_server()


@pytest.fixture(scope="module")
def its_clinician(alone: AppServer) -> str:
    return accounts.create_first_clinician(alone.store, "Dr Vega", PASSWORD, "en")


def begin(firefox: Firefox, server: AppServer, clinician: str, code: str) -> str:
    """Open a check of seven faces of a new patient; its id."""
    token = new_patient(server.store, clinician, code)
    plans.set_plan(server.store, clinician, id_of(server.store, code), SHORT)
    run = recognition.begin(server.store, token, BROWSER, Kind.CHECK).id
    firefox.carry(token)
    firefox.open(f"{server.url}/faces")
    wait_for_face(firefox, 1)
    return run


PLACE = f"({ALL}.find((one) => one.matches('.trial .progress'))?.textContent ?? '')"


def wait_for_face(firefox: Firefox, number: int) -> None:
    shown = f"{ALL}.some((one) => one.matches('.trial .answers') && one.checkVisibility())"
    firefox.wait(f"{PLACE}.includes('{number} of {FACES}') && {shown}")
    time.sleep(0.7)


def answer(firefox: Firefox, number: int) -> None:
    """Press the key of this number until the face takes it: for a moment it is deaf, as the next one is."""
    while f"{number} of {FACES}" in firefox.run(PLACE):
        firefox.press(str(number))
        time.sleep(0.2)


def rows_of(server: AppServer, run: str) -> list[TrialRow]:
    with server.store.begin() as db:
        return list(db.scalars(select(TrialRow).where(TrialRow.block_id == run).order_by(TrialRow.number)))


def test_a_run_by_keys_loses_nothing_while_the_server_is_killed_and_comes_back(
    firefox: Firefox, alone: AppServer, its_clinician: str
) -> None:
    run = begin(firefox, alone, its_clinician, "P-keys")
    pictures = "performance.getEntriesByType('resource').filter((one) => /webp/.test(one.name)).length"
    firefox.wait(f"{pictures} === {FACES}")
    for number in range(1, FACES + 1):
        wait_for_face(firefox, number)
        if number == 3:
            alone.kill()
        answer(firefox, number)
        if number == 5:
            firefox.wait(f"{ALL}.some((one) => one.checkVisibility() && one.textContent === '{NO_CONNECTION}')")
            alone.start()
    firefox.wait(f"{ALL}.some((one) => one.matches('h1') && one.textContent === 'Your result')")
    rows = rows_of(alone, run)
    assert [row.response for row in rows] == WORDS
    assert all(600 <= (row.response_time_ms or 0) <= 10_000 for row in rows), [row.response_time_ms for row in rows]
    with alone.store.begin() as db:
        assert db.get_one(BlockRow, run).ended_at is not None
    assert firefox.run(f"{PENDING}.length") == 0


def test_under_odd_conditions_every_face_is_answered_once_in_its_own_time(
    firefox: Firefox, alone: AppServer, its_clinician: str
) -> None:
    """A clock a day wrong and set right, a key that is held as pairs, a page that something translates."""
    run = begin(firefox, alone, its_clinician, "P-odd")
    firefox.run("(Date.now = ((now) => () => now() + 86400000)(Date.now.bind(Date)), 1)")
    answer(firefox, 1)
    wait_for_face(firefox, 2)
    for _ in range(40):
        firefox.press("2")
    firefox.run("(delete Date.now, Date.now = () => new Date().getTime(), 1)")
    wait_for_face(firefox, 3)
    answer(firefox, 3)
    wait_for_face(firefox, 4)
    firefox.run(f"(({TRANSLATE})(), 1)")
    for number in range(4, FACES + 1):
        wait_for_face(firefox, number)
        answer(firefox, number)
    firefox.wait(f"{ALL}.some((one) => one.matches('h1') && /Your result/.test(one.textContent))")
    rows = rows_of(alone, run)
    assert [row.response for row in rows] == WORDS
    assert all(250 <= (row.response_time_ms or 0) <= 20_000 for row in rows), [row.response_time_ms for row in rows]
    told = [row.conditions or {} for row in rows]
    assert [one["translated"] for one in told] == [False] * 3 + [True] * 4
    assert told[2]["quick_keys"]
    assert not any(one["quick_keys"] for one in told[3:])


@pytest.mark.parametrize("size", [(390, 844), (844, 390), (640, 450), (1440, 900)], ids=str)
def test_every_answer_is_in_view_and_whole(
    firefox: Firefox, alone: AppServer, its_clinician: str, size: tuple[int, int]
) -> None:
    firefox.resize(*size)
    begin(firefox, alone, its_clinician, f"P-{size[0]}")
    assert firefox.run(IN_VIEW) >= len(WORDS)
    assert firefox.run("document.scrollingElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("path", ["sign-in", "about", "try"])
def test_its_console_is_clean(firefox: Firefox, alone: AppServer, path: str) -> None:
    firefox.open("about:blank")
    time.sleep(1)
    firefox.run("1")  # hears what the page before said when it went
    firefox.said.clear()
    firefox.open(f"{alone.url}/{path}")
    firefox.wait(f"{ALL}.some((one) => one.matches('h1, .trial .answers') && one.checkVisibility())")
    time.sleep(1)
    firefox.run("1")
    assert firefox.said == []
