"""A server whose clock stands where a test sets it: the product as it is, except for what time it says it is.

python -m tests.e2e.clock FILE serve --port 8501
"""

import runpy
import sys
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any

import pytest

from core.storage.tables import base
from tests.e2e.server import AppServer


class SharedClock:
    """The time of a test and of its server, which share it by a file; it goes on from where it was set."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def set(self, at: datetime) -> None:
        part = self.file.with_suffix(".part")
        part.write_text(str((at - datetime.now(UTC)).total_seconds()), encoding="ascii")
        part.rename(self.file)

    def now(self, zone: tzinfo | None = None) -> datetime:
        return datetime.now(zone) + timedelta(seconds=float(self.file.read_text(encoding="ascii")))

    def rule(self, patch: pytest.MonkeyPatch) -> None:
        """From now on this process goes by it: all of the product asks one function for the time."""
        patch.setattr(base, "datetime", self)


class ClockedServer(AppServer):
    """A server that goes by the clock of a test."""

    def __init__(self, local: Path, clock: SharedClock, **more: Any) -> None:
        super().__init__(local, **more)
        self.clock = clock

    @property
    def command(self) -> list[str]:
        return [sys.executable, "-m", "tests.e2e.clock", str(self.clock.file), "serve", "--port", str(self.port)]


if __name__ == "__main__":
    SharedClock(Path(sys.argv.pop(1))).rule(pytest.MonkeyPatch())
    runpy.run_module("core", run_name="__main__", alter_sys=True)
