"""What is said after a practice answer, and that nothing is ever said about a face of a check."""

import hashlib

import pytest
from sqlalchemy import select

from core.domain.emotions import Emotion
from core.domain.exercise.trials import Kind, Response
from core.domain.people import NotAllowed
from core.services.exercise import runs, tryout
from core.services.exercise.recognition import begin
from core.stimuli.places import places
from core.storage.database import Store
from core.storage.tables import BlockRow, PeopleAnswerRow, StimulusRow
from core.storage.upserts import count_each
from core.tasks.recognition.feedback import RIVAL, Opinions, opinions
from tests.support import BROWSER


def said_of(store: Store, patient: str) -> tuple[Opinions, str]:
    """What is said of the first face of a new practice, and the run's name."""
    block = begin(store, patient, BROWSER, Kind.PRACTICE)
    said = runs.state(store, patient, block.id).items[0].feedback
    assert isinstance(said, Opinions)
    return said, block.id


def test_practice_feedback_names_target_network_and_the_same_person_from_neutral_to_full(
    store: Store, patient: str
) -> None:
    said, run = said_of(store, patient)
    assert said.network_choice is Emotion.SURPRISE
    assert said.votes is None
    assert said.people is None
    assert said.steps == ((0,) if said.target is Emotion.NEUTRAL else (0, 20, 40, 60, 80, 100))
    for step in range(len(said.steps)):
        assert runs.picture(store, patient, run, 1, step)[1][:4] == b"RIFF"
    with pytest.raises(NotAllowed):
        runs.picture(store, patient, run, 1, len(said.steps))


def test_beside_a_face_stands_the_same_person_with_every_other_emotion_at_the_same_strength(
    store: Store, patient: str
) -> None:
    block = begin(store, patient, BROWSER, Kind.PRACTICE)
    targets = set()
    for item in runs.state(store, patient, block.id).items:
        said = item.feedback
        assert isinstance(said, Opinions)
        assert set(said.rivals) == set(Emotion) - {said.target}
        assert said.builtin_person in places()
        targets.add(said.target)
        with store.begin() as db:
            shown = db.get_one(StimulusRow, block.trials[item.number - 1].stimulus.id)
            for emotion in said.rivals:
                picture = runs.picture(store, patient, block.id, item.number, RIVAL + emotion)[1]
                beside = db.scalars(
                    select(StimulusRow).where(StimulusRow.picture_hash == hashlib.sha256(picture).hexdigest())
                ).one()
                assert (beside.identity, beside.target) == (shown.identity, emotion.word)
                if Emotion.NEUTRAL not in (emotion, said.target):
                    assert beside.intensity == shown.intensity
        for part in (RIVAL + said.target, RIVAL + 7, 9, -1):
            with pytest.raises(NotAllowed):
                runs.picture(store, patient, block.id, item.number, part)
    assert len(targets) >= 3


@pytest.mark.usefixtures("old_default")
def test_nothing_is_said_about_a_check_nor_of_one_of_its_faces(store: Store, patient: str) -> None:
    check = begin(store, patient, BROWSER, Kind.CHECK)
    assert [item.feedback for item in runs.state(store, patient, check.id).items] == [None] * 42
    with pytest.raises(NotAllowed):
        runs.picture(store, patient, check.id, 1, 0)
    with pytest.raises(NotAllowed):
        runs.picture(store, patient, check.id, 1, RIVAL)
    with store.begin() as db, pytest.raises(NotAllowed):
        opinions(db, {trial.number: trial.stimulus.id for trial in check.trials})
    with store.begin() as db:  # nor where it called itself a practice
        db.get_one(BlockRow, check.id).kind = Kind.PRACTICE
    with pytest.raises(NotAllowed):
        runs.state(store, patient, check.id)


@pytest.mark.both_databases
def test_what_people_said_is_told_from_ten_of_them_on(store: Store) -> None:
    run = tryout.begin(store)
    face = tryout.block(store, run).trials[0].stimulus.hash

    def people() -> dict[Response, int] | None:
        said = tryout.state(store, run).items[0].feedback
        assert isinstance(said, Opinions)
        return said.people

    for times in range(10):
        assert people() is None, times
        with store.begin() as db:
            count_each(db, PeopleAnswerRow, "people", [{"picture_hash": face, "response": "fear"}])
    assert people() == {Response.FEAR: 10}


def test_a_tryout_shows_six_practice_faces_the_same_by_the_same_name(store: Store) -> None:
    run = tryout.begin(store)
    block = tryout.block(store, run)
    assert len({trial.stimulus.target for trial in block.trials}) == 6
    assert tryout.block(store, run).trials == block.trials
    assert {tryout.picture(store, run, trial.number)[1][:4] for trial in block.trials} == {b"RIFF"}
    assert tryout.picture(store, run, 1, 5)[1][:4] == b"RIFF"
    for number, step in ((7, 0), (0, 0), (1, 6), (1, -1)):
        with pytest.raises(NotAllowed):
            tryout.picture(store, run, number, step)


@pytest.mark.parametrize("name", ["try.", "try.gAAAAAB", "try.é", "", "0" * 32])
def test_a_name_that_we_never_gave_is_no_run(store: Store, name: str) -> None:
    with pytest.raises(NotAllowed):
        tryout.state(store, name)
