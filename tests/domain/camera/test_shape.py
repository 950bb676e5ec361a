"""What moved is said of what clearly did, and of what clearly did not, as the emotion moves it."""

from dataclasses import replace

import pytest

from core.domain.camera.shape import FaceShape, Moved, mean_of, moved
from core.domain.emotions import Emotion
from core.domain.exercise.places import FacePlace

REST = FaceShape(brows=0.25, slant=0.02, eyes=0.1, nose=0.4, corners=0.01, width=0.5, opening=0.02)
BROWS, EYES, NOSE, MOUTH = FacePlace


@pytest.mark.parametrize(
    ("emotion", "change", "said"),
    [
        (Emotion.ANGRY, {"brows": 0.2}, {BROWS: Moved.AS_MEANT}),
        (Emotion.ANGRY, {"brows": 0.3}, {BROWS: Moved.HARDLY}),
        (Emotion.ANGRY, {"brows": 0.24}, {}),
        (Emotion.DISGUST, {"nose": 0.35}, {NOSE: Moved.AS_MEANT}),
        (Emotion.FEAR, {"width": 0.6}, {MOUTH: Moved.AS_MEANT}),
        (Emotion.FEAR, {"brows": 0.28, "width": 0.49}, {BROWS: Moved.AS_MEANT, MOUTH: Moved.HARDLY}),
        (Emotion.HAPPY, {"corners": -0.05}, {MOUTH: Moved.AS_MEANT, EYES: Moved.HARDLY}),
        (Emotion.HAPPY, {"eyes": 0.08}, {MOUTH: Moved.HARDLY, EYES: Moved.AS_MEANT}),
        (Emotion.SAD, {"slant": 0.04, "corners": 0.03}, {BROWS: Moved.AS_MEANT, MOUTH: Moved.AS_MEANT}),
        (Emotion.SURPRISE, {"brows": 0.28}, {BROWS: Moved.AS_MEANT, MOUTH: Moved.HARDLY}),
        (Emotion.NEUTRAL, {"opening": 0.3}, {}),
    ],
)
def test_a_place_moved_as_meant_or_hardly_or_nothing_is_said(
    emotion: Emotion, change: dict[str, float], said: dict[FacePlace, Moved]
) -> None:
    assert moved(emotion, REST, replace(REST, **change)) == said


def test_the_mean_is_taken_measure_by_measure() -> None:
    other = FaceShape(*range(7))
    mean = mean_of([REST, other])
    assert mean is not None
    assert (mean.brows, mean.opening) == ((0.25 + 0) / 2, (0.02 + 6) / 2)
    assert mean_of([]) is None
