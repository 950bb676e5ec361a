"""Studies: a researcher makes one, a clinician enrols a consenting person, and only then an arm is drawn.

What comes next in the allocation is nobody's to see: the seed, and how many people are in which arm, are shown once
the study is closed to new people.
"""

import secrets
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core.domain.audit import Act
from core.domain.exercise.allocation import allocated
from core.domain.exercise.plan import Plan
from core.domain.patient.consent import Purpose
from core.domain.people import NotAllowed, Refusal, Role
from core.services.exercise.plans import put_in_force, require_fits
from core.services.gate import audit
from core.services.gate.access import require, require_patient_of
from core.services.privacy import consents
from core.storage.database import Store
from core.storage.queries import study_queries
from core.storage.tables import EnrolmentRow, StudyArmRow, StudyRow, now

LONGEST_NAME = 80
MOST_AUTHORS = 100


@dataclass(frozen=True)
class Arm:
    """What is trained in one arm."""

    name: str
    plan: Plan


@dataclass(frozen=True)
class Study:
    """A study as a researcher sees it."""

    id: str
    name: str
    protocol: str
    arms: tuple[Arm, ...]
    created_at: datetime
    closed_at: datetime | None
    enrolled: int
    withdrawn: int
    seed: int | None
    """None until the study is closed to new people."""
    by_arm: tuple[int, ...] | None
    """People in the order of `arms`, None until the study is closed."""
    licence: str
    authors: tuple[str, ...]
    """Both of its exports; empty: nothing was said."""


@dataclass(frozen=True)
class OpenStudy:
    """A study that takes people in, as a clinician sees it."""

    id: str
    name: str
    protocol: str
    arms: tuple[str, ...]


@dataclass(frozen=True)
class Enrolment:
    """A patient's part in a study."""

    study: str
    arm: str
    enrolled_at: datetime
    withdrawn_at: datetime | None


def make_study(store: Store, token: str, name: str, protocol: str, arms: Sequence[Arm]) -> str:
    """Make a study that takes people in from now on; returns its id. Every arm's plan is tried on the faces first."""
    name, names = name.strip(), [arm.name.strip() for arm in arms]
    with store.begin() as db:
        researcher = require(db, token, Role.RESEARCHER)
        if not 0 < len(name) <= LONGEST_NAME:
            raise Refusal("A study needs a name of at most {most} signs.", most=LONGEST_NAME)
        if not protocol.strip():
            raise Refusal("Please write what the study does: clinicians read it before they enrol anybody.")
        if len(names) < 2 or len(set(names)) < len(names) or not all(0 < len(one) <= LONGEST_NAME for one in names):
            raise Refusal("A study needs two arms or more, each with a name of its own.")
        if study_queries.with_name(db, name) is not None:
            raise Refusal("There is a study called “{name}” already. Choose another name.", name=name)
        for arm in arms:
            require_fits(db, arm.plan)
        row = StudyRow(name=name, protocol=protocol.strip(), seed=secrets.randbits(53), created_by=researcher.id)
        db.add(row)
        db.flush()
        db.add_all(
            StudyArmRow(study_id=row.id, number=number, name=own, plan=arm.plan.to_json())
            for number, (own, arm) in enumerate(zip(names, arms, strict=True))
        )
        return row.id


def studies(store: Store, token: str) -> list[Study]:
    """Every study, newest first."""
    with store.begin() as db:
        require(db, token, Role.RESEARCHER)
        return [_study(db, row) for row in study_queries.studies(db)]


def describe_study(store: Store, token: str, study_id: str, licence: str, authors: Sequence[str]) -> None:
    """Say under which licence the study is exported, and who its authors are; exports from then on say so."""
    names = [name for author in authors if (name := " ".join(author.split()))]
    with store.begin() as db:
        require(db, token, Role.RESEARCHER)
        if len(licence.strip()) > LONGEST_NAME or any(len(name) > LONGEST_NAME for name in names):
            raise Refusal("A licence and the name of an author have at most {most} signs.", most=LONGEST_NAME)
        if len(names) > MOST_AUTHORS:
            raise Refusal("A study has at most {most} authors.", most=MOST_AUTHORS)
        row = _row(db, study_id)
        row.licence, row.authors = " ".join(licence.split()), names


def close_study(store: Store, token: str, study_id: str) -> None:
    """Take in nobody any more. Who takes part goes on."""
    with store.begin() as db:
        require(db, token, Role.RESEARCHER)
        row = _row(db, study_id)
        row.closed_at = row.closed_at or now()


def open_studies(store: Store, token: str) -> list[OpenStudy]:
    """The studies into which a clinician can enrol, newest first."""
    with store.begin() as db:
        require(db, token, Role.CLINICIAN)
        rows = [row for row in study_queries.studies(db) if row.closed_at is None]
        return [
            OpenStudy(row.id, row.name, row.protocol, tuple(arm.name for arm in study_queries.arms(db, row.id)))
            for row in rows
        ]


def enrolments(store: Store, token: str, patient_id: str) -> list[Enrolment]:
    """The studies that a patient in one's care takes or took part in, newest first."""
    with store.begin() as db:
        require_patient_of(db, token, patient_id)
        return [
            Enrolment(study.name, arm.name, row.enrolled_at, row.withdrawn_at)
            for row, study, arm in study_queries.enrolments_of(db, patient_id)
        ]


def enrol(store: Store, token: str, patient_id: str, study_id: str) -> Enrolment:
    """Take a patient in one's care into a study: the next arm of its allocation is theirs, and its plan in force.

    Raises NotAgreed without the patient's consent to research, by the text in force.
    """
    try:
        with store.begin() as db:
            clinician = require_patient_of(db, token, patient_id)
            consents.require_agreed(db, patient_id, Purpose.RESEARCH)
            study = _row(db, study_id)
            if study_queries.enrolled_in(db, patient_id, study_id) is not None:
                raise NotAllowed("This person takes or took part in this study. Nobody is enrolled twice.")
            if study_queries.takes_part(db, patient_id):
                raise NotAllowed("This person takes part in a study already. One study at a time.")
            place = study_queries.take_place(db, study_id)
            if place is None:
                raise NotAllowed("The study “{name}” takes in nobody any more.", name=study.name)
            arms = study_queries.arms(db, study_id)
            arm = arms[allocated(study.seed, len(arms), place)]
            row = EnrolmentRow(
                study_id=study_id, person_id=patient_id, place=place, arm=arm.number, enrolled_by=clinician.id
            )
            db.add(row)
            db.flush()
            put_in_force(db, patient_id, clinician.id, Plan.from_json(arm.plan))
            audit.note(db, clinician, Act.ENROL, patient_id, study=study.name)
            return Enrolment(study.name, arm.name, row.enrolled_at, None)
    except IntegrityError as error:  # two clicks at the same moment: the other one was first
        raise NotAllowed("This person takes part in a study already. One study at a time.") from error


def withdraw(store: Store, token: str, patient_id: str) -> None:
    """End the patient's part in the study they are in; the plan stays in force until it is changed."""
    with store.begin() as db:
        clinician = require_patient_of(db, token, patient_id)
        row = study_queries.takes_part(db, patient_id)
        if row is not None:
            row.withdrawn_at = now()
            audit.note(db, clinician, Act.WITHDRAW, patient_id, study=_row(db, row.study_id).name)


def _row(db: Session, study_id: str) -> StudyRow:
    row = db.get(StudyRow, study_id)
    if row is None:
        raise Refusal("There is no such study any more.")
    return row


def _study(db: Session, row: StudyRow) -> Study:
    arms, people = study_queries.arms(db, row.id), study_queries.enrolled(db, row.id)
    by_arm = Counter(one.arm for one in people)
    closed = row.closed_at is not None
    return Study(
        id=row.id,
        name=row.name,
        protocol=row.protocol,
        arms=tuple(Arm(arm.name, Plan.from_json(arm.plan)) for arm in arms),
        created_at=row.created_at,
        closed_at=row.closed_at,
        enrolled=len(people),
        withdrawn=sum(one.withdrawn_at is not None for one in people),
        seed=row.seed if closed else None,
        by_arm=tuple(by_arm[arm.number] for arm in arms) if closed else None,
        licence=row.licence,
        authors=tuple(row.authors),
    )
