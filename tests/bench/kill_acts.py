"""Acts of an operator that are killed: each on an installation of its own, and what must be true of it afterwards."""

import hashlib
import json
import os
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import func, select

from core.config import settings
from core.domain.exercise.selection import Selection
from core.domain.patient.consent import Purpose
from core.services.faces import stimulus_sets
from core.services.privacy import consents
from core.services.privacy.consent_texts import newest
from core.services.privacy.erasure import erase_again, erase_codes
from core.services.research.export import export_by_command
from core.stimuli.builtin import read_builtin
from core.storage.backups.backup import DATABASE, MANIFEST, back_up, restore
from core.storage.backups.leftovers import former_databases, remove_former, remove_leftovers
from core.storage.database import Store
from core.storage.migrate import differences, downgrade, upgrade
from core.storage.tables import BlockRow, PersonRow, StimulusRow, StimulusSetRow, TrialRow
from tests.history import run_through
from tests.services.research.later import weeks_later
from tests.support import FakeRater, new_clinician, new_patient_before_blocks, new_store

CODES = ("P-01", "P-02")
SECOND, FACES = "second", 300
"""Name and faces of the set that is brought in."""
OLD = "0010"
"""The migration from which a database is brought up to date."""


@dataclass(frozen=True)
class KilledAct:
    """`prepare` makes the installation in a folder once, `act` works on a copy and is killed, `check` then says by
    AssertionError what is neither whole nor absent, and returns whether it was whole."""

    name: str
    prepare: Callable[[Path], None]
    act: Callable[[Path], object]
    check: Callable[[Path], bool]


def at_home(folder: Path) -> None:
    """From now on this process works on the installation in `folder`."""
    os.environ["LEXITHYMIA_LOCAL"] = str(folder)
    settings.cache_clear()


def store_in(folder: Path) -> Store:
    at_home(folder)
    return Store(f"sqlite:///{folder / 'lexithymia.db'}")


def installation(folder: Path) -> None:
    """Two patients who agreed to research, each with three runs, and a backup of the first one alone."""
    at_home(folder)
    with closing(new_store(folder)) as store:
        clinician = new_clinician(store)
        for place, code in enumerate(CODES):
            patient = new_patient_before_blocks(store, clinician, code)
            consents.decide(store, patient, Purpose.RESEARCH, newest(Purpose.RESEARCH), True)
            for _ in range(3):
                run_through(store, patient)
            if place == 0:
                back_up(store, folder / "kept")


def old_installation(folder: Path) -> None:
    installation(folder)
    with closing(store_in(folder)) as store:
        downgrade(store, OLD)


def _back_up(folder: Path) -> None:
    back_up(store_in(folder), folder / "backups")


def _check_backup(folder: Path) -> bool:
    _whole_database(folder, remove=True)
    made = list((folder / "backups").glob("*")) if (folder / "backups").exists() else []
    for path in made:
        assert path.suffix == ".zip", path
        with zipfile.ZipFile(path) as archive:
            manifest = json.loads(archive.read(MANIFEST))
            assert hashlib.sha256(archive.read(DATABASE)).hexdigest() == manifest["sha256"]
    return bool(made)


def _restore(folder: Path) -> None:
    [path] = (folder / "kept").glob("*.zip")
    restore(store_in(folder), path, force=True)


def _check_restore(folder: Path) -> bool:
    _whole_database(folder, remove=True)
    with closing(store_in(folder)) as store:
        for former in former_databases(store):
            assert _integrity(Path(former)) == "ok"
        remove_former(store)
        trials = _trials(store)
    assert set(trials) in ({CODES[0]}, set(CODES)), trials
    assert len(set(trials.values())) == 1, "each with all runs"
    return set(trials) == {CODES[0]}


def _export(folder: Path) -> None:
    with weeks_later():
        out = folder / "exports" / "somebody" / "export.zip"
        export_by_command(store_in(folder), Selection(), out, lambda rows: True)


def _check_export(folder: Path) -> bool:
    _whole_database(folder, remove=True)
    made = list((folder / "exports" / "somebody").glob("*")) if (folder / "exports").exists() else []
    for path in made:
        assert path.name == "export.zip", path
        with zipfile.ZipFile(path) as archive:
            files = json.loads(archive.read("manifest.json"))["files"]
            assert set(archive.namelist()) == {*files, "manifest.json"}
            for name, said in files.items():
                assert hashlib.sha256(archive.read(name)).hexdigest() == said["sha256"]
    return bool(made)


def _bring_in(folder: Path) -> None:
    info, faces = read_builtin()
    stimulus_sets.bring_in(store_in(folder), (replace(info, name=SECOND), faces[:FACES]), FakeRater())


def _check_import(folder: Path) -> bool:
    _whole_database(folder, remove=True)
    with closing(store_in(folder)) as store, store.begin() as db:
        sets = db.scalars(select(StimulusSetRow.id).where(StimulusSetRow.name == SECOND)).all()
        faces = db.scalar(select(func.count()).where(StimulusRow.set_id.in_(sets)))
        rest = db.scalar(select(func.count()).where(StimulusRow.set_id.not_in(select(StimulusSetRow.id))))
    assert (len(sets), faces, rest) in {(0, 0, 0), (1, FACES, 0)}
    return bool(sets)


def _migrate(folder: Path) -> None:
    upgrade(store_in(folder))


def _check_migration(folder: Path) -> bool:
    _whole_database(folder, remove=False)
    with closing(store_in(folder)) as store:
        whole = differences(store) == []
        upgrade(store)
        assert differences(store) == []
        trials = _trials(store)
    assert set(trials) == set(CODES)
    return whole


def _erase(folder: Path) -> None:
    erase_codes(store_in(folder), [CODES[0]])


def _check_erasure(folder: Path) -> bool:
    _whole_database(folder, remove=True)
    with closing(store_in(folder)) as store:
        before = _trials(store)
        erase_again(store)
        trials = _trials(store)
    assert set(before) | {CODES[0]} == set(CODES)
    assert set(trials) | {CODES[0]} == set(CODES)
    assert len(set(before.values()) | set(trials.values())) == 1, "all of a person or nothing"
    return CODES[0] not in trials


ACTS = (
    KilledAct("backup", installation, _back_up, _check_backup),
    KilledAct("restore", installation, _restore, _check_restore),
    KilledAct("import", installation, _bring_in, _check_import),
    KilledAct("export", installation, _export, _check_export),
    KilledAct("migration", old_installation, _migrate, _check_migration),
    KilledAct("erasure", installation, _erase, _check_erasure),
)


def copied(original: Path, folder: Path) -> Path:
    """The installation again, for one kill."""
    shutil.rmtree(folder, ignore_errors=True)
    return shutil.copytree(original, folder)


def _whole_database(folder: Path, remove: bool) -> None:
    """Sweep as a start does; then the database is whole, and nothing unfinished lies about."""
    if remove:
        with closing(store_in(folder)) as store:
            remove_leftovers(store)
    assert _integrity(folder / "lexithymia.db") == "ok"
    unfinished = [path for path in folder.rglob(".*") if path.name.startswith((".unfinished", ".restoring", ".export"))]
    assert unfinished == []


def _integrity(path: Path) -> str:
    with closing(sqlite3.connect(path)) as connection:
        return str(connection.execute("PRAGMA integrity_check").fetchone()[0])


def _trials(store: Store) -> dict[str, int]:
    """Answered faces of each patient who is there."""
    query = select(PersonRow.code, func.count(TrialRow.answered_at)).where(PersonRow.code.in_(CODES))
    joined = query.outerjoin(BlockRow, BlockRow.person_id == PersonRow.id).outerjoin(
        TrialRow, TrialRow.block_id == BlockRow.id
    )
    with store.begin() as db:
        return dict(db.execute(joined.group_by(PersonRow.code)).all())
