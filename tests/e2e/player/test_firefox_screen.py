"""A run in stock Firefox: on every window, turned, magnified, in forced colours, with a clean console."""

import time

import pytest

from tests.e2e.firefox import Firefox
from tests.e2e.player.conftest import FACES
from tests.e2e.player.test_firefox import ALL, answer_all, begin, rows_of, wait_for_face, wait_for_result
from tests.e2e.player.test_line import WORDS
from tests.e2e.server import AppServer

pytestmark = pytest.mark.slow
IN_VIEW = f"""{ALL}.filter((one) => one.matches('.trial .answers button') && one.checkVisibility()).filter((one) => {{
  const box = one.getBoundingClientRect();
  return box.left >= 0 && box.right <= innerWidth && box.top >= 0 && box.bottom <= innerHeight
    && one.scrollWidth <= one.clientWidth + 1;
}}).length"""


def test_a_digit_counts_in_every_form_and_the_window_may_be_turned(
    firefox: Firefox, alone: AppServer, its_clinician: str
) -> None:
    arabic, persian, full_width, devanagari, pad = "\u0661", "\u06f2", "\uff13", "\u096a", "\ue01f"
    firefox.resize(390, 844)
    run = begin(firefox, alone, its_clinician, "P-turned")
    for number, form in enumerate((arabic, persian, full_width, devanagari, pad), start=1):
        wait_for_face(firefox, number)
        if number == 4:
            firefox.resize(844, 390)
            firefox.wait(f"{IN_VIEW} >= {len(WORDS)}")
        firefox.press(form)
    answer_all(firefox, range(6, FACES + 1))
    wait_for_result(firefox)
    rows = rows_of(alone, run)
    assert [row.response for row in rows] == WORDS
    assert [row.window.partition("@")[0] for row in rows if row.window] == ["390x844"] * 3 + ["844x390"] * 4


def test_at_three_times_the_size_face_and_first_answers_are_on_one_screen(
    firefox: Firefox, alone: AppServer, its_clinician: str
) -> None:
    """1440×900 at 300 %."""
    firefox.resize(480, 300)
    begin(firefox, alone, its_clinician, "P-large")
    face = f"{ALL}.find((one) => one.matches('.trial canvas.face')).getBoundingClientRect()"
    assert firefox.run(f"((box) => box.top >= 0 && box.bottom <= innerHeight + box.height / 10)({face})")
    assert firefox.run(IN_VIEW) >= 2


def test_with_forced_colours_and_without_motion_it_is_played(alone: AppServer, its_clinician: str) -> None:
    with Firefox({"browser.display.document_color_use": 2, "ui.prefersReducedMotion": 1}) as changed:
        run = begin(changed, alone, its_clinician, "P-forced")
        assert changed.run("matchMedia('(forced-colors: active) and (prefers-reduced-motion: reduce)').matches")
        answer_button = f"{ALL}.find((one) => one.matches('.trial .answers button'))"
        assert changed.run(f"getComputedStyle({answer_button}).borderTopWidth") != "0px", "a button has an edge"
        answer_all(changed, range(1, FACES + 1))
        wait_for_result(changed)
    assert [row.response for row in rows_of(alone, run)] == WORDS


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
