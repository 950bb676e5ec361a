"""What the step of a lesson says."""

from core.domain.emotions import Emotion
from core.translations import N_

TITLE = N_("Lessons")
WORDS = {
    "item": N_("Step {position} of {of}"),
    "question": N_("Look, and go on when you like."),
    "strength": N_("From neutral to full"),
    "again": N_("Show it once more"),
    "computed": N_("The faces and their movement are computed."),
    "left": N_("The face on the left"),
    "right": N_("The face on the right"),
    "other": N_("Now choose the other one."),
    "result": N_("{right} of {shown} at once. The lesson stays in Learn, and comes back when it is due."),
}
WHICH = {
    Emotion.ANGRY: N_("Which face shows anger?"),
    Emotion.DISGUST: N_("Which face shows disgust?"),
    Emotion.FEAR: N_("Which face shows fear?"),
    Emotion.HAPPY: N_("Which face shows happiness?"),
    Emotion.SAD: N_("Which face shows sadness?"),
    Emotion.SURPRISE: N_("Which face shows surprise?"),
    Emotion.NEUTRAL: N_("Which face is neutral?"),
}
CLOSE = N_("How does the sentence go on?")
