"""Fixtures for all: a test that takes a database from here runs twice, on SQLite and on PostgreSQL.

`make test` leaves out what is marked `slow`; with CI set, everything runs. On PostgreSQL a test of these fixtures is
slow, unless it or its module is marked `both_databases`: storage, refusals, and one test of every service.
"""

import gc
import os
import ssl
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
from argon2 import PasswordHasher

from core.services.gate import passwords
from core.storage.database import Store
from tests.databases import KINDS, database
from tests.memory import use_memory
from tests.support import before_blocks, new_clinician, new_patient

use_memory()
os.environ.setdefault("LEXITHYMIA_LOCAL", mkdtemp(prefix="lexithymia-test-"))
"""What a test writes or deletes there (exports that wait) is not what an installation in this folder keeps."""
os.environ.setdefault("LEXITHYMIA_KEYS", f"{os.environ['LEXITHYMIA_LOCAL']}/keys")
"""One key file for all workers and every server that they start: what one of them encrypts the others read."""
if worker := os.environ.get("PYTEST_XDIST_WORKER"):  # else an erasure in one deletes the exports of the others
    os.environ["LEXITHYMIA_LOCAL"] = mkdtemp(prefix=f"{worker}-", dir=os.environ["LEXITHYMIA_LOCAL"])

REAL_HASHER = passwords._hasher
passwords._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""Hashes are to be slow: 0.3 s of processor for each of the thousands of people that the tests invent."""

pytest.MonkeyPatch().setattr(ssl, "create_default_context", cache(ssl.create_default_context))
"""httpx reads every authority's certificate for each client that it makes, 0.1 s of processor, also for plain HTTP."""

_DATABASES = {"migrated", "stocked", "demonstrated"}
"""The fixtures that are made on one kind of database after the other."""


_FIRST = ("training", "e2e")
"""Folders with the longest tests, in this order: at the end of a run no worker waits long for another, and while one
makes the database of the browser tests another trains."""


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """As many as there are cores: a test in a browser takes more than one of them."""
    return min(os.cpu_count() or 1, 4)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> object:
    from tests.scheduling import TogetherScheduling  # xdist is not where the server's lock alone is installed

    return TogetherScheduling(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: next((place for place, name in enumerate(_FIRST) if name in item.path.parts), 9))
    for item in items:
        params: dict[str, object] = item.callspec.params if hasattr(item, "callspec") else {}
        kinds = {kind for fixture, kind in params.items() if fixture in _DATABASES}
        if "postgresql" in kinds and item.get_closest_marker("both_databases") is None:
            item.add_marker(pytest.mark.slow)


def pytest_collection_finish() -> None:
    """AppTest looks through every installed package for each page that it opens, 1 s of processor: once is enough."""
    _freeze()
    if "streamlit.testing.v1" in sys.modules:
        from streamlit.components.v2 import manifest_scanner

        found = cache(manifest_scanner.scan_component_manifests)
        pytest.MonkeyPatch().setattr(manifest_scanner, "scan_component_manifests", found)


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> None:
    if nextitem is not None and nextitem.path != item.path:
        _freeze()


def _freeze() -> None:
    """AppTest collects garbage after each page that it opens, 1 to 3 s among all that tests have imported."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def real_passwords(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Passwords cost here what they cost who attacks the product."""
    monkeypatch.setattr(passwords, "_hasher", REAL_HASHER)
    passwords._nobody.cache_clear()
    yield
    passwords._nobody.cache_clear()


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


@pytest.fixture
def store(stocked: Store) -> Store:
    """What a test of a service works on, unless its folder has another."""
    return stocked


@pytest.fixture
def clinician(store: Store) -> str:
    """The sign-in of the first clinician, who is an administrator."""
    return new_clinician(store)


@pytest.fixture
def patient(store: Store, clinician: str) -> str:
    """The sign-in of the clinician's patient P-01."""
    return new_patient(store, clinician)


@pytest.fixture
def old_default() -> Iterator[None]:
    """The patients of this test began in a release without blocks."""
    with before_blocks():
        yield


def _kind(request: pytest.FixtureRequest) -> str:
    param: Any = request.param
    return str(param)
