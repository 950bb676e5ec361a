"""Try-outs: what their name says is what is shown, and nothing of them is stored."""

import pytest
from sqlalchemy import func, select

from core.domain.emotions import Emotion
from core.domain.exercise import design
from core.domain.people import NotAllowed
from core.services.exercise import tryout
from core.storage.database import Store
from core.storage.tables import BlockRow

FEAR, SURPRISE = Emotion.FEAR, Emotion.SURPRISE


@pytest.mark.parametrize("emotions", [design.SIX, (FEAR, FEAR, SURPRISE), (Emotion.NEUTRAL, Emotion.NEUTRAL, FEAR)])
def test_it_shows_a_clear_practice_face_of_another_person_for_each_emotion(
    stocked: Store, emotions: tuple[Emotion, ...]
) -> None:
    name = tryout.begin(stocked, emotions)
    faces = [trial.stimulus for trial in tryout.block(stocked, name).trials]
    assert sorted(face.target for face in faces) == sorted(emotions)
    assert {face.intensity for face in faces if face.target is not Emotion.NEUTRAL} == {100}
    assert len({face.identity for face in faces}) == len(emotions)
    assert [trial.stimulus for trial in tryout.block(stocked, name).trials] == faces
    assert len(tryout.state(stocked, name).items) == len(emotions)
    with stocked.begin() as db:
        assert db.scalar(select(func.count()).select_from(BlockRow)) == 0


@pytest.mark.parametrize("name", ["try.", "try.nothing", f"try.{'A' * 200}", "try"])
def test_a_name_that_was_never_given_shows_nothing(stocked: Store, name: str) -> None:
    with pytest.raises(NotAllowed):
        tryout.block(stocked, name)
