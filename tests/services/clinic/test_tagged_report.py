"""The report as somebody hears it: title, language, headings, paragraphs in order, and words instead of drawings."""

import ctypes
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pypdfium2.raw as pdfium
import pytest

from core.domain.patient.events import EventKind
from core.services.clinic import notes
from core.services.clinic.reports import report_facts
from core.storage.database import Store
from pages.clinician.record.report import make_report
from pages.clinician.record.report_words import report_in_words
from pages.shared.words import speaking
from tests.services.clinic.test_report import patient


def said(ask: Callable[..., int], *of: Any) -> str:
    length = ask(*of, None, 0)
    held = ctypes.create_string_buffer(length)
    ask(*of, held, length)
    return held.raw.decode("utf-16-le").rstrip("\0")


def elements(document: Any, page: int) -> Iterator[tuple[str, str]]:
    """(kind, what is said instead) of each element of a page's structure tree, in its order."""
    opened = pdfium.FPDF_LoadPage(document, page)
    tree = pdfium.FPDF_StructTree_GetForPage(opened)
    waiting = [
        pdfium.FPDF_StructTree_GetChildAtIndex(tree, at) for at in range(pdfium.FPDF_StructTree_CountChildren(tree))
    ]
    while waiting:
        element = waiting.pop(0)
        yield said(pdfium.FPDF_StructElement_GetType, element), said(pdfium.FPDF_StructElement_GetAltText, element)
        count = pdfium.FPDF_StructElement_CountChildren(element)
        below = [pdfium.FPDF_StructElement_GetChildAtIndex(element, at) for at in range(count)]
        waiting = [one for one in below if one] + waiting
    pdfium.FPDF_StructTree_Close(tree)
    pdfium.FPDF_ClosePage(opened)


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_report_has_title_language_headings_and_words_instead_of_drawings(
    demo: Store,
    vega: str,
    language: str,
) -> None:
    person = patient(demo, vega, "P-003")
    notes.add_event(demo, vega, person, date(2026, 7, 3), EventKind.THERAPY_BEGAN, "group, weekly")
    with speaking(language):
        report = report_in_words(report_facts(demo, vega, person))
    pdf = make_report(demo, vega, person, language)
    document = pdfium.FPDF_LoadMemDocument(pdf, len(pdf), None)
    assert pdfium.FPDFCatalog_IsTagged(document)
    assert f"/Lang ({language})".encode() in pdf
    assert b"/DisplayDocTitle true" in pdf
    assert said(pdfium.FPDF_GetMetaText, document, b"Title") == f"{report.title}: {report.name}"
    first, second = ([*elements(document, page)] for page in range(2))
    pdfium.FPDF_CloseDocument(document)
    assert [kind for kind, _ in first][:3] == ["Document", "P", "H1"]
    assert [kind for kind, _ in [*first, *second]].count("H1") == 1
    assert sum(kind == "H2" for kind, _ in second) >= 3
    (chart,) = (text for kind, text in first if kind == "Figure")
    assert report.matrix is not None
    (matrix,) = (text for kind, text in second if kind == "Figure")
    latest = report.course.points[-1]
    assert chart.startswith(f"{report.course.title}. {report.course.axis}: ")
    assert f"{latest.label}: {100 * latest.share:.0f}" in chart
    assert report.course.events
    for event in report.course.events:
        assert f"{event.label}: {event.name}." in chart
    for name, counts in zip(report.matrix.rows, report.matrix.counts, strict=True):
        assert f"{name}: " in matrix
        assert all(
            f"{column} {count}" in matrix for column, count in zip(report.matrix.columns, counts, strict=True) if count
        )


def test_all_that_is_on_a_page_is_tagged_or_decoration(demo: Store, vega: str) -> None:
    """Outside of marked content stands nothing that paints."""
    from fpdf import FPDF

    pages: list[str] = []
    whole = FPDF._out
    with pytest.MonkeyPatch.context() as patch:

        def watched(paper: FPDF, text: str) -> None:
            pages.append(str(text))
            whole(paper, text)

        patch.setattr(FPDF, "_out", watched)
        make_report(demo, vega, patient(demo, vega, "P-003"), "en")
    depth, outside = 0, []
    for text in pages:
        depth += text.endswith(("BDC", "BMC"))
        depth -= text == "EMC"
        assert depth in (0, 1)
        if not depth and text != "EMC" and any(sign in text for sign in ("Tj", "TJ", " S", " f")):
            outside.append(text)
    assert outside == []
    assert sum("Tj" in text or "TJ" in text for text in pages) > 50
