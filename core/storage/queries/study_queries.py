"""Queries of the tables of studies; the caller owns the transaction."""

from collections.abc import Sequence

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core.storage.tables import EnrolmentRow, StudyArmRow, StudyRow


def studies(db: Session) -> Sequence[StudyRow]:
    """Every study, newest first."""
    return db.scalars(select(StudyRow).order_by(StudyRow.created_at.desc())).all()


def with_name(db: Session, name: str) -> StudyRow | None:
    return db.scalar(select(StudyRow).where(StudyRow.name == name))


def arms(db: Session, study_id: str) -> Sequence[StudyArmRow]:
    """The arms in the order of their numbers, from 0."""
    query = select(StudyArmRow).where(StudyArmRow.study_id == study_id)
    return db.scalars(query.order_by(StudyArmRow.number)).all()


def enrolled(db: Session, study_id: str) -> Sequence[EnrolmentRow]:
    """Who takes or took part, in the order of the allocation."""
    query = select(EnrolmentRow).where(EnrolmentRow.study_id == study_id)
    return db.scalars(query.order_by(EnrolmentRow.place)).all()


def enrolled_in(db: Session, person_id: str, study_id: str) -> EnrolmentRow | None:
    query = select(EnrolmentRow).where(EnrolmentRow.person_id == person_id, EnrolmentRow.study_id == study_id)
    return db.scalar(query)


def takes_part(db: Session, person_id: str) -> EnrolmentRow | None:
    """The person's part in the study they are in now."""
    query = select(EnrolmentRow).where(EnrolmentRow.person_id == person_id, EnrolmentRow.withdrawn_at.is_(None))
    return db.scalar(query)


def enrolments_of(db: Session, person_id: str) -> list[tuple[EnrolmentRow, StudyRow, StudyArmRow]]:
    """Every part of the person in a study, newest first."""
    query = (
        select(EnrolmentRow, StudyRow, StudyArmRow)
        .join(StudyRow, StudyRow.id == EnrolmentRow.study_id)
        .join(StudyArmRow, (StudyArmRow.study_id == StudyRow.id) & (StudyArmRow.number == EnrolmentRow.arm))
        .where(EnrolmentRow.person_id == person_id)
        .order_by(EnrolmentRow.id.desc())
    )
    return [(row, study, arm) for row, study, arm in db.execute(query)]


def take_place(db: Session, study_id: str) -> int | None:
    """The next place of the study's allocation, from 0, which nobody else gets; None once it is closed."""
    taken = (
        update(StudyRow)
        .where(StudyRow.id == study_id, StudyRow.closed_at.is_(None))
        .values(allocated=StudyRow.allocated + 1)
        .returning(StudyRow.allocated)
    )
    count = db.scalar(taken)
    return None if count is None else count - 1
