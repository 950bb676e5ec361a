"""A second person's yes to what one alone is not to do: an export, an un-blinding."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from core.domain.audit import Act
from core.domain.exercise.selection import Whom

APPROVAL_LASTS = timedelta(days=7)
"""From when it is asked for. It serves once."""
NEEDS_APPROVAL = frozenset({Act.EXPORT, Act.UNBLIND, Act.UNBLIND_ARMS})


class ApprovalState(StrEnum):
    """Where a request stands."""

    WAITING = "waiting"
    APPROVED = "approved"
    DECLINED = "declined"
    USED = "used"


@dataclass(frozen=True)
class Approval:
    """One request, as who asked and who may decide see it."""

    id: str
    act: Act
    whom: Whom
    choice: dict[str, str]
    """The same in the words of an export; empty where it is about single people."""
    reason: str
    asked_by: str
    """Their code."""
    asked_at: datetime
    own: bool
    """Of whoever looks at it."""
    state: ApprovalState

    @property
    def until(self) -> datetime:
        return self.asked_at + APPROVAL_LASTS
