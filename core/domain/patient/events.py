"""Life events of a patient, for the time line of the training."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class EventKind(StrEnum):
    MEDICATION = "medication"
    THERAPY_BEGAN = "therapy_began"
    THERAPY_ENDED = "therapy_ended"
    OTHER = "other"


@dataclass(frozen=True)
class LifeEvent:
    """Something that happened `on` a day; `text` says what, in the clinician's words."""

    id: int
    on: date
    kind: EventKind
    text: str
