"""Commands on an installation in a folder, as its operator runs them."""

import os
import subprocess
import sys
from pathlib import Path

from core.config import ROOT

OWN_KEYS = {"LEXITHYMIA_KEYS": ""}
"""The key file that an installation makes for itself, and not the tests' own."""


def begin(local: Path, *words: str, **environment: str) -> subprocess.Popen[str]:
    """Start a command on the installation in `local`."""
    return subprocess.Popen(
        [sys.executable, "-m", "core", *words],
        cwd=ROOT, env={**os.environ, "LEXITHYMIA_LOCAL": str(local), **environment},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def command(local: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command on the installation in `local`."""
    process = begin(local, *words, **environment)
    said, complaint = process.communicate(timeout=120)
    return subprocess.CompletedProcess(process.args, process.returncode, said, complaint)
