"""Check-ins as a browser fills them in, part by part: each is committed before it is acknowledged, even told twice.

Nothing here is known to anybody else: sharing is a service of its own.
"""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.orm import Session

from core.domain.days import day_of
from core.domain.devices import Browser
from core.domain.exercise.programme import DayPart
from core.domain.feelings.check_in import CheckIn, Part, PartBatch, parts_asked
from core.domain.feelings.diary import RUNNING, named, needs_help_line
from core.domain.feelings.words import THIRD_GRADE, feeling_words, grade
from core.domain.patient.consent import Purpose
from core.domain.people import NotAllowed, Person, Role
from core.services.exercise.left_out import left_out_on
from core.services.exercise.programme import week_of
from core.services.exercise.summary import keep_time_zone
from core.services.gate.access import require
from core.services.privacy import consents
from core.storage.database import Store
from core.storage.feelings import feelings_queries
from core.storage.feelings.own_words import OwnWords
from core.storage.queries import exercise_queries
from core.storage.queries.people_queries import zone_of
from core.storage.tables import CheckInRow, now

GOES_ON = timedelta(hours=3)
"""For which a check-in that was left can be gone on with; afterwards it is kept as far as it came."""


@dataclass(frozen=True)
class OpenCheckIn:
    """A check-in that can be filled in."""

    entry: CheckIn
    told: tuple[Part, ...]
    """The parts that were answered or left out."""
    grade: int
    """1 to 3: of the words that are offered."""
    asked: tuple[Part, ...]
    """The parts that are asked, in order."""
    anew: bool = False
    """It was over, and is answered once more."""


@dataclass(frozen=True)
class CheckInState:
    """What is kept of a check-in; `help`: say where to find help."""

    told: tuple[Part, ...]
    over: bool
    help: bool


def begin(store: Store, token: str, browser: Browser) -> OpenCheckIn:
    """The patient's check-in that was left a short time ago, or a new one.

    Raises NotAgreed where the person has not agreed to a record and to a diary of feelings.
    """
    with store.begin() as db:
        person = _writer(db, token)
        keep_time_zone(db, person.id, browser.time_zone)
        at = now()
        row = feelings_queries.open_check_in(db, person.id, at - GOES_ON)
        if row is None:
            row = CheckInRow(person_id=person.id, at=at, day=day_of(at, zone_of(db, person.id)))
            db.add(row)
            db.flush()
        week = week_of(db, person.id)
        return OpenCheckIn(_entry(db, row), _parts(row), _grade(db, row, week), parts_asked(week))


def again(store: Store, token: str, check_in_id: str) -> OpenCheckIn:
    """One of the patient's own check-ins, to answer its parts anew: all of them, each as it stands.

    Raises NotAllowed also for a deleted one, and NotAgreed as `begin`.
    """
    with store.begin() as db:
        person = _writer(db, token)
        row = own_check_in(db, person, check_in_id)
        if row.erased_at is not None:
            raise NotAllowed("This entry was deleted.")
        grade = _grade(db, row, week_of(db, person.id))
        return OpenCheckIn(_entry(db, row), (), grade, parts_asked(None), anew=True)


def take(store: Store, token: str, check_in_id: str, parts: PartBatch) -> CheckInState:
    """Keep what a browser tells of one of the patient's own check-ins; telling it twice changes nothing.

    What comes after the entry was deleted is let go. Raises NotAgreed where the consent does not stand any more.
    """
    with store.begin() as db:
        row = own_check_in(db, _writer(db, token), check_in_id)
        if row.erased_at is None:
            for told in parts.parts:
                feelings_queries.fill(db, row, told.fields)
                row.told = [*row.told, *({told.part} - {*row.told, Part.DONE})]
                if told.part is Part.DONE and row.ended_at is None:
                    row.ended_at = now()
        db.flush()
        over = row.ended_at is not None
        hard = over and needs_help_line(feelings_queries.entries(db, row.person_id, most=RUNNING))
        return CheckInState(_parts(row), over, hard)


def is_to_be_asked(store: Store, token: str) -> bool:
    """Whether the end of a run may ask "have you felt this lately?": of the day's first run that is over, of who keeps
    a diary, and has neither checked in today nor left it for another day. So nobody is asked twice a day."""
    with store.begin() as db:
        person = require(db, token, Role.PATIENT)
        if not consents.has_consent(db, person.id, Purpose.TREATMENT, Purpose.FEELINGS):
            return False
        zone = zone_of(db, person.id)
        today = day_of(now(), zone)
        ended = [at for at in exercise_queries.latest_ends(db, person.id, 2) if day_of(at, zone) == today]
        if len(ended) != 1 or DayPart.CHECK_IN in left_out_on(db, person.id, today):
            return False
        return not feelings_queries.told_rows(db, person.id, CheckInRow.day == today, most=1)


def own_check_in(db: Session, person: Person, check_in_id: str) -> CheckInRow:
    """Raises NotAllowed for another's, and for one that does not exist."""
    row = db.get(CheckInRow, check_in_id)
    if row is None or row.person_id != person.id:
        raise NotAllowed("This check-in is not yours.")
    return row


def _writer(db: Session, token: str) -> Person:
    person = require(db, token, Role.PATIENT)
    consents.require_agreed(db, person.id, Purpose.TREATMENT, Purpose.FEELINGS)
    return person


def _parts(row: CheckInRow) -> tuple[Part, ...]:
    return tuple(Part(part) for part in row.told)


def _entry(db: Session, row: CheckInRow) -> CheckIn:
    return feelings_queries.entry_of(row, feelings_queries.revealed(OwnWords(db, row.person_id), row))


def _grade(db: Session, row: CheckInRow, week: int | None) -> int:
    """After the other check-ins, the latest THIRD_GRADE at most: what was before changes nothing any more."""
    entries = feelings_queries.entries(db, row.person_id, CheckInRow.id != row.id, THIRD_GRADE)
    chosen = max((feeling_words()[word].grade for entry in entries for word in entry.words), default=1)
    return grade(len(entries), len({word for entry in entries for word in named(entry)}), chosen, week)
