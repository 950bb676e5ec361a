"""Sets of faces, their pictures, and what networks and people say of them."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.storage.tables.base import Base, now


class StimulusSetRow(Base):
    """One version of one set of faces; `hash` covers every field of every face in it."""

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
    votes: Mapped[list[int] | None] = mapped_column(JSON(none_as_null=True))
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


class NetworkChoiceRow(Base):
    """An administrator's choice of the network that compares; the newest one holds."""

    __tablename__ = "network_choices"
    id: Mapped[int] = mapped_column(primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("networks.id"))
    chosen_by: Mapped[str | None] = mapped_column(ForeignKey("people.id"))
    chosen_at: Mapped[datetime] = mapped_column(default=now)


class NetworkAnswerRow(Base):
    """A network's rating of a picture, `core.domain.network.rating.NetworkRating` in columns.

    Without a `box` it was stored before boxes were, and the network looks once more.
    """

    __tablename__ = "network_answers"
    picture_hash: Mapped[str] = mapped_column(ForeignKey("pictures.hash"), primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("networks.id"), primary_key=True)
    probabilities: Mapped[list[float]]
    box: Mapped[list[float] | None] = mapped_column(JSON(none_as_null=True))
    heat: Mapped[bytes | None] = mapped_column(LargeBinary)
    crowd: Mapped[list[float] | None] = mapped_column(JSON(none_as_null=True))


class NetworkMatrixRow(Base):
    """How one network reads one whole set: counts, rows = target, columns = its top answer, label order."""

    __tablename__ = "network_standings"
    set_id: Mapped[int] = mapped_column(ForeignKey("stimulus_sets.id"), primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("networks.id"), primary_key=True)
    matrix: Mapped[list[list[int]]]


class PeopleAnswerRow(Base):
    """How many consenting people gave one response when they first met a picture."""

    __tablename__ = "people_answers"
    picture_hash: Mapped[str] = mapped_column(ForeignKey("pictures.hash"), primary_key=True)
    response: Mapped[str] = mapped_column(String(16), primary_key=True)
    people: Mapped[int] = mapped_column(default=0)
