"""A course of checks on the pages: the patient's day, what the clinician reads, and the form that begins one."""

import pytest
from streamlit.testing.v1 import AppTest

from core.config import ROOT
from core.domain.exercise.plan import ChangeRule, Plan
from core.domain.exercise.presets import PRESETS
from core.services.accounts import accounts
from core.services.clinic.record import review
from core.services.clinic.reports import report_facts
from core.services.exercise import plans, played_run, recognition, run_rows
from core.storage.database import Store
from core.storage.tables import now
from core.tasks.recognition import course_state
from pages.clinician.record.report_words import report_in_words
from pages.shared.state import AppState
from tests.history import Say, answer_all, as_meant, mistaken
from tests.support import BROWSER, earlier, new_patient, new_patient_before_blocks

pytestmark = pytest.mark.usefixtures("served_here")


@pytest.fixture
def patient_id(store: Store, clinician: str, patient: str) -> str:
    return accounts.patients(store, clinician)[0].id


def page(script: str, token: str, **query: str) -> AppTest:
    at = AppTest.from_file(str(ROOT / "pages" / script), default_timeout=60)
    at.session_state["lexithymia"] = AppState(token=token)
    at.context = {"timezone": "Europe/Madrid"}
    for name, value in query.items():
        at.query_params[name] = value
        at.session_state[f"tabs-{value}"] = "Plan"
    at.run()
    assert not at.exception
    return at


def said(at: AppTest) -> str:
    return "\n".join(one.value for one in [*at.header, *at.subheader, *at.markdown])


def on_day(ago: int, store: Store, patient: str, say: Say = as_meant, runs_a_day: int = 1) -> None:
    """What is due so many days ago."""
    at = earlier(now(), ago)
    with pytest.MonkeyPatch.context() as patch:
        for module in (course_state, run_rows, played_run):
            patch.setattr(module, "now", lambda: at)
        for _ in range(runs_a_day):
            answer_all(store, patient, recognition.begin(store, patient, BROWSER), say)


def first_wrong(times: int) -> Say:
    return lambda trial: mistaken(trial) if trial.number <= times else as_meant(trial)


def test_the_first_days_say_which_one_it_is_and_when_it_is_done(
    store: Store, clinician: str, patient: str, patient_id: str
) -> None:
    plans.set_plan(store, clinician, patient_id, Plan().in_blocks("standard"))
    assert "14 faces to see how it works" in said(page("patient/home.py", patient))
    on_day(2, store, patient, runs_a_day=2)
    on_day(1, store, patient)
    home = page("patient/home.py", patient)
    assert "7 short looks on 7 days" in said(home)
    assert "Today is number 3: 21 faces" in said(home)
    on_day(0, store, patient)
    home = page("patient/home.py", patient)
    assert "That was today’s look." in said(home)
    assert "3 of 7 days are done." in said(home)
    assert [button.label for button in home.button if button.label in {"Begin", "Go on"}] == []
    progress = page("patient/progress.py", patient)
    assert "3 of them are done." in said(progress)


def test_the_headline_has_its_date_and_what_it_rests_on_and_says_when_it_is_old(
    store: Store, clinician: str, patient: str, patient_id: str
) -> None:
    plans.set_plan(store, clinician, patient_id, Plan(practice_length=7).in_blocks("short"))
    on_day(100, store, patient)
    for day in range(6):
        on_day(100 - day, store, patient, first_wrong(9))
    for day in range(6):
        on_day(55 - day, store, patient, first_wrong(1))
    read = page("clinician/patient.py", clinician, patient=patient_id)
    found = review(store, clinician, patient_id).progress.course
    assert found is not None
    assert found.said is not None
    assert found.said.verdict is not None
    gain, (low, high) = found.said.verdict.gain, found.said.verdict.interval
    assert (
        f"Better than before training: {100 * gain:+.0f} points ({100 * low:+.0f} to {100 * high:+.0f}), end of"
        in said(read)
    )
    assert "This is older than four weeks." in said(read)
    assert "It rests on 126 faces on 6 days against 126 on 6." in said(read)
    assert "Begin the next phase" in [button.label for button in read.button]
    assert "about 95 in 100 instead of 57" in said(page("patient/progress.py", patient))


@pytest.mark.parametrize("preset", PRESETS)
def test_the_form_offers_each_design_with_what_it_costs_and_finds_and_begins_it(
    store: Store, clinician: str, patient: str, patient_id: str, preset: str
) -> None:
    form = page("clinician/patient.py", clinician, patient=patient_id)
    choice = next(one for one in form.radio if one.label == "Checks")
    low, high = PRESETS[preset].found
    offered = choice.options[list(PRESETS).index(preset)]
    assert f"{PRESETS[preset].minutes} minutes in all" in offered
    assert f"in about {low} to {high} of 100 people" in offered
    choice.set_value(preset)
    next(button for button in form.button if button.label == "Save the plan").click()
    form.run()
    plan = review(store, clinician, patient_id).plan
    assert plan.rule is ChangeRule.BLOCKS
    assert plan.design == PRESETS[preset].design
    assert recognition.today(store, patient).faces == 14


@pytest.mark.usefixtures("old_default")
def test_a_plan_of_the_old_rule_keeps_it_when_only_practice_changes(
    store: Store, clinician: str, patient: str, patient_id: str
) -> None:
    answer_all(store, patient, recognition.begin(store, patient, BROWSER))
    form = page("clinician/patient.py", clinician, patient=patient_id)
    next(button for button in form.button if button.label == "Save the plan").click()
    form.run()
    assert review(store, clinician, patient_id).plan == Plan()


@pytest.mark.parametrize(("began", "words"), [("now", "This is the recommended plan"), ("before", "when this person")])
def test_the_page_says_that_nobody_has_set_a_plan(store: Store, clinician: str, began: str, words: str) -> None:
    new = new_patient if began == "now" else new_patient_before_blocks
    new(store, clinician, "P-02")
    patient_id = accounts.patients(store, clinician)[0].id
    assert words in said(page("clinician/patient.py", clinician, patient=patient_id))


def test_the_form_begins_with_the_standard_design_for_somebody_who_has_not_begun(
    store: Store, clinician: str, patient: str, patient_id: str
) -> None:
    form = page("clinician/patient.py", clinician, patient=patient_id)
    choice = next(one for one in form.radio if one.label == "Checks")
    assert (choice.value, len(choice.options)) == ("standard", len(PRESETS))


def test_single_emotions_are_said_of_each_block_alone(
    store: Store, clinician: str, patient: str, patient_id: str
) -> None:
    plans.set_plan(store, clinician, patient_id, Plan(practice_length=7).in_blocks("short"))
    on_day(60, store, patient)
    for day in range(6):
        on_day(60 - day, store, patient, first_wrong(9))
    for day in range(6):
        on_day(10 - day, store, patient, first_wrong(1))
    found = review(store, clinician, patient_id)
    (before, first), (after, last) = found.blocks
    assert (before, after) == ("baseline", "end")
    assert sum(one.shown for one in first.emotions) == sum(one.shown for one in last.emotions) == 126
    assert sum(one.right for one in first.emotions) == 6 * 12
    assert sum(one.right for one in last.emotions) == 6 * 20
    assert [sum(pair) for pair in zip(*(change.after for change in found.changes), strict=True)] == [120, 126]
    report = report_in_words(report_facts(store, clinician, patient_id))
    assert report.course.in_blocks
    assert [point.mean for point in report.course.points] == pytest.approx([12 / 21] * 6 + [20 / 21] * 6)
    assert report.emotions is not None
    heads = ("named as meant", "95 %", "Hu", "seconds")
    parts = ("Before", "At the end")
    assert report.emotions.head == ["Emotion", *(f"{part}: {name}" for part in parts for name in heads)]
    at = page("clinician/patient.py", clinician)
    at.session_state[f"tabs-{patient_id}"] = "Details"
    at.run()
    assert not at.exception
    assert "**Before training**" in said(at)
    assert "**End of training**" in said(at)
    assert "The end against the baseline" in said(at)
