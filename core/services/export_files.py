"""Finished exports that wait for who asked for them: one folder for each researcher, readable by the server only, and
gone after a day, or as soon as anybody is erased."""

import hashlib
import json
import re
import secrets
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from core.config import settings
from core.domain.consent import Purpose
from core.domain.people import NotAllowed, Role
from core.domain.selection import Selection
from core.export.dataset import Counts
from core.services import consents
from core.services.access import require
from core.services.export import PURPOSE, export
from core.storage.database import Store
from core.storage.pseudonyms import pseudonyms
from core.storage.tables import now

KEPT = timedelta(hours=24)
_NAME = re.compile(r"lexithymia-[0-9TZ]+-[0-9a-f]{8}\.zip")


@dataclass(frozen=True)
class Finished:
    """An export that can be fetched until `until`."""

    name: str
    bytes: int
    sha256: str
    made_at: datetime
    counts: Counts

    @property
    def until(self) -> datetime:
        return self.made_at + KEPT


def make(store: Store, token: str, selection: Selection, goes_on: Callable[[int], bool]) -> Finished:
    """Write an export where the signed-in researcher can fetch it. Raises as `core.services.export.export`."""
    path = _folder(store, token) / f"lexithymia-{now():%Y%m%dT%H%M%SZ}-{secrets.token_hex(4)}.zip"
    counts = export(store, token, selection, path, goes_on)
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    with zipfile.ZipFile(path) as packed:
        people = [line.split("\t")[0] for line in packed.read("participants.tsv").decode().splitlines()[1:]]
    beside = _beside(path)
    beside.touch(mode=0o600)
    beside.write_text(json.dumps({"sha256": digest, "counts": asdict(counts), "people": people}), encoding="utf-8")
    return _finished(path)


def finished(store: Store, token: str) -> list[Finished]:
    """What waits for the signed-in researcher, newest first."""
    folder = _folder(store, token)
    sweep()
    found = [_finished(path) for path in folder.glob("*.zip") if _beside(path).exists() and _agreed(store, path)]
    return sorted(found, key=lambda one: one.made_at, reverse=True)


def file_of(store: Store, token: str, name: str) -> Path:
    """Where the export called `name` lies, if it is the signed-in researcher's own and still there."""
    folder = _folder(store, token)
    sweep()
    path = folder / name
    if not _NAME.fullmatch(name) or not path.is_file() or not _beside(path).is_file():
        raise NotAllowed("This export is not here any more. Please make it again.")
    if not _agreed(store, path):
        raise NotAllowed("Somebody in it was deleted or took back a consent since. Please make the export again.")
    return path


def sweep() -> None:
    """Delete what is older than a day, of everybody."""
    for path in _root().glob("*/*"):
        if now() - _made_at(path) > KEPT:
            _delete(path)


def forget_all() -> None:
    """Delete every export that waits on this server: somebody in it may have been erased."""
    for path in _root().glob("*/*"):
        _delete(path)


def _agreed(store: Store, path: Path) -> bool:
    """Whether everybody in the export at `path` is still there and agrees; where not, perhaps by a click on another
    server, it is deleted."""
    people = json.loads(_beside(path).read_text(encoding="utf-8")).get("people")  # an earlier release wrote none
    with store.begin() as db:
        agreed = pseudonyms(db, consents.agreed(db, Purpose.RESEARCH), PURPOSE).values()
        stays = people is not None and set(people) <= {f"sub-{name}" for name in agreed}
    if not stays:
        _delete(path)
        _delete(_beside(path))
    return stays


def _root() -> Path:
    return settings().local / "exports"


def _folder(store: Store, token: str) -> Path:
    with store.begin() as db:
        person = require(db, token, Role.RESEARCHER)
    folder = _root() / person.id
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def _finished(path: Path) -> Finished:
    said = json.loads(_beside(path).read_text(encoding="utf-8"))
    return Finished(path.name, path.stat().st_size, said["sha256"], _made_at(path), Counts(**said["counts"]))


def _beside(path: Path) -> Path:
    return path.with_suffix(".json")


def _made_at(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def _delete(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
