"""Fixtures for all: a test that takes one of these runs twice, on SQLite and on PostgreSQL."""

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest

from core.storage.database import Store
from tests.databases import KINDS, database

os.environ.setdefault("LEXITHYMIA_LOCAL", mkdtemp(prefix="lexithymia-test-"))
"""What a test writes or deletes there (exports that wait) is not what an installation in this folder keeps."""


@pytest.fixture(params=KINDS)
def migrated(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A database with every table and nothing in them."""
    with database(_kind(request), tmp_path) as store:
        yield store


@pytest.fixture(params=KINDS)
def stocked(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A database with the built-in faces and the answers of tests.support.FakeRater."""
    with database(_kind(request), tmp_path, stocked=True) as store:
        yield store


def _kind(request: pytest.FixtureRequest) -> str:
    param: Any = request.param
    return str(param)
