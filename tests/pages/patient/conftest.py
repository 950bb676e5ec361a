"""A patient's pages, each run alone."""

from collections.abc import Iterator

import pytest

from core.storage.database import Store
from tests.support import served


@pytest.fixture
def served_here(store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The pages are served from the test's store."""
    monkeypatch.setattr("streamlit.page_link", lambda *_where, **_how: None)  # a page alone knows of no others
    with served(store):
        yield
