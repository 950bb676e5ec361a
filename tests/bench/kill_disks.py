"""Disks and databases that take nothing more: full, read-only and locked, said in words and nothing lost."""

import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from sqlalchemy import text

from core.domain.emotions import Emotion
from core.domain.exercise.trials import Block
from core.domain.people import NotSaved
from core.services.exercise import recognition
from core.storage.backups.backup import back_up
from core.storage.database import Store
from tests.databases import let_nothing_be_written
from tests.history import answer
from tests.support import BROWSER, new_clinician, new_patient_before_blocks, new_store, says

SPARE = 300_000
"""Bytes that are free when patients begin to answer."""
MOST = 5000
"""Answers after which the disk should long have been full."""


def disks() -> Iterator[tuple[str, str, float]]:
    """What was in the way, what was said, and how many seconds it took."""
    for name, case in (("a full disk", _full), ("a read-only disk", _read_only), ("a locked database", _locked)):
        began = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="lexithymia-disks-") as folder:
            how, said = case(Path(folder))
        yield f"{name} ({how})", said, time.monotonic() - began


def _full(folder: Path) -> tuple[str, str]:
    with _small_disk(folder) as (disk, mounted), closing(_store(disk)) as store:
        patient = _patient(store)
        told: dict[tuple[str, int], str] = {}
        if mounted:
            (disk / "filling").write_bytes(bytes(max(0, shutil.disk_usage(disk).free - SPARE)))
        else:
            let_nothing_be_written(store)
        said = _until_refused(store, patient, told)
        if mounted:
            try:
                back_up(store, disk / "backups")
            except (OSError, ValueError) as error:
                said += f"; a backup: {str(error).replace(str(disk), 'DISK')!r}"
            assert list((disk / "backups").glob("*")) == [], "an unfinished backup is left"
            (disk / "filling").unlink()
            store.engine.dispose()
            assert _until_refused(store, patient, {}, 3) == "", "it goes on once there is room"
        _require(store, told)
        return ("a tmpfs" if mounted else "no page more"), f"{len(told):,} answers stored, then {said}"


def _read_only(folder: Path) -> tuple[str, str]:
    with _small_disk(folder) as (disk, mounted):
        with closing(_store(disk)) as store:
            patient = _patient(store)
            told: dict[tuple[str, int], str] = {}
            _until_refused(store, patient, told, 5)
            if not mounted:
                let_nothing_be_written(store)
                return "no page more", _until_refused(store, patient, {})
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        with closing(Store(f"sqlite:///{disk / 'lexithymia.db'}")) as store:
            said = _until_refused(store, patient, {})
        subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
        with closing(Store(f"sqlite:///{disk / 'lexithymia.db'}")) as store:
            _require(store, told)
        return "a tmpfs", said


def _locked(folder: Path) -> tuple[str, str]:
    with closing(_store(folder)) as store, closing(_other(folder)) as other:
        patient = _patient(store)
        told: dict[tuple[str, int], str] = {}
        _until_refused(store, patient, told, 5)
        with other.engine.connect() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            said = _until_refused(store, patient, {})
        _require(store, told)
        return "by another writer for longer than it is waited", said


def _store(folder: Path) -> Store:
    return new_store(folder)


def _other(folder: Path) -> Store:
    return Store(f"sqlite:///{folder / 'lexithymia.db'}")


def _patient(store: Store) -> str:
    return new_patient_before_blocks(store, new_clinician(store))


def _until_refused(store: Store, patient: str, told: dict[tuple[str, int], str], most: int = MOST) -> str:
    """Answer up to so many faces; returns the refusal in words, empty where there was none. What was acknowledged is in
    `told`."""
    try:
        for _ in range(most):
            block = recognition.begin(store, patient, BROWSER)
            _answer_one(store, patient, block, told)
    except NotSaved as refusal:
        return repr(str(refusal))
    assert most < MOST, "nothing was refused"
    return ""


def _answer_one(store: Store, patient: str, block: Block, told: dict[tuple[str, int], str]) -> None:
    trial = block.current
    assert trial is not None
    given = says(Emotion(trial.number % 7))
    answer(store, patient, block, trial.number, given)
    told[block.id, trial.number] = given.response.value


def _require(store: Store, told: dict[tuple[str, int], str]) -> None:
    with store.begin() as db:
        rows = db.execute(text("SELECT block_id, number, response FROM trials WHERE response IS NOT NULL"))
        stored = {(block, number): said for block, number, said in rows}
        assert db.execute(text("PRAGMA integrity_check")).scalar_one() == "ok"
    assert told
    assert {key: stored.get(key) for key in told} == told


@contextmanager
def _small_disk(folder: Path) -> Iterator[tuple[Path, bool]]:
    """A folder on a small file system of its own, where this process may mount one, and whether it is one."""
    disk = folder / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(disk)]
    able = shutil.which("mount") is not None
    mounted = able and subprocess.run(mount, capture_output=True, check=False).returncode == 0
    try:
        yield disk, mounted
    finally:
        if mounted:
            with suppress(subprocess.CalledProcessError):
                subprocess.run(["umount", str(disk)], check=True)
