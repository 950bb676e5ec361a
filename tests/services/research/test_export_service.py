"""Who may export, whom, what can be chosen, and that an export is whole or not there."""

import csv
import json
import stat
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest

from core.domain.audit import Act
from core.domain.days import day_of
from core.domain.exercise.selection import Selection
from core.domain.patient.consent import Purpose
from core.domain.people import NotAllowed, NotSignedIn, Refusal
from core.export.package import Cancelled
from core.services.clinic import questionnaires
from core.services.exercise import recognition, runs
from core.services.privacy import audit_log, consents
from core.services.privacy.consent_texts import newest
from core.services.research import studies
from core.services.research.export import export, export_by_command, preview
from core.services.research.unblinding import key_by_command, unblind
from core.storage.queries.erasure_queries import erase
from core.storage.queries.people_queries import zone_of
from core.storage.tables import AuditRow, BlockRow, EnrolmentRow, now
from tests.services.research.conftest import ResearchClinic
from tests.support import BROWSER, earlier

ALL = Selection()
REASON = "an adverse event is to be followed up"


def goes_on(_rows: int) -> bool:
    return True


def test_only_a_researcher_exports(clinic: ResearchClinic, tmp_path: Path) -> None:
    _, patient = clinic.patient("P-1")
    for token, refusal in ((clinic.clinician, NotAllowed), (patient, NotAllowed), ("", NotSignedIn)):
        with pytest.raises(refusal):
            export(clinic.store, token, ALL, tmp_path / "x.zip", goes_on)
        with pytest.raises(refusal):
            preview(clinic.store, token, ALL)
    assert list(tmp_path.iterdir()) == [] or not (tmp_path / "x.zip").exists()


def test_who_did_not_agree_or_took_it_back_is_not_in_it(clinic: ResearchClinic, tmp_path: Path) -> None:
    _, token = clinic.patient("P-1")
    clinic.patient("P-2", agrees=False)
    clinic.check(token)
    assert preview(clinic.store, clinic.researcher, ALL).people == 1
    assert export(clinic.store, clinic.researcher, ALL, tmp_path / "x.zip", goes_on).trials == 42
    consents.decide(clinic.store, token, Purpose.RESEARCH, newest(Purpose.RESEARCH), False)
    with pytest.raises(Refusal, match="Nobody"):
        export(clinic.store, clinic.researcher, ALL, tmp_path / "y.zip", goes_on)


def test_the_preview_says_how_much_it_will_be(clinic: ResearchClinic, tmp_path: Path) -> None:
    _, token = clinic.patient("P-1")
    clinic.check(token)
    clinic.check(token)
    seen = preview(clinic.store, clinic.researcher, ALL)
    counts = export(clinic.store, clinic.researcher, ALL, tmp_path / "x.zip", goes_on)
    assert (seen.people, seen.sessions, seen.blocks, seen.trials) == (1, 1, 2, 84)
    assert (counts.people, counts.sessions, counts.runs, counts.trials) == (1, 1, 2, 84)


@pytest.mark.both_databases
def test_a_study_is_exported_with_the_baseline_from_enrolment_to_withdrawal(
    clinic: ResearchClinic, tmp_path: Path
) -> None:
    study = clinic.study()
    patient, token = clinic.patient("P-1")
    clinic.patient("P-2")
    clinic.check(token)  # before enrolment
    runs.stop(clinic.store, token, recognition.begin(clinic.store, token, BROWSER).id)
    studies.enrol(clinic.store, clinic.clinician, patient, study)
    clinic.check(token)
    studies.withdraw(clinic.store, clinic.clinician, patient)
    clinic.check(token)
    chosen = Selection(study=study)
    assert preview(clinic.store, clinic.researcher, chosen).blocks == 2
    studies.close_study(clinic.store, clinic.researcher, study)
    counts = export(clinic.store, clinic.researcher, chosen, tmp_path / "x", goes_on)
    assert (counts.people, counts.runs) == (1, 2)
    with (tmp_path / "x" / "data/study-lexithymia_data.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["block"]: row for row in csv.DictReader(file)}
    [shown] = studies.studies(clinic.store, clinic.researcher)
    assert {number: row["study"] for number, row in rows.items()} == {"1": "n/a", "2": "Brief or clear"}
    assert rows["2"]["allocation_seed"] == str(shown.seed)
    described = (tmp_path / "x/README.md").read_text(encoding="utf-8")
    assert "Two groups, six weeks." in described
    [person] = (tmp_path / "x/participants.tsv").read_text(encoding="utf-8").splitlines()[1:]
    assert "n/a" not in person.split("\t")[2:]


def test_days_tasks_and_sets_can_be_chosen(clinic: ResearchClinic, tmp_path: Path) -> None:
    _, token = clinic.patient("P-1")
    clinic.check(token)
    clinic.check(token)
    with clinic.store.begin() as db:
        first = min(db.query(BlockRow), key=lambda row: row.started_at)
        first.started_at = earlier(first.started_at, 30)
    for chosen, blocks in (
        (Selection(first_day=1), 1),
        (Selection(last_day=29), 1),
        (Selection(first_day=0, last_day=30), 2),
        (Selection(tasks=("expression",)), 0),
        (Selection(sets=("builtin",)), 2),
        (Selection(sets=("fer2013",)), 0),
    ):
        assert preview(clinic.store, clinic.researcher, chosen).blocks == blocks, chosen
        counts = export(clinic.store, clinic.researcher, chosen, tmp_path / f"x{hash(chosen)}", goes_on)
        assert counts.runs == blocks, chosen
    with pytest.raises(Refusal, match="before the first"):
        preview(clinic.store, clinic.researcher, Selection(first_day=3, last_day=2))


def test_a_study_says_who_of_it_is_not_there(clinic: ResearchClinic, tmp_path: Path) -> None:
    study = clinic.study()
    for number in range(4):
        patient, token = clinic.patient(f"P-{number}")
        studies.enrol(clinic.store, clinic.clinician, patient, study)
        if number == 1:
            studies.withdraw(clinic.store, clinic.clinician, patient)
        elif number == 2:
            consents.decide(clinic.store, token, Purpose.RESEARCH, newest(Purpose.RESEARCH), False)
        elif number == 3:
            with clinic.store.begin() as db:
                erase(db, patient)
    export(clinic.store, clinic.researcher, Selection(study=study), tmp_path / "x", goes_on)
    described = (tmp_path / "x/README.md").read_text(encoding="utf-8")
    assert "Enrolled: 4. Here: 2, of whom 1 left the study. Not here: 1 who do not agree to research\nnow" in described
    assert ", and 1 of whom everything was deleted" in described


def test_a_study_has_questionnaires_from_its_first_check_to_withdrawal(clinic: ResearchClinic, tmp_path: Path) -> None:
    study = clinic.study()
    patient, token = clinic.patient("P-1")
    clinic.check(token)
    with clinic.store.begin() as db:
        zone, block = zone_of(db, patient), db.query(BlockRow).one()
        block.started_at = earlier(block.started_at, 20)
        first = day_of(block.started_at, zone)
    studies.enrol(clinic.store, clinic.clinician, patient, study)
    for days, day in ((21, first - timedelta(days=1)), (20, first), (0, day_of(now(), zone))):
        questionnaires.enter(clinic.store, clinic.clinician, patient, "tas20", day, 40 + days)
    export(clinic.store, clinic.researcher, Selection(study=study), tmp_path / "x", goes_on)
    [line] = (tmp_path / "x/phenotype/tas20.tsv").read_text(encoding="utf-8").splitlines()[1:]
    assert line.split("\t")[2::4] == ["60", "40"]


@pytest.mark.both_databases
def test_zip_and_folder_are_their_owners_and_the_zip_holds_what_the_manifest_says(
    clinic: ResearchClinic, tmp_path: Path
) -> None:
    _, token = clinic.patient("P-1")
    clinic.check(token)
    out = tmp_path / "x.zip"
    export(clinic.store, clinic.researcher, ALL, out, goes_on)
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    with zipfile.ZipFile(out) as file:
        assert file.testzip() is None
        manifest = json.loads(file.read("manifest.json"))
        assert set(file.namelist()) == {*manifest["files"], "manifest.json"}
    with pytest.raises(FileExistsError):
        export(clinic.store, clinic.researcher, ALL, out, goes_on)
    export(clinic.store, clinic.researcher, ALL, tmp_path / "folder", goes_on)
    assert stat.S_IMODE((tmp_path / "folder").stat().st_mode) == 0o700


@pytest.mark.parametrize("name", ["x.zip", "x"])
def test_a_cancelled_export_leaves_nothing(clinic: ResearchClinic, tmp_path: Path, name: str) -> None:
    _, token = clinic.patient("P-1")
    clinic.check(token)
    clinic.check(token)
    folder = tmp_path / "exports"
    with pytest.raises(Cancelled):
        export(clinic.store, clinic.researcher, ALL, folder / name, lambda rows: rows < 50)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("name", ["x.zip", "x"])
def test_an_export_can_be_cancelled_while_it_is_packed(clinic: ResearchClinic, tmp_path: Path, name: str) -> None:
    _, token = clinic.patient("P-1")
    clinic.check(token)
    asked: list[int] = []

    def after_the_last_row(rows: int) -> bool:
        asked.append(rows)
        return asked.count(42) < 2

    with pytest.raises(Cancelled):
        export(clinic.store, clinic.researcher, ALL, tmp_path / "exports" / name, after_the_last_row)
    assert list((tmp_path / "exports").iterdir()) == []


def test_a_consent_taken_back_meanwhile_leaves_nothing(clinic: ResearchClinic, tmp_path: Path) -> None:
    _, token = clinic.patient("P-1")
    clinic.check(token)

    def changes_mind(_rows: int) -> bool:
        consents.decide(clinic.store, token, Purpose.RESEARCH, newest(Purpose.RESEARCH), False)
        return True

    folder = tmp_path / "exports"
    with pytest.raises(Refusal, match="took back"):
        export(clinic.store, clinic.researcher, ALL, folder / "x.zip", changes_mind)
    assert list(folder.iterdir()) == []


def test_an_export_and_an_unblinding_are_in_the_audit_log(clinic: ResearchClinic, tmp_path: Path) -> None:
    patient, token = clinic.patient("P-1")
    clinic.check(token)
    export(clinic.store, clinic.researcher, ALL, tmp_path / "x", goes_on)
    export_by_command(clinic.store, ALL, tmp_path / "y", goes_on)
    [found] = unblind(clinic.store, clinic.clinician, ALL, REASON)
    assert found.code == "P-1"
    assert (tmp_path / "x" / f"sub-{found.participant}").is_dir()
    assert (tmp_path / "y" / f"sub-{found.participant}").is_dir(), "the same pseudonym in every export"
    with clinic.store.begin() as db:
        rows = [row for row in db.query(AuditRow).order_by(AuditRow.number) if row.act in {Act.EXPORT, Act.UNBLIND}]
        assert [row.act for row in rows] == [Act.EXPORT, Act.EXPORT, Act.UNBLIND]
        assert [row.actor is None for row in rows] == [False, True, False]
        assert [row.facts["people"] for row in rows] == [1, 1, 1]
        assert rows[2].facts["reason"] == REASON
        assert patient not in json.dumps([row.facts for row in rows])


def test_single_people_are_found_whether_they_still_agree_or_not_and_the_log_names_each(clinic: ResearchClinic) -> None:
    tokens = {code: clinic.patient(code) for code in ("P-1", "P-2", "P-3")}
    all_of_them = {one.code: one.participant for one in unblind(clinic.store, clinic.clinician, ALL, REASON)}
    consents.decide(clinic.store, tokens["P-1"][1], Purpose.RESEARCH, newest(Purpose.RESEARCH), False)
    with clinic.store.begin() as db:
        erase(db, tokens["P-3"][0])
    [found] = unblind(clinic.store, clinic.clinician, [f"sub-{all_of_them['P-1']}"], REASON)
    assert (found.code, found.participant) == ("P-1", all_of_them["P-1"])
    with pytest.raises(Refusal, match=all_of_them["P-3"]):
        unblind(clinic.store, clinic.clinician, [all_of_them["P-1"], all_of_them["P-3"]], REASON)
    for code, times in (("P-1", 2), ("P-2", 1)):
        entries = audit_log.latest(clinic.store, clinic.clinician, code=code)
        assert [entry.act for entry in entries].count(Act.UNBLIND) == times


def test_unblinding_is_an_administrators_and_needs_a_reason(clinic: ResearchClinic, tmp_path: Path) -> None:
    clinic.patient("P-1")
    with pytest.raises(NotAllowed):
        unblind(clinic.store, clinic.researcher, ALL, REASON)
    with pytest.raises(Refusal, match="why this is needed"):
        unblind(clinic.store, clinic.clinician, ALL, " because ")
    with pytest.raises(Refusal, match="why this is needed"):
        key_by_command(clinic.store, ALL, tmp_path / "key.csv", "")
    assert not (tmp_path / "key.csv").exists()
    assert key_by_command(clinic.store, ALL, tmp_path / "key.csv", REASON) == 1
    assert stat.S_IMODE((tmp_path / "key.csv").stat().st_mode) == 0o600
    assert (tmp_path / "key.csv").read_text(encoding="utf-8").splitlines()[1].split(",")[1] == "P-1"


def test_whoever_takes_part_in_two_studies_in_turn_has_the_right_one_on_each_row(
    clinic: ResearchClinic, tmp_path: Path
) -> None:
    patient, token = clinic.patient("P-1")
    for name in ("First", "Second"):
        studies.enrol(clinic.store, clinic.clinician, patient, clinic.study(name))
        clinic.check(token)
        studies.withdraw(clinic.store, clinic.clinician, patient)
    with clinic.store.begin() as db:
        assert db.query(EnrolmentRow).count() == 2
    export(clinic.store, clinic.researcher, ALL, tmp_path / "x", goes_on)
    lines = [path.read_text(encoding="utf-8").splitlines() for path in sorted((tmp_path / "x").rglob("*_beh.tsv"))]
    column = lines[0][0].split("\t").index("study")
    assert [run[1].split("\t")[column] for run in lines] == ["First", "Second"]
