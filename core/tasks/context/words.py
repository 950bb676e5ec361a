"""What the step of a situation says."""

from core.tasks.context.vignettes import Fit
from core.translations import N_

TITLE = N_("Faces in a situation")
WORDS = {
    "item": N_("A situation, {position} of {of}"),
    "question": N_("What does this face show?"),
    "felt": N_("What may this person feel? More than one may fit."),
    "ask": N_("I cannot tell. I would ask."),
    "chosen": N_("You chose: {words}."),
    "not_sure": N_("Not sure"),
    "cannot_see": N_("I cannot see this picture"),
    "ready": N_("Show the face"),
    "ready_note": N_("You will see it for a short moment."),
    "result": N_(
        "In {right} of {shown} situations you named what the face shows. What somebody feels, they can tell you best."
    ),
}
SHOWS, SHOWS_SAID, SHOWS_OTHER = (
    N_("This face shows {target}."),
    N_("This face shows {target}, as you said."),
    N_("This face shows {target}; you said {given}."),
)
IS, IS_SAID, IS_OTHER = (
    N_("This face is {target}."),
    N_("This face is {target}, as you said."),
    N_("This face is {target}; you said {given}."),
)
LIKELY = N_("What happened makes this likely: {words}.")
NONE_LIKELY = N_("What happened makes no word more likely than another.")
CLOSING = {
    Fit.AGREES: N_("Here face and situation go together. One still cannot know. One can ask."),
    Fit.STILL: N_("A neutral face does not say that nothing is felt. One cannot know. One can ask."),
    Fit.DIFFERS: N_("A face can show one thing while another is felt. One cannot know. One can ask."),
    Fit.OPEN: N_("The face alone does not say why. One cannot know. One can ask."),
}
