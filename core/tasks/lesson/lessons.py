"""The lessons, in the order in which they are taught: pairs that are often mixed up, and one before and after them."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.domain.emotions import Emotion
from core.domain.exercise.places import FacePlace
from core.translations import N_


@dataclass(frozen=True)
class Closing:
    """A sentence to be closed, with the end that fits and one that does not; in English."""

    begin: str
    right: str
    wrong: str


@dataclass(frozen=True)
class View:
    """Faces to be looked at, with one sentence. Two emotions stand side by side."""

    emotions: tuple[Emotion, ...]
    sentence: str
    place: FacePlace | None = None
    """Where to look."""


@dataclass(frozen=True)
class Lesson:
    """One lesson. `pair`: the two emotions that it tells apart; None where it is about faces in general."""

    title: str
    views: tuple[View, ...]
    closings: tuple[Closing, ...]
    pair: tuple[Emotion, Emotion] | None = None
    chooses: bool = True
    """Faces are chosen between."""


def _contrast(title: str, one: Emotion, other: Emotion, place: FacePlace, sentence: str, *closings: Closing) -> Lesson:
    return Lesson(title, (View((one, other), sentence, place),) * 2, closings, (one, other))


LESSONS: Mapping[str, Lesson] = {
    "six_feelings": Lesson(
        N_("One person, six feelings"),
        (
            View(
                (Emotion.HAPPY,), N_("Happiness: the corners of the mouth go up, and the cheeks lift."), FacePlace.MOUTH
            ),
            View(
                (Emotion.SAD,),
                N_("Sadness: the inner ends of the eyebrows go up. Often little else moves."),
                FacePlace.BROWS,
            ),
            View((Emotion.ANGRY,), N_("Anger: the eyebrows go down, and the eyes stare."), FacePlace.BROWS),
            View((Emotion.FEAR,), N_("Fear: the eyebrows pull together, and the mouth goes wide."), FacePlace.BROWS),
            View((Emotion.SURPRISE,), N_("Surprise: the whole eyebrows go up, and the jaw drops."), FacePlace.BROWS),
            View((Emotion.DISGUST,), N_("Disgust: the nose is wrinkled, and the upper lip goes up."), FacePlace.NOSE),
        ),
        (
            Closing(N_("One and the same face can show …"), N_("every feeling"), N_("one feeling only")),
            Closing(N_("Feelings show in …"), N_("eyebrows, eyes, nose and mouth"), N_("hair and skin")),
        ),
    ),
    "fear_surprise": _contrast(
        N_("Fear and surprise"),
        Emotion.FEAR,
        Emotion.SURPRISE,
        FacePlace.BROWS,
        N_(
            "In fear the eyebrows pull together and the lips go wide. In surprise the eyebrows stay apart and the jaw "
            "drops."
        ),
        Closing(N_("In fear the eyebrows …"), N_("pull together"), N_("stay apart")),
        Closing(N_("In surprise the jaw …"), N_("drops loosely"), N_("is tense")),
    ),
    "disgust_anger": _contrast(
        N_("Disgust and anger"),
        Emotion.DISGUST,
        Emotion.ANGRY,
        FacePlace.NOSE,
        N_(
            "In disgust the nose is wrinkled and the upper lip goes up. In anger the eyebrows go down and the eyes "
            "stare."
        ),
        Closing(N_("In disgust the nose …"), N_("is wrinkled"), N_("stays smooth")),
        Closing(N_("In anger the eyebrows …"), N_("go down"), N_("go up")),
    ),
    "sad_neutral": _contrast(
        N_("Sadness and a neutral face"),
        Emotion.SAD,
        Emotion.NEUTRAL,
        FacePlace.BROWS,
        N_("In sadness the inner ends of the eyebrows go up. In a neutral face nothing is tense."),
        Closing(N_("In sadness the inner ends of the eyebrows …"), N_("go up"), N_("stay at rest")),
        Closing(
            N_("Corners of the mouth that point down at rest say …"),
            N_("nothing of what is felt"),
            N_("that somebody feels sadness"),
        ),
    ),
    "angry_neutral": _contrast(
        N_("Anger and a neutral face"),
        Emotion.ANGRY,
        Emotion.NEUTRAL,
        FacePlace.EYES,
        N_("In anger the eyelids and the lips are tense and the eyebrows go down. In a neutral face nothing is tense."),
        Closing(N_("In anger the eyelids …"), N_("are tense"), N_("are at rest")),
        Closing(N_("In a neutral face the eyebrows …"), N_("are at rest"), N_("go down")),
    ),
    "sad_angry": _contrast(
        N_("Sadness and anger"),
        Emotion.SAD,
        Emotion.ANGRY,
        FacePlace.BROWS,
        N_("In sadness the inner ends of the eyebrows go up. In anger they go down."),
        Closing(N_("In sadness the inner ends of the eyebrows …"), N_("go up"), N_("go down")),
        Closing(N_("In anger the eyes …"), N_("stare"), N_("look down")),
    ),
    "sad_disgust": _contrast(
        N_("Sadness and disgust"),
        Emotion.SAD,
        Emotion.DISGUST,
        FacePlace.NOSE,
        N_(
            "In sadness the nose stays smooth and the inner ends of the eyebrows go up. In disgust the nose is "
            "wrinkled."
        ),
        Closing(N_("In disgust the upper lip …"), N_("goes up"), N_("is at rest")),
        Closing(N_("In sadness the nose …"), N_("stays smooth"), N_("is wrinkled")),
    ),
    "fear_sad": _contrast(
        N_("Fear and sadness"),
        Emotion.FEAR,
        Emotion.SAD,
        FacePlace.EYES,
        N_("In fear the eyes open wide. In sadness the lids are heavy and the corners of the mouth go down."),
        Closing(N_("In fear the eyes …"), N_("open wide"), N_("get narrow")),
        Closing(N_("In sadness the corners of the mouth …"), N_("go down"), N_("go up")),
    ),
    "happy_neutral": _contrast(
        N_("Happiness and a neutral face"),
        Emotion.HAPPY,
        Emotion.NEUTRAL,
        FacePlace.MOUTH,
        N_("In happiness the corners of the mouth go up and the cheeks lift. In a neutral face both are at rest."),
        Closing(N_("In happiness the cheeks …"), N_("lift"), N_("are at rest")),
        Closing(N_("Narrow eyes above lifted cheeks belong to …"), N_("happiness"), N_("anger")),
    ),
    "limits": Lesson(
        N_("What a face cannot tell you"),
        (
            View((Emotion.NEUTRAL,), N_("A neutral face says that nothing moves. What is felt may be strong.")),
            View(
                (Emotion.HAPPY,),
                N_("A smile can be happiness, politeness or relief. The face alone does not say which."),
            ),
            View((Emotion.NEUTRAL,), N_("Faces differ at rest. Corners that point down need not be sadness.")),
        ),
        (
            Closing(N_("A neutral face shows that …"), N_("nothing in it moves"), N_("nothing is felt")),
            Closing(N_("Somebody smiles. That they feel happiness is …"), N_("possible"), N_("certain")),
            Closing(N_("To know what a person feels, one can …"), N_("ask"), N_("look longer")),
        ),
        chooses=False,
    ),
}
