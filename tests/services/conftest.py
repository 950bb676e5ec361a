"""Every test of a service runs on SQLite and on PostgreSQL, with the same results."""

import pytest

from core.storage.database import Store


@pytest.fixture
def store(stocked: Store) -> Store:
    return stocked
