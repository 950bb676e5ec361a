"""What the list of patients shows in this tab."""

from dataclasses import dataclass, field

from core.domain.patient.caseload import CaseloadOptions
from pages.shared.state import tab_state


@dataclass
class CaseloadState:
    options: CaseloadOptions = field(default_factory=CaseloadOptions)
    """Order, filter, search and page."""


def caseload_state() -> CaseloadState:
    """The list's state in the tab that is running this script."""
    return tab_state(CaseloadState, "lexithymia caseload")
