"""What the step that shows a pair says."""

from core.translations import N_

TITLE = N_("Which one shows fear?")
WORDS = {
    "item": N_("Two faces, {position} of {of}"),
    "question": N_("Which face shows fear?"),
    "result": N_("You found fear in {right} of {shown} pairs."),
}
ANSWERS = {"left": N_("The left one"), "right": N_("The right one")}
SAID = N_("In fear the eyebrows pull together.")
