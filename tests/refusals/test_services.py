"""Every service for every kind of person: whoever is not meant is refused in clear words, and nothing changes.

Services are found by looking for them: a new one fails here until it is stated whose it is.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from core import services
from core.domain.patient.consent import NotAgreed
from core.domain.people import NotAllowed, NotSignedIn, Refusal
from core.services.gate import access
from core.storage.backups.copying import snapshot
from core.storage.backups.digest import Digest, digests
from core.storage.database import Store
from tests.databases import KINDS, copy_of, database
from tests.refusals.world import VISITORS, World, build

OWNER = {"owner"}
PATIENTS = {"owner", "other patient"}
CARER = {"carer"}
CLINICIANS = {"carer", "other clinician", "administrator"}
ADMINISTRATOR = {"administrator"}
RESEARCHER = {"researcher"}
SIGNED_IN = PATIENTS | CLINICIANS | RESEARCHER
HALF_IN = {"half in"}
EVERYBODY = SIGNED_IN | set(VISITORS)

WHOSE: dict[str, set[str]] = {
    "access.signed_in": SIGNED_IN,
    "accounts.colleagues": ADMINISTRATOR,
    "accounts.events": ADMINISTRATOR,
    "accounts.patients": CLINICIANS,
    "accounts.refused": CARER,
    "accounts.set_active": CARER,
    "accounts.set_administrator": ADMINISTRATOR,
    "accounts.set_language": SIGNED_IN,
    "audit_log.latest": ADMINISTRATOR,
    "audit_log.verify": ADMINISTRATOR,
    "care.asking_alone": ADMINISTRATOR,
    "care.clinicians": CARER,
    "care.end_care": CARER,
    "care.hand_over": ADMINISTRATOR,
    "care.share": CARER,
    "caseload.anybody": CLINICIANS,
    "caseload.caseload": CLINICIANS,
    "course.begin_next_phase": CARER,
    "course.close_part": CARER,
    "notes.add_event": CARER,
    "notes.add_note": CARER,
    "notes.change_note": CARER,
    "notes.events": CARER,
    "notes.notes": CARER,
    "notes.remove_event": CARER,
    "notes.remove_note": CARER,
    "consents.decide": PATIENTS,
    "consents.guardian_decides": PATIENTS,
    "consents.mine": PATIENTS,
    "consents.of_patient": CARER,
    "consents.record_on_paper": CARER,
    "consents.set_minor": CARER,
    "erasure.ask": PATIENTS,
    "erasure.asked": PATIENTS,
    "erasure.erase": CARER,
    "erasure.take_back": PATIENTS,
    "recognition.begin": PATIENTS,
    "recognition.today": PATIENTS,
    "runs.picture": OWNER,
    "runs.say_hard": OWNER,
    "runs.state": OWNER,
    "runs.step_picture": OWNER,
    "runs.stop": OWNER,
    "runs.take": OWNER,
    "export.export": RESEARCHER,
    "export.preview": RESEARCHER,
    "export_files.file_of": RESEARCHER,
    "export_files.finished": RESEARCHER,
    "export_files.make": RESEARCHER,
    "expression.begin": PATIENTS,
    "expression.examples": OWNER,
    "expression.finish": OWNER,
    "expression.record": OWNER,
    "expression.require_camera": PATIENTS,
    "expression.run": OWNER,
    "expression.set_baseline": OWNER,
    "expression.skip": OWNER,
    "expression.stop": OWNER,
    "expression_progress.faces_of_one": PATIENTS,
    "expression_progress.last": PATIENTS,
    "expression_progress.matrix": PATIENTS,
    "expression_progress.progress": PATIENTS,
    "expression_progress.result": OWNER,
    "stimulus_sets.import_fer2013": ADMINISTRATOR,
    "stimulus_sets.import_folder": ADMINISTRATOR,
    "stimulus_sets.list_sets": CLINICIANS | RESEARCHER,
    "invitations.invite_colleague": ADMINISTRATOR,
    "invitations.invite_patient": CLINICIANS,
    "invitations.renew_invitation": CARER,
    "invitations.take_into_care": CLINICIANS,
    "lessons.examples": SIGNED_IN,
    "my_data.copy_of": PATIENTS,
    "networks.choice": CLINICIANS | RESEARCHER,
    "networks.choose": ADMINISTRATOR,
    "networks.readings": CLINICIANS | RESEARCHER,
    "overview.overview": RESEARCHER,
    "own_faces.doubtful": CLINICIANS | RESEARCHER,
    "own_faces.own_copy": CLINICIANS | RESEARCHER,
    "own_faces.samples": CLINICIANS | RESEARCHER,
    "plans.set_plan": CARER,
    "progress.just_finished": PATIENTS,
    "progress.last_result": PATIENTS,
    "progress.progress": PATIENTS,
    "progress.result": OWNER,
    "questionnaires.enter": CARER,
    "questionnaires.remove": CARER,
    "questionnaires.scores": CARER,
    "reports.report_facts": CARER,
    "rate_files.require_files": SIGNED_IN,
    "record.in_care": CLINICIANS,
    "record.review": CARER,
    "second_factor.begin": CLINICIANS | RESEARCHER | HALF_IN,
    "second_factor.confirm": CLINICIANS | RESEARCHER | HALF_IN,
    "second_factor.finish": HALF_IN,
    "second_factor.remove": CLINICIANS | RESEARCHER,
    "second_factor.reset": ADMINISTRATOR,
    "second_factor.factor_state": CLINICIANS | RESEARCHER,
    "sign_in.change_password": SIGNED_IN,
    "sign_in.end_sign_in": SIGNED_IN,
    "sign_in.half_in_behind": EVERYBODY,
    "sign_in.own": SIGNED_IN,
    "sign_in.own_sign_ins": SIGNED_IN,
    "sign_in.person_behind": EVERYBODY,
    "sign_in.sign_out": EVERYBODY,
    "sign_in.sign_out_everywhere": SIGNED_IN,
    "studies.close_study": RESEARCHER,
    "studies.describe_study": RESEARCHER,
    "studies.enrol": CARER,
    "studies.enrolments": CARER,
    "studies.make_study": RESEARCHER,
    "studies.open_studies": CLINICIANS,
    "studies.studies": RESEARCHER,
    "studies.withdraw": CARER,
    "unblinding.unblind": ADMINISTRATOR,
    "unblinding.unblind_arms": ADMINISTRATOR,
}
"""Who is let in to each service; where a patient's id may be named, without one here and with one below."""
OF_A_PATIENT_TOO = {"erasure.asked", "expression_progress.matrix", "expression_progress.progress", "progress.progress"}
"""What a patient sees of their own, and a clinician of a patient they name."""
WITHOUT_SIGN_IN = {
    "demonstration.sign_in_as",
    "erasure.erase_again",
    "erasure.erase_codes",
    "export.export_by_command",
    "stimulus_sets.bring_in",
    "stimulus_sets.update_faces",
    "stimulus_sets.unpack_builtin",
    "invitations.accept_invitation",
    "invitations.invited",
    "invitations.invitation_state",
    "invitations.refuse",
    "looking.rate_all_faces",
    "networks.active",
    "networks.examples",
    "networks.reading_of_builtin",
    "networks.wanted",
    "openid.sign_in_with_openid",
    "plans.require_fits",
    "progress.tryout_result",
    "refusals.refusals_counted",
    "retention.due",
    "sign_in.create_first_clinician",
    "sign_in.setup_needed",
    "sign_in.sign_in",
    "summary.refresh_missing_summaries",
    "tryout.begin",
    "tryout.block",
    "tryout.picture",
    "tryout.state",
    "tryout.step_picture",
    "unblinding.arms_by_command",
    "unblinding.key_by_command",
}
"""For visitors, for whoever runs the server, or for other services; pages that call one show nobody's answers."""
NOT_SIGNED_IN = "You are not signed in. Please sign in again."
REFUSED = {
    NOT_SIGNED_IN,
    "This page belongs to another role. Nothing was changed.",
    "Only an administrator can do this. Please ask the clinician who set this up.",
    "You can only see people who are in your care.",
    "This run of faces is not yours.",
    "This run is not yours.",
    "There is no result here yet.",
}
"""What is said to whoever is not meant. What else can be the matter comes after that."""


def found(token: bool) -> dict[str, Callable[..., Any]]:
    """Every function of the services that works on a database, with or without somebody's sign-in."""
    functions: dict[str, Callable[..., Any]] = {}
    for info in pkgutil.walk_packages(services.__path__, "core.services."):
        module, name = importlib.import_module(info.name), info.name.rpartition(".")[2]
        for attribute, function in inspect.getmembers(module, inspect.isfunction):
            asked = inspect.signature(function).parameters
            ours = function.__module__ == module.__name__ and not attribute.startswith("_")
            if ours and "store" in asked and ("token" in asked) == token:
                functions[f"{name}.{attribute}"] = function
    return functions


SERVICES = found(token=True)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("clinic")


@pytest.fixture(scope="module", params=KINDS)
def store(request: pytest.FixtureRequest, folder: Path) -> Iterator[Store]:
    with database(request.param, folder, stocked=True) as made:
        yield made


@pytest.fixture(scope="module")
def world(store: Store, folder: Path) -> World:
    return build(store, folder)


def special(world: World, name: str) -> dict[str, Any]:
    """What a service is asked that means another thing by a parameter than the others."""
    if name in {"accounts.set_administrator", "second_factor.reset"}:
        return {"person_id": world.other_colleague}
    return {"run_id": world.values["run_over"]} if name == "expression_progress.result" else {}


def refusal(world: World, store: Store, name: str, who: str, **more: Any) -> str | None:
    """The words with which somebody is refused; None when they are let in, whatever else is the matter."""
    try:
        world.call(SERVICES[name], store, who, **special(world, name), **more)
    except (NotAllowed, NotSignedIn) as error:
        return error.sentence if error.sentence in REFUSED else None
    except (Refusal, NotAgreed, ValueError, OSError):
        return None
    return None


def stored(store: Store) -> dict[str, Digest]:
    """All that is kept, but the counts of wrong one-time codes."""
    with snapshot(store) as reading:
        return {name: held for name, held in digests(reading).items() if name not in {"attempts", "account_events"}}


def test_it_is_stated_of_every_service_whose_it_is() -> None:
    assert set(SERVICES) == set(WHOSE)
    assert set(found(token=False)) == WITHOUT_SIGN_IN


def test_who_is_not_meant_is_refused_in_clear_words_and_nothing_changes(
    store: Store, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(access, "TOUCHED", timedelta(days=1))  # when somebody was last seen may change, by the minute
    was = stored(store)
    wrong = []
    for name, whose in WHOSE.items():
        for who in world.tokens.keys() - whose:
            said = refusal(world, store, name, who)
            if said is None or ((said == NOT_SIGNED_IN) != (who in VISITORS) and whose is not HALF_IN):
                wrong.append((name, who, said))
    assert wrong == []
    assert stored(store) == was


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)  # 250 copies of a database would take minutes on the other
@pytest.mark.parametrize("name", WHOSE)
def test_who_is_meant_is_let_in(name: str, store: Store, world: World, tmp_path: Path) -> None:
    for who in sorted(WHOSE[name]):
        with copy_of(store, tmp_path) as own:
            assert refusal(world, own, name, who) is None, f"{who} is refused by {name}"


@pytest.mark.parametrize("name", sorted(OF_A_PATIENT_TOO))
def test_what_a_patient_sees_of_their_own_only_their_clinician_sees_too(name: str, store: Store, world: World) -> None:
    patient = world.values["patient_id"]
    assert refusal(world, store, name, "carer", patient_id=patient) is None
    for who in world.tokens.keys() - CARER:
        assert refusal(world, store, name, who, patient_id=patient) is not None, f"{who} sees {name} of a patient"


@pytest.mark.parametrize("name", [name for name, whose in WHOSE.items() if whose is CARER])
def test_a_patient_who_does_not_exist_is_refused_in_the_same_words(name: str, store: Store, world: World) -> None:
    asked = "patient_id" if "patient_id" in inspect.signature(SERVICES[name]).parameters else "person_id"
    nobody = {asked: "0" * 32}
    assert refusal(world, store, name, "carer", **nobody) == refusal(world, store, name, "other clinician")
