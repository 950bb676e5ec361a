"""What is in an export: every trial of who agreed, all that an analysis needs, and nothing that names anybody."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator

import pyarrow.parquet as parquet
import pytest
from sqlalchemy import select

from core.domain.columns import ColumnType
from core.domain.statistics.metrics import wilson
from core.export.columns import EXCLUSIONS, MISSING
from core.export.records import export_columns
from core.services.exercise import progress
from core.services.research import studies
from core.services.research.described import described
from core.storage.tables import BlockRow, PersonRow, SessionRow, StudyRow, TrialRow
from tests.services.research.exported import STUDY, UnpackedExport, exported

COLUMNS = export_columns(described()).all


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[UnpackedExport]:
    with exported(tmp_path_factory.mktemp("export")) as found:
        yield found


def test_every_trial_of_who_agreed_is_there_and_nobody_elses(data: UnpackedExport) -> None:
    counts = Counter((row["task"], row["kind"], row["block_state"]) for row in data.rows())
    assert counts == {
        ("recognition", "check", "finished"): 3 * 42,
        ("recognition", "check", "stopped"): 43,
        ("expression", "show", "finished"): 7,
        ("expression", "show", "stopped"): 7,
    }
    assert len({row["participant_id"] for row in data.rows()}) == 2
    assert [int(row["row_id"]) for row in data.rows()] == list(range(1, 3 * 42 + 43 + 14 + 1))


def test_nothing_in_it_names_anybody(data: UnpackedExport) -> None:
    """No code, no id of a person, sitting, block or study, no day on which anything really happened."""
    with data.clinic.store.begin() as db:
        columns = (PersonRow.id, SessionRow.id, BlockRow.id, StudyRow.id)
        secret = {id_ for column in columns for id_ in db.scalars(select(column))}
        secret |= {row.code for row in db.query(PersonRow)}
        days = {row.started_at.date().isoformat() for row in db.query(BlockRow)}
    for name, text in data.texts():
        assert [word for word in secret if word in text] == [], name
        if name not in {"README.md", "manifest.json"}:  # these say when the export was made
            assert [day for day in days if day in text] == [], name


def test_within_a_run_the_seconds_between_faces_are_kept(data: UnpackedExport) -> None:
    with data.clinic.store.begin() as db:
        block = db.query(BlockRow).filter_by(person_id=data.ids["P-ada"]).order_by(BlockRow.started_at).first()
        assert block is not None
        painted = [row.painted_at for row in db.query(TrialRow).filter_by(block_id=block.id).order_by(TrialRow.number)]
    rows = [row for row in data.rows() if row["participant_id"] == data.ada and row["block"] == "1"]
    seconds = [(at - painted[0]).total_seconds() for at in painted if at is not None and painted[0] is not None]
    assert [float(row["onset"]) for row in rows] == pytest.approx(seconds, abs=1e-6)
    assert {(row["session_day"], row["block_day"]) for row in rows} == {("0", "0")}


def test_the_dictionary_is_the_columns_that_were_written(data: UnpackedExport) -> None:
    names = [column.name for column in COLUMNS]
    assert list(data.rows()[0]) == names
    dictionary = (data.folder / "documentation/dictionary.csv").read_text(encoding="utf-8")
    assert [line.split(",")[0] for line in dictionary.splitlines()[1:]] == names
    assert parquet.read_schema(data.folder / "trials.parquet").names == names
    for path in data.folder.rglob("*_beh.tsv"):
        assert path.read_text(encoding="utf-8").splitlines()[0].split("\t") == names
    for task in ("recognition", "expression"):
        assert set(names) < set(data.json(f"task-{task}_beh.json"))


def test_every_value_is_what_the_dictionary_allows(data: UnpackedExport) -> None:
    forms = {
        ColumnType.WHOLE: r"-?\d+",
        ColumnType.NUMBER: r"-?\d+(\.\d{1,6})?",
        ColumnType.TRUTH: "true|false",
    }
    for row in data.rows():
        for column in COLUMNS:
            value = row[column.name]
            if value == MISSING:
                continue
            assert re.fullmatch(forms.get(column.type, ".+"), value), (column.name, value)
            assert column.levels is None or value in column.levels, (column.name, value)


def test_each_row_has_what_a_preregistered_analysis_needs(data: UnpackedExport) -> None:
    """Every face that was met: answered, void or skipped."""
    met = [row for row in data.rows() if row["exclusion"] != "not_answered"]
    faces = [row for row in met if row["task"] == "recognition"]
    answered = [row for row in faces if row["exclusion"] != "left_while_shown"]
    always = ["item_seed", "trial", "stimulus_set", "stimulus_set_version", "stimulus_set_hash", "stimulus_hash"]
    always += ["language", "device", "software", "earlier_face", "earlier_identity"]
    needed = [
        (met, always),
        (
            faces,
            [
                "form",
                "onset",
                "block_day",
                "block_day_part",
                "network",
                "network_version",
                "network_hash",
            ],
        ),
        ([row for row in faces if row["study"] == MISSING], ["plan", "blueprint", "block_length"]),
        (answered, ["response_time", "window"]),
        ([row for row in answered if row["participant_id"] == data.ada], ["study"]),
    ]
    for rows, names in needed:
        assert rows
        assert [(name, row["exclusion"]) for row in rows for name in names if row[name] == MISSING] == []
    assert {row["exclusion"] for row in met} >= {"left_while_shown", "skipped"}


def test_why_a_row_does_not_count_is_said(data: UnpackedExport) -> None:
    counts = Counter(row["exclusion"] for row in data.rows())
    assert counts == {
        MISSING: 2 * 42 + 41 + 7,
        "cannot_see": 1,
        "check_not_finished": 10,
        "left_while_shown": 1,
        "skipped": 1,
        "not_answered": 32 + 6,
    }
    assert set(counts) - {MISSING} <= set(EXCLUSIONS)
    odd = {row["trial"]: row for row in data.rows() if row["block"] == "1" and row["study"] == MISSING}
    assert [(odd[n]["response"], odd[n]["scored"], odd[n]["correct"]) for n in "13"] == [
        ("cannot_see", MISSING, MISSING),
        ("not_sure", MISSING, "false"),
    ]
    assert (odd["2"]["response"], odd["2"]["best_guess"], odd["2"]["scored"]) == ("not_sure", "sad", "sad")
    assert odd["4"]["response_time"] == "1.25", "seconds"


def test_the_score_of_a_check_is_what_the_clinician_sees(data: UnpackedExport) -> None:
    seen = progress.progress(data.clinic.store, data.clinic.clinician, data.ids["P-ada"]).checks
    rows = [row for row in data.rows() if row["study"] != MISSING and row["kind"] == "check"]
    for place, check in enumerate(seen, 1):
        counted = [row["correct"] == "true" for row in rows if row["block"] == str(place)]
        assert (sum(counted), len(counted)) == (check.right, check.shown)
        assert wilson(sum(counted), len(counted)) == check.interval
    values = [
        entry["resource"]["valueQuantity"]["value"]
        for entry in data.json("fhir/bundle.json")["entry"]
        if entry["resource"].get("code", {}).get("text", "").startswith("Proportion")
    ]
    assert set(values) >= {round(100 * check.right / check.shown, 4) for check in seen}


def test_the_seed_of_the_allocation_is_withheld_while_the_study_enrols(data: UnpackedExport) -> None:
    store, researcher = data.clinic.store, data.clinic.researcher
    assert {row["allocation_seed"] for row in data.rows()} == {MISSING}
    [study] = studies.studies(store, researcher)
    with store.begin() as db:
        seed = str(db.get_one(StudyRow, study.id).seed)
    assert [name for name, text in data.texts() if seed in text] == []


def test_no_cell_is_a_formula(data: UnpackedExport) -> None:
    assert {row["study"] for row in data.rows()} == {f"'{STUDY}", MISSING}
    risky = [cell for row in data.rows() for cell in row.values() if cell[0] in "=+@"]
    assert risky == []


def test_parquet_and_bids_say_the_same_as_the_csv(data: UnpackedExport) -> None:
    table = parquet.read_table(data.folder / "trials.parquet")
    rows = data.rows()
    assert table.column("response").to_pylist() == [None if r["response"] == MISSING else r["response"] for r in rows]
    assert table.column("correct").to_pylist() == [{"true": True, "false": False}.get(r["correct"]) for r in rows]
    assert table.column("study").to_pylist() == [None if r["study"] == MISSING else r["study"] for r in rows]
    lines = [line for path in data.folder.rglob("*_beh.tsv") for line in path.read_text().splitlines()[1:]]
    assert sorted(lines) == sorted("\t".join(row.values()) for row in rows)


def test_the_manifest_has_the_hash_of_every_file(data: UnpackedExport) -> None:
    manifest = data.json("manifest.json")
    files = {str(path.relative_to(data.folder)): path for path in data.folder.rglob("*") if path.is_file()}
    assert set(manifest["files"]) == set(files) - {"manifest.json"}
    for name, said in manifest["files"].items():
        content = files[name].read_bytes()
        assert said == {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    assert manifest["counts"]["trials"] == len(data.rows())
    assert manifest["counts"]["totals"] == 2


def test_the_fhir_bundle_is_made_of_resources_that_refer_to_each_other(data: UnpackedExport) -> None:
    bundle = data.json("fhir/bundle.json")
    assert (bundle["resourceType"], bundle["type"]) == ("Bundle", "collection")
    urls = [entry["fullUrl"] for entry in bundle["entry"]]
    assert len(set(urls)) == len(urls)
    kinds = Counter(entry["resource"]["resourceType"] for entry in bundle["entry"])
    assert kinds == {"Patient": 3, "Observation": 3 + 2}
    for entry in bundle["entry"]:
        found = entry["resource"]
        if found["resourceType"] == "Observation":
            assert found["status"] == "final"
            assert found["category"][0]["coding"][0]["code"] == "survey"
            assert found["subject"]["reference"] in urls
            assert found["valueQuantity"]["system"] == "http://unitsofmeasure.org"


def test_a_check_in_the_bundle_has_its_interval_and_how_it_was_found(data: UnpackedExport) -> None:
    checks = [one["resource"] for one in data.json("fhir/bundle.json")["entry"] if "method" in one["resource"]]
    assert len(checks) == 3
    for check in checks:
        parts = {part["code"]["coding"][0]["code"]: part for part in check["component"]}
        low, high = wilson(parts["right"]["valueInteger"], parts["shown"]["valueInteger"])
        ends = [parts[end]["valueQuantity"]["value"] for end in ("low", "high")]
        assert ends == pytest.approx([100 * low, 100 * high], abs=1e-4)
        assert "Wilson" in check["method"]["text"]
