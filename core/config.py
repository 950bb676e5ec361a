"""Settings of one installation: read once from the environment, frozen, complete with nothing set."""

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
VERSION = "0.1.0"


@dataclass(frozen=True)
class Settings:
    """Where things are and how the server may be reached.

    `local` holds all that a running installation writes; `database_url` is any SQLAlchemy URL;
    `address` is the interface the server listens on, `port` its port.
    """

    local: Path
    database_url: str
    address: str
    port: int


@cache
def settings() -> Settings:
    """The settings of this process. Variables: LEXITHYMIA_LOCAL, DATABASE_URL, ADDRESS, PORT."""
    local = Path(os.environ.get("LEXITHYMIA_LOCAL", DATA / "local")).resolve()
    port = os.environ.get("PORT", "8501")
    if not port.isdigit() or not 0 < int(port) < 65536:
        raise SystemExit(f"PORT is {port!r}; expected a number from 1 to 65535. Try: make run PORT=8501")
    return Settings(
        local=local,
        database_url=os.environ.get("DATABASE_URL") or f"sqlite:///{local / 'lexithymia.db'}",
        address=os.environ.get("ADDRESS", "localhost"),
        port=int(port),
    )
