"""Clinic of a demonstration: a study and who takes part, totals of a questionnaire, notes, events.

Nothing of it changes what anybody trains: the arms of the study differ beside the exercise.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from sqlalchemy.orm import Session

from core.domain.days import day_of
from core.domain.exercise.allocation import allocated
from core.domain.exercise.plan import ChangeRule, Plan
from core.domain.exercise.trials import Kind
from core.domain.patient.events import EventKind
from core.simulate.cast import WEEKS, InventedPatient
from core.simulate.course import Rows, SimulatedCourse
from core.storage.tables import EnrolmentRow, StudyArmRow, StudyRow

STUDY = "A call a week"
PROTOCOL = """\
Does it help to be asked how training goes? Adults who agreed to research train for six months by the recommended \
plan. In one arm nobody calls; in the other the clinic calls once a week, for ten minutes, and gives no advice on faces.

Allocation: permuted blocks of random size. First outcome: right answers in checks, from the baseline to the last one. \
Second: days of training, total of the TAS-20. Everybody in this study is invented."""
ARMS = ("training alone", "training and a call")
RETEST_AFTER, RETEST_AFTER_BLOCKS = timedelta(weeks=13), timedelta(weeks=8)
_WITHDRAWS_AFTER = timedelta(days=30)
_NOTES = {
    "new": ((0, "First visit. Showed the try-out together; will begin at home, on the telephone."),),
    "middle": (
        (0, "Asks for help because a friend said: you never notice when I am cross. Agreed on one run or two a week."),
        (5, "Says that faces on the train have become interesting, and that evenings suit best."),
    ),
    "finished": (
        (0, "Finds it hard to say what others feel, and what they feel themselves. No hurry: one run every other day."),
        (9, "Less tired than at the first visit. Went over the confusions of the last check together."),
        (24, "All planned checks are done. Wants to go on alone; next appointment in three months."),
    ),
}
"""What the clinician wrote of those who are offered at the sign-in, so many weeks after they joined."""
_EVENTS = {
    "middle": ((2, EventKind.THERAPY_BEGAN, "in a group, once a week"),),
    "finished": (
        (4, EventKind.MEDICATION, "an antidepressant, from the family doctor"),
        (7, EventKind.THERAPY_BEGAN, "alone, every other week"),
    ),
}


@dataclass(frozen=True)
class SimulatedStudy:
    """The study, the places in its allocation by person, and who withdraws after some weeks."""

    row: StudyRow
    places: Mapping[str, int]
    withdraws: str | None


def begin_study(
    db: Session, patients: Sequence[InventedPatient], researcher: str, now: datetime, random: np.random.Generator
) -> SimulatedStudy:
    """A study for which some of the adults who agree to research are enrolled on the day they join."""
    row = StudyRow(
        id=random.bytes(16).hex(),
        name=STUDY,
        protocol=PROTOCOL,
        seed=int(random.integers(2**53)),
        created_by=researcher,
        created_at=now - timedelta(weeks=WEEKS),
    )
    asked = [patient for patient in patients if bool(random.random() < 0.6) or patient.story]
    agreeing = [one for one in asked if one.research and not one.minor and one.plan == Plan() and one.story != "new"]
    agreeing.sort(key=lambda patient: patient.joined)
    row.allocated = len(agreeing)
    db.add(row)
    db.flush()
    plan = Plan().to_json()
    db.add_all(StudyArmRow(study_id=row.id, number=number, name=name, plan=plan) for number, name in enumerate(ARMS))
    stays = now - _WITHDRAWS_AFTER - timedelta(days=1)
    leaving = (patient.id for patient in agreeing if patient.story is None and patient.joined < stays)
    return SimulatedStudy(row, {patient.id: place for place, patient in enumerate(agreeing)}, next(leaving, None))


def enrol(db: Session, study: SimulatedStudy, patient: InventedPatient, clinician: str) -> datetime | None:
    """Let a patient who takes part have the arm of their place; returns when that was."""
    place = study.places.get(patient.id)
    if place is None:
        return None
    at = patient.joined + timedelta(minutes=6)
    row = EnrolmentRow(
        study_id=study.row.id,
        person_id=patient.id,
        place=place,
        arm=allocated(study.row.seed, len(ARMS), place),
        enrolled_at=at,
        enrolled_by=clinician,
        withdrawn_at=at + _WITHDRAWS_AFTER if patient.id == study.withdraws else None,
    )
    db.add(row)
    return at


def totals(
    patient: InventedPatient, course: SimulatedCourse, clinician: str, until: datetime, random: np.random.Generator
) -> Rows:
    """Totals of the TAS-20 of about half of the patients, when they joined and three months later, two
    of a course in blocks.

    The first is drawn from N(60, 8²); the second is four points lower for each logit that practice gave, and scatters
    by three. Invented, as all here: no study says that this training lowers the total.
    """
    filled = bool(random.random() < 0.5) or patient.story is not None
    retest = RETEST_AFTER_BLOCKS if patient.plan.rule is ChangeRule.BLOCKS else RETEST_AFTER
    first = float(np.clip(random.normal(60, 8), 40, 85))
    again = patient.joined + retest
    practices = sum(row["ended_at"] < again for row in course.finished(Kind.PRACTICE))
    learnt = patient.learner.gain * (1 - np.exp(-practices / patient.learner.pace))
    second = first - 4 * learnt + random.normal(0, 3)
    scores = [(patient.joined + timedelta(minutes=8), first), (again, second)]
    return [
        {
            "person_id": patient.id,
            "questionnaire": "tas20",
            "filled_on": day_of(at, patient.zone),
            "total": round(total),
            "entered_by": clinician,
            "entered_at": at,
        }
        for at, total in scores
        if filled and at < until
    ]


def notes(patient: InventedPatient, clinician: str) -> Rows:
    """The notes about a patient."""
    return [
        {
            "person_id": patient.id,
            "author_id": clinician,
            "at": patient.joined + timedelta(weeks=weeks, minutes=20),
            "changed_at": None,
            "text": text,
        }
        for weeks, text in _NOTES.get(patient.story or "", ())
    ]


def events(patient: InventedPatient, clinician: str) -> Rows:
    """The events in a patient's life."""
    return [
        {
            "person_id": patient.id,
            "author_id": clinician,
            "happened_on": day_of(patient.joined + timedelta(weeks=weeks), patient.zone),
            "kind": kind,
            "text": text,
        }
        for weeks, kind, text in _EVENTS.get(patient.story or "", ())
    ]
