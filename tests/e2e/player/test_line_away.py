"""The line is away for seconds or for minutes, as in a tunnel or with every connection broken, in both browsers."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from core.storage.tables import BlockRow
from tests.e2e.firefox import Firefox
from tests.e2e.line import Line
from tests.e2e.player import test_firefox
from tests.e2e.player.conftest import FACES, OpenRun
from tests.e2e.player.test_line import NO_CONNECTION, PENDING, WORDS, answer_all
from tests.e2e.server import AppServer

pytestmark = pytest.mark.slow
PICTURES = "performance.getEntriesByType('resource').filter((one) => /webp/.test(one.name)).length"
GIVEN_UP = 20
"""Seconds after which the player has given up a request that nothing answers."""


@dataclass(frozen=True)
class LinePlayer:
    """Who plays a run in one of the browsers."""

    run: str
    answer: Callable[[range], None]
    wait_for_words: Callable[[str], None]
    wait_for_result: Callable[[], None]
    waiting: Callable[[], int]
    """How many runs the browser still keeps answers of."""


OpenRunOver = Callable[[str, Line], LinePlayer]


@pytest.fixture
def in_chromium(open_run: OpenRun) -> OpenRunOver:
    def opened(code: str, line: Line) -> LinePlayer:
        screen = open_run(url=line.url, patient=code)
        screen.page.wait_for_function(f"() => {PICTURES} === {FACES}")
        return LinePlayer(
            screen.run,
            lambda numbers: answer_all(screen, numbers),
            lambda words: expect(screen.page.get_by_text(words)).to_be_visible(),
            screen.wait_for_result,
            lambda: int(screen.page.evaluate(f"{PENDING}.length")),
        )

    return opened


@pytest.fixture
def in_firefox(server: AppServer, clinician: str, firefox: Firefox) -> Iterator[OpenRunOver]:
    """One run in each of two Firefoxes: one has one sign-in."""

    def opened(code: str, line: Line, firefox: Firefox) -> LinePlayer:
        run = test_firefox.begin(firefox, server, clinician, code, url=line.url)
        firefox.wait(f"{PICTURES} === {FACES}")
        return LinePlayer(
            run,
            lambda numbers: answer_in_firefox(firefox, numbers),
            lambda words: firefox.wait(test_firefox.said(words)),
            lambda: test_firefox.wait_for_result(firefox),
            lambda: int(firefox.run(f"{PENDING}.length")),
        )

    with Firefox() as other:
        free = [other, firefox]
        yield lambda code, line: opened(code, line, free.pop())


def answer_in_firefox(firefox: Firefox, numbers: range) -> None:
    """The last face stays on the screen until the line is back: it gets one key."""
    test_firefox.answer_all(firefox, range(numbers.start, min(numbers.stop, FACES)))
    if FACES in numbers:
        test_firefox.wait_for_face(firefox, FACES)
        firefox.press(str(FACES))


def away(player: LinePlayer, line: Line, server: AppServer, faces: range, *, silent: bool) -> Iterator[None]:
    """Answers these faces while the line is away; it comes back at the second step."""
    player.answer(range(1, faces.start))
    line.cut(silent=silent)
    player.answer(faces)
    yield
    before = [row.response for row in test_firefox.rows_of(server, player.run) if row.response]
    assert before == WORDS[: len(before)]
    assert len(before) < faces.stop - 1
    line.mend()
    player.answer(range(faces.stop, FACES + 1))
    player.wait_for_result()
    rows = test_firefox.rows_of(server, player.run)
    assert [row.response for row in rows] == WORDS
    times = [row.response_time_ms or 0 for row in rows if row.number in faces]
    assert all(250 <= one <= 10_000 for one in times), times
    with server.store.begin() as db:
        assert db.get_one(BlockRow, player.run).ended_at is not None
    assert player.waiting() == 0


@pytest.mark.timeout(900)
@pytest.mark.parametrize("seconds", [2, 25, 300])
def test_whatever_is_answered_meanwhile_is_kept_once_and_in_order(
    server: AppServer, in_chromium: OpenRunOver, in_firefox: OpenRunOver, seconds: int
) -> None:
    with ExitStack() as lines:
        played = []
        for name, browser in (("chromium", in_chromium), ("firefox", in_firefox)):
            for faces, silent in ((range(3, 6), True), (range(5, FACES + 1), False)):
                line = lines.enter_context(closing(Line(server.url)))
                player = browser(f"P-{name}-{faces.start}-{seconds}", line)
                played.append((player, away(player, line, server, faces, silent=silent)))
        for _, steps in played:
            next(steps)
        time.sleep(seconds)
        for player, _ in played:
            if seconds > GIVEN_UP:
                player.wait_for_words(NO_CONNECTION)
        for _, steps in played:
            assert next(steps, None) is None
