"""Sign-ins and what guards them: second factors, identities at a provider, attempts, the record of account events."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from core.storage.encryption import EncryptedText
from core.storage.tables.base import Base, now


class SignInRow(Base):
    """An open or ended sign-in; only the hash of the cookie's secret is kept."""

    __tablename__ = "sign_ins"
    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    last_seen_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    device: Mapped[str] = mapped_column(String(64), default="")
    """The browser in words."""
    pending: Mapped[bool] = mapped_column(default=False)
    """The password was right and the second factor is still due."""
    handed_run: Mapped[str | None] = mapped_column(String(32))
    """The run of a patient for which its clinician has handed this browser over; until the password is given it opens
    nothing else. No foreign key: should that run be erased, the browser stays locked."""
    openid_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    """Of the provider's word that opened it, so that no such word opens a second one."""


class SecondFactorRow(Base):
    """The secret that a person's authenticator app shares; unconfirmed until a first code of it was right.

    `last_step` is the half minute of the last accepted code: no code of it or before it is accepted again.
    """

    __tablename__ = "second_factors"
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), primary_key=True)
    secret: Mapped[str] = mapped_column(EncryptedText)
    confirmed_at: Mapped[datetime | None]
    last_step: Mapped[int] = mapped_column(default=0)


class RecoveryCodeRow(Base):
    """One code that stands in for a lost authenticator; the row goes when it is used."""

    __tablename__ = "recovery_codes"
    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)


class IdentityRow(Base):
    """Who a person is at an OpenID provider."""

    __tablename__ = "identities"
    issuer: Mapped[str] = mapped_column(String(255), primary_key=True)
    subject: Mapped[str] = mapped_column(String(255), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)


class AttemptRow(Base):
    """A try that was not right (yet). `about` is the hash of a code, a person or an address; kept for a day."""

    __tablename__ = "attempts"
    __table_args__ = (Index(None, "about", "at"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    about: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(default=now, index=True)


class KnownBrowserRow(Base):
    """A browser at which a person signed in; only the hash of its cookie's secret is kept."""

    __tablename__ = "known_browsers"
    browser_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), primary_key=True, index=True)
    seen_at: Mapped[datetime] = mapped_column(default=now, index=True)


class AccountEventRow(Base):
    """Who did what to whose account; without `actor_id` it was the installation itself, or nobody knows who.

    Refusals are counted: one row for a person (None: nobody has the code that was tried), kind, place and hour.
    """

    __tablename__ = "account_events"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(default=now, index=True)
    actor_id: Mapped[str | None] = mapped_column(ForeignKey("people.id"))
    person_id: Mapped[str | None] = mapped_column(ForeignKey("people.id"), index=True)
    what: Mapped[str] = mapped_column(String(32))
    place: Mapped[str] = mapped_column(String(16), default="")
    """Kind of place that a refusal came from."""
    number: Mapped[int] = mapped_column(default=1)
    """How often it happened in this hour."""
