"""What is said after a practice answer, and that nothing is ever said about a face of a check."""

import pytest

from core.domain.emotions import Emotion
from core.domain.exercise.trials import Kind, Response
from core.domain.people import NotAllowed
from core.services.exercise import feedback, runs, tryout
from core.services.exercise.recognition import begin
from core.storage.database import Store
from core.storage.tables import PeopleAnswerRow
from core.storage.upserts import count_one
from tests.history import answer
from tests.support import BROWSER, says


def practised(store: Store, patient: str) -> feedback.Opinions:
    block = begin(store, patient, BROWSER, Kind.PRACTICE)
    block = answer(store, patient, block, 1, says(Emotion.SAD), BROWSER)
    return feedback.feedback(store, patient, block, 1)


def test_practice_feedback_names_target_network_and_the_same_person_from_neutral_to_full(
    store: Store, patient: str
) -> None:
    said = practised(store, patient)
    assert said.response is Response.SAD
    assert said.network_choice is Emotion.SURPRISE
    assert said.network_right == (240, 1488)
    assert said.votes is None
    assert said.people is None
    if said.target is Emotion.NEUTRAL:
        assert [intensity for intensity, _, _ in said.series] == [0]
    else:
        assert [intensity for intensity, _, _ in said.series] == [0, 20, 40, 60, 80, 100]
    assert all(picture[:4] == b"RIFF" for _, _, picture in said.series)


def test_nothing_is_said_about_a_check_or_before_the_answer(store: Store, patient: str) -> None:
    practice = begin(store, patient, BROWSER, Kind.PRACTICE)
    with pytest.raises(NotAllowed):
        feedback.feedback(store, patient, practice, 1)
    runs.stop(store, patient, practice.id)
    check = begin(store, patient, BROWSER, Kind.CHECK)
    check = answer(store, patient, check, 1, says(Emotion.SAD), BROWSER)
    with pytest.raises(NotAllowed):
        feedback.feedback(store, patient, check, 1)
    check.kind = Kind.PRACTICE
    with pytest.raises(NotAllowed):
        feedback.feedback(store, patient, check, 1)


@pytest.mark.both_databases
def test_what_people_said_is_told_from_ten_of_them_on(store: Store) -> None:
    block = tryout.begin(store)
    block.answer(1, says(Emotion.HAPPY))
    for times in range(10):
        assert feedback.tryout_feedback(store, block, 1).people is None, times
        with store.begin() as db:
            count_one(db, PeopleAnswerRow, "people", picture_hash=block.trials[0].stimulus.hash, response="fear")
    assert feedback.tryout_feedback(store, block, 1).people == {Response.FEAR: 10}


def test_a_tryout_shows_six_practice_faces_and_stores_nothing(store: Store) -> None:
    block = tryout.begin(store)
    assert len({trial.stimulus.target for trial in block.trials}) == 6
    hashes = [trial.stimulus.hash for trial in block.trials]
    assert set(tryout.pictures(store, block, hashes)) == set(hashes)
    assert tryout.pictures(store, block, ["0" * 64]) == {}
