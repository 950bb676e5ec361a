"""Checks in an export: one row each, the verdict of its block, and the same in the FHIR bundle."""

import csv
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sqlalchemy import update

from core.domain.exercise.plan import Plan
from core.domain.exercise.programme import FollowUp, Programme, six_weeks
from core.domain.exercise.selection import Selection
from core.domain.statistics.course import Course
from core.services.exercise import plans, played_run, progress, recognition, run_rows
from core.services.research import studies
from core.services.research.export import export
from core.storage.tables import EnrolmentRow, now
from core.tasks.recognition import course_state
from tests.history import answer_all, as_meant, mistaken
from tests.services.research.conftest import ResearchClinic
from tests.support import BROWSER, earlier

CSV = "data/study-lexithymia_description-checks_data.csv"
BEFORE, AFTER = (9, 10, 11, 9, 10, 11), (17, 18, 19, 17, 18, 19)
"""Named as meant, of 21, day by day."""
END_FROM, AGO = 35, 150
"""The first day of the end; how many days ago the first day was."""


PLAN = Plan(practice_length=7).in_blocks("short")
KEEPING = replace(PLAN, programme=Programme(six_weeks().days[-1:], follow_up=FollowUp()))
LATER, LATER_FROM = (17, 18, 16, 17, 18, 17), END_FROM + 11 + 84


def live(
    clinic: ResearchClinic, code: str, token: str, monkeypatch: pytest.MonkeyPatch, later: Sequence[int] = ()
) -> Course:
    """A course of the short design from the warm-up to its verdict, and a follow-up where there is one."""
    plan = KEEPING if later else PLAN
    plans.set_plan(clinic.store, clinic.clinician, clinic.id_of(code), plan)

    def run(day: int, right: int) -> None:
        at = earlier(now(), AGO - day)
        for module in (course_state, run_rows, played_run):
            monkeypatch.setattr(module, "now", lambda: at)
        block = recognition.begin(clinic.store, token, BROWSER)
        answer_all(clinic.store, token, block, lambda t: as_meant(t) if t.number <= right else mistaken(t))

    run(0, 14)
    for first, rights in ((0, BEFORE), (END_FROM + len(BEFORE), AFTER), (LATER_FROM, later)):
        for day, right in enumerate(rights, first):
            run(day, right)
    found = progress.progress(clinic.store, token).course
    assert found is not None
    return found


def exported(clinic: ResearchClinic, out: Path) -> tuple[list[dict[str, str]], list[dict[str, Any]]]:
    """The rows of the table, and the observations of change."""
    export(clinic.store, clinic.researcher, Selection(), out, lambda rows: True)
    with (out / CSV).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    entries = json.loads((out / "fhir/bundle.json").read_text(encoding="utf-8"))["entry"]
    found = [one["resource"] for one in entries if one["resource"]["resourceType"] == "Observation"]
    return rows, [one for one in found if one["code"]["coding"][0]["code"].startswith("change-")]


@pytest.mark.parametrize("stocked", ["sqlite"], indirect=True)
def test_each_check_stands_with_its_score_and_the_verdict_of_its_block(
    clinic: ResearchClinic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, token = clinic.patient("P-1")
    said = live(clinic, "P-1", token, monkeypatch).said
    rows, changes = exported(clinic, tmp_path / "export")
    assert [(row["course_part"], int(row["check_right"]), row["check_shown"]) for row in rows] == [
        *(("baseline", right, "21") for right in BEFORE),
        *(("end", right, "21") for right in AFTER),
    ]
    assert {row["change_rule"] for row in rows} == {"blocks"}
    assert {row["change_verdict"] for row in rows[:6]} == {"n/a"}
    assert len({tuple(row[name] for name in row if name.startswith("change_")) for row in rows[6:]}) == 1
    found = rows[-1]
    gain = (np.mean(AFTER) - np.mean(BEFORE)) / 21
    assert found["change_verdict"] == "better"
    assert float(found["change_gain"]) == pytest.approx(gain, abs=1e-6)
    se, limit = float(found["change_se"]), float(found["change_limit_better"])
    assert float(found["change_z"]) == pytest.approx(gain / se, abs=1e-3)
    assert float(found["change_low"]) == pytest.approx(gain - limit * se, abs=2e-6)
    assert (found["change_day"], found["block_day"]) == (str(END_FROM + 11), str(END_FROM + 11))
    assert said is not None
    assert said.verdict is not None
    assert float(found["change_day_sd"]) == pytest.approx(said.verdict.day_sd, abs=1e-6)

    [change] = changes
    assert change["valueQuantity"]["value"] == pytest.approx(100 * gain, abs=1e-4)
    assert "Smyth 2004" in change["method"]["text"]
    parts = {one["code"]["coding"][0]["code"]: one for one in change["component"]}
    assert (parts["verdict"]["valueString"], parts["day"]["valueInteger"]) == ("better", END_FROM + 11)
    low, high = (parts[name]["valueQuantity"]["value"] / 100 for name in ("low", "high"))
    assert (low, high) == pytest.approx((float(found["change_low"]), float(found["change_high"])), abs=2e-6)
    assert parts["day-sd"]["valueQuantity"]["value"] == float(found["change_day_sd"])
    described = (tmp_path / "export/documentation/checks.csv").read_text(encoding="utf-8").splitlines()
    assert [line.split(",")[0] for line in described[1:]] == list(rows[0])


@pytest.mark.parametrize("stocked", ["sqlite"], indirect=True)
def test_while_a_study_enrols_nothing_is_said_of_its_courses(
    clinic: ResearchClinic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    patient_id, token = clinic.patient("P-1")
    studies.enrol(clinic.store, clinic.clinician, patient_id, clinic.study())
    with clinic.store.begin() as db:
        db.execute(update(EnrolmentRow).values(enrolled_at=earlier(now(), AGO + 1)))
    assert live(clinic, "P-1", token, monkeypatch).said is not None
    rows, changes = exported(clinic, tmp_path / "export")
    assert changes == []
    told = {name: {row[name] for row in rows} for name in rows[0]}
    hidden = [name for name in told if name.startswith(("change_", "still_", "course_")) or name == "blueprint"]
    assert {name for name in hidden if told[name] != {"n/a"}} == set()
    assert told["check_shown"] == {"21"}


@pytest.mark.parametrize("stocked", ["sqlite"], indirect=True)
def test_a_follow_up_stands_against_the_end_and_against_the_baseline(
    clinic: ResearchClinic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, token = clinic.patient("P-1")
    later = live(clinic, "P-1", token, monkeypatch, LATER).later
    assert later is not None
    assert later.verdict is not None
    assert later.still is not None
    rows, changes = exported(clinic, tmp_path / "export")
    parts = ["baseline"] * 6 + ["end"] * 6 + ["follow_up"] * 6
    assert [row["course_part"] for row in rows] == parts
    assert [row["change_against"] for row in rows] == ["n/a"] * 6 + ["baseline"] * 6 + ["end"] * 6
    assert {row["still_verdict"] for row in rows[:12]} == {"n/a"}
    found = rows[-1]
    assert (found["change_verdict"], found["still_verdict"]) == ("could_not_tell", "better")
    gain, still = ((np.mean(LATER) - np.mean(before)) / 21 for before in (AFTER, BEFORE))
    assert float(found["change_gain"]) == pytest.approx(gain, abs=1e-6)
    assert float(found["still_gain"]) == pytest.approx(still, abs=1e-6)
    assert float(found["still_low"]) == pytest.approx(later.still.interval[0], abs=1e-6)
    assert float(found["still_limit_better"]) == pytest.approx(later.still.limits.better, abs=1e-6)
    assert found["change_day"] == str(LATER_FROM + 5)
    said = {one["code"]["coding"][0]["code"]: one for one in changes}
    assert said.keys() == {"change-end", "change-follow_up-end", "change-follow_up"}
    assert said["change-follow_up-end"]["code"]["text"].endswith("follow_up against end")
    assert said["change-follow_up-end"]["valueQuantity"]["value"] == pytest.approx(100 * gain, abs=1e-4)
    assert said["change-follow_up"]["valueQuantity"]["value"] == pytest.approx(100 * still, abs=1e-4)
