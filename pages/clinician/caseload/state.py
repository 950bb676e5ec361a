"""What the list of patients shows in this tab."""

from dataclasses import dataclass

from core.domain.patient.caseload import CaseloadOptions, CaseloadSort
from pages.shared.state import tab_state

_FIRST = CaseloadOptions(sort=CaseloadSort.ATTENTION, descending=True)


@dataclass
class CaseloadState:
    options: CaseloadOptions = _FIRST
    """Order, filter, search and page."""


def caseload_state() -> CaseloadState:
    """The list's state in the tab that is running this script."""
    return tab_state(CaseloadState, "lexithymia caseload")
