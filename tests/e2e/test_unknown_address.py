"""An address that is not there: said in the reader's language, by a dialog that can be closed."""

import pytest
from playwright.sync_api import expect

from core.translations import say
from tests.e2e.acting import SOON
from tests.e2e.server import AppServer
from tests.e2e.windows import OpenPage
from tests.others import first_of


@pytest.mark.parametrize(("locale", "language"), first_of(("es-ES", "es"), ("en-GB", "en")))
def test_it_is_said_in_the_language_of_the_page(
    server: AppServer, open_page: OpenPage, locale: str, language: str
) -> None:
    page = open_page(locale=locale)
    page.goto(f"{server.url}/nowhere")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text(say(language, "There is no such page"), timeout=SOON)
    expect(dialog).to_contain_text(say(language, "You are on the first page now."))
    expect(dialog).not_to_contain_text("Running the app")
    dialog.get_by_role("button", name=say(language, "Close"), exact=True).click()
    expect(dialog).to_have_count(0)
