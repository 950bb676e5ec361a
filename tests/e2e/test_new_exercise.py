"""A further exercise costs a folder, a step of the player and its translations: a toy task goes through the whole
product, in a copy of it that has nothing else of it."""

import csv
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from core.config import ROOT
from core.domain.patient.consent import Purpose
from core.services.accounts import accounts
from core.services.privacy import consents
from core.services.privacy.consent_texts import newest
from core.storage.queries import exercise_queries
from core.storage.tables import BlockRow, ExposureRow, TrialRow
from tests.e2e.server import AppServer
from tests.e2e.windows import OpenPage
from tests.support import PASSWORD, new_patient, new_patient_before_blocks

TOY = ROOT / "tests" / "tasks" / "toy"
STEP = "pages/shared/player/steps/pair.js"
FOLDER = "core/tasks/twofaces"
pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The product with the toy task."""
    whole = tmp_path_factory.mktemp("copy") / "product"
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, check=True)
    for name in listed.stdout.decode().splitlines():
        if not name.startswith(("data/networks/", "data/stimuli/")) and (ROOT / name).is_file():
            (whole / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, whole / name)
    for name in ("networks", "stimuli"):
        (whole / "data" / name).symlink_to(ROOT / "data" / name)
    for part in ("core", "pages"):
        shutil.copytree(TOY / part, whole / part, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    with (whole / "data/translations/es.po").open("a", encoding="utf-8") as catalogue:
        catalogue.write("\n" + (TOY / "es.po").read_text(encoding="utf-8"))
    return whole


@pytest.fixture(scope="module")
def toy_server(copy: Path, prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppServer]:
    local = tmp_path_factory.mktemp("toy")
    shutil.copy(prepared, local / "lexithymia.db")
    with AppServer(local, root=copy) as running:
        yield running


def test_it_touches_a_folder_a_step_and_the_translations() -> None:
    files = {str(path.relative_to(TOY)) for part in ("core", "pages") for path in (TOY / part).rglob("*.*")}
    own = {name for name in files if "__pycache__" not in name}
    assert {name for name in own if not name.startswith(f"{FOLDER}/")} == {STEP}
    named = [
        path
        for part in ("core", "pages", "app.py")
        for path in ((ROOT / part).rglob("*.py") if (ROOT / part).is_dir() else [ROOT / part])
        if '"twofaces"' in path.read_text(encoding="utf-8")
    ]
    assert named == [], "nothing of the product names it"


def test_the_rules_of_the_house_and_the_words_hold_with_it(copy: Path) -> None:
    run = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-n", "0"]
    rules = ["tests/house/test_layers.py", "tests/house/test_rooms.py", "tests/words/test_literals.py"]
    refusals = ["tests/refusals/test_services.py", "-k", "stated or (nothing_changes and sqlite)"]
    for asked in ([*run, *rules], [*run, *refusals], [sys.executable, "-m", "core", "words", "--check"]):
        done = subprocess.run(asked, cwd=copy, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-2000:]


def test_a_patient_plays_it_and_a_researcher_gets_it(
    toy_server: AppServer, open_page: OpenPage, tmp_path: Path
) -> None:
    store = toy_server.store
    clinician = accounts.create_first_clinician(store, "Dr Vega", PASSWORD, "en")
    patient, other = new_patient_before_blocks(store, clinician, "P-01"), new_patient(store, clinician, "P-02")
    consents.decide(store, patient, Purpose.RESEARCH, newest(Purpose.RESEARCH), True)

    page = open_page(token=patient, at=toy_server)
    page.goto(f"{toy_server.url}/today")
    page.get_by_role("button", name="Which one shows fear?").click()
    for number in range(1, 5):
        expect(page.get_by_role("heading", name=f"{number} of 4")).to_be_visible()
        expect(page.get_by_role("button", name="The left one")).to_be_visible()
        page.wait_for_timeout(700)
        page.keyboard.press("1")
        expect(page.get_by_text("In fear the eyebrows pull together.")).to_be_visible()
        page.wait_for_timeout(600)
        page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("You found fear in")).to_be_visible()
    with store.begin() as db:
        [run] = db.query(BlockRow).all()
        rows = db.query(TrialRow).filter(TrialRow.block_id == run.id).order_by(TrialRow.number).all()
        assert (run.task, run.kind, run.stopped, run.ended_at is not None) == ("twofaces", "pair_practice", False, True)
        assert [row.response for row in rows] == ["left"] * 4
        assert [row.correct for row in rows] == [row.target == "left" for row in rows]
        assert all(row.response_time_ms and row.painted_at and row.more for row in rows)
        assert db.query(ExposureRow).filter(ExposureRow.what.not_like("%:%")).count() == 8, "both faces were met"
        right = sum(bool(row.correct) for row in rows)
        assert exercise_queries.last_finished(db, run.person_id) is None, "it counts for no plan"
    expect(page.get_by_text(f"You found fear in {right} of 4 pairs.")).to_be_visible()
    page.goto(f"{toy_server.url}/progress")
    expect(page.get_by_text(f"You found fear in {right} of 4 pairs.")).to_be_visible()
    spanish = open_page(token=patient, at=toy_server, locale="es-ES")
    accounts.set_language(store, patient, "es")
    spanish.goto(f"{toy_server.url}/progress")
    expect(spanish.get_by_text(f"Has encontrado el miedo en {right} de 4 parejas.")).to_be_visible()

    out = tmp_path / "export"
    url = f"sqlite:///{toy_server.local / 'lexithymia.db'}"
    acted = [sys.executable, str(TOY / "act.py"), url, patient, other, str(out)]
    done = subprocess.run(
        acted,
        cwd=toy_server.root,
        env={**toy_server.whole_environment, "PYTHONPATH": "."},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    with (out / "data/study-lexithymia_data.csv").open(encoding="utf-8") as file:
        table = list(csv.DictReader(file))
    assert [row["kind"] for row in table] == ["pair_practice"] * 4 + ["pair_check"] * 4
    assert {row["response"] for row in table} == {"left"}
    assert all(int(row["pair_left"]) != int(row["pair_right"]) for row in table)
    dictionary = (out / "documentation/dictionary.csv").read_text(encoding="utf-8")
    assert "pair_left,integer" in dictionary
    assert "left = the face on the left" in dictionary
    sidecar = json.loads((out / "task-twofaces_beh.json").read_text(encoding="utf-8"))
    assert (sidecar["TaskName"], sidecar["Instructions"]) == ("twofaces", "Which face shows fear?")
    assert len(list(out.glob("sub-*/ses-*/beh/*_task-twofaces_*_beh.tsv"))) == 2
    entries = json.loads((out / "fhir/bundle.json").read_text(encoding="utf-8"))["entry"]
    scores = [one["resource"] for one in entries if one["resource"]["resourceType"] == "Observation"]
    assert [score["code"]["coding"][0]["code"] for score in scores] == ["twofaces"]
