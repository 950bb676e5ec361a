"""The product as its users start it, on a port that is free, with everything it writes in one folder."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from types import TracebackType

from core.config import ROOT, settings
from core.storage.database import Store


class AppServer:
    """A running server of the product in `root`; `local` is its folder, `url` its address, `environment` what is set
    for it beside what is set for all. It can be killed and started again."""

    def __init__(
        self,
        local: Path,
        port: int | None = None,
        environment: Mapping[str, str] | None = None,
        root: Path = ROOT,
    ) -> None:
        self.local, self.root = local, root
        self.environment = {
            "LEXITHYMIA_LOCAL": str(local),
            "LEXITHYMIA_KEYS": str(settings().keys),
            **(environment or {}),
        }
        self.port = port or free_port()
        self.url = f"http://localhost:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None

    @cached_property
    def store(self) -> Store:
        return Store(f"sqlite:///{self.local / 'lexithymia.db'}")

    @property
    def log(self) -> str:
        return (self.local / "server.log").read_text(encoding="utf-8")

    @property
    def whole_environment(self) -> dict[str, str]:
        return {**os.environ, **self.environment}

    @property
    def command(self) -> list[str]:
        return [sys.executable, "-m", "core", "serve", "--port", str(self.port)]

    @property
    def set_up_link(self) -> str:
        """What it printed for whoever started it: where the first account is made."""
        return [line for line in self.log.split() if "/set-up?secret=" in line][-1]

    def start(self) -> None:
        """Start and wait until it answers; raises TimeoutError with the log otherwise."""
        with (self.local / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                cwd=self.root,
                env=self.whole_environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        for _ in range(600):
            try:
                with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=2):
                    return
            except OSError:
                time.sleep(0.1)
        self.kill()
        raise TimeoutError(f"the server did not answer within a minute:\n{self.log}")

    def kill(self) -> None:
        """End it as a power cut would."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def __enter__(self) -> "AppServer":
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """End it as its operator would."""
        assert self.process is not None
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.kill()


class ByStreamlit(AppServer):
    """Started as any Streamlit app."""

    @property
    def command(self) -> list[str]:
        return [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py"), f"--server.port={self.port}"]


def free_port() -> int:
    """A port that nobody uses just now."""
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        return int(probe.getsockname()[1])
