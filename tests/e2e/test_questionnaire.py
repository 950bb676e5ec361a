"""A questionnaire with made-up items: asked for, filled in by keyboard and touch, over a reload and a dropped line."""

import re

import pytest
from playwright.sync_api import Page, expect

from core.services.accounts import accounts
from core.services.clinic import filling_in, questionnaires
from core.translations import say
from tests.e2e.acting import SOON
from tests.e2e.look import look, settle
from tests.e2e.people import id_of
from tests.e2e.server import AppServer
from tests.e2e.windows import PHONE, OpenPage
from tests.items import write_items
from tests.others import first_of
from tests.support import new_patient

LAPTOP = {"width": 1024, "height": 768}
NUMBER = 20
WORDS = {
    "en": ("of", "Thank you", "Back", "Leave this one out"),
    "es": ("de", "Gracias", "Atrás", "Dejar esta sin responder"),
}


@pytest.fixture(scope="module", autouse=True)
def _items(server: AppServer) -> None:
    """As many made-up items as the TAS-20 has; none of its own."""
    items = [
        {"text": {"en": f"Made-up item {n}.", "es": f"Ítem inventado {n}."}, "reversed": n == NUMBER}
        for n in range(1, NUMBER + 1)
    ]
    write_items(server.local / "questionnaires", "tas20", items=items, subscales={}, most_left_out=2)


def progress(page: Page, number: int, of: str) -> None:
    expect(page.locator(".questionnaire .progress")).to_have_text(f"{number} {of} {NUMBER}", timeout=SOON)


@pytest.mark.parametrize(("language", "viewport"), first_of(("en", LAPTOP), ("es", PHONE)))
def test_it_is_filled_in_item_by_item_and_its_total_stands_with_the_others(
    server: AppServer, clinician: str, open_page: OpenPage, code: str, language: str, viewport: dict[str, int]
) -> None:
    patient = new_patient(server.store, clinician, code)
    accounts.set_language(server.store, patient, language)
    of, thanks, back, leave_out = WORDS[language]
    later = say(language, "Fill in the questionnaire")
    staff = open_page(LAPTOP, token=clinician)
    staff.goto(f"{server.url}/patient?patient={id_of(server.store, code)}")
    staff.get_by_role("tab", name="Questionnaires").click()
    staff.get_by_role("button", name="Ask for it").click()
    expect(staff.get_by_text(re.compile(f"0 of {NUMBER} items done"))).to_be_visible(timeout=SOON)
    settle(staff)
    assert look(staff) == []
    page = open_page(viewport, token=patient)
    page.goto(server.url)
    expect(page.get_by_role("button", name=say(language, "Begin"))).to_have_count(1, timeout=SOON)
    page.get_by_role("button", name=say(language, "Not now")).click()
    expect(page.get_by_role("button", name=say(language, "Begin"), exact=True)).to_be_visible(timeout=SOON)
    page.get_by_role("link", name=later).click()
    progress(page, 1, of)
    settle(page)
    assert look(page) == []
    page.keyboard.press("5")
    progress(page, 2, of)
    page.locator(".questionnaire .answer").nth(0).click()
    progress(page, 3, of)
    page.get_by_role("button", name=back, exact=True).click()
    progress(page, 2, of)
    expect(page.locator(".questionnaire .answer[aria-pressed=true]")).to_have_count(1)
    page.keyboard.press("2")
    progress(page, 3, of)
    page.get_by_role("button", name=leave_out).click()
    progress(page, 4, of)
    page.context.set_offline(True)
    page.keyboard.press("3")
    progress(page, 5, of)
    page.context.set_offline(False)
    page.reload()
    progress(page, 5, of)
    page.locator(".questionnaire .stop").click()
    page.get_by_role("link", name=later).click()
    for number in range(5, NUMBER + 1):
        progress(page, number, of)
        page.keyboard.press("1")
    expect(page.get_by_role("heading", name=thanks)).to_be_visible(timeout=SOON)
    assert look(page) == []
    [score] = questionnaires.scores(server.store, clinician, id_of(server.store, code))
    # 5 + 2 + 3 + fifteen times 1 + (6 - 1) = 30 in 19 items; the one that is left out counts as their mean, 1.58
    assert (score.total, score.left_out, score.by_person) == (32, 1, True)
    staff.reload()
    staff.get_by_role("tab", name="Questionnaires").click()
    expect(staff.get_by_role("heading", name=re.compile("TAS-20: 32"))).to_be_visible(timeout=SOON)
    assert filling_in.mine(server.store, patient) == []
