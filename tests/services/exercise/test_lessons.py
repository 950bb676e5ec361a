"""A lesson shows three practice people from neutral to full, and never a face of a check."""

from hashlib import sha256

import pytest
from sqlalchemy import event, select

from core.domain.emotions import Emotion
from core.domain.people import NotSignedIn
from core.services.exercise.lessons import examples
from core.storage.database import Store
from core.storage.tables import StimulusRow


@pytest.mark.both_databases
@pytest.mark.parametrize("emotion", [e for e in Emotion if e is not Emotion.NEUTRAL])
def test_three_people_go_from_neutral_to_full_in_even_steps(store: Store, patient: str, emotion: Emotion) -> None:
    shown = examples(store, patient, emotion)
    assert len({example.identity for example in shown}) == 3
    for example in shown:
        assert [intensity for intensity, _, _ in example.frames] == [0, 20, 40, 60, 80, 100]
        assert {media_type for _, _, media_type in example.frames} == {"image/webp"}


def test_a_neutral_lesson_has_one_face_a_person(store: Store, patient: str) -> None:
    assert [len(example.frames) for example in examples(store, patient, Emotion.NEUTRAL)] == [1, 1, 1]


def test_only_practice_people_are_shown_and_they_differ_in_sex_and_skin(store: Store, patient: str) -> None:
    with store.begin() as db:
        rows = {row.picture_hash: row for row in db.scalars(select(StimulusRow))}
    for emotion in Emotion:
        shown = [[rows[sha256(data).hexdigest()] for _, data, _ in e.frames] for e in examples(store, patient, emotion)]
        assert {row.role for frames in shown for row in frames} == {"practice"}
        assert {row.target for frames in shown for row in frames[1:]} <= {emotion.word}
        assert len({frames[0].sex for frames in shown}) == 2
        skins = [frames[0].skin or 0 for frames in shown]
        assert skins == sorted(skins)
        assert skins[-1] - skins[0] > 2


def test_a_lesson_costs_one_indexed_query_for_the_faces_and_one_for_their_pictures(store: Store, patient: str) -> None:
    said: list[str] = []
    event.listen(store.engine, "before_cursor_execute", lambda *args: said.append(args[2]))
    examples(store, patient, Emotion.FEAR)
    assert len([text for text in said if "FROM stimuli" in text]) == 1
    assert len([text for text in said if "FROM pictures" in text]) == 1


def test_nobody_gets_a_lesson_without_signing_in(store: Store) -> None:
    with pytest.raises(NotSignedIn):
        examples(store, "", Emotion.FEAR)
