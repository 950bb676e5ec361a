"""Plans, sittings, blocks and trials."""

from datetime import date, datetime
from typing import Any, TypedDict

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, Integer, String, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from core.storage.tables.base import Base, new_id, now

RECOGNITION, EXPRESSION = "recognition", "expression"
"""Tasks that have queries of their own. What is said of one never counts another."""


_NEXT = text("(SELECT coalesce(max(number), 0) + 1 FROM blocks)")


class StoredNetwork(TypedDict):
    """A network's NetworkId, as JSON."""

    name: str
    version: str
    hash: str


class StoredNeutral(TypedDict):
    """A neutral face, as JSON."""

    probabilities: list[float]
    """Seven, in the order of Emotion."""
    frames: int
    way: str
    """By which the frames came, the domain's Way."""
    network: StoredNetwork


class StoredConditions(TypedDict):
    """The domain's Conditions, as JSON."""

    translated: bool
    line_off: bool
    quick_keys: bool
    zoom: float


class PlanRow(Base):
    """What a patient trains, as a clinician set it; the newest row of a person is in force."""

    __tablename__ = "plans"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    created_by: Mapped[str | None] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[datetime] = mapped_column(default=now)
    content: Mapped[dict[str, Any]]


class SessionRow(Base):
    """One sitting of a person at one browser."""

    __tablename__ = "sessions"
    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    started_at: Mapped[datetime] = mapped_column(default=now)
    last_at: Mapped[datetime] = mapped_column(default=now)
    time_zone: Mapped[str | None] = mapped_column(String(64))
    language: Mapped[str] = mapped_column(String(8))
    device: Mapped[str] = mapped_column(String(16))
    user_agent: Mapped[str | None] = mapped_column(String(512))
    software: Mapped[str] = mapped_column(String(32))
    in_room: Mapped[bool] = mapped_column(default=False, server_default=false())
    """At a clinician's browser, handed over for one run."""


class BlockRow(Base):
    """A run of faces, with all that is needed to draw it again. A person has at most one of a task open at a time."""

    __tablename__ = "blocks"
    __table_args__ = (
        Index(None, "person_id", "kind", "started_at"),
        Index(None, "person_id", "number"),
        Index(
            "ix_blocks_finished_not_counted",
            "person_id",
            "kind",
            "number",
            sqlite_where=text("ended_at IS NOT NULL AND shown_count IS NULL"),
            postgresql_where=text("ended_at IS NOT NULL AND shown_count IS NULL"),
        ),
        Index(
            "uq_blocks_open_person_task",
            "person_id",
            "task",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index(
            "uq_blocks_person_own_day",
            "person_id",
            "own_day",
            unique=True,
            sqlite_where=text("own_day IS NOT NULL"),
            postgresql_where=text("own_day IS NOT NULL"),
        ),
    )
    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"))
    session_id: Mapped[str] = mapped_column(ForeignKey("sessions.id"))
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("plans.id"))
    set_id: Mapped[int | None] = mapped_column(ForeignKey("stimulus_sets.id"))
    """None where no faces are shown."""
    task: Mapped[str] = mapped_column(String(16), default=RECOGNITION)
    """The name of one of `core.tasks`."""
    kind: Mapped[str] = mapped_column(String(16))
    """One of the task's kinds."""
    blueprint: Mapped[str | None] = mapped_column(String(64))
    form: Mapped[str | None] = mapped_column(String(1))
    design: Mapped[dict[str, Any]]
    seed: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"))
    length: Mapped[int]
    number: Mapped[int] = mapped_column(BigInteger, default=_NEXT, server_default="0", index=True)
    """Its place among the runs of its person, whatever the clock said; two that are written together may share one."""
    started_at: Mapped[datetime] = mapped_column(default=now)
    ended_at: Mapped[datetime | None]
    stopped: Mapped[bool] = mapped_column(default=False)
    hard: Mapped[bool | None]
    right_count: Mapped[int | None]
    """Of a finished check: how many of the `shown_count` faces that were seen were named as meant. None until they are
    counted, which is once (`summary_queries.count_checks`)."""
    shown_count: Mapped[int | None]
    practices_before: Mapped[int | None]
    """Of a finished check: how many practices were finished before it."""
    minutes_before: Mapped[float | None]
    """Of a finished check: minutes of practice before it."""
    part: Mapped[str | None] = mapped_column(String(16))
    """Of a course of checks in blocks, the domain's CoursePart."""
    phase: Mapped[int | None]
    """Of that course, from 1."""
    own_day: Mapped[date | None]
    """Of a check of that course: the person's own day on which it began. There is one a day."""
    baseline: Mapped[StoredNeutral | None] = mapped_column(JSON(none_as_null=True))
    """Of an expression the person's neutral face."""


class CoursePartRow(Base):
    """A part of a course of checks that is over, and what was found: never changed again."""

    __tablename__ = "course_parts"
    __table_args__ = (UniqueConstraint("person_id", "phase", "part"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"))
    phase: Mapped[int]
    part: Mapped[str] = mapped_column(String(16))
    """The domain's CoursePart."""
    closed_on: Mapped[date]
    """The person's own day."""
    closed_by: Mapped[str | None] = mapped_column(ForeignKey("people.id"))
    by_clinician: Mapped[bool]
    checks: Mapped[list[str]]
    """The ids of the blocks that it rests on, oldest first."""
    verdict: Mapped[str | None] = mapped_column(String(32))
    """The domain's VerdictKind; None of a baseline."""
    figures: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """All other fields of the domain's BlockVerdict; of a follow-up also `still`, all of that against the baseline."""


IN_ORDER = (BlockRow.number, BlockRow.started_at)
LATEST_FIRST = (BlockRow.number.desc(), BlockRow.started_at.desc())


class TrialRow(Base):
    """One face at one place of a block: planned when the block is drawn, filled in when painted and answered."""

    __tablename__ = "trials"
    __table_args__ = (UniqueConstraint("block_id", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    block_id: Mapped[str] = mapped_column(ForeignKey("blocks.id"))
    number: Mapped[int]
    stimulus_id: Mapped[int | None] = mapped_column(ForeignKey("stimuli.id"))
    """Of an expression the example that was shown."""
    session_id: Mapped[str | None] = mapped_column(ForeignKey("sessions.id"), index=True)
    target: Mapped[str | None] = mapped_column(String(16))
    """Of an expression the emotion meant, None: the person was not sure."""
    intensity: Mapped[int | None]
    votes: Mapped[list[int] | None] = mapped_column(JSON(none_as_null=True))
    exposure_ms: Mapped[int | None]
    painted_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    response: Mapped[str | None] = mapped_column(String(16))
    """Of an expression the person's own word where they were asked for it."""
    best_guess: Mapped[str | None] = mapped_column(String(16))
    scored: Mapped[str | None] = mapped_column(String(16))
    correct: Mapped[bool | None]
    response_time_ms: Mapped[float | None]
    focus_lost: Mapped[bool | None]
    conditions: Mapped[StoredConditions | None] = mapped_column(JSON(none_as_null=True))
    """Of whatever was answered in a browser since they are told."""
    void: Mapped[str | None] = mapped_column(String(32))
    earlier_face: Mapped[int | None]
    earlier_identity: Mapped[int | None]
    network_id: Mapped[int | None] = mapped_column(ForeignKey("networks.id"))
    network_probabilities: Mapped[list[float] | None] = mapped_column(JSON(none_as_null=True))
    """Of an expression the mean over `frames` frames."""
    more: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """What only the task knows of, under the names of its columns."""
    frames: Mapped[int | None]
    way: Mapped[str | None] = mapped_column(String(16))
    """By which the frames came, the domain's Way."""
    language: Mapped[str | None] = mapped_column(String(8))
    window: Mapped[str | None] = mapped_column(String(32))
    device: Mapped[str | None] = mapped_column(String(16))
    software: Mapped[str | None] = mapped_column(String(32))


_DRAWN = ("id", "block_id", "number", "stimulus_id", "target", "intensity", "votes", "exposure_ms")
TRIAL_LATER = tuple(column.name for column in TrialRow.__table__.columns if column.name not in _DRAWN)
"""Columns that a trial has from when it was painted or answered."""


class ExposureRow(Base):
    """How often a person has met a face (`what` = picture hash) or an identity (`what` = set:identity).

    Counted as it happens, so that an answer's cost does not grow with the trials behind it.
    """

    __tablename__ = "exposures"
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), primary_key=True)
    what: Mapped[str] = mapped_column(String(80), primary_key=True)
    times: Mapped[int] = mapped_column(default=0)
