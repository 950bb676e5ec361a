"""Settings of one installation: read once from the environment, frozen, complete with nothing set."""

import json
import os
import tomllib
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
VERSION = str(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])


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


class Site(StrEnum):
    """Where the product is used. At work and in education no feelings may be read from a camera."""

    CLINIC = "clinic"
    HOME = "home"
    WORK = "work"
    EDUCATION = "education"


class Detector(StrEnum):
    """What finds faces in pictures."""

    BLAZEFACE = "blazeface"
    HAAR = "haar"


@dataclass(frozen=True)
class Settings:
    """Where things are and how the server may be reached."""

    local: Path
    """All that a running installation writes."""
    keys: Path
    """The file with the keys of what is encrypted in the database."""
    database_url: str
    """Names a SQLite or PostgreSQL database."""
    address: str
    """The interface the server listens on."""
    port: int
    limits: Limits = Limits()
    trusted_proxies: str = ""
    """Addresses and networks of proxies in front of the server, by commas."""
    sockets: int = 2000
    """Browser tabs that may be connected at once; a session takes about four descriptors."""
    sockets_per_address: int = 500
    """Of these from one address: a clinic's people may share one, as all do behind a proxy that is not trusted."""
    metrics_token: str = ""
    """Who presents it may read /metrics from elsewhere."""
    drain: int = 0
    """For how many seconds a server that is told to stop says so before it does."""
    staff_second_factor: bool = False
    """Clinicians and researchers sign in with a one-time code besides the password."""
    second_approval: bool = False
    """A second person approves each export and un-blinding that somebody asks for on a page."""
    retention: int = 0
    """Months without a visit after which `python -m core retention` erases a patient, 0 for never."""
    questionnaire_items: Path = DATA / "local" / "questionnaires"
    """Folder with the items of questionnaires for which this installation holds a licence."""
    expression: bool = True
    """The exercise with the camera is offered, unless `site` forbids it."""
    site: Site = Site.CLINIC
    detector: Detector = Detector.BLAZEFACE
    """What finds faces in pictures, films and the camera's frames."""
    cameras: int = 8
    """Live pictures that one server takes at once; whoever comes then takes single pictures."""
    faces_upload: int = 250
    """Megabytes (10^6 bytes) that a zip of faces may have which an administrator uploads."""
    ice_servers: tuple[dict[str, Any], ...] = ()
    """WebRTC's, which the camera's stream may go through."""


@cache
def settings() -> Settings:
    """The settings of this process.

    Variables: LEXITHYMIA_LOCAL, LEXITHYMIA_KEYS, DATABASE_URL, ADDRESS, PORT, TRUSTED_PROXIES, SOCKETS,
    SOCKETS_PER_ADDRESS, METRICS_TOKEN, DRAIN_SECONDS, STAFF_SECOND_FACTOR and SECOND_APPROVAL ("required" or
    "optional"), RETENTION_MONTHS, QUESTIONNAIRE_ITEMS, EXPRESSION ("on" or "off"), SITE (a value of `Site`), DETECTOR
    (a value of `Detector`), CAMERAS, FACES_UPLOAD, ICE_SERVERS (a JSON list), and DATABASE_ before the name of each of
    `Limits`.
    """
    local = Path(os.environ.get("LEXITHYMIA_LOCAL", DATA / "local")).resolve()
    port = os.environ.get("PORT", "8501")
    if not port.isdigit() or not 0 < int(port) < 65536:
        raise SystemExit(f"PORT is {port!r}; expected a number from 1 to 65535. Try: make run PORT=8501")
    return Settings(
        local=local,
        keys=Path(os.environ.get("LEXITHYMIA_KEYS") or local / "keys").resolve(),
        database_url=os.environ.get("DATABASE_URL") or f"sqlite:///{local / 'lexithymia.db'}",
        address=os.environ.get("ADDRESS", "localhost"),
        port=int(port),
        limits=Limits(**{name: _whole(f"DATABASE_{name.upper()}", usual) for name, usual in asdict(Limits()).items()}),
        trusted_proxies=os.environ.get("TRUSTED_PROXIES", ""),
        sockets=_whole("SOCKETS", 2000),
        sockets_per_address=_whole("SOCKETS_PER_ADDRESS", 500),
        metrics_token=os.environ.get("METRICS_TOKEN", ""),
        drain=_whole("DRAIN_SECONDS", 0, least=0),
        staff_second_factor=_one_of("STAFF_SECOND_FACTOR", "optional", "required") == "required",
        second_approval=_one_of("SECOND_APPROVAL", "optional", "required") == "required",
        retention=_whole("RETENTION_MONTHS", 0, least=0),
        questionnaire_items=Path(os.environ.get("QUESTIONNAIRE_ITEMS") or local / "questionnaires").resolve(),
        expression=_one_of("EXPRESSION", "on", "off") == "on",
        site=Site(_one_of("SITE", *Site)),
        detector=Detector(_one_of("DETECTOR", *Detector)),
        cameras=_whole("CAMERAS", 8),
        faces_upload=_whole("FACES_UPLOAD", 250),
        ice_servers=_ice_servers(),
    )


def _whole(variable: str, usual: int, least: int = 1) -> int:
    text = os.environ.get(variable) or str(usual)
    if not text.isdecimal() or int(text) < least:
        raise SystemExit(f"{variable} is {text!r}; expected a whole number from {least} on. Unset it for {usual}")
    return int(text)


def _one_of(variable: str, usual: str, *others: str) -> str:
    text = os.environ.get(variable) or usual
    if text not in (usual, *others):
        choices = ", ".join(other for other in others if other != usual)
        raise SystemExit(f"{variable} is {text!r}; expected {choices} or {usual}. Unset it for {usual}")
    return text


def _ice_servers() -> tuple[dict[str, Any], ...]:
    text = os.environ.get("ICE_SERVERS") or "[]"
    example = '[{"urls": "turn:turn.example:3478", "username": "…", "credential": "…"}]'
    try:
        servers = json.loads(text)
    except ValueError:
        servers = None
    if not isinstance(servers, list) or not all(isinstance(one, dict) and "urls" in one for one in servers):
        raise SystemExit(f"ICE_SERVERS is not a JSON list of servers with urls; expected for example {example}")
    return tuple(servers)
