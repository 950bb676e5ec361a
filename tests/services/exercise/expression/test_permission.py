"""Who may do what before the camera: permission, consent of its own, and settings that close it."""

import pytest

from core.config import settings
from core.domain.camera.expression import ClosedReason
from core.domain.camera.ladder import Way
from core.domain.emotions import Emotion
from core.domain.patient.consent import NotAgreed, Purpose
from core.domain.people import NotAllowed, NotSignedIn, Role
from core.services.accounts import accounts
from core.services.exercise import expression, expression_progress
from core.services.privacy import consents
from core.services.privacy.consent_texts import newest
from core.storage.database import Store
from tests.services.exercise.expression.acting import NETWORK, agree, attempt, begin, neutral, show_all, which
from tests.support import new_patient


@pytest.mark.parametrize("purpose", [Purpose.CAMERA, Purpose.TREATMENT])
def test_without_both_consents_nothing_begins_and_a_withdrawal_stops_the_next_attempt(
    store: Store, patient: str, purpose: Purpose
) -> None:
    run = begin(store, patient)
    consents.decide(store, patient, purpose, newest(purpose), False)
    with pytest.raises(NotAgreed):
        begin(store, patient)
    with pytest.raises(NotAgreed):
        expression.set_baseline(store, patient, run.id, neutral(), Way.STREAM, NETWORK)
    with pytest.raises(NotAgreed):
        expression.record(store, patient, run.id, 1, attempt(run.tries[0].meant, Emotion.HAPPY))
    assert expression.stop(store, patient, run.id).made == ()


def test_the_camera_is_asked_about_apart_and_a_minor_needs_a_guardian(store: Store, clinician: str) -> None:
    token = new_patient(store, clinician, "P-02")
    with pytest.raises(NotAgreed):
        expression.require_camera(store, token)
    agree(store, token)
    expression.require_camera(store, token)
    consents.set_minor(store, clinician, which(store, clinician, "P-02"), True)
    with pytest.raises(NotAgreed):
        expression.require_camera(store, token)


@pytest.mark.both_databases
def test_nobody_sees_or_changes_somebody_elses_run(store: Store, clinician: str, patient: str) -> None:
    run = begin(store, patient)
    stranger = new_patient(store, clinician, "P-02")
    agree(store, stranger)
    asked = run.tries[0].meant
    for token in (stranger, clinician):
        for refused in (
            lambda token=token: expression.run(store, token, run.id),
            lambda token=token: expression.examples(store, token, run.id),
            lambda token=token: expression.set_baseline(store, token, run.id, neutral(), Way.STREAM, NETWORK),
            lambda token=token: expression.record(store, token, run.id, 1, attempt(asked, Emotion.HAPPY)),
            lambda token=token: expression.skip(store, token, run.id, 1),
            lambda token=token: expression.stop(store, token, run.id),
            lambda token=token: expression_progress.result(store, token, run.id),
        ):
            with pytest.raises(NotAllowed):
                refused()
    with pytest.raises(NotAllowed):
        begin(store, clinician)
    accounts.sign_out(store, patient)
    with pytest.raises(NotSignedIn):
        expression.record(store, patient, run.id, 1, attempt(asked, Emotion.HAPPY))


def test_only_a_clinician_who_cares_for_the_person_sees_their_matrix(
    store: Store, clinician: str, patient: str
) -> None:
    run = show_all(store, patient)
    found = expression_progress.matrix(store, clinician, which(store, clinician, "P-01"))
    assert [(one.network, one.counts.sum(), len(one.agreements)) for one in found] == [(NETWORK, 7, 7)]
    assert [(p.run_id, p.same, p.tries) for p in expression_progress.progress(store, patient)] == [(run.id, 7, 7)]
    link = accounts.invite_colleague(store, clinician, "Dr Sol", Role.CLINICIAN)
    stranger = accounts.accept_invitation(store, link, "a long enough password", "en")
    for call in (expression_progress.matrix, expression_progress.progress):
        with pytest.raises(NotAllowed):
            call(store, stranger, which(store, clinician, "P-01"))
        with pytest.raises(NotAllowed):
            call(store, patient, which(store, clinician, "P-01"))


@pytest.mark.parametrize(
    ("variable", "value", "why"),
    [
        ("EXPRESSION", "off", ClosedReason.OFF),
        ("SITE", "work", ClosedReason.WORK),
        ("SITE", "education", ClosedReason.EDUCATION),
    ],
)
def test_switched_off_or_at_work_or_in_education_nothing_begins(
    store: Store, patient: str, monkeypatch: pytest.MonkeyPatch, variable: str, value: str, why: ClosedReason
) -> None:
    assert expression.closed() is None
    monkeypatch.setenv(variable, value)
    monkeypatch.setenv("EXPRESSION", "off" if variable == "EXPRESSION" else "on")
    settings.cache_clear()
    assert expression.closed() is why
    for refused in (lambda: begin(store, patient), lambda: expression.require_camera(store, patient)):
        with pytest.raises(NotAllowed):
            refused()
