"""Demonstration accounts: whether this database is one, its invented accounts, and signing in as one of them.

What makes it one is in the database itself (`DemoAccountRow`): no setting can open a real one.
"""

from dataclasses import dataclass
from functools import lru_cache

from core.domain.people import NotAllowed, Role
from core.services.accounts.sign_in import NOWHERE, Visit, add_sign_in
from core.storage.database import Store
from core.storage.queries.people_queries import invented_accounts
from core.storage.tables import DemoAccountRow, PersonRow


@dataclass(frozen=True)
class DemoAccount:
    """An invented account that is offered at the sign-in; `story` names where it stands."""

    place: int
    code: str
    role: Role
    story: str


@lru_cache(maxsize=8)
def invented(store: Store) -> tuple[DemoAccount, ...]:
    """The accounts one may enter, in order; empty unless this is a demonstration. Read once: it never becomes one."""
    with store.begin() as db:
        accounts = invented_accounts(db)
        return tuple(DemoAccount(row.place, person.code, Role(person.role), row.story) for row, person in accounts)


def sign_in_as(store: Store, place: str, visit: Visit = NOWHERE) -> str:
    """The token of a new sign-in of the invented account at `place`. NotAllowed for anything else."""
    with store.begin() as db:
        row = db.get(DemoAccountRow, int(place)) if place.isdecimal() and len(place) < 4 else None
        if row is None:
            raise NotAllowed("Only the invented accounts of a demonstration can be entered like this.")
        return add_sign_in(db, db.get_one(PersonRow, row.person_id), visit)
