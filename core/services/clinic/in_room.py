"""Handing over in the room: a clinician begins a run for a patient at their own browser, which then opens that run and
nothing else until the clinician's password is given.

The sign-in's row says so (`handed_run`): it holds for every tab of that browser, and over a restart of the server.
"""

from dataclasses import dataclass, replace

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core.domain.audit import Act
from core.domain.devices import Browser
from core.domain.patient.consent import ConsentState, Purpose
from core.domain.people import EntryPlace, NotSignedIn, Refusal
from core.services.exercise import run_rows
from core.services.gate import throttle
from core.services.gate.access import Player, handed_over, player, require_patient_of
from core.services.gate.audit import note
from core.services.gate.passwords import matches
from core.services.gate.problems import problem
from core.services.gate.refusals import refusals_counted
from core.services.privacy import consents
from core.storage.database import Store
from core.storage.queries import people_queries, sign_in_queries
from core.storage.tables import BlockRow, PersonRow
from core.tasks.recognition.task import TASK


@dataclass(frozen=True)
class HandedOver:
    """What a browser that was handed over may show."""

    run: str
    playable: bool
    """Not over, and the patient may still play it here."""
    over: bool
    """It was played to its end, or stopped for good."""
    hard: bool | None
    """What the patient said of it."""
    language: str
    """The patient's."""
    needs_password: bool
    """The invented clinicians of a demonstration have none."""


def start_here(store: Store, token: str, browser: Browser, patient_id: str) -> None:
    """Begin what is due for the patient, or go on with it, and hand this browser over for it.

    Raises Refusal where the patient could not begin it by themselves, or nobody could take the browser back.
    """
    try:
        _start_here(store, token, browser, patient_id)
    except IntegrityError:  # the patient began one at the same moment: that one is now the open run
        _start_here(store, token, browser, patient_id)


def handed_over_behind(store: Store, token: str) -> HandedOver | None:
    """What this browser may show, if it was handed over."""
    try:
        with store.begin() as db:
            clinician, signed_in = handed_over(db, token)
            run_id = signed_in.handed_run or ""
            row = db.get(BlockRow, run_id)
            patient = db.get(PersonRow, row.person_id) if row is not None else None
            return HandedOver(
                run_id,
                row is not None and row.ended_at is None and _may_play(db, token, run_id),
                row is not None and row.ended_at is not None,
                row.hard if row is not None else None,
                patient.language if patient is not None else clinician.language,
                not people_queries.is_demonstration(db),
            )
    except NotSignedIn:
        return None


def take_back(store: Store, token: str, password: str) -> str | None:
    """Open the clinician's pages again, with their password; returns the patient's id, None of one who was erased."""
    with store.begin() as db:
        clinician, _ = handed_over(db, token)
    limit = throttle.of_signed_in(clinician.id)
    with refusals_counted(store, clinician.id, EntryPlace.SIGNED_IN):
        with store.begin() as db:
            attempt = throttle.attempt(db, limit)
            kept, invented = db.get_one(PersonRow, clinician.id).password_hash, people_queries.is_demonstration(db)
        if not invented and not matches(password, kept):
            raise problem("take-back")
    with store.begin() as db:
        throttle.forgive(db, attempt, limit)
        row, signed_in = handed_over(db, token)
        run = db.get(BlockRow, signed_in.handed_run)
        patient_id = run.person_id if run is not None else None
        signed_in.handed_run = None
        note(db, people_queries.person(row), Act.TAKE_BACK, patient_id)
        return patient_id


def _start_here(store: Store, token: str, browser: Browser, patient_id: str) -> None:
    with store.begin() as db:
        clinician = require_patient_of(db, token, patient_id)
        if db.get_one(PersonRow, clinician.id).password_hash is None:
            raise Refusal(
                "You sign in here without a password, so nobody could take the page back. The patient can sign in on "
                "this device instead."
            )
        patient = db.get_one(PersonRow, patient_id)
        if not patient.active:
            raise Refusal("This patient is archived. Bring them back first, under My patients.")
        if consents.state_of(db, patient_id, Purpose.TREATMENT) is not ConsentState.AGREED:
            raise Refusal(
                "This patient has not agreed yet that a record is kept. They sign in and answer that question first."
            )
        by = Player(people_queries.person(patient), in_room=True)
        row = run_rows.begin(db, by, replace(browser, language=patient.language), TASK)
        sign_in_queries.hand_over(db, token, row.id)
        note(db, clinician, Act.HAND_OVER, patient_id)


def _may_play(db: Session, token: str, run_id: str) -> bool:
    try:
        player(db, token, run_id)
    except NotSignedIn:
        return False
    return True
