"""Refusals at the door are account events: who was meant, from what kind of place, how often; no password, address."""

from collections.abc import Iterator
from contextlib import contextmanager

from core.domain.people import AccountEvent, EntryPlace, Refusal
from core.services.gate.problems import name_of
from core.storage.database import Store
from core.storage.queries.account_event_queries import count
from core.storage.tables import now

EVENTS = {
    "unknown": AccountEvent.SIGN_IN_REFUSED,
    "old-password": AccountEvent.OLD_PASSWORD_REFUSED,
    "factor": AccountEvent.ONE_TIME_CODE_REFUSED,
    "take-back": AccountEvent.TAKE_BACK_REFUSED,
    "link": AccountEvent.LINK_REFUSED,
    "wait": AccountEvent.KEPT_OUT,
}
"""By the name of the problem that a person reads."""


@contextmanager
def refusals_counted(store: Store, person_id: str | None, place: EntryPlace) -> Iterator[None]:
    """Around what may be refused to whoever says that they are this person (None: nobody is meant whom we know)."""
    try:
        yield
    except Refusal as refusal:
        if (what := EVENTS.get(name_of(refusal))) is not None:
            with store.begin() as db:
                count(db, person_id, what, place, now())
        raise
