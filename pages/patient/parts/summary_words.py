"""A diary in a sentence, and as a text to keep."""

from core.domain.feelings.diary import used_words
from core.services.feelings.diary import Diary
from pages.shared.feelings.figures import together_sentences
from pages.shared.feelings.words import word_name
from pages.shared.format import day
from pages.shared.words import _, ngettext

_MOST = 3
"""Words in the sentence."""


def in_a_sentence(diary: Diary) -> str:
    """How many check-ins, and the words that came most."""
    number = diary.number
    said = ngettext("You have checked in {n} time.", "You have checked in {n} times.", number).format(n=number)
    words = ", ".join(_names(diary)[:_MOST])
    if not words:
        return said + " " + _("No word named it so far. That can come with time.")
    return said + " " + _("These words came most: {words}.").format(words=words)


def as_text(diary: Diary) -> str:
    """The same with every word, how often it came and when last."""
    rows = [
        f"- {name}: {used.times} ({day(used.last)})"
        for name, used in zip(_names(diary), used_words(diary.entries), strict=True)
    ]
    together = [sentence.replace("**", "") for sentence in together_sentences(diary.entries)]
    return "\n\n".join(part for part in (in_a_sentence(diary), "\n".join(rows), "\n".join(together)) if part) + "\n"


def _names(diary: Diary) -> list[str]:
    return [used.word if used.own else word_name(used.word) for used in used_words(diary.entries)]
