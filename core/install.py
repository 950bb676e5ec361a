"""Install a lock into the environment that this runs in: with uv, else with pip. Needs nothing but Python.

    python -m core.install requirements-serve.lock

uv lies in no lock but that of the tests, whose line of it is installed first, outside of the environment: no server
needs it. It is told where pip looks for packages.
"""

import ast
import importlib
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from core.config import ROOT

WHOLE = "requirements.lock"
REST = ("kagglehub", "keras", "sklearn", "tensorflow")
"""Packages of the whole product that no server imports."""
FOR_UV = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "no-index": "UV_OFFLINE",
    "trusted-host": "UV_INSECURE_HOST",
    "cert": "SSL_CERT_FILE",
}
"""pip's settings and the variables in which uv reads the same."""
AS_LOCKED = ["--require-hashes", "--no-deps"]
"""A lock holds all that its packages need, and leaves out what nothing here uses of one (pyproject.toml)."""
UV = ["pip", "install", "--quiet", "--python", sys.executable, *AS_LOCKED]
PIP = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *AS_LOCKED]


class InstallError(Exception):
    """What could not be installed, why, and what to do."""


def install(lock: str) -> None:
    """Install every package of `lock`, a file of the product's folder, as it says; raises InstallError."""
    path = ROOT / lock
    if not path.exists():
        raise InstallError(f"{path} is missing: expected in a checkout of the product")
    with _uv() as uv:
        if uv and _run([*uv, *UV, "-r", str(path)], uv_environment()) == 0:
            return
        if uv:
            print("uv could not install this; pip tries, which takes longer", file=sys.stderr)
    if (status := _run([*PIP, "-r", str(path)])) != 0:
        raise InstallError(f"{lock} could not be installed (pip ended with {status}): is the package index reached?")


TO_MEASURE = ("sklearn",)
"""What `publish` needs for stored answers."""
TO_TRAIN = ("keras", "sklearn")
"""What `train` needs on any backend of Keras; a graphics card's machine need have no TensorFlow."""


def install_whole(needed: Sequence[str] = REST) -> None:
    """Install what only training, measuring and publishing need, unless `needed` is here; raises InstallError."""
    if all(find_spec(name) for name in needed):
        return
    print(f"Installing what networks are trained and measured with (2 GB, once), from {WHOLE} …", file=sys.stderr)
    install(WHOLE)
    importlib.invalidate_caches()


def uv_environment() -> dict[str, str]:
    """This process's environment, and in uv's variables what pip is told about indexes and certificates.

    What is set for uv already stays. Of several indexes uv takes what fits best, as pip does: hashes decide.
    """
    listed = subprocess.run(
        [sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True, check=False
    )
    found: dict[str, str] = {}
    for section in ("global", "install", ":env:"):  # the last one wins
        for name, value in re.findall(rf"^{section}\.([a-z-]+)=(.*)$", listed.stdout, flags=re.MULTILINE):
            if name in FOR_UV:
                found[FOR_UV[name]] = " ".join(ast.literal_eval(value).split())
    return {"UV_INDEX_STRATEGY": "unsafe-best-match", "UV_NO_PROGRESS": "1", **found, **os.environ}


@contextmanager
def _uv() -> Iterator[list[str]]:
    """The command of uv: the one that is here, else the version that the tests pin, for as long as this lasts; empty
    where it cannot be had."""
    if find_spec("uv"):
        yield [sys.executable, "-m", "uv"]
        return
    lock = (ROOT / "requirements-dev.lock").read_text(encoding="utf-8")
    line = re.search(r"^uv==(?:.*\\\n)+.*", lock, flags=re.MULTILINE)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "uv.txt"
        path.write_text(line.group() if line else "", encoding="utf-8")
        found = line is not None and _run([*PIP, "--target", folder, "-r", str(path)]) == 0
        yield [f"{folder}/bin/uv"] if found else []


def _run(command: list[str], environment: dict[str, str] | None = None) -> int:
    """The status of `command`."""
    return subprocess.run(command, env=environment, check=False).returncode


def main() -> int:
    try:
        install(sys.argv[1])
    except InstallError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
