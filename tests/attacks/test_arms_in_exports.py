"""While a study takes people in, no export says who is in which arm, neither in words nor by an arm's plan;
lifting that is an act of its own, for a reason, in the audit log."""

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from core.domain.audit import Act
from core.services.research import studies
from core.storage.queries.pseudonym_queries import LONGEST_DELAY
from core.storage.tables import AuditRow
from tests.attacks.installation import command
from tests.services.research.conftest import ARMS, ResearchClinic, clinic_in
from tests.services.research.later import move_back
from tests.support import new_store

TELLING = {"arm", "allocation_seed", "plan", "blueprint", "level", "block_length", "exposure"}
ALL_ARMS = {arm.name for arm in ARMS}


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ResearchClinic]:
    """Four people of a study of two arms, each with a check from before and one from after enrolment."""
    store = new_store(tmp_path_factory.mktemp("local"))
    clinic = clinic_in(store)
    study = clinic.study("Open")
    for number in range(4):
        id_, token = clinic.patient(f"P-{number}")
        clinic.check(token)
        move_back(store, id_, timedelta(days=1))
        studies.enrol(store, clinic.clinician, id_, study)
        clinic.check(token)
        move_back(store, id_, LONGEST_DELAY * 2)
    yield clinic
    store.close()


def exported(clinic: ResearchClinic, out: Path, *words: str) -> dict[str, str]:
    """The files of an export that are text."""
    local = Path(str(clinic.store.url.database)).parent
    done = command(local, "export", "--out", str(out), *words)
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(out) as file:
        names = [name for name in file.namelist() if not name.endswith((".webp", ".parquet"))]
        return {name: file.read(name).decode() for name in names}


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def arms_of(clinic: ResearchClinic, out: Path, *words: str) -> tuple[int, str]:
    local = Path(str(clinic.store.url.database)).parent
    done = command(local, "export", "--arms", str(out), "--study", "Open", *words)
    return done.returncode, done.stderr


@pytest.mark.slow
def test_no_file_tells_the_arms_until_the_study_is_closed(clinic: ResearchClinic, tmp_path: Path) -> None:
    for name, words in (("study", ("--study", "Open")), ("everybody", ())):
        files = exported(clinic, tmp_path / f"{name}.zip", *words)
        rows = table(files["data/study-lexithymia_data.csv"])
        since = [row for row in rows if row["study"] == "Open"]
        assert len(since) == 4 * 42
        assert {row[column] for row in since for column in TELLING} == {"n/a"}, name
        before = [row for row in rows if row["study"] == "n/a"]
        assert {row["plan"] for row in before} != {"n/a"}, "what was done before the lot was drawn tells nothing"
        for file, text in files.items():
            assert [arm for arm in ALL_ARMS if arm in text] == [], file
        plans = json.loads(files["documentation/plans.json"])
        assert plans["arms"] == {}
        assert [plan for plan in plans["plans"].values() if plan["exposure_ms"] == 500] == []
        said = {row["column"]: row["description"] for row in table(files["documentation/dictionary.csv"])}
        assert [column for column in TELLING if "still enrols" not in said[column]] == []


@pytest.mark.slow
def test_the_arms_are_unblinded_by_an_act_of_its_own_for_a_reason(clinic: ResearchClinic, tmp_path: Path) -> None:
    status, said = arms_of(clinic, tmp_path / "arms.csv")
    assert (status, "why this is needed" in said) == (1, True), said
    assert not (tmp_path / "arms.csv").exists()
    status, said = arms_of(clinic, tmp_path / "arms.csv", "--reason", "the board looks at harm in one arm")
    assert status == 0, said
    assert (tmp_path / "arms.csv").stat().st_mode & 0o777 == 0o600
    rows = table((tmp_path / "arms.csv").read_text(encoding="utf-8"))
    assert {row["arm"] for row in rows} == ALL_ARMS
    assert sorted(int(row["allocation_number"]) for row in rows) == [1, 2, 3, 4]
    assert "P-1" not in (tmp_path / "arms.csv").read_text(encoding="utf-8")
    with clinic.store.begin() as db:
        acts = [row for row in db.query(AuditRow) if row.act in {Act.UNBLIND, Act.UNBLIND_ARMS}]
        assert [row.act for row in acts] == [Act.UNBLIND_ARMS] * 4
        assert len({row.about for row in acts}) == 4
        assert {row.facts["reason"] for row in acts} == {"the board looks at harm in one arm"}


@pytest.mark.slow
def test_a_closed_study_is_exported_with_its_arms(clinic: ResearchClinic, tmp_path: Path) -> None:
    [study] = studies.studies(clinic.store, clinic.researcher)
    studies.close_study(clinic.store, clinic.researcher, study.id)
    files = exported(clinic, tmp_path / "closed.zip", "--study", "Open")
    rows = table(files["data/study-lexithymia_data.csv"])
    assert {row["arm"] for row in rows} == {*ALL_ARMS, "n/a"}
    assert set(json.loads(files["documentation/plans.json"])["arms"]) == ALL_ARMS
