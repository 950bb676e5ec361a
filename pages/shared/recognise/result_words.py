"""A finished block in words: one sentence, and what got mixed up."""

from core.domain.statistics.result import BlockResult, Confusion
from core.tasks.recognition.feedback import RIVAL
from pages.shared.emotions import label
from pages.shared.recognise.differences import difference
from pages.shared.words import _, ngettext


def in_a_sentence(result: BlockResult) -> str:
    """What a person can take home from the whole block."""
    if result.shown == 0:
        return _("You did not name any face this time. That is all right.")
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
