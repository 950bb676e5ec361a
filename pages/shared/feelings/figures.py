"""What a diary comes to, in sentences that describe and do not judge."""

from collections.abc import Sequence

from core.domain.feelings.check_in import CheckIn
from core.domain.feelings.diary import DiaryFigures, together
from core.domain.feelings.granularity import LEAST_ENTRIES, Granularity, GranularityChange
from pages.shared.feelings.words import sensation_at, word_name
from pages.shared.format import number
from pages.shared.words import _, ngettext

_MOST = 3
"""Sentences on what came with what."""


def together_sentences(entries: Sequence[CheckIn]) -> list[str]:
    """ "Tight chest came with *worry* 4 of 5 times." """
    sentences = []
    for one in together(entries)[:_MOST]:
        where = sensation_at(one.zone, one.sensation)
        sentence = _("{felt} came with **{word}** {times} of {of} times.").format(
            felt=where[0].upper() + where[1:], word=word_name(one.word), times=one.times, of=one.of
        )
        sentences.append(sentence)
    return sentences


def granularity_sentences(figures: DiaryFigures) -> list[str]:
    """Counts first; then granularity, or how many check-ins are still missing."""
    counts = ngettext("{words} different word so far.", "{words} different words so far.", figures.different)
    unnamed = ngettext(
        "In {unnamed} of {n} check-in no word named it.",
        "In {unnamed} of {n} check-ins no word named it.",
        figures.entries,
    )
    sentences = [
        counts.format(words=figures.different) + " " + unnamed.format(unnamed=figures.unnamed, n=figures.entries)
    ]
    sides = (
        (_("unpleasant feelings"), figures.unpleasant, figures.unpleasant_change, figures.rated[0]),
        (_("pleasant feelings"), figures.pleasant, figures.pleasant_change, figures.rated[1]),
    )
    for name, found, change, rated in sides:
        sentences.append(_of_one_side(name, found, rated))
        if change is not None:
            sentences.append(_in_time(change))
    if figures.unpleasant is not None or figures.pleasant is not None:
        sentences.append(_("0 means that they rise and fall together, 1 that each goes its own way."))
    sentences.append(_("A description, not a test: it does not say how well somebody is."))
    return sentences


def _of_one_side(name: str, found: Granularity | None, rated: int) -> str:
    if found is None:
        missing = max(LEAST_ENTRIES - rated, 0)
        if missing:
            return _("How finely {name} are told apart shows after {n} more check-ins that have some.").format(
                name=name, n=missing
            )
        return _("How finely {name} are told apart cannot be said: they never change.").format(name=name)
    return _("{name}: {value} (likely between {low} and {high}, from {n} check-ins).").format(
        name=name[0].upper() + name[1:],
        value=number(found.value, 2),
        low=number(found.low, 2),
        high=number(found.high, 2),
        n=found.entries,
    )


def _in_time(change: GranularityChange) -> str:
    values = {"first": number(change.first.value, 2), "last": number(change.last.value, 2)}
    if change.different:
        return _("In the first 30 check-ins it was {first}, in the latest 30 {last}.").format(**values)
    return _("In the first 30 check-ins it was {first}, in the latest 30 {last}: no clear difference.").format(**values)
