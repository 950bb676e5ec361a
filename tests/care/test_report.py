"""The report: two pages, in both languages, with the figures of the patient's page and with nothing running out."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import combinations

import pypdfium2
import pytest
from sqlalchemy import select

from core.domain.audit import Act
from core.domain.events import EventKind
from core.domain.people import NotAllowed, NotSignedIn
from core.report.content import Inks, Point, Report, Section
from core.report.paper import MARGIN
from core.report.pdf import as_pdf
from core.services import accounts, clinic, questionnaires
from core.services.caseload import caseload
from core.services.reports import report_facts
from core.services.sign_in import NOWHERE, new_sign_in
from core.storage.database import Store
from core.storage.tables import AuditRow, PersonRow
from pages.shared.report import make_report
from pages.shared.report_words import report_in_words
from pages.shared.words import speaking

INKS = Inks("#1F2933", "#52606D", "#E5E1D8", "#2F6F6D")
MM = 72 / 25.4
Box = tuple[float, float, float, float]


@pytest.fixture
def vega(demo: Store) -> str:
    with demo.begin() as db:
        return new_sign_in(db, db.scalars(select(PersonRow).where(PersonRow.code == "Dr. Vega")).one(), NOWHERE)


def patient(store: Store, token: str, code: str) -> str:
    return next(line.id for line in caseload(store, token).lines if line.code == code)


def pages(pdf: bytes) -> Iterator[tuple[pypdfium2.PdfPage, pypdfium2.PdfTextPage]]:
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        text = page.get_textpage()
        yield page, text
        text.close()
        page.close()
    document.close()


def texts(pdf: bytes) -> list[str]:
    return [text.get_text_bounded().replace("\r\n", " ") for _, text in pages(pdf)]


def run_out(pdf: bytes) -> list[str]:
    """What leaves the margins or lies over other text, on any page."""
    wrong = []
    for number, (page, text) in enumerate(pages(pdf), 1):
        width, high = page.get_size()
        boxes: list[Box] = [text.get_rect(place) for place in range(text.count_rects())]
        for box in boxes:
            left, bottom, right, top = box
            if left < MARGIN * MM - 1 or right > width - MARGIN * MM + 1 or bottom < 0 or top > high:
                wrong.append(f"page {number}, out of the margins: {text.get_text_bounded(*box)!r}")
        for one, other in combinations(boxes, 2):
            across = min(one[2], other[2]) - max(one[0], other[0])
            along = min(one[3], other[3]) - max(one[1], other[1])
            if across > 1 and along > 1.5:
                wrong.append(f"page {number}: {text.get_text_bounded(*one)!r} over {text.get_text_bounded(*other)!r}")
    return wrong


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("code", ["P-001", "P-002", "P-003"])
def test_a_report_has_two_pages_and_nothing_runs_out(demo: Store, vega: str, code: str, language: str) -> None:
    pdf = make_report(demo, vega, patient(demo, vega, code), language)
    found = texts(pdf)
    assert len(found) == 2
    assert run_out(pdf) == []
    for page in found:
        assert ("no diagnosis" in page) or ("diagnóstico" in page)


def test_the_report_says_what_the_page_says(demo: Store, vega: str) -> None:
    person = patient(demo, vega, "P-003")
    for score in questionnaires.scores(demo, vega, person):
        questionnaires.remove(demo, vega, person, score.id)
    questionnaires.enter(demo, vega, person, "tas20", date(2026, 6, 1), 68)
    questionnaires.enter(demo, vega, person, "tas20", date(2026, 11, 2), 51)
    clinic.add_event(demo, vega, person, date(2026, 6, 3), EventKind.THERAPY_BEGAN, "group, weekly")
    clinic.add_note(demo, vega, person, "This is not for the report.")
    facts = report_facts(demo, vega, person)
    first, second = texts(make_report(demo, vega, person, "en"))
    latest = facts.review.progress.checks[-1]
    assert "P-003" in first
    assert f"{100 * latest.right / latest.shown:.0f} %" in first
    assert "Reliably better than at baseline" in first
    assert facts.review.series is not None
    for one in facts.review.series.emotions:
        assert f"{one.right} of {one.shown} " in second
        assert f"{one.hu:.2f}" in second
    assert "TAS-20: 51 (no alexithymia), 2 Nov 2026. -17 points since the first: reliably better" in second
    assert "3 Jun 2026: Therapy began, group, weekly" in second
    assert "not for the report" not in first + second


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_longest_report_still_fits(demo: Store, vega: str, language: str) -> None:
    with speaking(language):
        report = report_in_words(report_facts(demo, vega, patient(demo, vega, "P-003")))
    pdf = as_pdf(crowded(report), INKS)
    assert len(texts(pdf)) == 2
    assert run_out(pdf) == []


def crowded(report: Report) -> Report:
    """As much of everything as a report may hold."""
    long = "so many words that they are wrapped onto a second line and perhaps a third one, " * 2
    point = report.course.points[0]
    points = [replace(point, label="30 Sep. 2026", comparable=place % 2 == 0) for place in range(24)]
    return replace(
        report,
        name="W" * 64,
        more=long,
        attention=Section(report.attention.title, [long] * 5),
        course=replace(report.course, points=points),
        plan=Section(report.plan.title, [long * 2]),
        confusions=Section(report.confusions.title, [long] * 3),
        questionnaires=Section(report.questionnaires.title, [long] * 4),
        events=Section(report.events.title, [long] * 6),
    )


def test_a_check_before_any_other_is_drawn_alone(demo: Store, vega: str) -> None:
    report = report_in_words(report_facts(demo, vega, patient(demo, vega, "P-003")))
    only = [Point("1 Jan 2026", 0.5, (0.35, 0.65), True, 0.7, 0.9)]
    assert run_out(as_pdf(replace(report, course=replace(report.course, points=only, band=None)), INKS)) == []


def test_a_report_is_in_the_audit_log_and_for_who_cares_only(
    store: Store, clinician: str, patient_id: str, other: str, patient: str
) -> None:
    make_report(store, clinician, patient_id, "en")
    with store.begin() as db:
        assert Act.REPORT in db.scalars(select(AuditRow.act)).all()
    for token in (other, patient):
        with pytest.raises(NotAllowed):
            make_report(store, token, patient_id, "en")
    accounts.sign_out(store, clinician)
    with pytest.raises(NotSignedIn):
        make_report(store, clinician, patient_id, "en")
