"""Own feelings in an export: with the research consent and a diary that is shown, and then without own words."""

import csv
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from core.domain.exercise.selection import Selection
from core.domain.feelings.check_in import PLEASANT_WORDS, RATED
from core.domain.people import NotAllowed
from core.services.feelings import diary, sharing
from core.services.privacy import erasure
from core.services.research import export_files
from core.services.research.export import export
from core.storage import waiting_exports
from core.storage.tables import CheckInRow
from tests.services.feelings.acting import agree_to_diary, check_in
from tests.services.research.conftest import ResearchClinic

CSV, PHENOTYPE = "data/study-lexithymia_description-feelings_data.csv", "phenotype/feelings.tsv"
NOTE, OWN_WORD = "The river was loud that night.", "Foggishness"


def person(clinic: ResearchClinic, code: str, *, research: bool = True, shows: bool = True, times: int = 1) -> str:
    _, token = clinic.patient(code, agrees=research)
    clinic.check(token)
    agree_to_diary(clinic.store, token)
    for _ in range(times):
        check_in(clinic.store, token, own_word=OWN_WORD, note=NOTE)
    sharing.share_diary(clinic.store, token, shows)
    return token


def written(clinic: ResearchClinic, out: Path) -> Path:
    export(clinic.store, clinic.researcher, Selection(), out, lambda rows: True)
    return out


def rows(folder: Path) -> list[dict[str, str]]:
    if not (folder / CSV).exists():
        return []
    with (folder / CSV).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_only_who_agreed_to_research_and_shows_the_diary_is_in_it_and_no_word_of_their_own(
    clinic: ResearchClinic, tmp_path: Path
) -> None:
    person(clinic, "P-1", times=2)
    person(clinic, "P-2", shows=False)
    person(clinic, "P-3", research=False)
    folder = written(clinic, tmp_path / "x")
    found = rows(folder)
    assert [row["check_in"] for row in found] == ["1", "2"]
    assert len({row["participant_id"] for row in found}) == 1
    assert {row["felt_words"] for row in found} == {"worried"}
    assert (found[0]["felt_pleasant"], found[0]["felt_energy"], found[0]["felt_afraid"]) == ("-1", "2", "3")
    assert {found[0][f"felt_{word}"] for word in PLEASANT_WORDS} == {"n/a"}
    assert (found[0]["body_chest"], found[0]["body_legs"], found[0]["check_in_day"]) == ("2", "0", "0")
    for path in folder.rglob("*"):
        if path.is_file():
            assert NOTE.encode() not in path.read_bytes(), path
            assert OWN_WORD.encode() not in path.read_bytes(), path


def test_after_an_erasure_an_export_holds_nothing_of_the_diary(clinic: ResearchClinic, tmp_path: Path) -> None:
    person(clinic, "P-1")
    with clinic.store.begin() as db:
        row = db.query(CheckInRow).one()
        traces = [text.encode() for text in (row.id, row.note, row.own_word, NOTE, OWN_WORD) if text]
    [told] = rows(written(clinic, tmp_path / "before"))
    erasure.erase(clinic.store, clinic.clinician, clinic.id_of("P-1"), "P-1")
    person(clinic, "P-2")
    folder = written(clinic, tmp_path / "after")
    assert [row["check_in"] for row in rows(folder)] == ["1"]
    for path in folder.rglob("*"):
        if path.is_file():
            assert [one for one in (*traces, told["participant_id"].encode()) if one in path.read_bytes()] == [], path


def test_the_person_s_line_and_both_dictionaries_say_what_stands_there(clinic: ResearchClinic, tmp_path: Path) -> None:
    person(clinic, "P-1", times=21)
    folder = written(clinic, tmp_path / "x")
    [head, line] = [row.split("\t") for row in (folder / PHENOTYPE).read_text(encoding="utf-8").splitlines()]
    told = dict(zip(head, line, strict=True))
    assert (told["check_ins"], told["different_words"], told["unnamed"]) == ("21", "1", "0")
    described = json.loads((folder / "phenotype/feelings.json").read_text(encoding="utf-8"))
    assert set(described) == {*head, "MeasurementToolMetadata"}
    with (folder / "documentation/feelings.csv").open(encoding="utf-8", newline="") as file:
        columns = [row["column"] for row in csv.DictReader(file)]
    assert columns == list(rows(folder)[0])
    assert {f"felt_{word}" for word in RATED} <= set(columns)
    measured = json.loads((folder / "dataset_description.json").read_text(encoding="utf-8"))["variableMeasured"]
    names = [one["name"] for one in measured]
    assert set(columns) <= set(names)
    assert len(names) == len(set(names))


def test_what_was_felt_lately_is_kept_back_like_all_else(clinic: ResearchClinic, tmp_path: Path) -> None:
    person(clinic, "P-1", times=2)
    newest = datetime.now(UTC) + timedelta(days=40)
    with clinic.store.begin() as db:
        last = db.query(CheckInRow).order_by(CheckInRow.at.desc()).first()
        assert last is not None
        db.execute(update(CheckInRow).where(CheckInRow.id == last.id).values(at=newest, day=newest.date()))
    assert len(rows(written(clinic, tmp_path / "x"))) == 1


@pytest.mark.parametrize("act", ["stops showing", "takes back", "deletes one"])
def test_an_export_that_waits_goes_when_the_diary_is_not_shown_any_more(
    clinic: ResearchClinic, tmp_path: Path, act: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = person(clinic, "P-1")
    made = export_files.make(clinic.store, clinic.researcher, Selection(), lambda rows: True)
    assert export_files.file_of(clinic.store, clinic.researcher, made.name).exists()
    monkeypatch.setattr(waiting_exports, "delete_all", lambda: None)  # the file lies on another server
    if act == "stops showing":
        sharing.share_diary(clinic.store, token, False)
    elif act == "takes back":
        agree_to_diary(clinic.store, token, False)
    else:
        monkeypatch.undo()
        [entry] = diary.mine(clinic.store, token).entries
        diary.delete(clinic.store, token, entry.id)
    with pytest.raises(NotAllowed):
        export_files.file_of(clinic.store, clinic.researcher, made.name)
