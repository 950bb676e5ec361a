"""Differences between any two of the seven emotions in a face: one sentence for each of the 21 pairs."""

from collections.abc import Mapping

from core.domain.emotions import Emotion
from core.domain.exercise.places import FacePlace
from pages.shared.words import _

_BROWS, _EYES, _NOSE, _MOUTH = FacePlace
_NAMED: dict[frozenset[Emotion], tuple[FacePlace, ...]] = {
    frozenset((Emotion.ANGRY, Emotion.NEUTRAL)): (_BROWS, _EYES, _MOUTH),
    frozenset((Emotion.DISGUST, Emotion.NEUTRAL)): (_NOSE,),
    frozenset((Emotion.FEAR, Emotion.NEUTRAL)): (_BROWS, _EYES),
    frozenset((Emotion.HAPPY, Emotion.NEUTRAL)): (_MOUTH,),
    frozenset((Emotion.SAD, Emotion.NEUTRAL)): (_BROWS, _MOUTH),
    frozenset((Emotion.SURPRISE, Emotion.NEUTRAL)): (_BROWS, _MOUTH),
    frozenset((Emotion.ANGRY, Emotion.DISGUST)): (_BROWS, _NOSE),
    frozenset((Emotion.ANGRY, Emotion.FEAR)): (_BROWS,),
    frozenset((Emotion.ANGRY, Emotion.HAPPY)): (_BROWS, _MOUTH),
    frozenset((Emotion.ANGRY, Emotion.SAD)): (_BROWS, _MOUTH),
    frozenset((Emotion.ANGRY, Emotion.SURPRISE)): (_BROWS,),
    frozenset((Emotion.DISGUST, Emotion.FEAR)): (_NOSE, _EYES, _BROWS),
    frozenset((Emotion.DISGUST, Emotion.HAPPY)): (_NOSE, _MOUTH),
    frozenset((Emotion.DISGUST, Emotion.SAD)): (_NOSE, _BROWS),
    frozenset((Emotion.DISGUST, Emotion.SURPRISE)): (_NOSE, _EYES, _MOUTH),
    frozenset((Emotion.FEAR, Emotion.HAPPY)): (_EYES, _MOUTH),
    frozenset((Emotion.FEAR, Emotion.SAD)): (_EYES, _MOUTH),
    frozenset((Emotion.FEAR, Emotion.SURPRISE)): (_BROWS, _MOUTH),
    frozenset((Emotion.HAPPY, Emotion.SAD)): (_MOUTH, _BROWS),
    frozenset((Emotion.HAPPY, Emotion.SURPRISE)): (_MOUTH, _BROWS, _EYES),
    frozenset((Emotion.SAD, Emotion.SURPRISE)): (_BROWS, _MOUTH),
}
"""The places that the sentence of each pair names."""


def place_that_differs(a: Emotion, b: Emotion, distances: Mapping[FacePlace, float]) -> FacePlace:
    """Of the places that `difference` names, the one at which two faces are farthest apart."""
    return max(_NAMED[frozenset((a, b))], key=lambda place: distances[place])


def difference(a: Emotion, b: Emotion) -> str:
    """How a face of `a` differs from a face of `b`, whichever comes first; ValueError if they are the same."""
    if a is b:
        raise ValueError(f"difference({a.word}, {b.word}): expected two different emotions")
    return (_between_movements() | _from_neutral())[frozenset((a, b))]


def _from_neutral() -> dict[frozenset[Emotion], str]:
    return {
        frozenset((Emotion.ANGRY, Emotion.NEUTRAL)): _(
            "In anger the eyebrows go down and the eyelids and the lips are tense. In a neutral face nothing is tense."
        ),
        frozenset((Emotion.DISGUST, Emotion.NEUTRAL)): _(
            "In disgust the nose is wrinkled and the upper lip goes up. In a neutral face the nose and the mouth "
            "are at rest."
        ),
        frozenset((Emotion.FEAR, Emotion.NEUTRAL)): _(
            "In fear the eyebrows go up and the eyes open wide. In a neutral face the eyebrows and the eyelids "
            "are at rest."
        ),
        frozenset((Emotion.HAPPY, Emotion.NEUTRAL)): _(
            "In happiness the corners of the mouth and the cheeks go up. In a neutral face they are at rest."
        ),
        frozenset((Emotion.SAD, Emotion.NEUTRAL)): _(
            "In sadness the inner ends of the eyebrows go up and the corners of the mouth go down. In a neutral "
            "face they are at rest."
        ),
        frozenset((Emotion.SURPRISE, Emotion.NEUTRAL)): _(
            "In surprise the eyebrows go up and the jaw goes down. In a neutral face they are at rest."
        ),
    }


def _between_movements() -> dict[frozenset[Emotion], str]:
    return {
        frozenset((Emotion.ANGRY, Emotion.DISGUST)): _(
            "In anger the eyebrows move most: they go down and come together. In disgust the nose and the upper "
            "lip move most: the nose is wrinkled and the lip goes up."
        ),
        frozenset((Emotion.ANGRY, Emotion.FEAR)): _(
            "In both the eyebrows pull together, but in anger they go down and in fear they go up."
        ),
        frozenset((Emotion.ANGRY, Emotion.HAPPY)): _(
            "In anger the eyebrows go down and the lips are tense. In happiness the corners of the mouth and the "
            "cheeks go up."
        ),
        frozenset((Emotion.ANGRY, Emotion.SAD)): _(
            "In anger the inner ends of the eyebrows go down. In sadness they go up, and the corners of the "
            "mouth go down."
        ),
        frozenset((Emotion.ANGRY, Emotion.SURPRISE)): _(
            "In anger the eyebrows go down and come together. In surprise they go up and stay apart."
        ),
        frozenset((Emotion.DISGUST, Emotion.FEAR)): _(
            "In disgust the nose is wrinkled and the eyes get narrower. In fear the eyes open wide and the "
            "eyebrows go up."
        ),
        frozenset((Emotion.DISGUST, Emotion.HAPPY)): _(
            "In both the cheeks go up. In disgust the nose is wrinkled, in happiness the corners of the mouth go up."
        ),
        frozenset((Emotion.DISGUST, Emotion.SAD)): _(
            "In both the corners of the mouth can go down. In disgust the nose is wrinkled, in sadness the inner "
            "ends of the eyebrows go up."
        ),
        frozenset((Emotion.DISGUST, Emotion.SURPRISE)): _(
            "In disgust the nose is wrinkled and the eyes get narrower. In surprise the eyes open wide and the "
            "jaw goes down."
        ),
        frozenset((Emotion.FEAR, Emotion.HAPPY)): _(
            "In fear the eyes open wide and the mouth is stretched to the sides. In happiness the corners of the "
            "mouth go up and the eyes get a little narrower."
        ),
        frozenset((Emotion.FEAR, Emotion.SAD)): _(
            "In both the inner ends of the eyebrows go up. In fear the eyes open wide, in sadness the corners of "
            "the mouth go down."
        ),
        frozenset((Emotion.FEAR, Emotion.SURPRISE)): _(
            "In fear the eyebrows pull together and the mouth is stretched to the sides. In surprise the "
            "eyebrows only go up and the lips are relaxed."
        ),
        frozenset((Emotion.HAPPY, Emotion.SAD)): _(
            "In happiness the corners of the mouth go up. In sadness they go down, and the inner ends of the "
            "eyebrows go up."
        ),
        frozenset((Emotion.HAPPY, Emotion.SURPRISE)): _(
            "In happiness the corners of the mouth go up. In surprise they do not, and the eyebrows go up and "
            "the eyes open wide."
        ),
        frozenset((Emotion.SAD, Emotion.SURPRISE)): _(
            "In sadness only the inner ends of the eyebrows go up, and the corners of the mouth go down. In "
            "surprise the whole eyebrows go up and the mouth opens."
        ),
    }
