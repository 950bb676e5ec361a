"""A run in stock Firefox: by keys, over a server that is gone for a while, a slow line, a sign-in that ended."""

import random
import time
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select

from core.domain.exercise.trials import Kind
from core.services.accounts import accounts
from core.services.exercise import plans, recognition
from core.storage.tables import BlockRow, TrialRow
from tests.e2e.firefox import Firefox
from tests.e2e.line import DELAY, SPEED, Line
from tests.e2e.people import id_of
from tests.e2e.player.conftest import FACES, SHORT
from tests.e2e.player.test_conditions import TRANSLATE
from tests.e2e.player.test_line import FORBIDDEN, FULL, NO_CONNECTION, PENDING, WORDS
from tests.e2e.server import AppServer
from tests.support import BROWSER, PASSWORD, new_patient

pytestmark = pytest.mark.slow
ALL = "((all) => all(document, all))((root, all) => [...root.querySelectorAll('*')].flatMap((one) => \
[one, ...(one.shadowRoot ? all(one.shadowRoot, all) : [])]))"
"""Every element of the page, those of components too."""


def begin(
    firefox: Firefox, server: AppServer, clinician: str, code: str, token: str | None = None, url: str | None = None
) -> str:
    """Open a check of seven faces of a patient, without `token` a new one, at `url`; its id."""
    token = token or new_patient(server.store, clinician, code)
    plans.set_plan(server.store, clinician, id_of(server.store, code), SHORT)
    run = recognition.begin(server.store, token, BROWSER, Kind.CHECK).id
    firefox.carry(token)
    firefox.open(f"{url or server.url}/faces")
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


def answer_all(firefox: Firefox, numbers: range) -> None:
    for number in numbers:
        wait_for_face(firefox, number)
        answer(firefox, number)


def said(sentence: str) -> str:
    """Whether the page says it, as an expression."""
    return f"{ALL}.some((one) => one.checkVisibility() && one.textContent.startsWith('{sentence}'))"


def wait_for_result(firefox: Firefox) -> None:
    firefox.wait(f"{ALL}.some((one) => one.matches('h1') && /Your result/.test(one.textContent))")


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
            firefox.wait(said(NO_CONNECTION))
            alone.start()
    wait_for_result(firefox)
    rows = rows_of(alone, run)
    assert [row.response for row in rows] == WORDS
    times = [row.response_time_ms or 0 for row in rows]
    assert all(600 <= one <= 10_000 for one in (*times[:5], *times[6:])), times
    assert 600 <= times[5] <= 60_000  # shown while the server starts
    with alone.store.begin() as db:
        assert db.get_one(BlockRow, run).ended_at is not None
    assert firefox.run(f"{PENDING}.length") == 0


def test_what_was_acknowledged_before_a_kill_stands_and_the_run_goes_on_there(
    alone: AppServer, its_clinician: str, tmp_path: Path
) -> None:
    chance, place = random.Random(5), 1
    acknowledged: list[str | None] = []
    token = new_patient(alone.store, its_clinician, "P-killed")
    for last in (2, 5, FACES):
        with Firefox(profile=tmp_path) as dying:
            if place == 1:
                run = begin(dying, alone, its_clinician, "P-killed", token)
            else:
                dying.carry(token)
                dying.open(f"{alone.url}/faces")
                dying.wait(f"/of {FACES}/.test({PLACE})")
                place = int(dying.run(PLACE).split()[0])
                assert place > len(acknowledged)
                assert [row.response for row in rows_of(alone, run)][: len(acknowledged)] == acknowledged
            answer_all(dying, range(place, last + 1))
            place = last + 1
            if last == FACES:
                wait_for_result(dying)
            time.sleep(chance.uniform(0, 0.06))
            acknowledged = [row.response for row in rows_of(alone, run) if row.response]
            dying.kill()
    assert [row.response for row in rows_of(alone, run)] == WORDS


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
    answer_all(firefox, range(4, FACES + 1))
    wait_for_result(firefox)
    rows = rows_of(alone, run)
    assert [row.response for row in rows] == WORDS
    assert all(250 <= (row.response_time_ms or 0) <= 20_000 for row in rows), [row.response_time_ms for row in rows]
    told = [row.conditions for row in rows if row.conditions]
    assert [one["translated"] for one in told] == [False] * 3 + [True] * 4
    assert told[2]["quick_keys"]
    assert not any(one["quick_keys"] for one in told[3:])


@pytest.mark.parametrize("broken", [FORBIDDEN, FULL], ids=["forbidden", "full"])
def test_without_a_storage_nothing_is_lost(firefox: Firefox, alone: AppServer, its_clinician: str, broken: str) -> None:
    with firefox.before_pages(f"() => {{ {broken} }}"):
        run = begin(firefox, alone, its_clinician, f"P-{len(broken)}")
        alone.kill()
        answer_all(firefox, range(1, 4))
        firefox.wait(said("Please keep this page open until the end"))
        alone.start()
        answer_all(firefox, range(4, FACES + 1))
        wait_for_result(firefox)
    assert [row.response for row in rows_of(alone, run)] == WORDS


def test_back_forward_and_a_reload_in_the_middle_lead_on_where_one_was(
    firefox: Firefox, alone: AppServer, its_clinician: str
) -> None:
    token = new_patient(alone.store, its_clinician, "P-back")
    firefox.carry(token)
    firefox.open(alone.url)
    firefox.wait(said("Today"))
    run = begin(firefox, alone, its_clinician, "P-back", token)
    answer_all(firefox, range(1, 3))
    firefox.go(-1)
    firefox.wait(said("Go on"))
    firefox.go(1)
    wait_for_face(firefox, 3)
    answer_all(firefox, range(3, 5))
    firefox.reload()
    wait_for_face(firefox, 5)
    answer_all(firefox, range(5, FACES + 1))
    wait_for_result(firefox)
    assert [row.response for row in rows_of(alone, run)] == WORDS


def test_of_two_tabs_the_first_answer_stands(firefox: Firefox, alone: AppServer, its_clinician: str) -> None:
    run = begin(firefox, alone, its_clinician, "P-tabs")
    with firefox.another_tab():
        firefox.open(f"{alone.url}/faces")
        wait_for_face(firefox, 1)
        answer_all(firefox, range(1, 4))
        wait_for_face(firefox, 4)
    for number in (1, 2):  # the second is on the screen when the page learns that it was answered
        wait_for_face(firefox, number)
        firefox.press("7")
    answer_all(firefox, range(4, FACES + 1))
    wait_for_result(firefox)
    assert [row.response for row in rows_of(alone, run)] == WORDS


def test_after_a_sign_in_that_ended_the_same_person_s_answers_go_and_nobody_else_s(
    firefox: Firefox, alone: AppServer, its_clinician: str
) -> None:
    token = new_patient(alone.store, its_clinician, "P-out")
    run = begin(firefox, alone, its_clinician, "P-out", token)
    answer(firefox, 1)
    wait_for_face(firefox, 2)
    accounts.sign_out(alone.store, token)
    answer_all(firefox, range(2, 4))
    firefox.wait(said("You are signed out. Your answers are kept here"))
    wait_for_face(firefox, 4)
    assert [row.response for row in rows_of(alone, run) if row.response] == WORDS[:1]

    other = begin(firefox, alone, its_clinician, "P-other")
    answer(firefox, 1)
    wait_for_face(firefox, 2)
    assert [row.response for row in rows_of(alone, run) if row.response] == WORDS[:1]

    firefox.carry(accounts.sign_in(alone.store, "P-out", PASSWORD))
    firefox.open(f"{alone.url}/faces")
    answer_all(firefox, range(4, FACES + 1))
    wait_for_result(firefox)
    assert [row.response for row in rows_of(alone, run)] == WORDS
    assert [row.response for row in rows_of(alone, other) if row.response] == WORDS[:1]


def test_on_a_slow_line_the_faces_are_there_before_they_are_needed(
    firefox: Firefox, alone: AppServer, its_clinician: str
) -> None:
    with closing(Line(alone.url, DELAY, SPEED)) as line:
        run = begin(firefox, alone, its_clinician, "P-slow", url=line.url)
        for number in range(1, 4):
            answer(firefox, number)
            wait_for_face(firefox, number + 1)
        took = []
        for number in range(4, FACES):
            began = time.monotonic()
            answer(firefox, number)
            firefox.wait(f"{PLACE}.includes('{number + 1} of {FACES}')")
            took.append(time.monotonic() - began)
            wait_for_face(firefox, number + 1)
        answer(firefox, FACES)
        wait_for_result(firefox)
    assert [row.response for row in rows_of(alone, run)] == WORDS
    assert min(took) < 2 * DELAY, "no answer waits for the way there and back"
