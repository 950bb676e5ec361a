"""Every table, as typed SQLAlchemy models. Times are UTC, hashes lower-case SHA-256 hex, people's ids random."""

from core.storage.tables.base import Base, Utc, new_id, now
from core.storage.tables.consent import ConsentRow
from core.storage.tables.exercise import BlockRow, ExposureRow, PlanRow, SessionRow, TrialRow
from core.storage.tables.faces import (
    NetworkAnswerRow,
    NetworkRow,
    NetworkStandingRow,
    PeopleAnswerRow,
    PictureRow,
    StimulusRow,
    StimulusSetRow,
)
from core.storage.tables.people import CareRow, InvitationRow, PersonRow, SignInRow, code_key

__all__ = [
    "Base",
    "BlockRow",
    "CareRow",
    "ConsentRow",
    "ExposureRow",
    "InvitationRow",
    "NetworkAnswerRow",
    "NetworkRow",
    "NetworkStandingRow",
    "PeopleAnswerRow",
    "PersonRow",
    "PictureRow",
    "PlanRow",
    "SessionRow",
    "SignInRow",
    "StimulusRow",
    "StimulusSetRow",
    "TrialRow",
    "Utc",
    "code_key",
    "new_id",
    "now",
]
