"""Settings of one installation: read once from the environment, frozen, complete with nothing set."""

import os
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
VERSION = "0.1.0"


@dataclass(frozen=True)
class Limits:
    """What one server takes of PostgreSQL: connections kept and lent at most, and seconds of patience."""

    pool: int = 10
    pool_most: int = 30
    pool_wait: int = 5
    connect_wait: int = 5
    statement_wait: int = 15
    lock_wait: int = 5
    idle_wait: int = 60


@dataclass(frozen=True)
class Settings:
    """Where things are and how the server may be reached.

    `local` holds all that a running installation writes; `database_url` names a SQLite or PostgreSQL database;
    `address` is the interface the server listens on, `port` its port; `trusted_proxies` are the addresses and networks
    of proxies in front of it, by commas; who presents `metrics_token` may read /metrics from elsewhere; `drain` is how
    many seconds a server that is told to stop says so before it does; `staff_second_factor`: clinicians and
    researchers sign in with a one-time code besides the password.
    """

    local: Path
    database_url: str
    address: str
    port: int
    limits: Limits = Limits()
    trusted_proxies: str = ""
    metrics_token: str = ""
    drain: int = 0
    staff_second_factor: bool = False


@cache
def settings() -> Settings:
    """The settings of this process.

    Variables: LEXITHYMIA_LOCAL, DATABASE_URL, ADDRESS, PORT, TRUSTED_PROXIES, METRICS_TOKEN, DRAIN_SECONDS,
    STAFF_SECOND_FACTOR ("required" or "optional"), and DATABASE_ before the name of each of `Limits`.
    """
    local = Path(os.environ.get("LEXITHYMIA_LOCAL", DATA / "local")).resolve()
    port = os.environ.get("PORT", "8501")
    if not port.isdigit() or not 0 < int(port) < 65536:
        raise SystemExit(f"PORT is {port!r}; expected a number from 1 to 65535. Try: make run PORT=8501")
    return Settings(
        local=local,
        database_url=os.environ.get("DATABASE_URL") or f"sqlite:///{local / 'lexithymia.db'}",
        address=os.environ.get("ADDRESS", "localhost"),
        port=int(port),
        limits=Limits(**{name: _whole(f"DATABASE_{name.upper()}", usual) for name, usual in asdict(Limits()).items()}),
        trusted_proxies=os.environ.get("TRUSTED_PROXIES", ""),
        metrics_token=os.environ.get("METRICS_TOKEN", ""),
        drain=_whole("DRAIN_SECONDS", 0, least=0),
        staff_second_factor=_required("STAFF_SECOND_FACTOR"),
    )


def _whole(variable: str, usual: int, least: int = 1) -> int:
    text = os.environ.get(variable) or str(usual)
    if not text.isdecimal() or int(text) < least:
        raise SystemExit(f"{variable} is {text!r}; expected a whole number from {least} on. Unset it for {usual}")
    return int(text)


def _required(variable: str) -> bool:
    text = os.environ.get(variable) or "optional"
    if text not in {"required", "optional"}:
        raise SystemExit(f"{variable} is {text!r}; expected required or optional. Unset it for optional")
    return text == "required"
