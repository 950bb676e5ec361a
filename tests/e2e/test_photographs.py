"""FER-2013, brought in at the administrator's page, then a check and a practice on its photographs.

The real set where it is at hand, else a small generated one.
"""

import re
from dataclasses import replace
from pathlib import Path

from playwright.sync_api import Page, expect
from sqlalchemy import select

from core.domain.exercise.plan import Plan
from core.services.accounts import accounts
from core.services.exercise import plans
from core.storage.tables import BlockRow, StimulusRow, StimulusSetRow, TrialRow
from tests.e2e.acting import PASSWORD, SOON, answer_by_key, begin_run, finish_both_checks, join
from tests.e2e.conftest import PHONE, OpenPage
from tests.e2e.server import AppServer
from tests.stimuli.generated import SHARED, little_fer, table_text, unanimous, votes_text

MINUTES = 60_000


def source(folder: Path) -> tuple[Path, Path]:
    """FER-2013 and its votes."""
    if SHARED.exists():
        return SHARED / "fer2013.csv.gz", SHARED / "fer2013new.csv"
    little, votes = folder / "fer2013.csv", folder / "fer2013new.csv"
    fer = little_fer(rows=700)
    little.write_text(table_text(fer))
    votes.write_text(votes_text(fer, unanimous(fer)))
    return little, votes


def sign_in(page: Page, url: str, code: str) -> None:
    page.goto(f"{url}/sign-in")
    page.locator("form.door input[name=code]").fill(code)
    page.locator("form.door input[name=password]").fill(PASSWORD)
    page.locator("form.door button[type=submit]").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible(timeout=SOON)


def test_a_check_and_a_practice_on_photographs(
    server: AppServer, clinician: str, invitation: str, open_page: OpenPage, tmp_path: Path
) -> None:
    faces, votes = source(tmp_path)
    administrator = open_page()
    sign_in(administrator, server.url, "Dr Vega")
    administrator.goto(f"{server.url}/sets")
    administrator.get_by_label("File or folder").fill(str(tmp_path / "nothing.csv"))
    administrator.get_by_role("button", name="Bring in").click()
    expect(administrator.get_by_text("These faces cannot be brought in.")).to_be_visible(timeout=SOON)
    administrator.get_by_label("File or folder").fill(str(faces))
    administrator.get_by_label(re.compile("ten people")).fill(str(votes))
    administrator.get_by_role("button", name="Bring in").click()
    expect(administrator.get_by_text("The faces are here.")).to_be_visible(timeout=5 * MINUTES)

    patient_id = accounts.patients(server.store, clinician)[0].id
    plans.set_plan(server.store, clinician, patient_id, replace(Plan(), set_name="fer2013", practice_length=7))
    page = open_page(PHONE)
    join(page, invitation)
    finish_both_checks(page)
    begin_run(page, 7)
    answer_by_key(page, "7")
    expect(page.locator(".trial .feedback")).to_contain_text(re.compile(r"\d+ of 10 people saw this"), timeout=SOON)
    expect(page.locator(".trial .feedback")).to_contain_text("It learnt with this very picture", timeout=SOON)
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
