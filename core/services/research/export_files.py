"""Exports that a researcher asked for: made, listed and fetched while they wait."""

import hashlib
import json
import re
import secrets
import zipfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from core.domain.exercise.selection import Selection
from core.domain.patient.consent import Purpose
from core.domain.people import NotAllowed, Refusal, Role
from core.export.dataset import ExportCounts
from core.export.feelings import PHENOTYPE
from core.services.feelings.sharing import whole_diaries
from core.services.gate.access import require
from core.services.privacy import consents
from core.services.research.export import export
from core.storage import waiting_exports
from core.storage.database import Store
from core.storage.queries.pseudonym_queries import pseudonyms
from core.storage.tables import now

_NAME = re.compile(r"lexithymia-[0-9TZ]+-[0-9a-f]{8}\.zip")


@dataclass(frozen=True)
class FinishedExport:
    """An export that can be fetched until `until`."""

    name: str
    bytes: int
    sha256: str
    made_at: datetime
    counts: ExportCounts

    @property
    def until(self) -> datetime:
        return self.made_at + waiting_exports.KEPT


def make(store: Store, token: str, selection: Selection, goes_on: Callable[[int], bool]) -> FinishedExport:
    """Write an export where the signed-in researcher can fetch it. Raises as `core.services.research.export.export`,
    and Refusal where an erasure or a consent taken back deleted what was written so far."""
    path = _folder(store, token) / f"lexithymia-{now():%Y%m%dT%H%M%SZ}-{secrets.token_hex(4)}.zip"
    try:
        return _make(store, token, selection, path, goes_on)
    except FileNotFoundError as error:
        waiting_exports.delete_export(path)
        raise Refusal(
            "Somebody was deleted or took back a consent while the export was written, so nothing of it was kept. "
            "Please make it again."
        ) from error


def _make(store: Store, token: str, selection: Selection, path: Path, goes_on: Callable[[int], bool]) -> FinishedExport:
    counts = export(store, token, selection, path, goes_on)
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    with zipfile.ZipFile(path) as packed:
        people = _first_cells(packed, "participants.tsv")
        felt = _first_cells(packed, f"{PHENOTYPE}.tsv") if counts.check_ins else []
    beside = waiting_exports.sidecar(path)
    beside.touch(mode=0o600)
    said = {
        "sha256": digest,
        "counts": asdict(counts),
        "purpose": selection.purpose,
        "people": people,
        "feelings": felt,
    }
    beside.write_text(json.dumps(said), encoding="utf-8")
    return _finished(path)


def finished(store: Store, token: str) -> list[FinishedExport]:
    """What waits for the signed-in researcher, newest first."""
    folder = _folder(store, token)
    waiting_exports.delete_expired()
    exports = [
        _finished(path)
        for path in folder.glob("*.zip")
        if waiting_exports.sidecar(path).exists() and _agreed(store, path)
    ]
    return sorted(exports, key=lambda one: one.made_at, reverse=True)


def file_of(store: Store, token: str, name: str) -> Path:
    """Where the export called `name` lies, if it is the signed-in researcher's own and still there."""
    folder = _folder(store, token)
    waiting_exports.delete_expired()
    path = folder / name
    if not _NAME.fullmatch(name) or not path.is_file() or not waiting_exports.sidecar(path).is_file():
        raise NotAllowed("This export is not here any more. Please make it again.")
    if not _agreed(store, path):
        raise NotAllowed("Somebody in it was deleted or took back a consent since. Please make the export again.")
    return path


def _agreed(store: Store, path: Path) -> bool:
    """Whether everybody in the export at `path` is still there and agrees; where not, perhaps by a click on another
    server, it is deleted."""
    said = json.loads(waiting_exports.sidecar(path).read_text(encoding="utf-8"))
    purpose = said.get("purpose")  # an earlier release wrote none, and its file has dates
    with store.begin() as db:
        agreed = pseudonyms(db, consents.agreed(db, Purpose.RESEARCH), purpose or "").values()
        shown = pseudonyms(db, whole_diaries(db), purpose or "").values()
        stays = purpose is not None and all(
            set(said.get(what, [])) <= {f"sub-{name}" for name in names}
            for what, names in (("people", agreed), ("feelings", shown))
        )
    if not stays:
        waiting_exports.delete_export(path)
    return stays


def _first_cells(packed: zipfile.ZipFile, name: str) -> list[str]:
    return [line.split("\t")[0] for line in packed.read(name).decode().splitlines()[1:]]


def _folder(store: Store, token: str) -> Path:
    with store.begin() as db:
        person = require(db, token, Role.RESEARCHER)
    return waiting_exports.folder_of(person.id)


def _finished(path: Path) -> FinishedExport:
    said = json.loads(waiting_exports.sidecar(path).read_text(encoding="utf-8"))
    return FinishedExport(
        path.name, path.stat().st_size, said["sha256"], waiting_exports.made_at(path), ExportCounts(**said["counts"])
    )
