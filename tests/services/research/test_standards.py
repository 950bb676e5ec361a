"""The export is valid BIDS and valid Psych-DS at once, and its own loaders read it."""

import csv
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.domain.emotions import Emotion
from tests.services.research.exported import UnpackedExport, exported


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[UnpackedExport]:
    with exported(tmp_path_factory.mktemp("standards")) as found:
        yield found


def validated(folder: Path) -> subprocess.CompletedProcess[str]:
    """What the official validator says; from a disk, for Deno reads nothing below /dev."""
    program = Path(sys.executable).with_name("bids-validator-deno")
    with tempfile.TemporaryDirectory(dir="/var/tmp") as disk:
        copy = shutil.copytree(folder, Path(disk) / "dataset")
        return subprocess.run([program, "--json", copy], capture_output=True, text=True, check=False, timeout=300)


def test_the_official_bids_validator_finds_no_error(data: UnpackedExport) -> None:
    done = validated(data.folder)
    found = json.loads(done.stdout)
    assert [issue for issue in found["issues"]["issues"] if issue["severity"] == "error"] == []
    assert done.returncode == 0, done.stderr
    summary = found["summary"]
    assert (sorted(summary["tasks"]), len(summary["subjects"])) == (["expression", "recognition"], 3)


def test_the_validator_would_notice_what_is_wrong(data: UnpackedExport, tmp_path: Path) -> None:
    broken = shutil.copytree(data.folder, tmp_path / "broken")
    (broken / "participants.tsv").write_text("participant_id\nnobody\n", encoding="utf-8")
    done = validated(broken)
    assert done.returncode != 0
    assert json.loads(done.stdout)["issues"]["issues"]


DATAFILE = re.compile(r"([a-z]+-[a-zA-Z0-9]+)(_[a-z]+-[a-zA-Z0-9]+)*_data\.(csv|tsv)")
"""Psych-DS 1.5.1, schema_model/versions/1.5.1/rules/files/tabular_data/data.yaml of psych-ds/psych-DS."""


def test_every_table_has_its_columns_described(data: UnpackedExport) -> None:
    for table, sidecar in (("sub-*/*_sessions.tsv", "sessions.json"), ("participants.tsv", "participants.json")):
        described = data.json(sidecar)
        for path in data.folder.glob(table):
            assert path.read_text(encoding="utf-8").splitlines()[0].split("\t") == list(described)


def test_the_rules_of_psych_ds_hold(data: UnpackedExport) -> None:
    """Its rules of level error: MISSING_DATASET_DESCRIPTION, MISSING_DATA_DIRECTORY, MISSING_DATAFILE,
    FILENAME_KEYWORD_FORMATTING_ERROR, INVALID_JSON_FORMATTING, MISSING_DATASET_TYPE, INCORRECT_DATASET_TYPE,
    JSON_KEY_REQUIRED, CSV_HEADER_MISSING, CSV_HEADER_REPEATED, CSV_HEADER_LENGTH_MISMATCH, ROWID_VALUES_NOT_UNIQUE,
    CSV_COLUMN_MISSING_FROM_METADATA, VARIABLE_MISSING_FROM_CSV_COLUMNS."""
    for path in data.folder.rglob("*.json"):
        json.loads(path.read_text(encoding="utf-8"))
    described = data.json("dataset_description.json")
    assert (described["@context"].rstrip("/"), described["@type"]) == ("https://schema.org", "Dataset")
    assert described["name"]
    assert described["description"]
    tables = [path for path in (data.folder / "data").rglob("*") if path.is_file()]
    assert tables
    columns: set[str] = set()
    for path in tables:
        assert DATAFILE.fullmatch(path.name), path
        with path.open(encoding="utf-8", newline="") as file:
            header, *rows = list(csv.reader(file))
        assert len(set(header)) == len(header) > 0
        assert {len(row) for row in rows} == {len(header)}
        ids = [row[header.index("row_id")] for row in rows]
        assert len(set(ids)) == len(ids)
        columns |= set(header)
    measured = [variable["name"] for variable in described["variableMeasured"]]
    assert sorted(measured) == sorted(columns)
    assert all(variable["@type"] == "PropertyValue" for variable in described["variableMeasured"])


def test_what_bids_recommends_is_filled(data: UnpackedExport) -> None:
    described = data.json("dataset_description.json")
    assert described["License"] == "All rights reserved", "no study of its own, that says another"
    assert described["DatasetType"] == "raw"
    assert {"Name", "Version", "Description"} <= set(described["GeneratedBy"][0])
    for task in ("recognition", "expression"):
        about = data.json(f"task-{task}_beh.json")
        assert about["TaskName"] == task
        assert min(len(about["TaskDescription"]), len(about["Instructions"])) > 20


def test_what_psych_ds_recommends_is_there(data: UnpackedExport) -> None:
    for name in ("README.md", "analysis", "documentation", ".psychds-ignore"):
        assert (data.folder / name).exists()


def test_the_loader_for_python_counts_what_the_table_holds(data: UnpackedExport) -> None:
    done = subprocess.run(
        [sys.executable, data.folder / "analysis/load.py"], capture_output=True, text=True, check=True, timeout=120
    )
    lines = {}
    task = kind = ""
    for line in done.stdout.splitlines()[2:]:  # a name stands in the first of its lines only
        *names, share, number = line.split()
        task, kind, target = [*[task, kind][: 3 - len(names)], *names]
        lines[task, kind, target] = (float(share), float(number))
    assert {key[:2] for key in lines} > {("recognition", "check")}
    for kind, target, right, of in _rates(data):
        assert lines["recognition", kind, target] == pytest.approx((right / of, of), abs=1e-6)


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="no Rscript here (Debian: r-base-core)")
def test_the_loader_for_r_counts_the_same(data: UnpackedExport) -> None:
    done = subprocess.run(
        ["Rscript", "analysis/load.R"], cwd=data.folder, capture_output=True, text=True, check=True, timeout=120
    )
    for kind, target, right, of in _rates(data):
        [(share, number)] = re.findall(rf"{target} +{kind} +recognition +([\d.]+) +([\d.]+)", done.stdout)
        assert [float(share), float(number)] == pytest.approx([right / of, of], abs=1e-6)


def test_the_loaders_are_of_ten_lines(data: UnpackedExport) -> None:
    for name in ("load.py", "load.R"):
        lines = (data.folder / "analysis" / name).read_text(encoding="utf-8").splitlines()
        assert len([line for line in lines if line and not line.startswith(("#", '"""'))]) <= 12


def test_the_phenotype_has_each_total_with_what_it_measures(data: UnpackedExport) -> None:
    lines = (data.folder / "phenotype/tas20.tsv").read_text(encoding="utf-8").splitlines()
    told = [f"{name}_{number}" for number in (1, 2) for name in ("day", "total", "by_person", "left_out")]
    assert lines[0].split("\t") == ["participant_id", *told]
    assert lines[1].split("\t")[2::4] == ["66", "58"]
    described = data.json("phenotype/tas20.json")
    assert (described["total_2"]["Minimum"], described["total_2"]["Maximum"]) == (20, 100)
    assert "TAS-20" in described["MeasurementToolMetadata"]["Description"]
    assert set(lines[0].split("\t")) <= set(described)


def _rates(data: UnpackedExport) -> list[tuple[str, str, int, int]]:
    """Of each kind of run of recognition and each emotion: right and counted."""
    rows = [
        row
        for row in data.rows()
        if row["task"] == "recognition" and row["exclusion"] == "n/a" and row["correct"] != "n/a"
    ]
    found = []
    for kind in sorted({row["kind"] for row in rows}):
        for target in (emotion.word for emotion in Emotion):
            own = [row["correct"] == "true" for row in rows if (row["kind"], row["target"]) == (kind, target)]
            found.append((kind, target, sum(own), len(own)))
    return found
