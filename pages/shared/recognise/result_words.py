"""A finished block in words: one sentence, and what got mixed up."""

from core.domain.statistics.result import BlockResult, Confusion
from core.tasks.recognition.feedback import RIVAL
from pages.shared.emotions import label
from pages.shared.recognise.differences import difference
from pages.shared.words import _, ngettext

FEW = 1 / 3
"""Of the faces: of fewer no number is said, which would only weigh."""


def in_a_sentence(result: BlockResult) -> str:
    """What a person can take home from the whole block."""
    if result.shown == 0:
        return _("You did not name any face this time. That is all right.")
    if result.right == 0:
        return _(
            "You looked at {shown} faces. Such faces are hard to tell apart at first: practice is for that."
        ).format(shown=result.shown)
    if result.right < FEW * result.shown:
        return _("You named what some of the {shown} faces show. The others take time: practice is for that.").format(
            shown=result.shown
        )
    return _("In {right} of {shown} faces you named the emotion that they show.").format(
        right=result.right, shown=result.shown
    )


def part_beside(confusion: Confusion) -> int:
    """The further picture, of the face that was taken for another, that shows the person with that other emotion."""
    return RIVAL + confusion.response


def mixed_up(confusion: Confusion) -> str:
    """One confusion in words, and how the two differ."""
    pair = {"target": f"**{label(confusion.target)}**", "response": f"**{label(confusion.response)}**"}
    sentence = ngettext(
        "Once you took {target} for {response}.",
        "{count} times you took {target} for {response}.",
        confusion.count,
    ).format(count=confusion.count, **pair)
    return f"{sentence} {difference(confusion.target, confusion.response)}"
