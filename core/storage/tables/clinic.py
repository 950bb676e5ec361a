"""What the clinic keeps of a patient: where they stand, the days they trained, notes, events, questionnaires."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.storage.tables.base import Base, new_id, now


class SummaryRow(Base):
    """Summary row: a patient as the caseload shows them, made anew whenever a run begins or ends, the plan changes
    or the window of a part of a course is over.

    Nothing in it ages: what depends on today (days in the last four weeks, pauses) is asked of the dates.
    """

    __tablename__ = "standings"
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), primary_key=True)
    last_practice: Mapped[datetime | None]
    checks: Mapped[int]
    checks_left: Mapped[int]
    verdict: Mapped[str] = mapped_column(String(32))
    """The domain's VerdictKind."""
    gain: Mapped[float | None]
    change: Mapped[dict[str, Any]]
    """The figures behind the verdict."""
    line: Mapped[list[float]]
    """Shares of the checks that can be compared, oldest first."""
    hard_at: Mapped[datetime | None]
    """When the last run of either task began that was called hard."""
    stopped_at: Mapped[datetime | None]
    """When the last run began that was stopped and was no check."""
    check_stopped_at: Mapped[datetime | None]
    """When the last check began that was stopped and so does not count."""
    check_left_at: Mapped[datetime | None]
    """When a check began that is still open."""


class TrainingDayRow(Base):
    """How long a person practised on one day of theirs: the practices that began on it and are over, stopped or not."""

    __tablename__ = "training_days"
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    seconds: Mapped[float]


class LeftOutPartRow(Base):
    """A part of a day of a programme that a patient leaves out on it; rows of other days go with the next."""

    __tablename__ = "left_out_parts"
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    """The person's own."""
    part: Mapped[str] = mapped_column(String(16), primary_key=True)
    """The domain's DayPart."""


class NoteRow(Base):
    """A clinician's note about a patient. Whoever wrote it may correct it: `changed_at` says when last."""

    __tablename__ = "notes"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    author_id: Mapped[str | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(default=now)
    changed_at: Mapped[datetime | None]
    text: Mapped[str]


class LifeEventRow(Base):
    """Something in a patient's life that belongs on the time line; `kind` is the domain's EventKind."""

    __tablename__ = "life_events"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    author_id: Mapped[str | None] = mapped_column(ForeignKey("people.id"))
    happened_on: Mapped[date]
    kind: Mapped[str] = mapped_column(String(16))
    text: Mapped[str] = mapped_column(String(200))


class QuestionnaireFormRow(Base):
    """A questionnaire that a patient was asked to fill in; `questionnaire` is the key of its data file. One without an
    end is to be filled in."""

    __tablename__ = "questionnaire_forms"
    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    questionnaire: Mapped[str] = mapped_column(String(32))
    asked_by: Mapped[str | None] = mapped_column(ForeignKey("people.id"))
    asked_at: Mapped[datetime] = mapped_column(default=now)
    language: Mapped[str] = mapped_column(String(8))
    items_hash: Mapped[str] = mapped_column(String(64))
    """SHA-256 of the file with its items."""
    items: Mapped[int]
    ended_at: Mapped[datetime | None]
    total: Mapped[int | None]


class QuestionnaireAnswerRow(Base):
    """The answer to an item of a form; a `value` of None: left out."""

    __tablename__ = "questionnaire_answers"
    form_id: Mapped[str] = mapped_column(ForeignKey("questionnaire_forms.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    """Of the item, from 1."""
    value: Mapped[int | None]
    answered_at: Mapped[datetime] = mapped_column(default=now)


class QuestionnaireScoreRow(Base):
    """A questionnaire's total, as a clinician entered it or the person filled it in here; `questionnaire` is the key of
    its data file."""

    __tablename__ = "questionnaire_scores"
    __table_args__ = (UniqueConstraint("person_id", "questionnaire", "filled_on"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"))
    questionnaire: Mapped[str] = mapped_column(String(32))
    filled_on: Mapped[date]
    total: Mapped[int]
    entered_by: Mapped[str | None] = mapped_column(ForeignKey("people.id"))
    entered_at: Mapped[datetime] = mapped_column(default=now)
    form_id: Mapped[str | None] = mapped_column(ForeignKey("questionnaire_forms.id"), index=True)
    """Of what the person filled in here; None where a clinician entered it."""
    subscales: Mapped[dict[str, int] | None] = mapped_column(JSON(none_as_null=True))
    """Of such a form: totals by subscale."""
    left_out: Mapped[int | None]
    """Of such a form: items that were left out."""
