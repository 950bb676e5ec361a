"""Finding people in a server's database."""

from core.storage import people
from core.storage.database import Store


def id_of(store: Store, code: str) -> str:
    with store.begin() as db:
        found = people.with_code(db, code)
        assert found is not None, code
        return found.id
