"""What the requirements pin, what the locks hold, and what the code imports."""

import ast
import re
import sys
from collections.abc import Iterable
from importlib.metadata import packages_distributions
from pathlib import Path

from core.config import ROOT
from tests.syntax import syntax

SERVE, WHOLE, DEV = "requirements-serve", "requirements", "requirements-dev"
NAMES = (SERVE, WHOLE, DEV)
_PIN = re.compile(r"^([A-Za-z0-9_.-]+)(?:\[[a-z,]+\])?==([^\s;\\]+)", flags=re.MULTILINE)
OTHER_BACKENDS = {"jax", "torch"}
"""Of Keras, in place of TensorFlow: a machine with a graphics card brings its own, this software pins none."""
_OURS = {"core", "pages", "tests", "app"}


def normal(name: str) -> str:
    """A package's name as the index compares it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def own_pins(name: str) -> dict[str, str]:
    """Versions by package that the requirements `name` pin themselves, without those that they include."""
    text = (ROOT / f"{name}.txt").read_text(encoding="utf-8")
    return {normal(package): version for package, version in _PIN.findall(text)}


def pins(name: str) -> dict[str, str]:
    """Versions by package that the requirements `name` pin, with those that they include."""
    included = re.findall(r"^-r (\S+)\.txt$", (ROOT / f"{name}.txt").read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {package: version for one in included for package, version in pins(one).items()} | own_pins(name)


def locked(name: str) -> dict[str, set[str]]:
    """Versions by package in the lock `name`; more than one where they differ between Pythons or systems."""
    found: dict[str, set[str]] = {}
    for package, version in _PIN.findall((ROOT / f"{name}.lock").read_text(encoding="utf-8")):
        found.setdefault(normal(package), set()).add(version)
    return found


def imported(paths: Iterable[Path]) -> set[str]:
    """The packages, by their names in an index, whose modules the files import, wherever in the file.

    OTHER_BACKENDS are left out.
    """
    modules = set()
    for path in paths:
        for node in ast.walk(syntax(path)):
            if isinstance(node, ast.Import):
                modules |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                modules.add(node.module.split(".")[0])
    distributions, known = packages_distributions(), set(sys.stdlib_module_names) | _OURS | OTHER_BACKENDS
    return {normal(distributions[module][0]) for module in modules - known}


def code(*folders: str) -> set[Path]:
    """Every Python file in folders of the product, or those files themselves."""
    return {
        path
        for folder in folders
        for path in ([ROOT / folder] if folder.endswith(".py") else (ROOT / folder).rglob("*.py"))
    }
