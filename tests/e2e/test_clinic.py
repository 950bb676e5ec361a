"""What a clinician writes down of a patient, in a browser: notes, events, totals; and what comes out on paper."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from core.services.accounts import accounts
from tests.e2e.acting import SOON
from tests.e2e.look import axe_findings, settle
from tests.e2e.people import id_of
from tests.e2e.server import AppServer
from tests.e2e.windows import COMPUTER, OpenPage, fetched

OpenPatient = Callable[..., Page]


@pytest.fixture(scope="module")
def patient_id(server: AppServer, clinician: str) -> str:
    accounts.invite_patient(server.store, clinician, "P-050")
    return id_of(server.store, "P-050")


@pytest.fixture
def open_patient(server: AppServer, clinician: str, patient_id: str, open_page: OpenPage) -> OpenPatient:
    """Opens the patient's page as the clinician, in a window as `open_page` makes it."""

    def opened(viewport: dict[str, int] = COMPUTER, **more: Any) -> Page:
        page = open_page(viewport, token=clinician, **more)
        page.goto(f"{server.url}/patient?patient={patient_id}")
        expect(page.get_by_role("link", name="Report (PDF)")).to_be_visible(timeout=SOON)
        settle(page)
        return page

    return opened


def test_a_note_is_kept_corrected_and_removed(open_patient: OpenPatient) -> None:
    page = open_patient()
    page.get_by_label("New note").fill("Sleeps *badly*.\nWants to stop.")
    page.get_by_role("button", name="Keep the note").click()
    note = page.get_by_text(re.compile(r"Sleeps \*badly\*\."))
    expect(note.first).to_be_visible(timeout=SOON)
    assert axe_findings(page) == []
    page.get_by_role("button", name="Change", exact=True).click()
    page.get_by_label("Note", exact=True).fill("Sleeps well.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("; changed")).to_be_visible(timeout=SOON)
    page.get_by_role("button", name="Remove the note").click()
    expect(page.get_by_text("There is no note yet.")).to_be_visible(timeout=SOON)


def test_a_total_is_entered_and_charted_with_its_band(open_patient: OpenPatient) -> None:
    page = open_patient()
    page.get_by_role("tab", name="Questionnaires").click()
    for day, total in (("01012026", "70"), ("01062026", "50")):
        page.get_by_role("spinbutton", name=re.compile("day", re.IGNORECASE)).first.click()
        page.keyboard.type(day)
        page.get_by_role("spinbutton", name="Total (20 to 100)").fill(total)
        page.get_by_role("button", name="Keep the total").click()
        expect(page.get_by_role("heading", name=re.compile(f"TAS-20: {total}"))).to_be_visible(timeout=SOON)
    expect(page.get_by_text("-20 points since the first: reliably better")).to_be_visible()
    expect(page.locator(".st-key-totals-tas20 .js-plotly-plot").first).to_be_visible(timeout=SOON)
    assert axe_findings(page) == []


def test_the_chosen_tab_can_be_read_on_a_dark_page(open_patient: OpenPatient) -> None:
    page = open_patient({"width": 360, "height": 900}, color_scheme="dark")
    for tab in ("Questionnaires", "Calendar and history"):
        page.get_by_role("tab", name=tab).click()
        expect(page.get_by_role("tab", name=tab)).to_have_attribute("aria-selected", "true", timeout=SOON)
    page.get_by_role("button", name="Add the event").hover()
    page.get_by_role("tab", name="Calendar and history").hover()
    assert axe_findings(page) == []


def test_of_two_tabs_chosen_one_after_the_other_the_second_is_open(open_patient: OpenPatient) -> None:
    page = open_patient()
    first, second = (page.get_by_role("tab", name=name, exact=True) for name in ("Questionnaires", "Consent"))
    # All that is left of the second click when Streamlit opens the first one's tab again.
    second.evaluate("(tab, first) => { first.click(); tab.focus(); }", first.element_handle())
    expect(second).to_have_attribute("aria-selected", "true", timeout=SOON)
    expect(page.get_by_role("heading", name="Deletion")).to_be_visible(timeout=SOON)


def test_one_click_gives_the_report(open_patient: OpenPatient) -> None:
    page = open_patient()
    report = fetched(page, "Report (PDF)")
    assert report.headers["content-type"] == "application/pdf"
    document = pypdfium2.PdfDocument(report.body())
    assert len(document) == 2
    assert "P-050" in document[0].get_textpage().get_text_bounded()
    document.close()


def test_the_page_prints_whole_and_without_what_only_a_screen_needs(open_patient: OpenPatient, tmp_path: Path) -> None:
    page = open_patient({"width": 1280, "height": 500})
    expect(page.get_by_text("There is no note yet.").or_(page.get_by_text("Notes")).first).to_be_visible(timeout=SOON)
    page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True, print_background=True)
    document = pypdfium2.PdfDocument(tmp_path / "page.pdf")
    said = " ".join(one.get_textpage().get_text_bounded() for one in document)
    document.close()
    assert "One patient" in said
    assert "No event is on the time line yet." in said, "below what the window shows"
    assert "Sign out" not in said
    assert "Report (PDF)" not in said


def test_what_was_refused_stays_in_its_form(open_patient: OpenPatient) -> None:
    page = open_patient()
    what = page.get_by_label("What happened, in a few words")
    what.fill("Back at school")
    page.get_by_role("button", name="Add the event").click()
    expect(page.get_by_text("Please give the day.")).to_be_visible(timeout=SOON)
    expect(what).to_have_value("Back at school")
    page.get_by_role("spinbutton", name="day, Day").fill("01")
    page.keyboard.type("102026")
    page.get_by_role("button", name="Add the event").click()
    expect(page.get_by_text("Back at school")).to_be_visible(timeout=SOON)
    expect(what).to_have_value("")


def test_the_report_takes_a_sentence_of_the_clinicians_own(open_patient: OpenPatient) -> None:
    page = open_patient()
    page.get_by_role("button", name="Own words").click()
    field = page.get_by_label("Your own sentence for the report")
    field.fill("We look at this together in May.")
    field.press("Control+Enter")
    settle(page)
    document = pypdfium2.PdfDocument(fetched(page, "Report (PDF)").body())
    said = document[0].get_textpage().get_text_bounded()
    document.close()
    assert "We look at this together in May." in said
