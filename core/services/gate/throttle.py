"""Rate limit: after some attempts that were not right, the next one has to wait.

Attempts are counted in the database, so several servers count together: per code (whether anybody has it or not), per
address and per person's second factor. A browser at which the person signed in before counts apart, and so does who is
signed in: guesses of others keep nobody out there. After `free` of them within `window` comes a wait of 1, 2, 4, 8 and
then always 15 minutes. For one code that makes about a hundred guesses a day, the most that NIST SP 800-63B-4 allows in
a row. What did not get to try does not count, and what a clock counted that went ahead is forgotten.
"""

from dataclasses import dataclass
from datetime import timedelta
from math import ceil

from sqlalchemy import delete
from sqlalchemy.orm import Session

from core.domain.clocks import TOLERANCE
from core.services.gate.problems import problem
from core.storage.codes import code_key
from core.storage.locks import advisory_lock
from core.storage.queries import sign_in_queries
from core.storage.queries.people_queries import hashed
from core.storage.tables import AttemptRow, now

KEPT = timedelta(days=1)
_LONGEST = 15  # minutes


@dataclass(frozen=True)
class RateLimit:
    """How many attempts are free before each further one has to wait."""

    about: str
    """Hash of the code, person or address that they count for."""
    free: int
    """So many within `window` cost no wait."""
    window: timedelta = KEPT


def of_code(code: str) -> RateLimit:
    return RateLimit(hashed(f"code {code_key(code)}"), free=5)


def of_person(person_id: str) -> RateLimit:
    """For one-time codes of the second factor."""
    return RateLimit(hashed(f"person {person_id}"), free=5)


def of_browser(browser_hash: str, person_id: str) -> RateLimit:
    """For a browser at which the person signed in before; see core/services/gate/browsers.py."""
    return RateLimit(hashed(f"browser {browser_hash} {person_id}"), free=5)


def of_signed_in(person_id: str) -> RateLimit:
    """For what is asked of a person who is signed in: the old password, a one-time code."""
    return RateLimit(hashed(f"signed in {person_id}"), free=5)


def of_address(address: str) -> RateLimit:
    """A clinic's people often share one address, so it has more patience, and forgets after an hour."""
    return RateLimit(hashed(f"address {address}"), free=30, window=timedelta(hours=1))


def attempt(db: Session, *limits: RateLimit) -> list[AttemptRow]:
    """Count an attempt against each of `limits` before it is made; raises Refusal, which says how long to wait."""
    advisory_lock(db, *(limit.about for limit in limits))
    at = now()
    sign_in_queries.forget_attempts(db, at - KEPT, at + TOLERANCE)
    rows = [AttemptRow(about=limit.about, at=at) for limit in limits]
    for limit in limits:
        number, last = sign_in_queries.attempts(db, limit.about, at - limit.window)
        if last is not None and number >= limit.free:
            wait = last + timedelta(minutes=min(2 ** min(number - limit.free, 10), _LONGEST)) - at
            if wait > timedelta():
                raise problem("wait", minutes=ceil(wait / timedelta(minutes=1)))
    db.add_all(rows)
    return rows


def forgive(db: Session, rows: list[AttemptRow], limit: RateLimit) -> None:
    """The attempt counted as `rows` was right: it does not count, and all is forgotten of `limit`."""
    db.execute(delete(AttemptRow).where(AttemptRow.id.in_([row.id for row in rows])))
    db.execute(delete(AttemptRow).where(AttemptRow.about == limit.about))
