"""What is measured of a network beside its main figures: from afar, by group, the crowd."""

import numpy as np

from core.domain.emotions import Emotion
from core.domain.network.crowd import MAJORITY, PLURALITY
from core.stimuli.records import Face
from core.training.data import Labelled
from core.training.measure import Temperatures, crowd_quality, measure, once, reduced
from core.training.served import ServedFaces, shares
from tests.training.tiny import bars


def face(emotion: Emotion, intensity: int | None, skin: float = 1.0, sex: str = "f") -> Face:
    return Face("", b"", "", "", emotion, intensity=intensity, skin=skin, sex=sex)


def test_a_picture_is_looked_at_once_however_many_sets_it_is_in() -> None:
    looked: list[int] = []

    def rate(pictures: np.ndarray) -> dict[str, np.ndarray]:
        looked.append(len(pictures))
        return {"label": pictures.reshape(len(pictures), -1)[:, :7].astype(float)}

    pictures = bars(6).pictures
    remembering = once(rate)
    first = remembering(pictures[[0, 1, 1, 2]])["label"]
    again = remembering(pictures[[2, 3, 0]])["label"]
    assert looked == [3, 1]
    assert np.array_equal(first[[3, 0]], again[[0, 2]])
    assert np.array_equal(first, rate(pictures[[0, 1, 1, 2]])["label"])


def test_from_afar_nothing_finer_than_a_small_picture_is_left() -> None:
    stripes = np.zeros((1, 48, 48), np.uint8)
    stripes[:, :, ::2] = 255
    afar = reduced(Labelled(stripes, np.array([0])))
    assert afar.pictures.shape == (1, 48, 48)
    assert afar.pictures.std() < 0.2 * stripes.std()


def test_private_test_is_read_from_afar_and_served_faces_by_group() -> None:
    test = bars(14)
    found = measure(
        lambda pictures: {"label": np.tile(np.eye(7)[3], (len(pictures), 1))},
        {"PrivateTest": test},
        Temperatures(),
        served=ServedFaces(test.pictures[:2], [face(Emotion.HAPPY, 100), face(Emotion.SAD, 20)]),
        small=True,
    )
    assert list(found.quality) == ["PrivateTest", "PrivateTest at 14×19 pixels"]
    assert [(one.by, one.group, one.right, one.faces) for one in found.served] == [
        ("intensity", "20 %", 0, 1),
        ("intensity", "100 %", 1, 1),
        ("emotion", "happy", 1, 1),
        ("skin", "light", 1, 2),
        ("sex", "women", 1, 2),
    ]
    assert found.crowd == ()


def test_neutral_has_no_intensity_and_skin_and_sex_have_two_groups() -> None:
    faces = [face(Emotion.NEUTRAL, 0, 6.0, "m"), face(Emotion.FEAR, 60)]
    groups = {(one.by, one.group) for one in shares(np.eye(7)[[6, 2]], faces)}
    assert groups == {
        ("emotion", "neutral"),
        ("intensity", "60 %"),
        ("skin", "dark"),
        ("skin", "light"),
        ("sex", "men"),
        ("sex", "women"),
    }


def test_the_crowd_head_is_held_against_what_most_people_saw() -> None:
    votes = np.zeros((4, 10), int)
    votes[[0, 1, 2], [1, 7, 4]] = 10
    votes[3, [0, 1, 2, 8]] = [4, 3, 2, 1]
    by_rule = dict(zip(("majority", "plurality"), crowd_quality(np.eye(8)[[1, 7, 5, 0]], votes, 1.0), strict=True))
    assert (by_rule["majority"].rule, by_rule["plurality"].rule) == (MAJORITY, PLURALITY)
    assert (by_rule["majority"].quality.right, by_rule["majority"].quality.faces) == (2, 3)
    assert (by_rule["plurality"].quality.right, by_rule["plurality"].quality.faces) == (3, 4)
    assert by_rule["majority"].quality.of("contempt").recall == 1
