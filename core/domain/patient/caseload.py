"""Query of the caseload: which patients, in which order, which page."""

from dataclasses import dataclass
from enum import StrEnum

from core.domain.statistics.change import VerdictKind


class CaseloadSort(StrEnum):
    """By what the list is ordered; people who are equal in it stand by code."""

    CODE = "code"
    ATTENTION = "attention"
    CHANGE = "change"
    CHECKS = "checks"
    DOSE = "dose"
    LAST = "last"


class CaseloadFilter(StrEnum):
    """Which patients the list shows. All but `ARCHIVED` leave the archived ones out."""

    ALL = "all"
    ATTENTION = "attention"
    BETTER = VerdictKind.BETTER.value
    WORSE = VerdictKind.WORSE.value
    CANNOT_TELL = VerdictKind.CANNOT_TELL.value
    COULD_NOT_TELL = VerdictKind.COULD_NOT_TELL.value
    NO_ROOM = VerdictKind.NO_ROOM.value
    BELOW_DOSE = VerdictKind.BELOW_DOSE.value
    BASELINE = VerdictKind.BASELINE.value
    BASELINE_UNFINISHED = VerdictKind.BASELINE_UNFINISHED.value
    ARCHIVED = "archived"

    @property
    def verdict(self) -> VerdictKind | None:
        return (
            None
            if self in {CaseloadFilter.ALL, CaseloadFilter.ATTENTION, CaseloadFilter.ARCHIVED}
            else VerdictKind(self.value)
        )


@dataclass(frozen=True)
class CaseloadOptions:
    """What a clinician asks of the list of their patients."""

    search: str = ""
    """A part of a code, whatever its capitals."""
    show: CaseloadFilter = CaseloadFilter.ALL
    sort: CaseloadSort = CaseloadSort.CODE
    descending: bool = False
    page: int = 0
    """Counted from 0."""
