"""A set whose words are its own: the administrator is asked about them, and says what they mean."""

from pathlib import Path

import pytest

from core.domain.people import Refusal
from core.services.faces import stimulus_sets
from core.storage.database import Store
from tests.stimuli.test_manifest import write
from tests.support import FakeRater, new_clinician


def test_an_administrator_is_asked_about_a_word_and_answers(store: Store, tmp_path: Path) -> None:
    token = new_clinician(store)
    folder = write(tmp_path / "ours", [{"file": f"{word}.png", "emotion": word} for word in ("happy", "contempt")])
    with pytest.raises(Refusal, match='--word "contempt=disgust"'):
        stimulus_sets.import_folder(store, token, folder, FakeRater())
    with pytest.raises(Refusal, match="expected word=emotion"):
        stimulus_sets.import_folder(store, token, folder, FakeRater(), words=["contempt"])
    stimulus_sets.import_folder(store, token, folder, FakeRater(), words=["contempt = disgust"])
    assert [(one.name, one.faces) for one in stimulus_sets.list_sets(store, token) if one.name == "ours"] == [
        ("ours", 2)
    ]


def test_one_set_is_brought_in_at_a_time(store: Store, tmp_path: Path) -> None:
    token = new_clinician(store)
    first, second = (write(tmp_path / name, [{"file": "happy.png", "emotion": "happy"}]) for name in ("one", "two"))
    said: list[str] = []

    def meanwhile(_done: int, _total: int) -> None:
        with pytest.raises(Refusal, match="being brought in just now") as refusal:
            stimulus_sets.import_folder(store, token, second, FakeRater())
        said.append(refusal.value.sentence)

    stimulus_sets.import_folder(store, token, first, FakeRater(), meanwhile)
    assert said
    stimulus_sets.import_folder(store, token, second, FakeRater())
    assert {"one", "two"} <= {one.name for one in stimulus_sets.list_sets(store, token)}
