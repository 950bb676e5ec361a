"""Every table, as typed SQLAlchemy models. Times are UTC, hashes lower-case SHA-256 hex, people's ids random."""

import unicodedata
import uuid
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, ForeignKey, Index, LargeBinary, MetaData, String, UniqueConstraint, text
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator


class Utc(TypeDecorator[datetime]):
    """A point in time. SQLite forgets the zone, so it is put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def new_id() -> str:
    return uuid.uuid4().hex


def now() -> datetime:
    return datetime.now(UTC)


def code_key(code: str) -> str:
    """What two spellings of one code share: "Niño-1" and "NIÑO-1" are the same person in every database."""
    return unicodedata.normalize("NFKC", code).casefold()


def _code_key(context: Any) -> str:
    return code_key(str(context.get_current_parameters()["code"]))


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: Utc, dict[str, Any]: JSON, list[Any]: JSON}  # noqa: RUF012


class PersonRow(Base):
    """A person; a patient has a code and no name. Without a password the invitation was not used yet."""

    __tablename__ = "people"
    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    code: Mapped[str] = mapped_column(String(64))
    code_key: Mapped[str] = mapped_column(String(192), unique=True, default=_code_key)
    role: Mapped[str] = mapped_column(String(16))
    administrator: Mapped[bool] = mapped_column(default=False)
    password_hash: Mapped[str | None] = mapped_column(String(256))
    language: Mapped[str] = mapped_column(String(8), default="en")
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(default=now)


class CareRow(Base):
    """Which clinician cares for which patient."""

    __tablename__ = "care"
    clinician_id: Mapped[str] = mapped_column(ForeignKey("people.id"), primary_key=True)
    patient_id: Mapped[str] = mapped_column(ForeignKey("people.id"), primary_key=True, index=True)


class InvitationRow(Base):
    """A one-time link with which a person sets a password; only the hash of its secret is kept."""

    __tablename__ = "invitations"
    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class SignInRow(Base):
    """An open or ended sign-in; only the hash of the cookie's secret is kept."""

    __tablename__ = "sign_ins"
    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class ConsentRow(Base):
    """A yes to one purpose in one version of its text, and when it was taken back."""

    __tablename__ = "consents"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    purpose: Mapped[str] = mapped_column(String(32))
    version: Mapped[str] = mapped_column(String(16))
    language: Mapped[str] = mapped_column(String(8))
    given_at: Mapped[datetime] = mapped_column(default=now)
    withdrawn_at: Mapped[datetime | None]


class StimulusSetRow(Base):
    """One version of one set of faces; `hash` covers every face, target and role in it."""

    __tablename__ = "stimulus_sets"
    __table_args__ = (UniqueConstraint("name", "version"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(64))
    version: Mapped[str] = mapped_column(String(32))
    hash: Mapped[str] = mapped_column(String(64))
    title: Mapped[str] = mapped_column(String(128))
    source: Mapped[str]
    licence: Mapped[str]
    has_identities: Mapped[bool]
    has_roles: Mapped[bool]
    has_intensities: Mapped[bool]
    has_votes: Mapped[bool]
    notes: Mapped[list[Any]]
    faces: Mapped[int]
    imported_at: Mapped[datetime] = mapped_column(default=now)


class PictureRow(Base):
    """The bytes of a picture, once, whatever sets show it."""

    __tablename__ = "pictures"
    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    media_type: Mapped[str] = mapped_column(String(32))
    data: Mapped[bytes] = mapped_column(LargeBinary)


class StimulusRow(Base):
    """A face in a set: what it is meant to show and what its set knows of it."""

    __tablename__ = "stimuli"
    __table_args__ = (
        UniqueConstraint("set_id", "file"),
        Index(None, "set_id", "role", "target", "intensity"),
        Index(None, "set_id", "identity"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    set_id: Mapped[int] = mapped_column(ForeignKey("stimulus_sets.id"))
    picture_hash: Mapped[str] = mapped_column(ForeignKey("pictures.hash"), index=True)
    file: Mapped[str] = mapped_column(String(255))
    target: Mapped[str] = mapped_column(String(16))
    label: Mapped[str | None] = mapped_column(String(16))
    identity: Mapped[str | None] = mapped_column(String(64))
    role: Mapped[str | None] = mapped_column(String(16))
    sex: Mapped[str | None] = mapped_column(String(16))
    skin: Mapped[float | None]
    intensity: Mapped[int | None]
    variant: Mapped[str | None] = mapped_column(String(32))
    muscles: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    votes: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))
    split: Mapped[str | None] = mapped_column(String(16))
    checkable: Mapped[bool] = mapped_column(default=True)


class NetworkRow(Base):
    """A network by the hash of its file. One is `active`: it compares; the answers of others stay as they are."""

    __tablename__ = "networks"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(64))
    version: Mapped[str] = mapped_column(String(32))
    hash: Mapped[str] = mapped_column(String(64), unique=True)
    active: Mapped[bool] = mapped_column(default=True)
    added_at: Mapped[datetime] = mapped_column(default=now)


class NetworkAnswerRow(Base):
    """What one network says of one picture: seven probabilities in label order."""

    __tablename__ = "network_answers"
    picture_hash: Mapped[str] = mapped_column(ForeignKey("pictures.hash"), primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("networks.id"), primary_key=True)
    probabilities: Mapped[list[Any]]


class NetworkStandingRow(Base):
    """How one network reads one whole set: counts, rows = target, columns = its top answer, label order."""

    __tablename__ = "network_standings"
    set_id: Mapped[int] = mapped_column(ForeignKey("stimulus_sets.id"), primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("networks.id"), primary_key=True)
    matrix: Mapped[list[Any]]


class PeopleAnswerRow(Base):
    """How many consenting people gave one response when they first met a picture."""

    __tablename__ = "people_answers"
    picture_hash: Mapped[str] = mapped_column(ForeignKey("pictures.hash"), primary_key=True)
    response: Mapped[str] = mapped_column(String(16), primary_key=True)
    people: Mapped[int] = mapped_column(default=0)


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


class BlockRow(Base):
    """A run of faces, with all that is needed to draw it again. A person has at most one open at a time."""

    __tablename__ = "blocks"
    __table_args__ = (
        Index(None, "person_id", "kind", "started_at"),
        Index(
            "uq_blocks_open_person",
            "person_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )
    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"))
    session_id: Mapped[str] = mapped_column(ForeignKey("sessions.id"))
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("plans.id"))
    set_id: Mapped[int] = mapped_column(ForeignKey("stimulus_sets.id"))
    task: Mapped[str] = mapped_column(String(16), default="recognition")
    kind: Mapped[str] = mapped_column(String(16))
    blueprint: Mapped[str | None] = mapped_column(String(64))
    form: Mapped[str | None] = mapped_column(String(1))
    design: Mapped[dict[str, Any]]
    seed: Mapped[int]
    length: Mapped[int]
    started_at: Mapped[datetime] = mapped_column(default=now)
    ended_at: Mapped[datetime | None]
    stopped: Mapped[bool] = mapped_column(default=False)
    hard: Mapped[bool | None]


class TrialRow(Base):
    """One face at one place of a block: planned when the block is drawn, filled in when painted and answered."""

    __tablename__ = "trials"
    __table_args__ = (UniqueConstraint("block_id", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    block_id: Mapped[str] = mapped_column(ForeignKey("blocks.id"))
    number: Mapped[int]
    stimulus_id: Mapped[int] = mapped_column(ForeignKey("stimuli.id"))
    session_id: Mapped[str | None] = mapped_column(ForeignKey("sessions.id"))
    target: Mapped[str] = mapped_column(String(16))
    intensity: Mapped[int | None]
    votes: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))
    exposure_ms: Mapped[int | None]
    painted_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    response: Mapped[str | None] = mapped_column(String(16))
    best_guess: Mapped[str | None] = mapped_column(String(16))
    response_time_ms: Mapped[float | None]
    focus_lost: Mapped[bool | None]
    void: Mapped[str | None] = mapped_column(String(32))
    earlier_face: Mapped[int | None]
    earlier_identity: Mapped[int | None]
    network_id: Mapped[int | None] = mapped_column(ForeignKey("networks.id"))
    network_probabilities: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))
    language: Mapped[str | None] = mapped_column(String(8))
    window: Mapped[str | None] = mapped_column(String(32))
    device: Mapped[str | None] = mapped_column(String(16))
    software: Mapped[str | None] = mapped_column(String(32))


class ExposureRow(Base):
    """How often a person has met a face (`what` = picture hash) or an identity (`what` = set:identity).

    Counted as it happens, so that an answer's cost does not grow with the trials behind it.
    """

    __tablename__ = "exposures"
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), primary_key=True)
    what: Mapped[str] = mapped_column(String(80), primary_key=True)
    times: Mapped[int] = mapped_column(default=0)
