"""Learn in the browser: from the shelf of faces to one emotion, three faces to try, and back."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select

from core.services.accounts import accounts
from core.storage.tables import TrialRow
from core.translations import say
from tests.e2e.acting import SOON, answer_by_key, leave_feedback
from tests.e2e.look import look
from tests.e2e.server import AppServer
from tests.e2e.windows import COMPUTER, PHONE, OpenPage
from tests.others import first_of
from tests.support import new_patient


@pytest.mark.parametrize(("language", "window"), first_of(("es", PHONE), ("en", COMPUTER)))
def test_from_the_shelf_to_an_emotion_three_faces_and_back(
    open_page: OpenPage, server: AppServer, clinician: str, code: str, language: str, window: dict[str, int]
) -> None:
    token = new_patient(server.store, clinician, f"{code} {language}")
    accounts.set_language(server.store, token, language)
    page = open_page(window, f"{language}-ES", token)
    before = trials(server)
    page.goto(f"{server.url}/learn")
    shelf = page.locator("[data-testid=stMain]")
    expect(shelf.get_by_role("img")).to_have_count(7 + 2 * 8, timeout=SOON)
    wrong = look(page, "shelf")
    page.get_by_role("button", name=say(language, "fear").capitalize(), exact=True).click()
    fear = page.get_by_role("heading", name=say(language, "fear").capitalize())
    expect(fear).to_be_visible(timeout=SOON)
    page.get_by_role("button", name=say(language, "Try three faces")).click()
    for place in range(1, 4):
        expect(page.locator(".trial .progress")).to_have_text(
            say(language, "{position} of {of}").format(position=place, of=3), timeout=SOON
        )
        answer_by_key(page, "3")
        leave_feedback(page)
    expect(page.get_by_role("heading", name=say(language, "Three faces"))).to_be_visible(timeout=SOON)
    wrong += look(page, "three faces")
    page.get_by_text(say(language, "Back to {emotion}").format(emotion=say(language, "fear"))).click()
    expect(fear).to_be_visible(timeout=SOON)
    assert wrong == []
    assert trials(server) == before, "nothing of it is kept"


def trials(server: AppServer) -> int:
    with server.store.begin() as db:
        return db.scalar(select(func.count()).select_from(TrialRow)) or 0
