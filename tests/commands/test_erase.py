"""What whoever runs the installation does at the command line: verify, erase, keep no longer than promised."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from core.config import ROOT
from core.domain.audit import Act
from core.services.gate.audit import note
from core.storage.database import Store
from core.storage.queries.people_queries import with_code
from core.storage.tables import now
from tests.databases import database
from tests.support import new_clinician, new_patient


def command(store: Store, *words: str, typed: str = "", **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "core", *words],
        cwd=ROOT, input=typed, capture_output=True, text=True, timeout=120, check=False,
        env=os.environ | {"DATABASE_URL": f"sqlite:///{store.url.database}"} | settings,
    )  # fmt: skip


def clinic(store: Store) -> None:
    clinician = new_clinician(store)
    for code in ("P-01", "P-02"):
        new_patient(store, clinician, code)
    with store.begin() as db:
        away = with_code(db, "P-02")
        assert away is not None
        away.created_at = now() - timedelta(days=1000)


def there(store: Store, code: str) -> bool:
    with store.begin() as db:
        return with_code(db, code) is not None


@pytest.mark.slow
def test_the_log_is_verified_and_its_kept_end_is_asked_for(tmp_path: Path) -> None:
    with database("sqlite", tmp_path) as store:
        empty = command(store, "audit", "--verify")
        assert empty.returncode == 0
        assert "the audit log holds, 0 entries" in empty.stdout
        with store.begin() as db:
            note(db, None, Act.EXPORT, rows=1)
        said = command(store, "audit", "--verify").stdout
        kept = said.split("Keep this: ")[1].strip()
        assert command(store, "audit", "--verify", "--kept", kept).returncode == 0
        assert "expected NUMBER:HASH" in command(store, "audit", "--verify", "--kept", "7").stderr
        with store.begin() as db:
            db.execute(text("DROP TRIGGER audit_no_delete"))
            db.execute(text("DELETE FROM audit"))
        assert command(store, "audit", "--verify").returncode == 0
        broken = command(store, "audit", "--verify", "--kept", kept)
        assert broken.returncode == 1
        assert "Entry 1 of the audit log is missing: the log ends at number 0." in broken.stderr


def test_erasing_asks_for_the_code_once_more(tmp_path: Path) -> None:
    with database("sqlite", tmp_path) as store:
        clinic(store)
        assert command(store, "erase", "P-01", typed="P-02\n").returncode == 1
        assert there(store, "P-01")
        unknown = command(store, "erase", "P-01", "P-09", "--yes")
        assert unknown.returncode == 1
        assert "Nothing was erased. Nobody here has the code “P-09”." in unknown.stderr
        assert there(store, "P-01")
        done = command(store, "erase", "P-01", typed="P-01\n")
        assert done.returncode == 0, done.stderr
        assert "Erased: P-01" in done.stdout
        assert not there(store, "P-01")


@pytest.mark.parametrize("months", ["24", "0"])
def test_retention_lists_asks_and_erases_whose_time_is_over(tmp_path: Path, months: str) -> None:
    with database("sqlite", tmp_path) as store:
        clinic(store)
        listed = command(store, "retention", "--dry-run", RETENTION_MONTHS=months)
        if months == "0":
            assert listed.returncode == 1
            assert "no time is set" in listed.stderr
            return
        assert listed.stdout.startswith("P-02 ")
        assert "1 patients were not here within the last 24 months." in listed.stdout
        assert command(store, "retention", "--months", "24", typed="no\n").returncode == 1
        assert there(store, "P-02")
        done = command(store, "retention", "--yes", RETENTION_MONTHS=months)
        assert "Erased: P-02" in done.stdout
        assert not there(store, "P-02")
        assert there(store, "P-01")
