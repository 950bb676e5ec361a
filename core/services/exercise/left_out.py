"""What a patient leaves out of one of their days: known on every browser until the day is over."""

from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from core.domain.exercise.programme import DayPart
from core.domain.patient.consent import ConsentState, Purpose
from core.domain.people import Role
from core.services.gate.access import require
from core.services.privacy import consents
from core.storage.database import Store
from core.storage.tables import LeftOutPartRow
from core.storage.upserts import make
from core.tasks.recognition.course_state import own_today


def leave_out(store: Store, token: str, day_part: DayPart) -> None:
    """For the rest of the signed-in patient's day. Nothing is kept of who has not agreed to a record."""
    with store.begin() as db:
        person = require(db, token, Role.PATIENT)
        if consents.state_of(db, person.id, Purpose.TREATMENT) is not ConsentState.AGREED:
            return
        day = own_today(db, person.id)
        db.execute(delete(LeftOutPartRow).where(LeftOutPartRow.person_id == person.id, LeftOutPartRow.day != day))
        make(db, LeftOutPartRow, {"person_id": person.id, "day": day, "part": day_part.value})


def is_left_out(store: Store, token: str, day_part: DayPart) -> bool:
    """By the signed-in patient, today."""
    with store.begin() as db:
        person = require(db, token, Role.PATIENT)
        return day_part in left_out_on(db, person.id, own_today(db, person.id))


def left_out_on(db: Session, person_id: str, day: date) -> frozenset[DayPart]:
    rows = select(LeftOutPartRow.part).where(LeftOutPartRow.person_id == person_id, LeftOutPartRow.day == day)
    return frozenset(DayPart(part) for part in db.scalars(rows))
