"""Which of FER-2013's pictures are served, and in which role."""

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from core.domain.emotions import Emotion
from core.media.decoder import decode
from core.stimuli.fer2013 import Arrays, read_votes
from core.stimuli.fer2013.curate import NO_FORMS, UNCHECKED, read_fer2013
from core.stimuli.fer2013.votes import agreed
from core.stimuli.records import Face, SetInfo, StimulusError, set_hash
from tests.stimuli.generated import SHARED, GeneratedArrays, little_fer, table_text, unanimous, votes_text, write_folder


def read(folder: Path, arrays: GeneratedArrays, counts: np.ndarray | None = None) -> tuple[SetInfo, dict[str, Face]]:
    (folder / "fer2013.csv").write_text(table_text(arrays))
    if counts is not None:
        (folder / "votes.csv").write_text(votes_text(arrays, counts))
    info, faces = read_fer2013(folder / "fer2013.csv", None if counts is None else folder / "votes.csv")
    return info, {face.file: face for face in faces}


def row(number: int) -> str:
    return f"fer{number:07d}.png"


def test_a_face_keeps_its_picture_label_votes_and_split(tmp_path: Path) -> None:
    fer = little_fer()
    info, faces = read(tmp_path, fer, unanimous(fer))
    face = faces[row(3)]
    assert np.array_equal(decode(face.picture), fer[0][3])
    assert (face.target, face.label, face.split) == (Emotion.HAPPY, Emotion.HAPPY, "Training")
    assert face.votes == (0, 8, 0, 0, 0, 0, 0, 0, 2, 0)
    assert (info.has_votes, info.has_roles, info.has_identities) == (True, True, False)
    assert len(faces) == 70


def test_a_label_that_people_did_not_share_is_not_served(tmp_path: Path) -> None:
    fer = little_fer()
    counts = unanimous(fer)
    counts[10] = [0, 0, 0, 4, 0, 0, 0, 0, 6, 0]
    counts[11] = [5, 0, 0, 0, 0, 0, 0, 0, 0, 5]
    info, faces = read(tmp_path, fer, counts)
    assert {row(10), row(11)}.isdisjoint(faces)
    assert len(faces) == 68
    assert "Left out: 1 that at least 5 of ten people called no face." in map(str, info.notes)
    assert "Left out: 1 whose label is not what most people chose, with at least 5 of ten." in map(str, info.notes)


def test_a_flat_picture_is_never_served(tmp_path: Path) -> None:
    fer = little_fer()
    fer[0][5] = 128
    for counts in (None, unanimous(fer)):
        info, faces = read(tmp_path, fer, counts)
        assert row(5) not in faces
        assert "Left out: 1 of one flat grey." in map(str, info.notes)


def test_of_identical_pictures_the_first_is_served_and_training_comes_first(tmp_path: Path) -> None:
    fer = little_fer()
    fer[0][7] = fer[0][0]
    held_out_first = fer[0][::-1].copy(), fer[1][::-1].copy(), fer[2][::-1]
    for arrays, kept, left in ((fer, 0, 7), (held_out_first, 62, 69)):
        info, faces = read(tmp_path, arrays)
        assert row(kept) in faces
        assert row(left) not in faces
        assert "Left out: 1 copies of pictures that are served." in map(str, info.notes)
    fer[0][63] = fer[0][0]
    _, faces = read(tmp_path, (fer[0][::-1].copy(), fer[1][::-1].copy(), fer[2][::-1]))
    assert faces[row(62)].split == "Training"
    assert row(6) not in faces


def test_identical_pictures_with_contradictory_labels_are_all_left_out(tmp_path: Path) -> None:
    fer = little_fer()
    fer[0][8] = fer[0][57] = fer[0][0]
    info, faces = read(tmp_path, fer)
    assert {row(0), row(8), row(57)}.isdisjoint(faces)
    assert "Left out: 3 whose copies carry contradictory labels." in map(str, info.notes)


def test_a_held_out_picture_that_is_also_in_training_serves_practice_only(tmp_path: Path) -> None:
    fer = little_fer()
    fer[0][56] = fer[0][0]
    counts = unanimous(fer)
    counts[0] = [
        10,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
    ]  # the copy in Training is not served, the network has seen it all the same
    info, faces = read(tmp_path, fer, counts)
    assert (faces[row(56)].role, faces[row(56)].checkable) == ("practice", False)
    assert "1 held-out pictures also occur in Training: practice only." in map(str, info.notes)


def test_training_serves_practice_and_held_out_pictures_two_forms_balanced_by_emotion(tmp_path: Path) -> None:
    fer = little_fer(700)
    _, faces = read(tmp_path, fer)
    assert {face.role for face in faces.values() if face.split == "Training"} == {"practice"}
    held_out = [face for face in faces.values() if face.split != "Training"]
    assert all(face.checkable for face in held_out)
    counts = Counter((face.target, face.role) for face in held_out)
    assert all(abs(counts[emotion, "A"] - counts[emotion, "B"]) <= 1 for emotion in Emotion)
    assert sum(counts[emotion, "A"] for emotion in Emotion) > 60


def test_training_alone_serves_practice_but_no_check(tmp_path: Path) -> None:
    pixels, labels, usages = little_fer()
    info, faces = read(tmp_path, (pixels[:56], labels[:56], usages[:56]))
    assert not info.has_roles
    assert NO_FORMS in info.notes
    assert {(face.role, face.checkable) for face in faces.values()} == {("practice", False)}


def test_a_pictures_form_depends_on_the_picture_and_not_on_the_order_of_rows(tmp_path: Path) -> None:
    fer = little_fer(140)
    _, faces = read(tmp_path, fer)
    order = np.random.default_rng(2).permutation(140)
    _, shuffled = read(tmp_path, (fer[0][order], fer[1][order], [fer[2][i] for i in order]))
    forms = {face.hash: face.role for face in faces.values()}
    assert {face.hash: face.role for face in shuffled.values()} == forms


def test_without_votes_labels_stand_alone_and_the_set_says_so(tmp_path: Path) -> None:
    info, faces = read(tmp_path, little_fer())
    assert len(faces) == 70
    assert not info.has_votes
    assert UNCHECKED in info.notes
    assert {face.votes for face in faces.values()} == {None}


def test_a_sets_version_follows_from_its_content(tmp_path: Path) -> None:
    fer = little_fer()
    without, faces = read(tmp_path, fer)
    again, _ = read(tmp_path, fer)
    voted, voted_faces = read(tmp_path, fer, unanimous(fer))
    assert without.version == again.version == set_hash(faces.values())[:8]
    assert voted.version != without.version
    assert set_hash(reversed(list(voted_faces.values()))) == set_hash(voted_faces.values())


def test_a_file_of_which_nothing_may_be_served_is_refused(tmp_path: Path) -> None:
    fer = little_fer(7)
    fer[0][:] = 3
    with pytest.raises(StimulusError, match="no picture that may be served"):
        read(tmp_path, fer)


def test_the_folder_form_becomes_a_set_as_well(tmp_path: Path) -> None:
    fer = little_fer()
    info, faces = read_fer2013(write_folder(tmp_path, fer))
    assert "70 pictures were read from the 70 pictures of a folder." in map(str, info.notes)
    assert Counter(face.target for face in faces) == Counter(map(Emotion, fer[1].tolist()))
    assert faces[0].file.startswith("train/angry/Training_")


@pytest.mark.slow
def test_the_rule_passes_as_many_faces_of_fer2013_as_the_scoring_document_says(fer2013: Arrays) -> None:
    _, labels, usages = fer2013
    fit = agreed(labels, read_votes(SHARED / "fer2013new.csv").counts)
    assert np.bincount(labels[fit]).tolist() == [2036, 114, 528, 8180, 2289, 3019, 5079]
    assert np.bincount(labels[fit & (usages != "Training")]).tolist() == [421, 28, 109, 1613, 434, 634, 1025]


@pytest.mark.skipif(not SHARED.exists(), reason="FER-2013 is not beside this checkout")
@pytest.mark.slow
def test_fer2013_gives_a_set_from_which_checks_can_be_drawn() -> None:
    info, faces = read_fer2013(SHARED / "fer2013.csv.gz", SHARED / "fer2013new.csv")
    assert "The votes were joined row by row." in map(str, info.notes)
    assert "Left out: 12 of one flat grey." in map(str, info.notes)
    assert len({face.hash for face in faces}) == len(faces)
    forms = Counter((face.role, face.target) for face in faces if face.checkable)
    assert min(forms[form, emotion] for form in "AB" for emotion in Emotion) >= 6
