"""Is it kept? What the patient and the clinician read of a follow-up, on the pages and in the report."""

from dataclasses import replace
from datetime import timedelta

import pytest
from pypdfium2 import PdfDocument
from sqlalchemy import update
from streamlit.testing.v1 import AppTest

from core.config import ROOT
from core.domain.statistics.change import VerdictKind
from core.domain.statistics.course import Course
from core.services.accounts import accounts
from core.services.clinic.caseload import caseload
from core.services.clinic.reports import report_facts
from core.services.exercise import plans, progress
from core.storage.database import Store
from core.storage.tables import PlanRow, now
from pages.clinician.caseload.words import verdict_figures
from pages.clinician.record.report import make_report
from pages.clinician.record.report_words import report_in_words
from pages.shared.measures.follow_up_words import follow_up_in_words, own_follow_up
from pages.shared.state import AppState
from tests.history import as_meant, mistaken
from tests.services.exercise.led import FOLLOW_UP_FROM, KEEPING, Led, to_the_end

pytestmark = pytest.mark.usefixtures("served_here")
AGO = 160
"""Days since the first day."""


@pytest.fixture
def led(store: Store, clinician: str, patient: str, monkeypatch: pytest.MonkeyPatch) -> Led:
    plans.set_plan(store, clinician, accounts.patients(store, clinician)[0].id, KEEPING)
    led = Led(store, patient, monkeypatch)
    led.first -= timedelta(days=AGO)
    with store.begin() as db:
        db.execute(update(PlanRow).values(created_at=now() - timedelta(days=AGO)))
    to_the_end(led)
    return led


def follow(led: Led, wrong: int) -> Course:
    """Six checks with so many faces of 21 not named as meant."""
    led.say = lambda trial: mistaken(trial) if trial.number <= wrong else as_meant(trial)
    for later in range(6):
        led.on(FOLLOW_UP_FROM + later).do_the_day()
    found = progress.progress(led.store, led.token).course
    assert found is not None
    return found


def read(script: str, token: str, language: str = "en", **query: str) -> str:
    at = AppTest.from_file(str(ROOT / "pages" / script), default_timeout=60)
    at.session_state["lexithymia"] = AppState(token=token, language=language)
    for name, value in query.items():
        at.query_params[name] = value
        at.session_state[f"tabs-{value}"] = "Plan"
    at.run()
    assert not at.exception
    return "\n".join(one.value for one in [*at.header, *at.subheader, *at.markdown])


def pages_of(pdf: bytes) -> int:
    return len(PdfDocument(pdf))


def test_what_could_not_be_told_from_the_end_is_said_to_be_no_proof_and_beside_it_that_it_is_still_better(
    store: Store, clinician: str, led: Led
) -> None:
    found = follow(led, wrong=3)
    assert found.later is not None
    own = read("patient/progress.py", led.token)
    assert "At the end of your training you name more faces as they are meant than before" in own
    assert (
        "Weeks after your training you named about 86 in 100 faces as they are meant. At its end it was 90, before it "
        "57. That is still more than before the training. Whether some of it was lost since then, these looks cannot "
        "tell." in own
    )
    assert "Follow-up: about 86 in 100, on 6 days." in own
    spanish = read("patient/progress.py", led.token, "es")
    assert "Semanas después de tu entrenamiento reconociste unas 86 de cada 100 caras. Al final eran 90" in spanish
    record = read("clinician/patient.py", clinician, patient=led.id)
    assert "Better than before training: +33 points" in record
    assert "Follow-up: these checks could not tell it from the end of training, -5 points (" in record
    assert "That is no proof that it is kept" in record
    assert "It rests on 126 faces on 6 days against 126 on 6, with limits of its own" in record
    assert "Still better than before training: +29 points (" in record
    assert "All checks of this plan are made." in record
    report = report_in_words(report_facts(store, clinician, led.id))
    assert "Follow-up: these checks could not tell it" in report.more
    assert report.figures[0].spread == "Follow-up, 6 days"
    assert report.figures[1].spread.startswith("End of training: +25 to ")
    assert pages_of(make_report(store, clinician, led.id, "es")) == 2


def test_a_loss_is_said_to_the_person_and_to_the_clinician_and_the_verdict_stays(
    store: Store, clinician: str, led: Led
) -> None:
    follow(led, wrong=9)
    own = read("patient/progress.py", led.token)
    assert "At the end of your training you name more faces as they are meant than before" in own
    assert "That is fewer than at the end. Whether it is still more than before, these looks cannot tell." in own
    record = read("clinician/patient.py", clinician, patient=led.id)
    assert "Follow-up: fewer than at the end of training, -33 points (" in record
    assert "Whether it is still better than before training could not be told: " in record
    [line] = caseload(store, clinician).lines
    assert verdict_figures(line).startswith("+33 points, ")
    assert verdict_figures(line).endswith("; later -33, fewer than at the end")


def test_each_pair_of_findings_has_its_words_and_none_without_a_finding(led: Led) -> None:
    assert own_follow_up(replace(follow(led, 3), closed=())) is None
    course = progress.progress(led.store, led.token).course
    assert course is not None
    *before, later = course.closed
    assert later.verdict is not None
    assert later.still is not None
    said = set()
    for end in (VerdictKind.BETTER, VerdictKind.WORSE, VerdictKind.COULD_NOT_TELL):
        for still in (VerdictKind.BETTER, VerdictKind.WORSE, VerdictKind.COULD_NOT_TELL, None):
            part = replace(
                later,
                verdict=replace(later.verdict, kind=end),
                still=replace(later.still, kind=still) if still else None,
            )
            other = replace(course, closed=(*before, part))
            said.add((own_follow_up(other) or "").split("57. ")[1])
            first, second = follow_up_in_words(other)
            assert first.startswith("Follow-up: ")
            assert (second.startswith("Still better")) is (still is VerdictKind.BETTER)
    assert len(said) == 7
