"""What was missed in practice comes back a few faces later on another person; the row tells what was shown."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from core.domain.emotions import Emotion
from core.domain.exercise.events import Answered, Batch, NotUnderstood
from core.domain.exercise.plan import Plan
from core.domain.exercise.trials import Block, Kind
from core.domain.people import NotAllowed
from core.services.accounts import accounts
from core.services.exercise import plans, recognition, runs
from core.services.exercise.runs import Item, RunState
from core.services.faces import stimulus_sets
from core.storage.database import Store
from core.storage.tables import ExposureRow, StimulusRow, TrialRow
from tests.history import as_meant, mistaken
from tests.support import BROWSER, answered, new_patient

pytestmark = pytest.mark.usefixtures("old_default")


def told(store: Store, patient: str, block: Block, number: int, *, missed: bool = False, **more: Any) -> RunState:
    event = answered(number, (mistaken if missed else as_meant)(block.trials[number - 1]))
    event = Answered(number, replace(event.given, **more))
    return runs.take(store, patient, block.id, Batch((event,), number, known=99), BROWSER)


def row_of(store: Store, block: Block, number: int) -> tuple[TrialRow, StimulusRow]:
    with store.begin() as db:
        row = db.scalars(select(TrialRow).where(TrialRow.block_id == block.id, TrialRow.number == number)).one()
        face = db.get_one(StimulusRow, row.stimulus_id)
        db.expunge_all()
        return row, face


@pytest.fixture
def practice(store: Store, clinician: str, patient: str) -> Block:
    """Each emotion once, at one strength, so that no other face stands in."""
    once = Plan(practice_length=7, adaptive=False)
    plans.set_plan(store, clinician, accounts.patients(store, clinician)[0].id, once)
    return recognition.begin(store, patient, BROWSER, Kind.PRACTICE)


@pytest.fixture
def missed(practice: Block) -> int:
    """The number of a face whose emotion does not come three to six faces later by itself."""
    targets = [trial.stimulus.target for trial in practice.trials]
    return next(
        n
        for n, target in enumerate(targets[:3], 1)
        if target is not Emotion.NEUTRAL and target not in targets[n + 2 : n + 6]
    )


def missed_one(store: Store, patient: str, practice: Block, missed: int) -> Item:
    """What stands in after this face was missed, and all before were named as meant."""
    for number in range(1, missed):
        assert told(store, patient, practice, number).stand_ins == ()
    (other,) = told(store, patient, practice, missed, missed=True).stand_ins
    return other


@pytest.mark.both_databases
def test_a_missed_face_comes_back_on_another_person_and_the_row_says_so(
    store: Store, patient: str, practice: Block, missed: int
) -> None:
    other = missed_one(store, patient, practice, missed)
    assert other.number == missed + 4
    assert other.feedback is not None
    for number in range(missed + 1, other.number):
        assert [one.number for one in told(store, patient, practice, number).stand_ins] == [other.number]
    first, missed_face = row_of(store, practice, missed)
    event = answered(other.number, as_meant(practice.trials[missed - 1]))
    event = Answered(other.number, replace(event.given, stand_in=True))
    state = runs.take(store, patient, practice.id, Batch((event,), 9, known=99), BROWSER)
    assert state.stand_ins == ()
    row, face = row_of(store, practice, other.number)
    assert (row.target, row.intensity, row.correct) == (first.target, first.intensity, True)
    assert row.more is not None
    assert (row.more["repeats"], row.more["why"]) == (missed, "again")
    assert set(row.more) <= {"repeats", "why", "format", "rival"}
    assert face.target == missed_face.target
    assert face.identity != missed_face.identity
    assert face.role == "practice"
    assert row.stimulus_id != practice.trials[other.number - 1].stimulus.id
    with store.begin() as db:
        met = {one.what for one in db.scalars(select(ExposureRow))}
    assert face.picture_hash in met
    assert practice.trials[other.number - 1].stimulus.hash not in met


def test_a_browser_that_has_it_is_not_told_of_it_again(
    store: Store, patient: str, practice: Block, missed: int
) -> None:
    other = missed_one(store, patient, practice, missed)
    event = answered(missed + 1, as_meant(practice.trials[missed]))
    batch = Batch((event,), missed + 1, known=99, stand_ins=frozenset({other.number}))
    assert runs.take(store, patient, practice.id, batch, BROWSER).stand_ins == ()
    assert [one.number for one in runs.state(store, patient, practice.id).stand_ins] == [other.number]


def test_its_pictures_are_those_of_the_other_person_while_it_is_open(
    store: Store, patient: str, practice: Block, missed: int
) -> None:
    other = missed_one(store, patient, practice, missed)
    own = runs.picture(store, patient, practice.id, other.number)
    again = runs.picture(store, patient, practice.id, other.number, stand_in=True)
    assert own != again
    assert runs.picture(store, patient, practice.id, other.number, 0, stand_in=True)[1] not in {own[1], again[1]}
    for number in (other.number - 1, 99):
        with pytest.raises(NotAllowed):
            runs.picture(store, patient, practice.id, number, stand_in=True)


def test_a_browser_that_had_it_not_in_time_shows_the_face_that_was_drawn(
    store: Store, patient: str, practice: Block, missed: int
) -> None:
    before = row_of(store, practice, missed + 4)[0]
    other = missed_one(store, patient, practice, missed)
    assert [one.number for one in runs.state(store, patient, practice.id).stand_ins] == [other.number]
    for number in range(missed + 1, other.number + 1):
        state = told(store, patient, practice, number)
    assert state.stand_ins == ()
    row = row_of(store, practice, other.number)[0]
    assert (row.stimulus_id, row.target, row.more) == (before.stimulus_id, before.target, before.more)
    assert row.correct


def test_one_that_comes_back_and_is_missed_again_waits_for_the_next_practice(
    store: Store, patient: str, practice: Block, missed: int
) -> None:
    other = missed_one(store, patient, practice, missed)
    for number in range(missed + 1, other.number):
        told(store, patient, practice, number)
    assert told(store, patient, practice, other.number, missed=True, stand_in=True).stand_ins == ()


def test_who_claims_to_have_seen_what_never_stood_in_is_refused_and_nothing_is_kept(
    store: Store, patient: str, practice: Block, missed: int
) -> None:
    with pytest.raises(NotUnderstood, match="stand_in"):
        told(store, patient, practice, 1, stand_in=True)
    assert row_of(store, practice, 1)[0].answered_at is None


def test_where_the_set_has_no_other_like_it_any_more_the_answer_is_kept_all_the_same(
    store: Store, patient: str, practice: Block, missed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(1, missed):
        told(store, patient, practice, number)
    monkeypatch.setattr(stimulus_sets, "pool", lambda *_: [])
    assert told(store, patient, practice, missed, missed=True).stand_ins == ()
    assert row_of(store, practice, missed)[0].correct is False


def test_in_a_check_nothing_comes_back(store: Store, clinician: str) -> None:
    token = new_patient(store, clinician, "P-check")
    check = recognition.begin(store, token, BROWSER, Kind.CHECK)
    for number in range(1, 5):
        assert told(store, token, check, number, missed=True).stand_ins == ()
    with pytest.raises(NotUnderstood, match="stand_in"):
        told(store, token, check, 5, stand_in=True)


def test_a_face_for_a_limited_time_does_not_come_back(store: Store, clinician: str, patient: str) -> None:
    patient_id = accounts.patients(store, clinician)[0].id
    plans.set_plan(store, clinician, patient_id, Plan(practice_length=7, exposure_ms=500))
    timed = recognition.begin(store, patient, BROWSER, Kind.PRACTICE)
    assert told(store, patient, timed, 1, missed=True).stand_ins == ()
