"""What a new patient trains until a clinician sets a plan: checks in blocks, after faces with feedback."""

import pytest

from core.domain.exercise.plan import STANDARD_PLAN, ChangeRule, Plan
from core.domain.exercise.trials import Kind
from core.domain.people import Refusal, Role
from core.services.accounts import accounts, openid
from core.services.accounts.openid import RoleClaim
from core.services.clinic.record import review
from core.services.exercise import plans, progress, recognition
from core.storage.database import Store
from core.storage.tables import now
from tests.history import run_through
from tests.support import BROWSER, new_patient_before_blocks


@pytest.mark.both_databases
def test_the_first_faces_have_feedback_and_then_a_short_check_comes(store: Store, patient: str) -> None:
    first = recognition.today(store, patient)
    assert (first.kind, first.faces) == (Kind.PRACTICE, 14)
    with pytest.raises(Refusal):
        recognition.begin(store, patient, BROWSER, Kind.CHECK)
    run_through(store, patient)
    then = recognition.today(store, patient)
    assert (then.kind, then.faces) == (Kind.CHECK, 21)
    run_through(store, patient)
    assert recognition.today(store, patient).kind is None
    found = progress.progress(store, patient)
    assert found.plan == STANDARD_PLAN
    assert found.course is not None
    assert (found.course.made, found.course.planned) == (1, 7)


def test_who_comes_from_a_provider_has_it_too(store: Store) -> None:
    claims = {"iss": "https://id.example.org", "sub": "7", "name": "Ana", "groups": ["p"], "iat": now().timestamp()}
    token = openid.sign_in_with_openid(store, claims, RoleClaim(values={"p": Role.PATIENT}), "en")
    assert progress.progress(store, token).plan == STANDARD_PLAN


def test_who_began_before_keeps_rule_and_length_until_a_plan_is_set(store: Store, clinician: str) -> None:
    token = new_patient_before_blocks(store, clinician)
    patient_id = accounts.patients(store, clinician)[0].id
    run_through(store, token)
    due = recognition.today(store, token)
    assert (due.kind, due.faces) == (Kind.CHECK, 42)
    found = review(store, clinician, patient_id)
    assert (found.plan, found.plan.rule, found.plan_since) == (Plan(), ChangeRule.LATEST, None)
    plans.set_plan(store, clinician, patient_id, STANDARD_PLAN)
    assert review(store, clinician, patient_id).plan_since is not None, "set by somebody, though it is the standard"


def test_nobody_has_set_the_plan_of_a_new_patient(store: Store, clinician: str, patient: str) -> None:
    found = review(store, clinician, accounts.patients(store, clinician)[0].id)
    assert (found.plan, found.plan_since) == (STANDARD_PLAN, None)
