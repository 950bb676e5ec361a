"""Who holds exports and knows real days of somebody finds nobody by them: not by two windows, not by exports one after
the other, not by a questionnaire of today, nor by what the files say of themselves."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from core.domain.days import day_of
from core.services.clinic import questionnaires
from core.services.research import studies
from core.storage.queries.people_queries import zone_of
from core.storage.queries.pseudonym_queries import LONGEST_DELAY, delays
from core.storage.tables import BlockRow, PersonRow, now
from tests.attacks.installation import command
from tests.services.research.conftest import ResearchClinic, clinic_in
from tests.services.research.later import move_back
from tests.support import new_store

CODES = ("P-1", "P-2", "P-3")
GAP = 10
"""Days between the first run and the second one."""
BEGUN = (90, 60, 75)
"""So many days ago they made their first run, in the order of CODES."""


@dataclass(frozen=True)
class Installation:
    """A clinic whose operator exports by command."""

    local: Path
    clinic: ResearchClinic
    ids: list[str]
    studies: list[str]

    def export(self, name: str, *words: str) -> zipfile.ZipFile:
        """The export called `name`, which is made when it is first asked for."""
        out = self.local / f"{name}.zip"
        if not out.exists():
            done = command(self.local, "export", "--out", str(out), *words)
            assert done.returncode == 0, done.stderr
        return zipfile.ZipFile(out)


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    local = tmp_path_factory.mktemp("local")
    store = new_store(local)
    clinic = clinic_in(store)
    known = [clinic.study(name) for name in ("First", "Second")]
    ids = []
    for code, ago in zip(CODES, BEGUN, strict=True):
        id_, token = clinic.patient(code)
        ids.append(id_)
        clinic.check(token)
        move_back(store, id_, timedelta(days=GAP - 1))
        studies.enrol(store, clinic.clinician, id_, known[0])
        clinic.check(token)
        studies.withdraw(store, clinic.clinician, id_)
        move_back(store, id_, timedelta(days=1))
        studies.enrol(store, clinic.clinician, id_, known[1])
        clinic.check(token)
        move_back(store, id_, timedelta(days=ago - GAP))
        with store.begin() as db:
            zone = zone_of(db, id_)
            first = db.scalars(select(func.min(BlockRow.started_at)).where(BlockRow.person_id == id_)).one()
        questionnaires.enter(store, clinic.clinician, id_, "tas20", day_of(now(), zone), 50)
        questionnaires.enter(store, clinic.clinician, id_, "tas20", day_of(first, zone), 60)
    yield Installation(local, clinic, ids, known)
    store.close()


def rows(export: zipfile.ZipFile) -> list[dict[str, str]]:
    text = export.read("data/study-lexithymia_data.csv").decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def texts(export: zipfile.ZipFile) -> dict[str, str]:
    names = [name for name in export.namelist() if not name.endswith((".webp", ".parquet"))]
    return {name: export.read(name).decode() for name in names}


@pytest.mark.slow
def test_two_windows_one_day_apart_are_of_own_days_and_tell_no_real_one(installation: Installation) -> None:
    """By real days, what is in the second only was done on the day between them."""
    today = str(now().date())
    refused = command(installation.local, "export", "--out", str(installation.local / "x.zip"), "--to", today)
    assert refused.returncode != 0
    windows = [rows(installation.export(f"to-{last}", "--to", last)) for last in (str(GAP - 1), str(GAP))]
    assert [{row["block_day"] for row in found} for found in windows] == [{"0", str(GAP - 1)}, {"0", "9", "10"}]
    assert len({row["participant_id"] for row in windows[1]}) == len(CODES), "all of them, whenever it really was"


def test_no_time_of_a_day_and_no_date_is_in_any_file(installation: Installation) -> None:
    export = installation.export("all")
    made_on = str(now().date())
    for name, text in texts(export).items():
        said = set(re.findall(r"20\d\d-\d\d-\d\d", text)) - (
            {made_on} if name in {"README.md", "manifest.json"} else set()
        )
        assert said == set(), name
        assert re.search(r"\d\d:\d\d:\d\d", text) is None, name
    days = {row["session_id"]: row["session_day"] for row in rows(export)}
    assert sorted(days.values(), key=int) == ["0", str(GAP - 1), str(GAP)]
    assert {row["session_day_part"] for row in rows(export)} <= {"night", "morning", "afternoon", "evening"}


def test_a_questionnaire_of_the_exports_day_is_kept_back(installation: Installation) -> None:
    lines = installation.export("all").read("phenotype/tas20.tsv").decode().splitlines()
    assert lines[0].split("\t") == ["participant_id", "day_1", "total_1", "by_person_1", "left_out_1"]
    assert [line.split("\t")[1:] for line in lines[1:]] == [["0", "60", "false", "n/a"]] * len(CODES)


@pytest.mark.slow
def test_exports_one_after_the_other_show_what_was_done_only_after_a_secret_time(tmp_path: Path) -> None:
    """Whoever exports every day sees a run appear; when it really was stays open for four weeks."""
    store = new_store(tmp_path)
    clinic = clinic_in(store)
    id_, token = clinic.patient("P-1")
    clinic.check(token)
    move_back(store, id_, LONGEST_DELAY * 2)
    clinic.check(token)  # today
    before = command(tmp_path, "export", "--out", str(tmp_path / "today.zip"))
    assert "42 trials of 1 people" in before.stdout, before.stderr
    with store.begin() as db:
        late = delays(db, [id_])[id_]
    move_back(store, id_, late - timedelta(days=1))
    assert "42 trials" in command(tmp_path, "export", "--out", str(tmp_path / "then.zip")).stdout
    move_back(store, id_, timedelta(days=3))
    assert "84 trials" in command(tmp_path, "export", "--out", str(tmp_path / "later.zip")).stdout
    store.close()


def test_the_delays_of_neighbours_are_their_own(installation: Installation) -> None:
    with installation.clinic.store.begin() as db:
        assert len(set(delays(db, installation.ids).values())) == len(CODES)


@pytest.mark.slow
def test_files_of_two_studies_have_no_person_and_no_answer_in_common(installation: Installation) -> None:
    found = [installation.export(name, "--study", name) for name in ("First", "Second")]
    everybody = installation.export("all")
    names = [{row["participant_id"] for row in rows(export)} for export in (*found, everybody)]
    assert [len(one) for one in names] == [len(CODES)] * 3
    assert names[0] & names[1] == names[0] & names[2] == names[1] & names[2] == set()
    again = installation.export("again", "--study", "First")
    assert rows(again) == rows(found[0]), "a series keeps its pseudonyms"
    other = installation.export("other", "--study", "First", "--series", "for a partner")
    assert {row["participant_id"] for row in rows(other)} & names[0] == set()
    seeds = [{row["item_seed"] for row in rows(export)} for export in found]
    assert seeds[0] & seeds[1] == set()
    numbered = [{(row["block"], row["session_id"], row["block_day"]) for row in rows(export)} for export in found]
    assert numbered == [{("1", "ses-0001", "0"), ("2", "ses-0002", str(GAP - 1))}, {("1", "ses-0001", "0")}]


def test_ids_and_order_tell_nothing_of_who_came_first(installation: Installation) -> None:
    export = installation.export("all")
    order = list(dict.fromkeys(row["participant_id"] for row in rows(export)))
    assert order == sorted(order)
    lines = export.read("participants.tsv").decode().splitlines()
    assert [line.split("\t")[0] for line in lines[1:]] == order
    assert "allocation_number" not in export.read("participants.tsv").decode() + ",".join(rows(export)[0])
    with installation.clinic.store.begin() as db:
        secret = {row.id for row in db.query(PersonRow)} | set(installation.studies)
    assert [name for name, text in texts(export).items() if any(word in text for word in secret)] == []


def test_the_files_say_nothing_of_when_and_where_they_were_written(installation: Installation) -> None:
    for member in installation.export("all").infolist():
        assert member.date_time == (1980, 1, 1, 0, 0, 0), member.filename
        assert member.external_attr >> 16 == 0o600, member.filename


def test_what_may_still_help_is_listed_with_its_reason(installation: Installation) -> None:
    text = installation.export("all").read("documentation/dictionary.csv").decode()
    reasons = {row["column"]: row["quasi_identifier"] for row in csv.DictReader(io.StringIO(text, newline=""))}
    named = {column for column, reason in reasons.items() if reason != ""}
    assert {"session_day", "block_day_part", "language", "device", "browser", "window", "software"} <= named
    kinds = {(row["browser"], row["window"]) for row in rows(installation.export("all"))}
    assert all(len(cell) < 10 and not re.search(r"\d", cell) for pair in kinds for cell in pair if cell != "n/a")


def test_whoever_unblinds_gets_the_real_first_day(installation: Installation) -> None:
    out = installation.local / "key.csv"
    done = command(installation.local, "export", "--key", str(out), "--reason", "an adverse event is followed up")
    assert done.returncode == 0, done.stderr
    days = {row["code"]: row["first_day"] for row in csv.DictReader(io.StringIO(out.read_text(encoding="utf-8")))}
    wanted = [date.fromisoformat(days[code]) for code in CODES]
    assert [(now().date() - day).days for day in wanted] == pytest.approx(BEGUN, abs=1), "within a time zone"
    choice = json.loads(installation.export("all").read("manifest.json"))["choice"]
    assert choice["first day"] == "any"
