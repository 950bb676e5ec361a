"""Notes and events are kept for those who care for the patient, and for nobody else."""

from datetime import date, timedelta

import pytest

from core.domain.patient.events import EventKind
from core.domain.people import NotAllowed, Refusal
from core.services.accounts.accounts import person_behind
from core.services.clinic import notes
from core.storage.database import Store
from core.storage.tables import CareRow, now


def join(store: Store, token: str, patient_id: str) -> None:
    """Let the clinician behind `token` care for the patient, too."""
    person = person_behind(store, token)
    assert person is not None
    with store.begin() as db:
        db.add(CareRow(clinician_id=person.id, patient_id=patient_id))


@pytest.mark.both_databases
def test_notes_are_kept_newest_first_and_say_who_wrote_them(
    store: Store, clinician: str, other: str, patient_id: str
) -> None:
    join(store, other, patient_id)
    notes.add_note(store, clinician, patient_id, "  Sleeps badly.\n")
    notes.add_note(store, other, patient_id, "=2+2 is what he said")
    found = notes.notes(store, clinician, patient_id)
    assert [(note.author, note.text, note.mine) for note in found] == [
        ("Dr Luz", "=2+2 is what he said", False),
        ("Dr Vega", "Sleeps badly.", True),
    ]


def test_only_who_wrote_a_note_changes_or_removes_it(store: Store, clinician: str, other: str, patient_id: str) -> None:
    join(store, other, patient_id)
    notes.add_note(store, clinician, patient_id, "Sleeps badly.")
    note = notes.notes(store, clinician, patient_id)[0]
    with pytest.raises(NotAllowed, match="Only who wrote"):
        notes.change_note(store, other, patient_id, note.id, "Sleeps well.")
    with pytest.raises(NotAllowed, match="Only who wrote"):
        notes.remove_note(store, other, patient_id, note.id)
    notes.change_note(store, clinician, patient_id, note.id, "Slept badly.")
    changed = notes.notes(store, clinician, patient_id)[0]
    assert (changed.text, changed.at) == ("Slept badly.", note.at)
    assert changed.changed_at is not None
    notes.remove_note(store, clinician, patient_id, note.id)
    assert notes.notes(store, clinician, patient_id) == []


def test_events_are_on_the_time_line_in_the_order_of_their_days(store: Store, clinician: str, patient_id: str) -> None:
    notes.add_event(store, clinician, patient_id, date(2026, 5, 2), EventKind.MEDICATION, "sertraline 50 mg")
    notes.add_event(store, clinician, patient_id, date(2026, 4, 1), EventKind.THERAPY_BEGAN, "group")
    found = notes.events(store, clinician, patient_id)
    assert [(event.kind, event.text) for event in found] == [
        (EventKind.THERAPY_BEGAN, "group"),
        (EventKind.MEDICATION, "sertraline 50 mg"),
    ]
    notes.remove_event(store, clinician, patient_id, found[0].id)
    assert [event.text for event in notes.events(store, clinician, patient_id)] == ["sertraline 50 mg"]
    with pytest.raises(NotAllowed, match="not there any more"):
        notes.remove_event(store, clinician, patient_id, found[0].id)


def test_empty_too_long_and_future_ones_are_refused(store: Store, clinician: str, patient_id: str) -> None:
    with pytest.raises(Refusal, match="write something"):
        notes.add_note(store, clinician, patient_id, " \n")
    with pytest.raises(Refusal, match="5001 signs; at most 5000"):
        notes.add_note(store, clinician, patient_id, "a" * 5001)
    with pytest.raises(Refusal, match="not come yet"):
        notes.add_event(store, clinician, patient_id, now().date() + timedelta(days=2), EventKind.OTHER, "moves")


def test_nobody_else_reads_or_writes(store: Store, clinician: str, patient: str, other: str, patient_id: str) -> None:
    notes.add_note(store, clinician, patient_id, "Sleeps badly.")
    note = notes.notes(store, clinician, patient_id)[0]
    for token in (patient, other):
        for refused in (
            lambda token=token: notes.notes(store, token, patient_id),
            lambda token=token: notes.add_note(store, token, patient_id, "x"),
            lambda token=token: notes.change_note(store, token, patient_id, note.id, "x"),
            lambda token=token: notes.remove_note(store, token, patient_id, note.id),
            lambda token=token: notes.events(store, token, patient_id),
            lambda token=token: notes.add_event(store, token, patient_id, date(2026, 1, 1), EventKind.OTHER, "x"),
            lambda token=token: notes.remove_event(store, token, patient_id, 1),
        ):
            with pytest.raises(NotAllowed):
                refused()
