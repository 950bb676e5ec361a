"""REDCap takes the dictionary, and then the data by it; a later export over an earlier one doubles nothing."""

import csv
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from core.domain.exercise.selection import Selection
from core.export.records import export_columns
from core.export.redcap import MOST_INSTANCES, SPARE, trial_instances
from core.services.research import export
from core.services.research.described import described
from core.services.research.export import export_by_command
from core.storage.database import Store
from tests.services.research.conftest import ResearchClinic
from tests.services.research.exported import UnpackedExport, exported
from tests.services.research.redcap_project import RedcapProject
from tests.services.research.test_same_export import demonstrate
from tests.simulate.living import UNTIL

COLUMNS = export_columns(described()).all

YES_OR_NO = {"true": "1", "false": "0"}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[UnpackedExport]:
    with exported(tmp_path_factory.mktemp("redcap")) as found:
        yield found


def imported(folder: Path, project: RedcapProject | None = None) -> RedcapProject:
    project = project or RedcapProject.made_of(folder / "documentation/redcap.csv")
    assert sum(project.take(path) for path in sorted((folder / "redcap").iterdir())) > 0
    return project


def trials(folder: Path) -> list[dict[str, str]]:
    with (folder / "data/study-lexithymia_data.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def check(folder: Path) -> RedcapProject:
    """Every cell passes, and what REDCap then holds of the trials is what the long table says."""
    project = imported(folder)
    rows = trials(folder)
    held = [(key[0], values) for key, values in sorted(project.records.items()) if key[1] == "trials"]
    kept = [{name: YES_OR_NO.get(v, v) for name, v in row.items() if v != "n/a" and name != "row_id"} for row in rows]
    assert [(row.pop("participant_id"), row) for row in kept] == held
    people = (folder / "participants.tsv").read_text(encoding="utf-8").splitlines()[1:]
    assert sorted(key[0] for key in project.records if not key[1]) == sorted(line.split("\t")[0] for line in people)
    return project


def test_redcap_takes_what_a_clinic_can_have(data: UnpackedExport) -> None:
    project = check(data.folder)
    forms = {about["Form Name"] for about in project.fields.values()}
    assert forms >= {"participants", "sessions", "trials", "phenotype_tas20"}
    assert set(project.fields) >= {column.name for column in COLUMNS if column.name != "row_id"}
    [first, second] = [values for key, values in sorted(project.records.items()) if key[1] == "phenotype_tas20"]
    assert (first["phenotype_tas20_total"], second["phenotype_tas20_total"]) == ("66", "58")
    assert len([key for key in project.records if key[1] == ""]) == 3, "also who has not begun"


def test_redcap_takes_the_demonstration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "now", lambda: UNTIL)
    with closing(Store(f"sqlite:///{tmp_path / 'demo.db'}")) as store:
        demonstrate(store)
        export_by_command(store, Selection(), tmp_path / "whole", lambda rows: True)
        export_by_command(store, Selection(first_day=10, tasks=("expression",)), tmp_path / "part", lambda rows: True)
    project = check(tmp_path / "whole")
    before = {key: dict(values) for key, values in project.records.items()}
    assert len(before) > 1000
    imported(tmp_path / "part", project)
    trial = [key for key in before if key[1] == "trials"]
    assert {key: project.records[key] for key in trial} == {key: before[key] for key in trial}, "the same instances"
    assert set(project.records) == set(before)


def test_a_later_export_writes_the_same_instances_again(clinic: ResearchClinic, tmp_path: Path) -> None:
    _, token = clinic.patient("P-1")
    clinic.check(token)
    export_by_command(clinic.store, Selection(), tmp_path / "first", lambda rows: True)
    for _ in range(3):
        clinic.check(token)
    export_by_command(clinic.store, Selection(), tmp_path / "second", lambda rows: True)
    project = imported(tmp_path / "first")
    before = {key: dict(values) for key, values in project.records.items()}
    imported(tmp_path / "second", project)
    assert len([key for key in project.records if key[1] == "trials"]) == len(trials(tmp_path / "second")) > 42
    assert {key: project.records[key] for key in before} == before


def test_faces_that_replace_void_ones_move_no_later_instance() -> None:
    places = trial_instances([42, 14])
    assert (places[1][0], places[1][41], places[2][0]) == (1, 42, 42 + SPARE + 1)


def test_what_redcap_has_no_number_for_is_said(
    clinic: ResearchClinic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, token = clinic.patient("P-1")
    clinic.check(token)
    shifted = {1: range(MOST_INSTANCES - 29, MOST_INSTANCES + 100)}
    monkeypatch.setattr(export, "trial_instances", lambda lengths: shifted)
    counts = export_by_command(clinic.store, Selection(), tmp_path / "long", lambda rows: True)
    assert (counts.trials, counts.beyond_redcap) == (42, 12)
    project = imported(tmp_path / "long")
    assert len([key for key in project.records if key[1] == "trials"]) == 30
    said = (tmp_path / "long" / "README.md").read_text(encoding="utf-8")
    assert "12 trials have no number there" in said
