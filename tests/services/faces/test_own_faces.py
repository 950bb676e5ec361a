"""What staff see of an installation's own FER-2013: a list for people, and nothing is taken out."""

from pathlib import Path

import pytest

from core.domain.emotions import Emotion
from core.domain.people import NotAllowed, NotSignedIn, Role
from core.services.accounts import accounts
from core.services.faces import own_faces, stimulus_sets
from core.storage.database import Store
from core.storage.tables import StimulusRow
from tests.stimuli.generated import little_fer, table_text, unanimous, votes_text
from tests.support import PASSWORD, FakeRater, new_patient


@pytest.fixture
def copy(store: Store, clinician: str, tmp_path: Path) -> None:
    arrays = little_fer(70)
    (tmp_path / "fer2013.csv").write_text(table_text(arrays))
    (tmp_path / "fer2013new.csv").write_text(votes_text(arrays, unanimous(arrays)))
    stimulus_sets.import_fer2013(store, clinician, tmp_path / "fer2013.csv", tmp_path / "fer2013new.csv", FakeRater())


@pytest.mark.both_databases
@pytest.mark.usefixtures("copy")
def test_staff_see_counts_and_samples_of_each_emotion(store: Store, clinician: str) -> None:
    link = accounts.invite_colleague(store, clinician, "researcher", Role.RESEARCHER)
    for token in (clinician, accounts.accept_invitation(store, link, PASSWORD, "en")):
        copy = own_faces.own_copy(store, token)
        assert copy is not None
        assert copy.counts["Training"] == (8,) * 7
        assert sum(map(sum, copy.counts.values())) == 70
        pictures = own_faces.samples(store, token, Emotion.FEAR, number=3)
        assert len(pictures) == 3
        assert all(picture.startswith(b"\x89PNG") for picture in pictures)


@pytest.mark.usefixtures("copy")
def test_labels_to_look_at_again_are_a_list_and_every_face_stays(store: Store, clinician: str) -> None:
    found = own_faces.doubtful(store, clinician, number=100)
    assert len(found) == 60, "the fake network says surprise of all seventy"
    assert {one.said for one in found} == {Emotion.SURPRISE}
    assert Emotion.SURPRISE not in {one.label for one in found}
    assert (found[0].votes, found[0].against, found[0].people, found[0].sure) == (8, 0, 10, 0.65)
    assert {one.learnt for one in found} == {True, False}
    with store.begin() as db:
        assert db.query(StimulusRow).filter(StimulusRow.set_id == 2).count() == 70


def test_patients_and_strangers_see_none_of_it(store: Store, clinician: str) -> None:
    patient = new_patient(store, clinician)
    for token, refusal in ((patient, NotAllowed), ("", NotSignedIn)):
        with pytest.raises(refusal):
            own_faces.own_copy(store, token)
        with pytest.raises(refusal):
            own_faces.samples(store, token, Emotion.FEAR)
        with pytest.raises(refusal):
            own_faces.doubtful(store, token)


def test_without_an_own_copy_there_is_nothing(store: Store, clinician: str) -> None:
    assert own_faces.own_copy(store, clinician) is None
    assert own_faces.samples(store, clinician, Emotion.FEAR) == []
    assert own_faces.doubtful(store, clinician) == []
