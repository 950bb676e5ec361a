"""Days at the two ends of the earth: the same on the patient's and the clinician's page, and today is where one is."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update
from streamlit.testing.v1 import AppTest

from core.config import ROOT
from core.domain.days import beginning, day_of
from core.domain.exercise.trials import Kind
from core.domain.patient.consent import Purpose, Relation
from core.domain.patient.events import EventKind
from core.domain.people import NotAllowed, Refusal
from core.services.accounts import accounts
from core.services.accounts.sign_in import person_behind
from core.services.clinic import notes, questionnaires, record
from core.services.clinic.caseload import caseload
from core.services.exercise import progress, recognition, runs
from core.services.exercise.summary import refresh_missing_summaries
from core.services.privacy import consents, erasure
from core.storage.database import Store
from core.storage.tables import BlockRow, ErasureRequestRow, PersonRow, SummaryRow, TrainingDayRow
from pages.shared import frame
from pages.shared.state import AppState
from tests.domain.test_days import AUCKLAND, CHANGES, LOS_ANGELES, MADRID, ZONES
from tests.support import BROWSER, served

EVENING = datetime(2026, 11, 28, 2, tzinfo=UTC)
"""The 27th in Los Angeles, the 28th further east."""


@pytest.fixture
def patient_id(store: Store, clinician: str, patient: str) -> str:
    return accounts.patients(store, clinician)[0].id


@pytest.fixture
def served_here(store: Store) -> Iterator[None]:
    with served(store):
        yield


def practise(store: Store, patient: str, zone: str, *began: datetime) -> None:
    """Practices of a minute that began at these times, at a browser in this zone."""
    for at in began:
        block = recognition.begin(store, patient, replace(BROWSER, time_zone=zone), Kind.PRACTICE)
        with store.begin() as db:
            db.execute(update(BlockRow).where(BlockRow.id == block.id).values(started_at=at))
        runs.stop(store, patient, block.id)
        with store.begin() as db:
            ended = {"ended_at": at + timedelta(minutes=1), "stopped": False}
            db.execute(update(BlockRow).where(BlockRow.id == block.id).values(**ended))
    count_anew(store)


def count_anew(store: Store) -> None:
    """What a server does at its start with the rows of an earlier release."""
    with store.begin() as db:
        db.execute(update(SummaryRow).values(change={"rule": 1}))
    refresh_missing_summaries(store)


def days_of(store: Store, patient_id: str) -> list[date]:
    with store.begin() as db:
        own = select(TrainingDayRow.day).where(TrainingDayRow.person_id == patient_id)
        return list(db.scalars(own.order_by(TrainingDayRow.day)))


def page(script: str, token: str, zone: str, **query: str) -> AppTest:
    """A page as a browser in `zone` shows it."""
    at = AppTest.from_file(str(ROOT / "pages" / script), default_timeout=60)
    at.session_state["lexithymia"] = AppState(token=token)
    at.session_state["calendar-table"] = True
    at.context = {"timezone": zone}
    for name, value in query.items():
        at.query_params[name] = value
    at.run()
    assert not at.exception
    return at


def last_run(at: AppTest) -> Any:
    """The cell of the only line in the list of patients."""
    listed = next(one.proto for one in at.get("bidi_component") if one.proto.component_name == "lexithymia_caseload")
    return json.loads(listed.json)[0]["lines"][0]["last"]


@pytest.mark.usefixtures("served_here")
@pytest.mark.parametrize("reader", [zone.key for zone in ZONES])
def test_the_last_run_is_on_the_patients_day_wherever_the_clinician_reads_it(
    store: Store, clinician: str, patient: str, patient_id: str, reader: str
) -> None:
    practise(store, patient, "America/Los_Angeles", EVENING)
    assert last_run(page("clinician/patients.py", clinician, reader)) == "27 Nov 2026"
    calendar = page("clinician/patient.py", clinician, reader, patient=patient_id)
    assert [table.value["Date"].tolist() for table in calendar.table if "Practices" in table.value][:1] == [
        ["27 Nov 2026"]
    ]
    line = progress.progress(store, patient)
    assert [day_of(at, line.zone) for at in line.practised] == days_of(store, patient_id) == [date(2026, 11, 27)]


@pytest.mark.usefixtures("old_default")
@pytest.mark.parametrize("zone", ZONES, ids=str)
def test_midnight_parts_two_days_of_practice(
    store: Store, clinician: str, patient: str, patient_id: str, zone: Any
) -> None:
    midnights = [beginning(day, zone) for day in CHANGES.get(zone, (date(2026, 11, 28),))]
    second = timedelta(seconds=1)
    practise(store, patient, zone.key, *(at + step for at in midnights for step in (-second, second)))
    wanted = {day_of(at, zone) - timedelta(days=ago) for at in midnights for ago in (0, 1)}
    assert days_of(store, patient_id) == sorted(wanted)


@pytest.mark.usefixtures("old_default")
@pytest.mark.parametrize("zone", ZONES, ids=str)
def test_the_dose_of_the_list_is_that_of_the_page(
    store: Store, clinician: str, patient: str, patient_id: str, zone: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = date(2026, 11, 28)
    edge = beginning(day - timedelta(days=27), zone)
    practise(store, patient, zone.key, edge - timedelta(hours=1), edge + timedelta(hours=1))
    for at in (beginning(day, zone), beginning(day + timedelta(days=1), zone) - timedelta(seconds=1)):
        for service in ("record", "caseload"):
            monkeypatch.setattr(f"core.services.clinic.{service}.now", lambda at=at: at)
        line, dose = caseload(store, clinician).lines[0], record.review(store, clinician, patient_id).dose
        assert line.days == dose.days == 1
        assert line.minutes == pytest.approx(dose.minutes) == pytest.approx(1)


def test_who_moves_has_all_days_where_they_are_now(store: Store, clinician: str, patient: str, patient_id: str) -> None:
    practise(store, patient, "Pacific/Auckland", EVENING)
    assert days_of(store, patient_id) == [date(2026, 11, 28)]
    person_behind(store, patient, "America/Los_Angeles")
    assert days_of(store, patient_id) == [date(2026, 11, 27)]
    person_behind(store, patient, "Nowhere/Here")
    assert caseload(store, clinician).lines[0].zone == LOS_ANGELES, "the last zone that is one"


@pytest.mark.usefixtures("served_here")
def test_every_page_tells_where_its_browser_is(
    store: Store, clinician: str, patient: str, patient_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frame, "token_here", lambda: patient)
    at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    at.context = {"timezone": "Asia/Kolkata"}
    assert not at.run().exception
    with store.begin() as db:
        assert db.get_one(PersonRow, patient_id).time_zone == "Asia/Kolkata"


@pytest.mark.parametrize("zone", [AUCKLAND, MADRID, LOS_ANGELES], ids=str)
def test_a_paper_signed_today_is_taken_and_one_of_tomorrow_is_not(
    store: Store, clinician: str, patient: str, patient_id: str, zone: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    consents.set_minor(store, clinician, patient_id, True)
    person_behind(store, clinician, zone.key)
    today = date(2026, 11, 28)
    for at in (beginning(today, zone), beginning(today + timedelta(days=1), zone) - timedelta(seconds=1)):
        for service in (consents, notes):
            monkeypatch.setattr(service, "now", lambda at=at: at)
        for day, refused in ((today + timedelta(days=1), True), (today, False)):
            paper = (Purpose.TREATMENT, True, Relation.PARENT, day)
            event = (day, EventKind.OTHER, "moves")
            if refused:
                with pytest.raises(NotAllowed, match="after today"):
                    consents.record_on_paper(store, clinician, patient_id, *paper)
                with pytest.raises(Refusal, match="not come yet"):
                    notes.add_event(store, clinician, patient_id, *event)
                with pytest.raises(Refusal, match="not come yet"):
                    questionnaires.enter(store, clinician, patient_id, "tas20", day, 50)
            else:
                consents.record_on_paper(store, clinician, patient_id, *paper)
                notes.add_event(store, clinician, patient_id, *event)


def test_a_wish_to_be_deleted_is_of_the_day_on_which_it_was_said(
    store: Store, clinician: str, patient: str, patient_id: str
) -> None:
    person_behind(store, patient, "America/Los_Angeles")
    erasure.ask(store, patient)
    with store.begin() as db:
        db.execute(update(ErasureRequestRow).values(asked_at=EVENING))
    assert erasure.asked(store, patient) == erasure.asked(store, clinician, patient_id) == date(2026, 11, 27)
