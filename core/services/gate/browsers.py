"""Known browsers (OWASP: device cookies): guesses made elsewhere do not count where somebody signed in before.

A browser keeps a random secret in a cookie of its own; the database has its hash for each person who signed in there.
It opens nothing: it only says which rate limit counts.
"""

from datetime import timedelta

from sqlalchemy.orm import Session

from core.domain.people import EntryPlace
from core.storage.queries import sign_in_queries
from core.storage.queries.people_queries import hashed
from core.storage.tables import KnownBrowserRow, now
from core.storage.upserts import put

KNOWN_FOR = timedelta(days=180)
"""Since the last sign-in there."""


def place_of(db: Session, person_id: str | None, browser: str, elsewhere: EntryPlace) -> EntryPlace:
    """KNOWN_BROWSER if the person signed in at the browser with this secret, else what is seen from outside."""
    known = sign_in_queries.knows_browser(db, person_id or "", hashed(browser))
    return EntryPlace.KNOWN_BROWSER if known else elsewhere


def remember(db: Session, person_id: str, browser: str) -> None:
    """The person has signed in at the browser with this secret."""
    sign_in_queries.forget_browsers(db, now() - KNOWN_FOR)
    if browser:
        put(db, KnownBrowserRow, {"browser_hash": hashed(browser), "person_id": person_id}, seen_at=now())
