"""Queries of the tables of sign-ins, second factors and attempts; the caller owns the transaction."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.orm import Session

from core.storage.queries.people_queries import hashed
from core.storage.tables import AttemptRow, KnownBrowserRow, PersonRow, RecoveryCodeRow, SecondFactorRow, SignInRow


def open_sign_in(db: Session, token: str, at: datetime) -> tuple[PersonRow, SignInRow] | None:
    """The active person whose sign-in with `token` has not ended or expired at `at`; it may be pending or idle."""
    query = (
        select(PersonRow, SignInRow)
        .join(SignInRow, SignInRow.person_id == PersonRow.id)
        .where(
            SignInRow.token_hash == hashed(token),
            SignInRow.ended_at.is_(None),
            SignInRow.expires_at > at,
            PersonRow.active,
        )
    )
    row = db.execute(query).first()
    return None if row is None else (row[0], row[1])


def open_sign_ins(db: Session, person_id: str, since: datetime, at: datetime) -> list[SignInRow]:
    """The person's sign-ins that are open at `at` and were used after `since`, the latest first."""
    query = select(SignInRow).where(
        SignInRow.person_id == person_id,
        SignInRow.ended_at.is_(None),
        SignInRow.expires_at > at,
        SignInRow.last_seen_at > since,
        SignInRow.pending.is_(False),
    )
    return list(db.scalars(query.order_by(SignInRow.last_seen_at.desc())))


def end_sign_ins(db: Session, person_id: str, at: datetime, but: str = "") -> None:
    """Sign the person out everywhere, but where `but` is the cookie."""
    db.execute(
        update(SignInRow)
        .where(SignInRow.person_id == person_id, SignInRow.ended_at.is_(None), SignInRow.token_hash != hashed(but))
        .values(ended_at=at)
    )


def end_sign_in(db: Session, token_hash: str, at: datetime) -> None:
    """Sign out where the cookie has this hash; nothing happens when it already ended."""
    db.execute(
        update(SignInRow).where(SignInRow.token_hash == token_hash, SignInRow.ended_at.is_(None)).values(ended_at=at)
    )


def hand_over(db: Session, token: str, run_id: str) -> None:
    """From now on this sign-in opens that run and nothing else."""
    db.execute(update(SignInRow).where(SignInRow.token_hash == hashed(token)).values(handed_run=run_id))


def forget_ended_sign_ins(db: Session, before: datetime) -> None:
    """Delete the sign-ins of everybody that ended or ran out before then."""
    db.execute(delete(SignInRow).where(or_(SignInRow.ended_at < before, SignInRow.expires_at < before)))


def confirmed_factor(db: Session, person_id: str) -> SecondFactorRow | None:
    """The person's second factor, once a first code of it was right."""
    row = db.get(SecondFactorRow, person_id)
    return row if row is not None and row.confirmed_at is not None else None


def with_factor(db: Session, person_ids: Sequence[str]) -> set[str]:
    """Which of these people have a confirmed second factor."""
    query = select(SecondFactorRow.person_id).where(
        SecondFactorRow.person_id.in_(person_ids), SecondFactorRow.confirmed_at.is_not(None)
    )
    return set(db.scalars(query))


def use_step(db: Session, person_id: str, step: int, newest: int) -> bool:
    """Use up the codes of `step` and before; False when that was done already. A step after the `newest` that there
    can be was used by a clock that went ahead."""
    last = SecondFactorRow.last_step
    used = db.execute(
        update(SecondFactorRow)
        .where(SecondFactorRow.person_id == person_id, or_(last < step, last > newest))
        .values(last_step=step)
        .returning(SecondFactorRow.person_id)
    )
    return used.first() is not None


def use_recovery_code(db: Session, person_id: str, code: str) -> bool:
    """Use up the person's recovery code; False when there is no such code."""
    used = db.execute(
        delete(RecoveryCodeRow)
        .where(RecoveryCodeRow.person_id == person_id, RecoveryCodeRow.code_hash == hashed(code))
        .returning(RecoveryCodeRow.person_id)
    )
    return used.first() is not None


def recovery_codes_left(db: Session, person_id: str) -> int:
    return db.scalar(select(func.count()).where(RecoveryCodeRow.person_id == person_id)) or 0


def forget_factor(db: Session, person_id: str) -> None:
    """The person has no second factor any more, nor codes that stand in for it."""
    db.execute(delete(RecoveryCodeRow).where(RecoveryCodeRow.person_id == person_id))
    db.execute(delete(SecondFactorRow).where(SecondFactorRow.person_id == person_id))


def forget_unconfirmed_factor(db: Session, person_id: str) -> None:
    """Whoever saw its secret before it was turned on has seen nothing."""
    unconfirmed = SecondFactorRow.confirmed_at.is_(None)
    db.execute(delete(SecondFactorRow).where(SecondFactorRow.person_id == person_id, unconfirmed))


def knows_browser(db: Session, person_id: str, browser_hash: str) -> bool:
    """Whether the person signed in at this browser."""
    return db.get(KnownBrowserRow, (browser_hash, person_id)) is not None


def browsers_of(db: Session, person_id: str) -> list[str]:
    """The hashes of the browsers at which the person signed in."""
    return list(db.scalars(select(KnownBrowserRow.browser_hash).where(KnownBrowserRow.person_id == person_id)))


def forget_browsers_of(db: Session, person_id: str) -> None:
    db.execute(delete(KnownBrowserRow).where(KnownBrowserRow.person_id == person_id))


def forget_browsers(db: Session, before: datetime) -> None:
    """Delete the browsers of everybody at which nobody signed in since then."""
    db.execute(delete(KnownBrowserRow).where(KnownBrowserRow.seen_at < before))


def attempts(db: Session, about: str, since: datetime) -> tuple[int, datetime | None]:
    """How many attempts there were after `since`, and when the last one was."""
    query = select(func.count(), func.max(AttemptRow.at)).where(AttemptRow.about == about, AttemptRow.at > since)
    number, last = db.execute(query).one()
    return number, last


def forget_attempts(db: Session, before: datetime, after: datetime) -> None:
    """Delete the attempts of everybody before and after then."""
    db.execute(delete(AttemptRow).where(or_(AttemptRow.at < before, AttemptRow.at > after)))
