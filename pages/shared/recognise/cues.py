"""Cues of each emotion: what it looks like, when people feel it, what it is confused with, in plain words.

The visible cues and the muscles follow the action units (AU) of the Facial Action Coding System (FACS; Ekman &
Friesen 1978) that the built-in faces were made with. How two emotions differ stands in
`differences`.
"""

from core.domain.emotions import Emotion
from pages.shared.words import _

_ALWAYS: dict[Emotion, tuple[int, ...]] = {
    Emotion.ANGRY: (4, 5, 7),
    Emotion.DISGUST: (9, 10),
    Emotion.FEAR: (1, 2, 4, 5, 20),
    Emotion.HAPPY: (6, 12),
    Emotion.SAD: (1, 4, 15),
    Emotion.SURPRISE: (1, 2, 5, 26),
    Emotion.NEUTRAL: (),
}
_SOMETIMES: dict[Emotion, tuple[int, ...]] = {
    Emotion.ANGRY: (23, 24, 25),
    Emotion.DISGUST: (15, 16, 25),
    Emotion.FEAR: (25,),
    Emotion.HAPPY: (25,),
    Emotion.SAD: (17,),
    Emotion.SURPRISE: (),
    Emotion.NEUTRAL: (),
}
_CONFUSED_WITH: dict[Emotion, tuple[Emotion, ...]] = {
    Emotion.ANGRY: (Emotion.NEUTRAL, Emotion.DISGUST),
    Emotion.DISGUST: (Emotion.ANGRY, Emotion.SAD),
    Emotion.FEAR: (Emotion.SURPRISE, Emotion.SAD),
    Emotion.HAPPY: (Emotion.NEUTRAL, Emotion.SURPRISE),
    Emotion.SAD: (Emotion.NEUTRAL, Emotion.ANGRY),
    Emotion.SURPRISE: (Emotion.FEAR, Emotion.NEUTRAL),
    Emotion.NEUTRAL: (Emotion.SAD, Emotion.HAPPY),
}


def cue(emotion: Emotion) -> str:
    """What to look for in a face that shows `emotion`: one or two sentences."""
    cues = {
        Emotion.ANGRY: _(
            "The eyebrows go down and come together. The eyelids are tense, and the lips are pressed together "
            "or open so that the teeth show."
        ),
        Emotion.DISGUST: _(
            "The nose is wrinkled and the upper lip goes up. The eyes get narrower, and the corners of the mouth "
            "often go down."
        ),
        Emotion.FEAR: _(
            "The eyebrows go up and pull together, and the eyes open wide. The mouth is stretched to the sides."
        ),
        Emotion.HAPPY: _(
            "The corners of the mouth go up. The cheeks go up too, and small folds can appear beside the eyes."
        ),
        Emotion.SAD: _(
            "The inner ends of the eyebrows go up. The corners of the mouth go down, and the chin can push the "
            "lower lip up."
        ),
        Emotion.SURPRISE: _(
            "The whole eyebrows go up and the eyes open wide. The jaw goes down, so the mouth opens, and the lips "
            "are relaxed."
        ),
        Emotion.NEUTRAL: _("The eyebrows, the eyelids and the mouth are at rest. No muscle of the face is tense."),
    }
    return cues[emotion]


def when(emotion: Emotion) -> str:
    """When people feel `emotion`: one or two sentences."""
    reasons = {
        Emotion.ANGRY: _(
            "People often feel anger when something is unfair, when someone does not respect them, or when "
            "something stops them from doing what they want to do."
        ),
        Emotion.DISGUST: _(
            "People often feel disgust when something smells, tastes or looks bad, for example rotten food. "
            "They can also feel it about something that a person did."
        ),
        Emotion.FEAR: _("People often feel fear when they think that something bad may happen to them."),
        Emotion.HAPPY: _(
            "People often feel happiness when something good happens, when they reach a goal, or when they are with "
            "someone they like."
        ),
        Emotion.SAD: _(
            "People often feel sadness when they lose someone or something that matters to them, or when they feel "
            "alone."
        ),
        Emotion.SURPRISE: _(
            "People feel surprise when something happens that they did not expect. It is short: soon something "
            "else is often felt."
        ),
        Emotion.NEUTRAL: _(
            "A face is neutral when a person feels nothing strong at that moment, or does not show it. So a "
            "neutral face does not tell you how the person feels."
        ),
    }
    return reasons[emotion]


def confused_with(emotion: Emotion) -> tuple[Emotion, ...]:
    """The emotions that faces of `emotion` are most often taken for, the most frequent first.

    From FER+'s votes (Barsoum et al. 2016) on the faces with one clear answer: the unique plurality of ten raters,
    at least five of them. Disgust follows neutral for angry because so many faces of disgust are taken for angry.
    """
    return _CONFUSED_WITH[emotion]


def muscles(emotion: Emotion) -> list[str]:
    """The muscles that move, each with what it does and its action unit; empty for a face at rest."""
    names = _muscle_names()
    always = [names[unit] for unit in _ALWAYS[emotion]]
    return always + [_("{muscle}, in some faces").format(muscle=names[unit]) for unit in _SOMETIMES[emotion]]


def _muscle_names() -> dict[int, str]:
    return {
        1: _("Forehead muscle, inner part: lifts the inner ends of the eyebrows (AU 1)"),
        2: _("Forehead muscle, outer part: lifts the outer ends of the eyebrows (AU 2)"),
        4: _("Muscles between the eyebrows: pull the eyebrows down and together (AU 4)"),
        5: _("Upper eyelid muscle: lifts the upper eyelid (AU 5)"),
        6: _("Ring muscle of the eye, outer part: lifts the cheek and folds the skin beside the eye (AU 6)"),
        7: _("Ring muscle of the eye, inner part: tightens the eyelids (AU 7)"),
        9: _("Nose muscle: wrinkles the nose (AU 9)"),
        10: _("Upper lip muscle: lifts the upper lip (AU 10)"),
        12: _("Large cheek muscle: pulls the corners of the mouth up (AU 12)"),
        15: _("Muscle below the corner of the mouth: pulls the corner of the mouth down (AU 15)"),
        16: _("Lower lip muscle: pulls the lower lip down (AU 16)"),
        17: _("Chin muscle: pushes the chin and the lower lip up (AU 17)"),
        20: _("Side muscle of the mouth: stretches the mouth to the sides (AU 20)"),
        23: _("Ring muscle of the mouth: tightens the lips (AU 23)"),
        24: _("Ring muscle of the mouth: presses the lips together (AU 24)"),
        25: _("Muscles around the lips: let the lips come apart (AU 25)"),
        26: _("Jaw muscle: relaxes, so that the jaw goes down (AU 26)"),
    }
