"""What happens in a patient's life beside the training, and belongs on the same time line."""

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
