"""Pages of the product as the frame knows them: address, title, whose they are."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Audience(StrEnum):
    """Whom a page is for. An administrator is a clinician with a further right."""

    VISITOR = "visitor"
    PATIENT = "patient"
    CLINICIAN = "clinician"
    RESEARCHER = "researcher"
    ADMINISTRATOR = "administrator"
    HANDED_OVER = "handed-over"
    """The patient at a browser that a clinician has handed over."""


@dataclass(frozen=True)
class PageEntry:
    """A page of the product."""

    script: str
    """Below pages/."""
    path: str
    """Its address."""
    title: str
    audience: set[Audience]
    """Whose it is."""
    listed: bool | set[Audience] = True
    """Whether the menu shows it, or for whom."""
    on_bar: str = ""
    """Its word on the bar of a phone, for the few that are always in reach."""
    only: Callable[[], bool] = lambda: True
    """Whether it is there at all for whom it is."""

    def in_menu_of(self, here: set[Audience]) -> bool:
        """Whether the menu of somebody whose page it is shows it."""
        return bool(here & self.listed) if isinstance(self.listed, set) else self.listed
