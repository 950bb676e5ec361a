"""A decoder in a process of its own, which can be ended: hostile files ask for hours, gigabytes, or a crash."""

import os
import resource
import sys
from pathlib import Path
from typing import Any, NoReturn

from core.domain.files import FileRefused, refused

MOST_MEMORY = 1_500_000_000
"""Bytes of addresses: a picture of `MOST_PIXELS` in four channels, its copy, and the libraries."""
_ROOT = Path(__file__).parents[2]
_NAMES = ("pixels", "side", "broken", "empty", "codec", "wide", "long", "work", "video-kind")
_FIRST_STATUS = 10
"""How the process ends that refuses a file: with this and the place of the refusal's name."""
WHERE: dict[str, Any] = {"cwd": _ROOT, "env": {"OPENBLAS_NUM_THREADS": "1"}}  # nothing of the server's environment


def command(module: str, *limits: float) -> list[str]:
    """Of the process that is `module`; the first of `limits` is seconds of processor."""
    return [sys.executable, "-m", module, *map(str, limits)]


def confine(seconds: float, *, again: bool = False, writes: int = 0) -> None:
    """Bound this process in processor and memory, and in how many bytes a file may have that it writes. `again`: it may
    ask for as many seconds once more, when it begins something new."""
    whole = max(1, round(seconds))
    resource.setrlimit(resource.RLIMIT_CPU, (whole, resource.RLIM_INFINITY if again else whole))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (writes, writes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # no copy of the file reaches a disk
    os.nice(5)


def allow_seconds(seconds: float) -> None:
    """So many seconds of processor from now on, beside those that were taken: the next picture begins."""
    taken = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
    resource.setrlimit(resource.RLIMIT_CPU, (int(taken) + max(1, round(seconds)) + 1, resource.RLIM_INFINITY))


def leave(name: str) -> NoReturn:
    """End this process with a refusal of `core.domain.files`."""
    sys.exit(_FIRST_STATUS + _NAMES.index(name))


def refusal_of(status: int) -> FileRefused:
    """Why a confined process ended with this `status`, which is not 0; one that was ended or crashed took too much."""
    place = status - _FIRST_STATUS
    return refused(_NAMES[place] if 0 <= place < len(_NAMES) else "work")
