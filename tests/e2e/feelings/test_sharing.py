"""A diary that is shown and taken back, each at its own browser, while the clinician's page stays open."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from core.translations import say
from tests.e2e.acting import SOON
from tests.e2e.look import look, settle
from tests.e2e.people import id_of
from tests.e2e.server import AppServer
from tests.e2e.windows import COMPUTER, PHONE, OpenPage
from tests.services.feelings.acting import agree_to_diary, check_in
from tests.support import new_patient

NOTE = "The river was loud"
ALONE = "What is in it is theirs alone."
OFTEN = "Tight chest came with worry 5 of 5 times."


@pytest.fixture
def diary(server: AppServer, clinician: str, code: str) -> str:
    token = new_patient(server.store, clinician, code)
    agree_to_diary(server.store, token)
    for _ in range(5):
        check_in(server.store, token, note=NOTE, own_word="Foggish")
    return token


def feelings_anew(page: Page, until: Callable[[str], bool]) -> str:
    """The tab, left and opened again: what it says. Until the server has answered it shows what it showed before."""
    page.get_by_role("tab", name="Plan", exact=True).click()
    settle(page)
    page.get_by_role("tab", name="Feelings", exact=True).click()
    panel = page.get_by_role("tabpanel", name="Feelings")
    expect(panel.get_by_text(re.compile("check-ins in the latest eight weeks"))).to_be_visible(timeout=SOON)
    settle(page)
    for _ in range(SOON // 200):
        if until(panel.inner_text()):
            break
        page.wait_for_timeout(200)
    return panel.inner_text()


def test_what_is_shown_is_there_at_the_next_click_and_gone_at_the_one_after_it_is_taken_back(
    server: AppServer, clinician: str, diary: str, open_page: OpenPage, code: str
) -> None:
    staff, person = open_page(COMPUTER, token=clinician), open_page(PHONE, token=diary)
    staff.goto(f"{server.url}/patient?patient={id_of(server.store, code)}")
    before = feelings_anew(staff, lambda said: ALONE in said)
    assert ALONE in before
    person.goto(f"{server.url}/my-words")
    person.get_by_role("button", name=say("en", "Show my clinicians the whole diary")).click()
    expect(person.get_by_role("button", name=say("en", "Stop showing the whole diary"))).to_be_visible(timeout=SOON)
    shown = feelings_anew(staff, lambda said: OFTEN in said)
    assert OFTEN in shown
    assert look(staff, "Feelings") == []
    person.get_by_role("button", name=say("en", "Stop showing the whole diary")).click()
    expect(person.get_by_role("button", name=say("en", "Show my clinicians the whole diary"))).to_be_visible(
        timeout=SOON
    )
    assert feelings_anew(staff, before.__eq__) == before
    for page in (before, shown):
        assert NOTE not in page
        assert "Foggish" not in page


@pytest.mark.slow
def test_one_entry_is_shown_with_its_note_and_taken_back(
    server: AppServer, clinician: str, diary: str, open_page: OpenPage, code: str
) -> None:
    check_in(server.store, diary, note="The last of them")
    staff, person = open_page(COMPUTER, token=clinician), open_page(PHONE, token=diary)
    staff.goto(f"{server.url}/patient?patient={id_of(server.store, code)}")
    before = feelings_anew(staff, lambda said: ALONE in said)
    person.goto(f"{server.url}/my-words")
    person.get_by_role("button", name=say("en", "Change")).first.click()
    person.get_by_role("button", name=say("en", "Show this entry and its note to my clinicians")).click()
    hide = person.get_by_role("button", name=say("en", "Stop showing this entry"))
    expect(hide).to_be_visible(timeout=SOON)
    feelings_anew(staff, lambda said: "Entries" in said)
    panel = staff.get_by_role("tabpanel", name="Feelings")
    panel.locator("summary", has_text="Entries").click()
    expect(panel.get_by_text("The last of them")).to_be_visible(timeout=SOON)
    assert NOTE not in panel.inner_text()
    hide.click()
    expect(hide).to_have_count(0, timeout=SOON)
    assert feelings_anew(staff, before.__eq__) == before
