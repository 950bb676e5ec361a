"""Caseload table: ordered by its headings, a page at a time, each line leading to its patient."""

from dataclasses import dataclass, replace
from pathlib import Path

import streamlit as st

from core.domain.patient.caseload import CaseloadFilter, CaseloadSort
from core.services.clinic.caseload import PAGE, Caseload, CaseloadLine
from pages.clinician.caseload.state import caseload_state
from pages.clinician.caseload.words import MARKS, account_state, dose, next_steps, verdict_figures, verdict_name
from pages.shared.component import ELEMENTS, as_data, component, source
from pages.shared.format import day
from pages.shared.state import component_value
from pages.shared.words import _, ngettext

_HERE = Path(__file__).parent
_KEY, _ASKED = "caseload", "asked"
_component = component(
    "lexithymia_caseload",
    html='<div class="caseload"></div>',
    css=source(_HERE / "caseload.css"),
    js=source(ELEMENTS, _HERE / "caseload.js"),
)


@dataclass(frozen=True)
class ChosenPatient:
    """A line that was chosen: to `open` its patient's page, or else to change something about them."""

    id: str
    open: bool


def show_caseload(caseload: Caseload) -> ChosenPatient | None:
    """Show one page of the list; what was chosen in it since the last run, if anything."""
    result = _component(key=_KEY, data=as_data(_data(caseload)), on_asked_change=_asked)
    return _chosen(result.get(_ASKED), caseload)


def show_paper_style() -> None:
    """How the page of the list stands on paper; the list itself brings its own."""
    st.html(_HERE / "paper.css")


def show_name(show: CaseloadFilter) -> str:
    """What a choice of patients is called."""
    match show:
        case CaseloadFilter.ALL:
            return _("Everybody")
        case CaseloadFilter.ATTENTION:
            return _("Needs attention")
        case CaseloadFilter.ARCHIVED:
            return _("Archived")
    assert show.verdict is not None
    return verdict_name(show.verdict)


def _asked() -> None:
    """Another order or page was asked for, before the page is run."""
    asked, here = component_value(_KEY, _ASKED), caseload_state()
    if not isinstance(asked, dict):
        return
    if asked.get("sort") in list(CaseloadSort):
        sort = CaseloadSort(asked["sort"])
        again = sort is here.options.sort
        upward_first = sort in {CaseloadSort.CODE, CaseloadSort.LAST}
        descending = not here.options.descending if again else not upward_first
        here.options = replace(here.options, sort=sort, descending=descending, page=0)
    if isinstance(asked.get("page"), int):
        here.options = replace(here.options, page=max(0, asked["page"]))


def _chosen(asked: object, caseload: Caseload) -> ChosenPatient | None:
    if not isinstance(asked, dict):
        return None
    for what in ("open", "change"):
        if any(line.id == asked.get(what) for line in caseload.lines):
            return ChosenPatient(asked[what], what == "open")
    return None


def _data(caseload: Caseload) -> dict[str, object]:
    options, first = caseload.options, caseload.options.page * PAGE
    return {
        "columns": [
            {"sort": CaseloadSort.CODE, "name": _("Code")},
            {"sort": CaseloadSort.CHANGE, "name": _("Change since baseline")},
            {"sort": CaseloadSort.CHECKS, "name": _("Checks")},
            {"sort": CaseloadSort.DOSE, "name": _("Practice in four weeks")},
            {"sort": CaseloadSort.LAST, "name": _("Last run")},
            {"sort": CaseloadSort.ATTENTION, "name": _("Next step")},
        ],
        "sort": options.sort,
        "descending": options.descending,
        "lines": [_row(line) for line in caseload.lines],
        "page": options.page,
        "pages": caseload.pages,
        "words": {
            "caption": _("My patients"),
            "change": _("Change"),
            "change_of": _("Change something about {code}"),
            "before": _("Page before"),
            "after": _("Next page"),
            "shown": ngettext(
                "{first}–{last} of {matching} patient", "{first}–{last} of {matching} patients", caseload.matching
            ).format(first=first + 1, last=first + len(caseload.lines), matching=caseload.matching),
        },
    }


def _row(line: CaseloadLine) -> dict[str, object]:
    shares = [round(100 * share) for share in line.check_shares]
    return {
        "id": line.id,
        "code": line.code,
        "standing": account_state(line) if line.last_practice else "",
        "mark": MARKS[line.verdict] if line.last_practice else "",
        "verdict": verdict_name(line.verdict) if line.last_practice else _("Not begun"),
        "figures": verdict_figures(line) if line.last_practice else account_state(line),
        "checks": line.checks,
        "shares": shares,
        "said": _("Named as meant, check by check: {shares} %").format(shares=", ".join(map(str, shares))),
        "dose": dose(line),
        "last": day(line.last_practice, zone=line.zone) if line.last_practice else _("never"),
        "steps": next_steps(line),
    }
