"""What the step that shows a face says."""

from core.translations import N_

WORDS = {
    "title": N_("Recognising faces"),
    "item": N_("A face, {position} of {of}"),
    "question": N_("What does this face show?"),
    "best_guess": N_("If you had to choose?"),
    "not_sure": N_("Not sure"),
    "cannot_see": N_("I cannot see this picture"),
    "ready": N_("Show the face"),
    "ready_note": N_("You will see it for a short moment."),
    "same": N_("the same"),
    "different": N_("different"),
    "others": N_("What others saw"),
    "slider": N_("From neutral to full"),
    "about": N_("More about the computer (new tab)"),
}
