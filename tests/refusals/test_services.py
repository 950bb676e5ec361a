"""Every service for every kind of person: whoever is not meant is refused in clear words, and nothing changes.

Services are found by looking for them: a new one fails here until it is stated whose it is.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from core import services
from core.domain.patient.consent import NotAgreed
from core.domain.people import NotAllowed, NotSignedIn, Refusal
from core.services.gate import access
from core.storage.backups.copying import snapshot
from core.storage.backups.digest import Digest, digests
from core.storage.database import Store
from tests.databases import KINDS, copy_of, database
from tests.refusals.whose import (
    CARER,
    HALF_IN,
    HANDED_OVER,
    NOT_SIGNED_IN,
    OF_A_PATIENT_TOO,
    REFUSED,
    WHOSE,
    WITHOUT_SIGN_IN,
)
from tests.refusals.world import VISITORS, World, build


def found(token: bool) -> dict[str, Callable[..., Any]]:
    """Every function of the services that works on a database, with or without somebody's sign-in."""
    functions: dict[str, Callable[..., Any]] = {}
    for info in pkgutil.walk_packages(services.__path__, "core.services."):
        module, name = importlib.import_module(info.name), info.name.rpartition(".")[2]
        for attribute, function in inspect.getmembers(module, inspect.isfunction):
            asked = inspect.signature(function).parameters
            ours = function.__module__ == module.__name__ and not attribute.startswith("_")
            if ours and "store" in asked and ("token" in asked) == token:
                functions[f"{name}.{attribute}"] = function
    return functions


SERVICES = found(token=True)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("clinic")


@pytest.fixture(scope="module", params=KINDS)
def store(request: pytest.FixtureRequest, folder: Path) -> Iterator[Store]:
    with database(request.param, folder, stocked=True) as made:
        yield made


@pytest.fixture(scope="module")
def world(store: Store, folder: Path) -> World:
    return build(store, folder)


def special(world: World, name: str) -> dict[str, Any]:
    """What a service is asked that means another thing by a parameter than the others."""
    if name in {"accounts.set_administrator", "second_factor.reset"}:
        return {"person_id": world.other_colleague}
    return {"run_id": world.values["run_over"]} if name == "expression_progress.result" else {}


def refusal(world: World, store: Store, name: str, who: str, **more: Any) -> str | None:
    """The words with which somebody is refused; None when they are let in, whatever else is the matter."""
    try:
        world.call(SERVICES[name], store, who, **special(world, name), **more)
    except (NotAllowed, NotSignedIn) as error:
        return error.sentence if error.sentence in REFUSED else None
    except (Refusal, NotAgreed, ValueError, OSError):
        return None
    return None


def stored(store: Store) -> dict[str, Digest]:
    """All that is kept, but the counts of wrong one-time codes."""
    with snapshot(store) as reading:
        return {name: held for name, held in digests(reading).items() if name not in {"attempts", "account_events"}}


def test_it_is_stated_of_every_service_whose_it_is() -> None:
    assert set(SERVICES) == set(WHOSE)
    assert set(found(token=False)) == WITHOUT_SIGN_IN


def test_who_is_not_meant_is_refused_in_clear_words_and_nothing_changes(
    store: Store, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(access, "TOUCHED", timedelta(days=1))  # when somebody was last seen may change, by the minute
    was = stored(store)
    wrong = []
    for name, whose in WHOSE.items():
        for who in world.tokens.keys() - whose:
            said = refusal(world, store, name, who)
            if said is None or ((said == NOT_SIGNED_IN) != (who in VISITORS) and whose not in (HALF_IN, HANDED_OVER)):
                wrong.append((name, who, said))
    assert wrong == []
    assert stored(store) == was


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)  # 250 copies of a database would take minutes on the other
@pytest.mark.parametrize("name", WHOSE)
def test_who_is_meant_is_let_in(name: str, store: Store, world: World, tmp_path: Path) -> None:
    for who in sorted(WHOSE[name]):
        with copy_of(store, tmp_path) as own:
            assert refusal(world, own, name, who) is None, f"{who} is refused by {name}"


@pytest.mark.parametrize("name", sorted(OF_A_PATIENT_TOO))
def test_what_a_patient_sees_of_their_own_only_their_clinician_sees_too(name: str, store: Store, world: World) -> None:
    patient = world.values["patient_id"]
    assert refusal(world, store, name, "carer", patient_id=patient) is None
    for who in world.tokens.keys() - CARER:
        assert refusal(world, store, name, who, patient_id=patient) is not None, f"{who} sees {name} of a patient"


@pytest.mark.parametrize("name", [name for name, whose in WHOSE.items() if whose is CARER])
def test_a_patient_who_does_not_exist_is_refused_in_the_same_words(name: str, store: Store, world: World) -> None:
    asked = "patient_id" if "patient_id" in inspect.signature(SERVICES[name]).parameters else "person_id"
    nobody = {asked: "0" * 32}
    assert refusal(world, store, name, "carer", **nobody) == refusal(world, store, name, "other clinician")
