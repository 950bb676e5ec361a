"""What the two heads of a network learn from labels and votes, and which faces a protocol learns from."""

from dataclasses import replace

import numpy as np
import pytest

from core.domain.emotions import Emotion
from core.domain.network.votes import COLUMN
from core.training.data import BOTH, PRIVATE, PUBLIC, Fer2013, Labelled, parts, together
from core.training.networks.registry import NETWORKS, protocol
from tests.stimuli.generated import little_fer
from tests.training.tiny import TINY, bars

FACES = Labelled(np.zeros((3, 48, 48), np.uint8), np.array([Emotion.SAD, Emotion.HAPPY, Emotion.FEAR]))
VOTES = np.array([[2, 0, 0, 5, 0, 0, 0, 1, 1, 0], [0, 0, 0, 0, 0, 0, 0, 0, 7, 3], [-1] * 10])
PICTURES, LABELS, USAGES = little_fer()
LITTLE = Fer2013(PICTURES, LABELS, np.array(USAGES))


def test_votes_are_shared_out_among_fer_plus_eight() -> None:
    targets = FACES.faces(VOTES).targets
    assert targets["label"][0].argmax() == Emotion.SAD
    assert targets["crowd"][0] == pytest.approx([0.25, 0, 0, 0.625, 0, 0, 0, 0.125])


def test_where_nobody_named_an_emotion_the_label_stands() -> None:
    crowd = FACES.faces(VOTES).targets["crowd"]
    assert crowd[1].argmax() == COLUMN[Emotion.HAPPY]
    assert crowd[2, COLUMN[Emotion.FEAR]] == 1


def test_faces_can_weigh_more_than_once() -> None:
    assert len(together(FACES.faces(VOTES), FACES.faces(VOTES), times=2)) == 9


def test_a_network_for_some_emotions_sees_only_their_faces() -> None:
    six = bars(70).only(tuple(emotion for emotion in Emotion if emotion is not Emotion.DISGUST))
    assert len(six) == 60
    assert sorted(set(six.labels.tolist())) == [0, 1, 2, 3, 4, 5]
    assert six.emotions[5] is Emotion.NEUTRAL


def test_balance_draws_rare_labels_as_often_as_frequent_ones() -> None:
    labels = np.array([0] * 900 + [1] * 100)
    faces = Labelled(np.zeros((1000, 48, 48), np.uint8), labels).faces()
    drawn = labels[faces.balanced(1.0).order(np.random.default_rng(0))]
    assert 400 < (drawn == 1).sum() < 600
    half = labels[faces.balanced(0.5).order(np.random.default_rng(0))]
    assert 200 < (half == 1).sum() < 300


@pytest.mark.parametrize("key", [key for key in NETWORKS if not key.startswith("jaramillo")])
def test_a_published_split_learns_from_training_faces_alone(key: str) -> None:
    found = parts(LITTLE, protocol(key), seed=1)
    emotions = protocol(key).emotions
    assert len(found.training) == len(LITTLE.split("Training").only(emotions))
    assert len(found.choosing) == len(LITTLE.split(PUBLIC).only(emotions))
    assert next(iter(found.tests)) == (BOTH if key == "neamtiu2023" else PRIVATE)
    assert len(found.tests[BOTH]) == len(found.tests[PUBLIC]) + len(found.tests[PRIVATE])


def test_a_random_split_uses_every_face_once_and_is_drawn_by_the_seed() -> None:
    plan = replace(protocol("jaramillo2023_1"), emotions=tuple(Emotion))
    pictures = np.arange(100 * 2304).reshape(100, 48, 48).astype(np.uint8)
    numbered = Fer2013(pictures, (np.arange(100) % 7).astype(np.int8), np.array(["x"] * 100))
    first, again, other = (parts(numbered, plan, seed) for seed in (1, 1, 2))
    test = first.tests["a random tenth"]
    assert [len(part) for part in (first.training, first.choosing, test)] == [80, 10, 10]
    assert np.array_equal(first.training.labels, again.training.labels)
    assert not np.array_equal(first.training.labels, other.training.labels)
    assert len(first.tests) == 1


def test_a_missing_split_is_named() -> None:
    one = Fer2013(PICTURES, LABELS, np.array(["Training"] * len(LABELS)))
    with pytest.raises(ValueError, match=r"no P.*Test faces, only Training"):
        parts(one, TINY, 1)
