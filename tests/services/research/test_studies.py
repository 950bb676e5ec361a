"""A study: who may make it, who may enrol whom, what stays concealed, and what enrolment does."""

import json
from pathlib import Path

import pytest

from core.domain.exercise.plan import Plan
from core.domain.exercise.selection import Selection
from core.domain.patient.consent import NotAgreed, Purpose
from core.domain.people import NotAllowed, NotSignedIn, Refusal, Role
from core.services.accounts import accounts
from core.services.clinic.record import review
from core.services.privacy import consents
from core.services.privacy.consent_texts import newest
from core.services.research import studies
from core.services.research.export import export
from core.services.research.studies import Arm
from core.storage.tables import StudyRow
from tests.services.research.conftest import ARMS, ResearchClinic
from tests.support import PASSWORD


@pytest.mark.both_databases
def test_enrolment_draws_an_arm_and_puts_its_plan_in_force(clinic: ResearchClinic) -> None:
    study = clinic.study()
    given = []
    for number in range(6):
        patient, _ = clinic.patient(f"P-{number}")
        enrolment = studies.enrol(clinic.store, clinic.clinician, patient, study)
        plan = review(clinic.store, clinic.clinician, patient).plan
        assert plan == next(arm.plan for arm in ARMS if arm.name == enrolment.arm)
        assert studies.enrolments(clinic.store, clinic.clinician, patient) == [enrolment]
        given.append(enrolment.arm)
    assert set(given) == {arm.name for arm in ARMS}


def test_the_allocation_is_concealed_until_the_study_is_closed(clinic: ResearchClinic) -> None:
    study = clinic.study()
    patient, _ = clinic.patient("P-1")
    studies.enrol(clinic.store, clinic.clinician, patient, study)
    [before] = studies.studies(clinic.store, clinic.researcher)
    assert (before.enrolled, before.seed, before.by_arm) == (1, None, None)
    with clinic.store.begin() as db:
        seed = db.get_one(StudyRow, study).seed
    for shown in (before, studies.open_studies(clinic.store, clinic.clinician)[0]):
        assert str(seed) not in repr(shown)
    studies.close_study(clinic.store, clinic.researcher, study)
    [after] = studies.studies(clinic.store, clinic.researcher)
    assert after.seed == seed
    assert after.by_arm is not None
    assert sum(after.by_arm) == 1
    assert studies.open_studies(clinic.store, clinic.clinician) == []
    other, _ = clinic.patient("P-2")
    with pytest.raises(NotAllowed, match="takes in nobody"):
        studies.enrol(clinic.store, clinic.clinician, other, study)


def test_nobody_is_enrolled_without_consent_to_research(clinic: ResearchClinic) -> None:
    study = clinic.study()
    patient, token = clinic.patient("P-1", agrees=False)
    with pytest.raises(NotAgreed):
        studies.enrol(clinic.store, clinic.clinician, patient, study)
    with clinic.store.begin() as db:
        assert db.get_one(StudyRow, study).allocated == 0, "no place of the allocation is lost"
    consents.decide(clinic.store, token, Purpose.RESEARCH, newest(Purpose.RESEARCH), True)
    studies.enrol(clinic.store, clinic.clinician, patient, study)


def test_one_study_at_a_time_and_none_twice(clinic: ResearchClinic) -> None:
    first, second = clinic.study("First"), clinic.study("Second")
    patient, _ = clinic.patient("P-1")
    studies.enrol(clinic.store, clinic.clinician, patient, first)
    with pytest.raises(NotAllowed, match="One study at a time"):
        studies.enrol(clinic.store, clinic.clinician, patient, second)
    plan = review(clinic.store, clinic.clinician, patient).plan
    studies.withdraw(clinic.store, clinic.clinician, patient)
    [left] = studies.enrolments(clinic.store, clinic.clinician, patient)
    assert left.withdrawn_at is not None
    assert review(clinic.store, clinic.clinician, patient).plan == plan
    with pytest.raises(NotAllowed, match="Nobody is enrolled twice"):
        studies.enrol(clinic.store, clinic.clinician, patient, first)
    studies.enrol(clinic.store, clinic.clinician, patient, second)
    counts = {one.name: (one.enrolled, one.withdrawn) for one in studies.studies(clinic.store, clinic.researcher)}
    assert counts == {"First": (1, 1), "Second": (1, 0)}


def test_who_may_not_is_refused(clinic: ResearchClinic) -> None:
    study = clinic.study()
    patient, token = clinic.patient("P-1")
    link = accounts.invite_colleague(clinic.store, clinic.clinician, "Dr Other", Role.CLINICIAN)
    stranger = accounts.accept_invitation(clinic.store, link, PASSWORD, "en")
    for wrong in (clinic.clinician, token):
        with pytest.raises(NotAllowed):
            studies.make_study(clinic.store, wrong, "Mine", "…", ARMS)
        with pytest.raises(NotAllowed):
            studies.studies(clinic.store, wrong)
        with pytest.raises(NotAllowed):
            studies.close_study(clinic.store, wrong, study)
    for wrong in (clinic.researcher, token, stranger):
        with pytest.raises(NotAllowed):
            studies.enrol(clinic.store, wrong, patient, study)
        with pytest.raises(NotAllowed):
            studies.withdraw(clinic.store, wrong, patient)
        with pytest.raises(NotAllowed):
            studies.enrolments(clinic.store, wrong, patient)
    with pytest.raises(NotSignedIn):
        studies.studies(clinic.store, "")


@pytest.mark.parametrize(
    ("name", "protocol", "arms", "why"),
    [
        (" ", "…", ARMS, "needs a name"),
        ("Brief or clear", "…", ARMS, "already"),
        ("New", " ", ARMS, "what the study does"),
        ("New", "…", ARMS[:1], "two arms"),
        ("New", "…", (ARMS[0], ARMS[0]), "a name of its own"),
        ("New", "…", (ARMS[0], Arm("none", Plan(set_name="nowhere"))), "no set of faces"),
        ("New", "…", (ARMS[0], Arm("long", Plan(check_length=210))), "cannot fill"),
    ],
)
def test_a_study_that_cannot_work_is_not_made(
    clinic: ResearchClinic, name: str, protocol: str, arms: tuple[Arm, ...], why: str
) -> None:
    clinic.study()
    with pytest.raises(Refusal, match=why):
        studies.make_study(clinic.store, clinic.researcher, name, protocol, arms)
    assert len(studies.studies(clinic.store, clinic.researcher)) == 1


def test_an_export_says_the_licence_and_the_authors_of_its_study(clinic: ResearchClinic, tmp_path: Path) -> None:
    study = clinic.study()
    patient, token = clinic.patient("P-1")
    studies.enrol(clinic.store, clinic.clinician, patient, study)
    clinic.check(token)
    with pytest.raises(NotAllowed):
        studies.describe_study(clinic.store, clinic.clinician, study, "CC0", ["A. Lind"])
    with pytest.raises(Refusal):
        studies.describe_study(clinic.store, clinic.researcher, study, "CC0", ["A" * 81])
    studies.describe_study(clinic.store, clinic.researcher, study, " CC-BY-4.0 ", ["R.  Lind", "", "A. Vega"])
    [known] = studies.studies(clinic.store, clinic.researcher)
    assert (known.licence, known.authors) == ("CC-BY-4.0", ("R. Lind", "A. Vega"))
    export(clinic.store, clinic.researcher, Selection(study=study), tmp_path / "export", lambda rows: True)
    said = json.loads((tmp_path / "export" / "dataset_description.json").read_text(encoding="utf-8"))
    assert (said["License"], said["Authors"]) == ("CC-BY-4.0", ["R. Lind", "A. Vega"])
