"""The list of patients as a table: ordered by its headings, a page at a time, each line leading to its patient."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import streamlit as st

from core.domain.patient.caseload import Show, Sort
from core.services.clinic.caseload import PAGE, Caseload, Line
from pages.clinician.caseload.state import caseload_state
from pages.clinician.caseload.words import MARKS, dose, next_steps, standing, verdict_figures, verdict_name
from pages.shared.component import ELEMENTS, as_data, source
from pages.shared.format import day
from pages.shared.state import told
from pages.shared.words import _, ngettext

_HERE = Path(__file__).parent
_KEY, _ASKED = "caseload", "asked"
_component = st.components.v2.component(
    "lexithymia_caseload",
    html='<div class="caseload"></div>',
    css=source(_HERE / "caseload.css"),
    js=source(ELEMENTS, _HERE / "caseload.js"),
)


@dataclass(frozen=True)
class Chosen:
    """A line that was chosen: to `open` its patient's page, or else to change something about them."""

    id: str
    open: bool


def show_caseload(found: Caseload) -> Chosen | None:
    """Show one page of the list; what was chosen in it since the last run, if anything."""
    result = _component(key=_KEY, data=as_data(_data(found)), on_asked_change=_asked)
    return _chosen(result.get(_ASKED), found)


def show_name(show: Show) -> str:
    """What a choice of patients is called."""
    match show:
        case Show.ALL:
            return _("Everybody")
        case Show.ATTENTION:
            return _("Needs attention")
        case Show.ARCHIVED:
            return _("Archived")
    assert show.verdict is not None
    return verdict_name(show.verdict)


def _asked() -> None:
    """Another order or page was asked for, before the page is run."""
    asked, here = told(_KEY, _ASKED), caseload_state()
    if not isinstance(asked, dict):
        return
    if asked.get("sort") in list(Sort):
        sort = Sort(asked["sort"])
        again = sort is here.wish.sort
        upward_first = sort in {Sort.CODE, Sort.LAST}
        descending = not here.wish.descending if again else not upward_first
        here.wish = replace(here.wish, sort=sort, descending=descending, page=0)
    if isinstance(asked.get("page"), int):
        here.wish = replace(here.wish, page=max(0, asked["page"]))


def _chosen(asked: Any, found: Caseload) -> Chosen | None:
    if not isinstance(asked, dict):
        return None
    for what in ("open", "change"):
        if any(line.id == asked.get(what) for line in found.lines):
            return Chosen(asked[what], what == "open")
    return None


def _data(found: Caseload) -> dict[str, object]:
    wish, first = found.wish, found.wish.page * PAGE
    return {
        "columns": [
            {"sort": Sort.CODE, "name": _("Code")},
            {"sort": Sort.CHANGE, "name": _("Change since baseline")},
            {"sort": Sort.CHECKS, "name": _("Checks")},
            {"sort": Sort.DOSE, "name": _("Practice in four weeks")},
            {"sort": Sort.LAST, "name": _("Last run")},
            {"sort": Sort.ATTENTION, "name": _("Next step")},
        ],
        "sort": wish.sort,
        "descending": wish.descending,
        "lines": [_row(line) for line in found.lines],
        "page": wish.page,
        "pages": found.pages,
        "words": {
            "caption": _("My patients"),
            "change": _("Change"),
            "change_of": _("Change something about {code}"),
            "before": _("Page before"),
            "after": _("Next page"),
            "shown": ngettext(
                "{first}–{last} of {matching} patient", "{first}–{last} of {matching} patients", found.matching
            ).format(first=first + 1, last=first + len(found.lines), matching=found.matching),
        },
    }


def _row(line: Line) -> dict[str, object]:
    shares = [round(100 * share) for share in line.line]
    return {
        "id": line.id,
        "code": line.code,
        "standing": standing(line),
        "mark": MARKS[line.verdict] if line.last_practice else "",
        "verdict": verdict_name(line.verdict) if line.last_practice else _("Not begun"),
        "figures": verdict_figures(line) if line.last_practice else "",
        "checks": line.checks,
        "shares": shares,
        "said": _("Named as meant, check by check: {shares} %").format(shares=", ".join(map(str, shares))),
        "dose": dose(line),
        "last": day(line.last_practice) if line.last_practice else _("never"),
        "steps": next_steps(line),
    }
