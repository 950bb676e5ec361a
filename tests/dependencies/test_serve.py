"""The server in an environment of its lock alone: every page, every command line, and what only training needs."""

import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from core.config import ROOT
from tests.dependencies.reading import SERVE, locked, normal

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1200)]

IMPORTS = """
import importlib, pkgutil
import app, core, pages.shared
for package in (core, pages.shared):
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if not found.name.startswith(("core.training", "core.storage.migrations")) and "__main__" not in found.name:
            importlib.import_module(found.name)
"""
INSTALLED = "from importlib.metadata import distributions as all; print(*(one.name for one in all()))"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of a new environment with the server's lock, installed as make run does."""
    folder = tmp_path_factory.mktemp("serve")
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    subprocess.run([folder / "bin" / "python", "-m", "core.install", f"{SERVE}.lock"], cwd=ROOT, check=True)
    return folder / "bin" / "python"


def _run(python: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    ours = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    return subprocess.run(
        [python, *arguments], cwd=ROOT, env={**ours, **environment}, capture_output=True, text=True, check=False
    )


def test_only_the_lock_is_in_it(served: Path) -> None:
    here = {normal(name) for name in _run(served, "-c", INSTALLED).stdout.split()}
    assert here - {"pip", "setuptools"} <= set(locked(SERVE))


def test_every_module_of_the_server_can_be_imported(served: Path) -> None:
    done = _run(served, "-c", IMPORTS)
    assert done.returncode == 0, done.stderr


def test_every_page_runs_for_every_kind_of_person(served: Path, tmp_path: Path) -> None:
    pytest_alone = [f"{name}=={version(name)}" for name in ("pytest", "pluggy", "iniconfig", "pygments", "packaging")]
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(tmp_path)]
    subprocess.run([*install, *pytest_alone], check=True)
    options = ["-q", "-p", "no:cacheprovider", "--override-ini=addopts=", "--override-ini=filterwarnings="]
    done = _run(served, "-m", "pytest", "tests/refusals/test_pages.py", *options, PYTHONPATH=str(tmp_path))
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_command_explains_itself(served: Path) -> None:
    done = _run(served, "-m", "core", "--help")
    assert done.returncode == 0, done.stderr
    assert "train" in done.stdout


def test_training_installs_the_rest_first_and_says_so_when_that_cannot_be(served: Path, tmp_path: Path) -> None:
    away = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(tmp_path), "UV_NO_CACHE": "1"}
    done = _run(served, "-m", "core", "evaluate", "--images", str(tmp_path), **away)
    assert done.returncode == 1
    first, *_, last = done.stderr.splitlines()
    assert first.startswith("Installing what networks are trained and measured with")
    assert last == "requirements.lock could not be installed (pip ended with 1): is the package index reached?"
    assert "Traceback" not in done.stderr
