"""FER-2013, brought in at the administrator's page, then a check and a practice on its photographs.

A small generated set; in CI the real one too, where it is at hand.
"""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from core.domain.exercise.plan import Plan
from core.services.exercise import plans
from core.storage.tables import BlockRow, StimulusRow, StimulusSetRow, TrialRow
from tests.e2e.acting import SOON, answer_by_key, answer_check, begin_run, leave_feedback
from tests.e2e.people import finish_runs, id_of
from tests.e2e.windows import PHONE, OpenPage, StartServer
from tests.stimuli.generated import SHARED, little_fer, table_text, unanimous, votes_text
from tests.support import new_clinician, new_patient

MINUTES = 60_000


LEARNT = "It learnt with this very picture"


@pytest.fixture(params=["generated", "real"])
def source(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, Path]:
    """A set of faces in the form of FER-2013, and its votes."""
    if request.param == "real":
        if not SHARED.exists():
            pytest.skip(f"FER-2013 is not at {SHARED}")
        return SHARED / "fer2013.csv.gz", SHARED / "fer2013new.csv"
    little, votes = tmp_path / "fer2013.csv", tmp_path / "fer2013new.csv"
    fer = little_fer(rows=500)
    little.write_text(table_text(fer))
    votes.write_text(votes_text(fer, unanimous(fer)))
    return little, votes


@pytest.mark.slow
def test_a_check_and_a_practice_on_photographs(
    start_server: StartServer, open_page: OpenPage, source: tuple[Path, Path], tmp_path: Path
) -> None:
    server = start_server()
    clinician = new_clinician(server.store)
    faces, votes = source
    administrator = open_page(token=clinician, at=server)
    administrator.goto(f"{server.url}/sets")
    administrator.get_by_label("File or folder").fill(str(tmp_path / "nothing.csv"))
    administrator.get_by_role("button", name="Bring in").click()
    expect(administrator.get_by_text("These faces cannot be brought in.")).to_be_visible(timeout=SOON)
    administrator.get_by_label("File or folder").fill(str(faces))
    administrator.get_by_label(re.compile("ten people")).fill(str(votes))
    administrator.get_by_role("button", name="Bring in").click()
    expect(administrator.get_by_text("The faces are here.")).to_be_visible(timeout=5 * MINUTES)

    patient = new_patient(server.store, clinician, "P-1")
    patient_id = id_of(server.store, "P-1")
    plans.set_plan(
        server.store, clinician, patient_id, replace(Plan(), set_name="fer2013", practice_length=7, adaptive=False)
    )
    page = open_page(PHONE, token=patient, at=server)
    page.goto(server.url)
    begin_run(page, 42)
    answer_check(page, 3)
    finish_runs(server.store, patient, 2)
    page.goto(server.url)
    begin_run(page, 7)
    feedback = page.locator(".trial .feedback")
    for _ in range(6):
        answer_by_key(page, "7")
        expect(feedback).to_contain_text(re.compile(r"\d+ of 10 people saw this"), timeout=SOON)
        if LEARNT in (feedback.text_content() or ""):
            break
        expect(feedback).to_contain_text("Not sure")  # what is no face may say nothing to the network
        leave_feedback(page)
    expect(feedback).to_contain_text(LEARNT)
    with server.store.begin() as db:
        set_id = db.scalars(select(StimulusSetRow.id).where(StimulusSetRow.name == "fer2013")).one()
        served = db.execute(
            select(BlockRow.kind, StimulusRow.split, StimulusRow.role, TrialRow.votes)
            .join(BlockRow, TrialRow.block_id == BlockRow.id)
            .join(StimulusRow, TrialRow.stimulus_id == StimulusRow.id)
            .where(BlockRow.set_id == set_id)
        ).all()
    assert len(served) == 2 * 42 + 7
    assert {split for kind, split, _, _ in served if kind == "check"} <= {"PublicTest", "PrivateTest"}
    assert all(votes is not None and sum(votes) == 10 for _, _, _, votes in served)
