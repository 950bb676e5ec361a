"""A face that moves in the browser: keys wait for its peak, times count from it, it plays again slowly, and stays still
where motion is reduced."""

import pytest
from playwright.sync_api import Page, expect

from core.services.exercise import runs
from core.storage.queries import exercise_queries
from core.storage.tables import TrialRow
from core.tasks.moving.task import TASK
from tests.e2e.acting import SOON, answer_by_key
from tests.e2e.look import axe_findings, too_wide
from tests.e2e.server import AppServer
from tests.e2e.windows import PHONE, OpenPage
from tests.support import BROWSER, new_patient

WATCH = """
  window.drawn = [];
  const draw = CanvasRenderingContext2D.prototype.drawImage;
  CanvasRenderingContext2D.prototype.drawImage = function (...all) {
    if (this.canvas.getAttribute("class") === "face") window.drawn.push(performance.now());
    return draw.apply(this, all);
  };
"""
ADDRESSES = (
    "() => performance.getEntriesByType('resource').map(({name}) => name).filter((name) => name.includes('/1/'))"
)


@pytest.fixture
def token(server: AppServer, clinician: str, code: str) -> str:
    return new_patient(server.store, clinician, code)


def opened(server: AppServer, page: Page) -> Page:
    page.add_init_script(WATCH)
    page.goto(f"{server.url}/faces")
    expect(page.locator(".trial .question")).to_be_visible(timeout=SOON)
    return page


def frames(page: Page) -> int:
    return int(page.evaluate("new Set(window.drawn).size"))


def test_a_face_moves_to_its_peak_is_answered_from_there_and_plays_again_slowly(
    server: AppServer, open_page: OpenPage, token: str
) -> None:
    run = runs.begin(server.store, token, BROWSER, TASK)
    page = opened(server, open_page(PHONE, token=token))
    answer_by_key(page, "1")
    with server.store.begin() as db:
        first = db.query(TrialRow).filter_by(block_id=run, number=1).one()
        onset, peak = int((first.more or {})["onset_ms"]), int((first.more or {})["peak"])
    moved = page.evaluate("window.drawn")
    assert frames(page) > 5, "it moved"
    assert max(moved) - min(moved) > 0.8 * onset
    assert len(set(page.evaluate(ADDRESSES))) >= peak // 20 + 1
    again = page.get_by_role("button", name="Again, slowly")
    expect(again).to_be_visible()
    assert axe_findings(page) == []
    assert too_wide(page) == []
    before = frames(page)
    again.click()
    page.wait_for_timeout(1500)
    assert frames(page) > before + 5
    page.locator(".trial button.next").click()
    expect(page.locator(".trial .progress")).to_have_text("2 of 14")
    with server.store.begin() as db:
        item = exercise_queries.run_item(db, run, 1)
        row = db.query(TrialRow).filter_by(block_id=run, number=1).one()
        assert item is not None
        assert item.answered
        assert row.response_time_ms is not None
        assert 0 < row.response_time_ms < SOON


def test_where_motion_is_reduced_the_peak_shows_at_once(server: AppServer, open_page: OpenPage, token: str) -> None:
    runs.begin(server.store, token, BROWSER, TASK)
    page = open_page(PHONE, token=token, reduced_motion="reduce")
    opened(server, page)
    answer_by_key(page, "1")
    assert 1 <= frames(page) <= 4
