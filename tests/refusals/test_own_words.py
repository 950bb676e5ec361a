"""What somebody wrote in their diary and shows to nobody comes out of no service, for nobody else."""

import pickle
from collections.abc import Iterator
from typing import Any

import pytest

from core.domain.people import Refusal
from core.storage.database import Store
from tests.refusals.test_services import SERVICES, special
from tests.refusals.whose import WHOSE
from tests.refusals.world import NOTE, OWN_WORD, World, build
from tests.support import new_store

LAST = ("erasure.erase", "care.end_care")
"""After these nothing is left to be seen."""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    made = new_store(tmp_path_factory.mktemp("clinic"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def world(store: Store, tmp_path_factory: pytest.TempPathFactory) -> World:
    return build(store, tmp_path_factory.mktemp("out"))


def told(world: World, store: Store, name: str, who: str, **more: Any) -> bytes:
    """All that a service answers, what it refuses in words included."""
    try:
        answer = world.call(SERVICES[name], store, who, **special(world, name), **more)
    except Refusal as refusal:
        return str(refusal).encode()
    except (ValueError, OSError) as error:
        return repr(error).encode()
    try:
        return pickle.dumps(answer)
    except (pickle.PicklingError, AttributeError, TypeError):
        return repr(answer).encode()


def test_the_owner_reads_their_own_words(world: World, store: Store) -> None:
    assert NOTE.encode() in told(world, store, "diary.mine", "owner")
    assert OWN_WORD.encode() in told(world, store, "diary.mine", "owner")


def test_no_service_tells_anybody_else(world: World, store: Store) -> None:
    names = [name for name in WHOSE if name not in LAST and not name.startswith(("sign_in.", "second_factor."))]
    secrets = NOTE.encode(), OWN_WORD.encode()
    leaks = [
        (name, who)
        for name in names
        for who in world.tokens.keys() - {"owner"}
        if any(secret in told(world, store, name, who) for secret in secrets)
    ]
    assert leaks == []
