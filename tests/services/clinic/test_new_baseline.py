"""Which checks count for the schedule, the verdict and the list, and what is said of those that do not."""

from dataclasses import replace

import pytest
from sqlalchemy import update

from core.domain.emotions import Emotion
from core.domain.exercise.plan import BlueprintDifference, Plan
from core.domain.exercise.trials import Answer, Block, Kind, Response, Trial
from core.domain.patient.attention import Concern
from core.domain.patient.consent import Purpose
from core.domain.statistics.change import VerdictKind
from core.services.accounts import accounts
from core.services.clinic.caseload import CaseloadLine, caseload
from core.services.clinic.record import review
from core.services.exercise import plans, progress, recognition, runs
from core.services.exercise.plans import put_in_force
from core.services.exercise.summary import refresh_missing_summaries
from core.services.privacy import consents
from core.services.privacy.consent_texts import newest
from core.services.research import studies
from core.services.research.studies import Arm
from core.storage.database import Store
from core.storage.tables import BlockRow, PeopleAnswerRow, StimulusSetRow, SummaryRow, now
from core.storage.upserts import count_each
from core.tasks.recognition.feedback import Opinions
from pages.clinician.caseload.words import verdict_figures
from pages.shared.measures.patient_words import beside_the_verdict, concern
from tests.history import answer_all, as_meant, mistaken, run_through
from tests.services.research.conftest import clinic_in
from tests.support import BROWSER, new_patient, says

SHORT = Plan(check_intensities=(60,), check_length=7, practice_length=7, checks_planned=1, check_every=1)
LONGER = replace(SHORT, check_length=14)


def run(store: Store, token: str, right: bool = True, unseen: int = 0, device: str = "computer") -> Kind:
    """A whole run of what is due: all faces named as meant or none of them, the first ones not seen. What it was."""

    def say(trial: Trial) -> Answer:
        return says(Response.CANNOT_SEE) if trial.number <= unseen else as_meant(trial) if right else mistaken(trial)

    return run_through(store, token, say, replace(BROWSER, device=device)).kind


def line(store: Store, clinician: str) -> CaseloadLine:
    return caseload(store, clinician).lines[0]


@pytest.fixture
def finished(store: Store, clinician: str, patient: str, patient_id: str) -> str:
    """The sign-in of a patient who did every check of the plan."""
    plans.set_plan(store, clinician, patient_id, SHORT)
    assert [run(store, patient) for _ in range(4)] == [Kind.CHECK, Kind.CHECK, Kind.PRACTICE, Kind.CHECK]
    assert line(store, clinician).finished
    return patient


@pytest.mark.both_databases
def test_other_checks_begin_with_a_new_baseline_at_once(
    store: Store, clinician: str, patient_id: str, finished: str
) -> None:
    plans.set_plan(store, clinician, patient_id, LONGER)
    changed = line(store, clinician)
    assert not changed.finished
    assert "a new baseline begins" in verdict_figures(changed)
    found = review(store, clinician, patient_id)
    assert beside_the_verdict(found) == ["The plan now asks for other checks: the next two begin a new baseline."]
    due = recognition.today(store, finished)
    assert (due.kind, due.faces, due.checks_done, due.practices_until_check) == (Kind.CHECK, 14, 0, 0)
    assert run(store, finished) is Kind.CHECK
    half = line(store, clinician)
    assert (half.verdict, half.change.checks, half.change.anew) == (VerdictKind.BASELINE_UNFINISHED, 1, False)  # type: ignore[union-attr]
    assert not review(store, clinician, patient_id).anew
    assert run(store, finished) is Kind.CHECK
    assert (recognition.today(store, finished).kind, recognition.today(store, finished).practices_until_check) == (
        Kind.PRACTICE,
        1,
    )
    assert [run(store, finished) for _ in range(2)] == [Kind.PRACTICE, Kind.CHECK]
    assert line(store, clinician).finished


def test_checks_that_began_at_the_same_moment_are_kept_apart(
    store: Store, clinician: str, patient: str, patient_id: str
) -> None:
    plans.set_plan(store, clinician, patient_id, SHORT)
    for unseen in (7, 0):
        assert run(store, patient, unseen=unseen) is Kind.CHECK
    with store.begin() as db:
        db.execute(update(BlockRow).values(started_at=now()))
    found = review(store, clinician, patient_id)
    assert found.series is not None
    assert [(check.unseen, len(check.trials)) for check in found.series.checks] == [(0, 7)]
    assert sorted(check.unseen for check in found.checks) == [0, 7]
    assert sorted((point.shown, point.comparable) for point in found.progress.checks) == [(0, False), (7, True)]


def test_the_checks_of_before_go_on_where_the_plan_asks_for_them_again(
    store: Store, clinician: str, patient_id: str, finished: str
) -> None:
    for plan in (LONGER, replace(SHORT, checks_planned=2)):
        plans.set_plan(store, clinician, patient_id, plan)
    assert (recognition.today(store, finished).kind, recognition.today(store, finished).checks_done) == (
        Kind.PRACTICE,
        3,
    )
    assert not review(store, clinician, patient_id).anew


def test_an_arm_with_other_checks_begins_with_its_own_baseline(store: Store) -> None:
    clinic = clinic_in(store)
    patient_id, token = clinic.patient("P-1")
    plans.set_plan(store, clinic.clinician, patient_id, SHORT)
    assert run(store, token) is Kind.CHECK
    assert run(store, token) is Kind.CHECK
    arms = [Arm(f"{length} faces", replace(SHORT, check_length=length)) for length in (14, 21)]
    study = studies.make_study(store, clinic.researcher, "Long or longer", "Two groups.", arms)
    studies.enrol(store, clinic.clinician, patient_id, study)
    assert line(store, clinic.clinician).change.anew  # type: ignore[union-attr]
    assert review(store, clinic.clinician, patient_id).study == "Long or longer"
    assert [run(store, token) for _ in range(3)] == [Kind.CHECK, Kind.CHECK, Kind.PRACTICE]
    studies.withdraw(store, clinic.clinician, patient_id)
    assert review(store, clinic.clinician, patient_id).study is None


def test_a_standing_of_an_older_release_is_made_anew_when_a_server_starts(
    store: Store, clinician: str, patient_id: str, finished: str
) -> None:
    plans.set_plan(store, clinician, patient_id, LONGER)
    with store.begin() as db:
        old = dict.fromkeys(("checks", "practised", "practices_needed", "faces_before", "faces_after"), 0)
        db.execute(update(SummaryRow).values(change={**old, "faces_needed": None}, checks_left=0))
    assert line(store, clinician).finished, "as the older release counted"
    assert refresh_missing_summaries(store) == 1
    assert line(store, clinician).change.anew  # type: ignore[union-attr]
    assert not line(store, clinician).finished
    assert refresh_missing_summaries(store) == 0


def test_a_verdict_stays_what_it_was_when_the_plan_changes(
    store: Store, clinician: str, patient_id: str, finished: str
) -> None:
    before = review(store, clinician, patient_id)
    plans.set_plan(store, clinician, patient_id, replace(SHORT, checks_planned=26, check_every=9))
    after = review(store, clinician, patient_id)
    assert after.progress.verdict == before.progress.verdict
    assert after.progress.verdict == progress.progress(store, finished).verdict
    assert line(store, clinician).verdict is VerdictKind.COULD_NOT_TELL
    assert after.outlook.limit > before.outlook.limit


def test_a_check_of_which_too_little_was_seen_does_not_count_and_is_asked_for_again(
    store: Store, clinician: str, patient_id: str, finished: str
) -> None:
    plans.set_plan(store, clinician, patient_id, replace(SHORT, checks_planned=2))
    assert run(store, finished) is Kind.PRACTICE
    before = review(store, clinician, patient_id).progress.verdict
    assert run(store, finished, unseen=1) is Kind.CHECK
    found = review(store, clinician, patient_id)
    assert found.progress.verdict == before
    assert [check.comparable for check in found.progress.checks] == [True, True, True, False]
    assert (line(store, clinician).checks, len(line(store, clinician).check_shares)) == (4, 3)
    assert [one.concern for one in found.attention] == [Concern.UNSEEN]
    assert "1 face of a check could not be seen" in concern(found.attention[0])
    assert run(store, finished) is Kind.CHECK


def test_it_is_said_in_what_a_check_differs_from_the_latest(
    store: Store, clinician: str, patient_id: str, finished: str
) -> None:
    plans.set_plan(store, clinician, patient_id, replace(SHORT, checks_planned=2))
    assert run(store, finished) is Kind.PRACTICE
    assert run(store, finished, device="phone") is Kind.CHECK
    assert recognition.today(store, finished).checks_done == 4, "no device begins the schedule anew"
    [excluded] = review(store, clinician, patient_id).attention
    assert (excluded.times, excluded.why) == (3, (BlueprintDifference("device", "computer", "phone"),))
    assert concern(excluded) == "3 checks cannot be compared with the latest: on a computer instead of a phone."


def test_emotions_with_few_faces_are_known_by_the_faces_of_the_checks(
    store: Store, clinician: str, patient: str, patient_id: str
) -> None:
    with store.begin() as db:
        db.execute(update(StimulusSetRow).values(name="fer2013", title="Photographs"))
    plans.set_plan(store, clinician, patient_id, Plan(set_name="fer2013", checks_planned=1, check_every=1))
    for right in (False, False, True, True):
        run(store, patient, right)
    with store.begin() as db:
        put_in_force(db, patient_id, patient_id, Plan())
    found = review(store, clinician, patient_id)
    called = {one.emotion for one in found.changes if one.called}
    assert called == set(Emotion) - {Emotion.DISGUST, Emotion.FEAR}
    assert (found.measured_title, found.set_title) == ("Photographs", "builtin")


def test_nobody_is_compared_with_themselves(store: Store, clinician: str) -> None:
    sharing = new_patient(store, clinician, "P-02", shares_answers=True)
    block = recognition.begin(store, sharing, BROWSER, Kind.PRACTICE)
    first, second = block.trials[:2]
    for trial, people in ((first, 9), (second, 10)):
        _others_say(store, trial.stimulus.hash, people)
    said = [item.feedback for item in runs.state(store, sharing, block.id).items[:2]]
    told = [one.people for one in said if isinstance(one, Opinions)]
    assert told == [None, {Response.NOT_SURE: 10}], "nine others are too few to be told"
    block = _wrong(store, sharing, block)
    line = progress.result(store, sharing, block.id).summary.people
    assert line is not None
    assert (line.faces, line.answers, line.share) == (1, 10, 0.0)


def test_who_does_not_share_or_met_the_face_before_is_not_taken_from_the_others(store: Store, clinician: str) -> None:
    silent = new_patient(store, clinician, "P-03")
    block = recognition.begin(store, silent, BROWSER, Kind.PRACTICE)
    _others_say(store, block.trials[0].stimulus.hash, 10)
    block = _wrong(store, silent, block)
    consents.decide(store, silent, Purpose.NORMS, newest(Purpose.NORMS), True)
    line = progress.result(store, silent, block.id).summary.people
    assert line is not None
    assert line.answers == 10, "the consent came after the run"


def _others_say(store: Store, picture: str, people: int) -> None:
    with store.begin() as db:
        for _ in range(people):
            count_each(db, PeopleAnswerRow, "people", [{"picture_hash": picture, "response": "not_sure"}])


def _wrong(store: Store, token: str, block: Block) -> Block:
    return answer_all(store, token, block, lambda trial: says(Response.NOT_SURE))


def test_practices_before_a_check_are_those_that_were_finished(
    store: Store, clinician: str, patient: str, patient_id: str
) -> None:
    plans.set_plan(store, clinician, patient_id, SHORT)
    for _ in range(2):
        run(store, patient)
    runs.stop(store, patient, recognition.begin(store, patient, BROWSER).id)
    for _ in range(2):
        run(store, patient)
    found = review(store, clinician, patient_id)
    assert [check.practices for check in found.checks] == [0, 0, 1]
    assert found.progress.verdict.practised == 1
    assert accounts.patients(store, clinician)[0].id == patient_id
