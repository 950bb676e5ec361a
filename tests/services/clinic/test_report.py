"""The report: two pages, in both languages, with the figures of the patient's page and with nothing running out."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from core.domain.audit import Act
from core.domain.patient.events import EventKind
from core.domain.people import NotAllowed, NotSignedIn
from core.report.content import Happening, Inks, Point, Report, Section
from core.report.paper import UNKNOWN, Paper
from core.report.pdf import as_pdf
from core.services.accounts import accounts
from core.services.clinic import notes, questionnaires
from core.services.clinic.caseload import caseload
from core.services.clinic.reports import report_facts
from core.storage.database import Store
from core.storage.tables import AuditRow
from pages.clinician.record.report import make_report
from pages.clinician.record.report_words import report_in_words
from pages.shared.words import speaking
from tests.services.clinic.printed import run_out, texts

INKS = Inks("#1F2933", "#52606D", "#E5E1D8", "#2F6F6D")


def patient(store: Store, token: str, code: str) -> str:
    return next(line.id for line in caseload(store, token).lines if line.code == code)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("code", ["P-001", "P-002", "P-003"])
def test_a_report_has_two_pages_and_nothing_runs_out(demo: Store, vega: str, code: str, language: str) -> None:
    pdf = make_report(demo, vega, patient(demo, vega, code), language)
    found = texts(pdf)
    assert len(found) == 2
    assert run_out(pdf) == []
    for page in found:
        assert ("no diagnosis" in page) or ("diagnóstico" in page)
        assert UNKNOWN not in page, "the type has every letter of the product's own words"


@pytest.mark.both_databases
def test_the_report_says_what_the_page_says(demo: Store, vega: str) -> None:
    person = patient(demo, vega, "P-003")
    for score in questionnaires.scores(demo, vega, person):
        questionnaires.remove(demo, vega, person, score.id)
    questionnaires.enter(demo, vega, person, "tas20", date(2026, 6, 1), 68)
    questionnaires.enter(demo, vega, person, "tas20", date(2026, 11, 2), 51)
    notes.add_event(demo, vega, person, date(2026, 6, 3), EventKind.THERAPY_BEGAN, "group, weekly")
    notes.add_note(demo, vega, person, "This is not for the report.")
    facts = report_facts(demo, vega, person)
    first, second = texts(make_report(demo, vega, person, "en"))
    latest = facts.review.progress.checks[-1]
    assert "P-003" in first
    assert f"{100 * latest.right / latest.shown:.0f} %" in first
    assert "Better than before training" in first
    (_before, baseline), (_since, later) = facts.review.blocks
    for then, one in zip(baseline.emotions, later.emotions, strict=True):
        low, high = (round(100 * edge) for edge in then.interval)
        assert f"{then.right} of {then.shown} {low}–{high} % –" in second, "too few faces for Hu"
        low, high = (round(100 * edge) for edge in one.interval)
        assert f"{one.right} of {one.shown} {low}–{high} % {one.hu:.2f}" in second
    assert "TAS-20: 51 (no alexithymia), 2 Nov 2026. -17 points since the first: reliably better" in second
    assert "3 Jun 2026: Therapy began, group, weekly" in second
    assert "not for the report" not in first + second


def test_what_happened_stands_on_the_chart_at_its_day(demo: Store, vega: str) -> None:
    person = patient(demo, vega, "P-003")
    for on, kind in ((date(2026, 7, 3), EventKind.THERAPY_BEGAN), (date(2026, 7, 9), EventKind.MEDICATION)):
        notes.add_event(demo, vega, person, on, kind, "as planned")
    report = report_in_words(report_facts(demo, vega, person))
    places = {(event.name, event.label): event.place for event in report.course.events}
    first, second = places["Therapy began", "3 Jul 2026"], places["Medication", "9 Jul 2026"]
    assert 1 < first < second < len(report.course.points)
    pdf = as_pdf(report, INKS)
    chart = texts(pdf)[0].split("Checks over time")[1]
    assert "Therapy began" in chart
    assert "Medication" in chart
    assert run_out(pdf) == []


def test_the_clinicians_own_sentence_stands_under_the_verdict_and_nowhere_without_one(demo: Store, vega: str) -> None:
    person = patient(demo, vega, "P-003")
    said, plain = (
        texts(make_report(demo, vega, person, "en", own))[0] for own in (" We talk about work next time. ", " ")
    )
    assert "In the words of Dr. Vega We talk about work next time. Needs attention" in said
    assert "In the words of" not in plain


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_longest_report_still_fits(demo: Store, vega: str, language: str) -> None:
    with speaking(language):
        report = report_in_words(report_facts(demo, vega, patient(demo, vega, "P-003")))
    pdf = as_pdf(crowded(report), INKS)
    assert len(texts(pdf)) == 2
    assert run_out(pdf) == []


@pytest.mark.parametrize("language", ["en", "es"])
def test_letters_that_the_type_does_not_have_get_a_sign_that_is_explained(
    demo: Store, vega: str, language: str
) -> None:
    person = patient(demo, vega, "P-003")
    notes.add_event(demo, vega, person, date(2026, 6, 3), EventKind.OTHER, "Ω 3, Łódź, 家")
    with speaking(language):
        report = report_in_words(report_facts(demo, vega, person))
    first, second = texts(pdf := as_pdf(replace(report, name="Ж-12"), INKS))
    assert "¤-12" in first
    assert ("¤ stands for a letter" in first) or ("¤ aparece en lugar de una letra" in first)
    assert "¤ 3, Łódź, ¤" in second
    assert run_out(pdf) == []


def test_ink_in_a_margin_and_lines_through_text_would_be_found(demo: Store, vega: str) -> None:
    report = report_in_words(report_facts(demo, vega, patient(demo, vega, "P-003")))
    paper = Paper(replace(report, name="P-003"), INKS)
    paper.add_page()
    paper.write_in("This is struck through.", 60)
    paper.line(16, paper.y - 2.5, 60, paper.y - 2.5)
    paper.set_xy(150, 60)
    paper.cell(10, 5, "This leaves the page at the right, and nothing wraps or cuts it.")
    paper.circle(4, 100, 3, style="F")
    found = "; ".join(run_out(bytes(paper.output())))
    assert "'This is struck through.': drawn over" in found
    assert "This leaves the page at the right" in found
    assert "right margin: ink" in found
    assert "left margin: ink" in found
    assert "upper margin" not in found


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
        own=Section("In the words of somebody", [long]),
        course=replace(report.course, points=points, events=[Happening(2.5, "Therapy began", "3 Jun 2026")] * 6),
        plan=Section(report.plan.title, [long * 2]),
        confusions=Section(report.confusions.title, [long] * 3),
        questionnaires=Section(report.questionnaires.title, [long] * 4),
        events=Section(report.events.title, [long] * 6),
        feelings=Section("Own feelings, as far as they are shown", [long] * 2),
    )


def test_a_check_before_any_other_is_drawn_alone(demo: Store, vega: str) -> None:
    report = report_in_words(report_facts(demo, vega, patient(demo, vega, "P-003")))
    only = [Point(datetime(2026, 1, 1, tzinfo=UTC), "1 Jan 2026", 0.5, (0.35, 0.65), True, 0.7, 0.9)]
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
