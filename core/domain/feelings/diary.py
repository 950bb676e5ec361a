"""What many check-ins come to: words and where in the body they were felt, counts, when to show where help is. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.domain.feelings.check_in import PLEASANT_WORDS, UNPLEASANT_WORDS, CheckIn, Sensation, Zone
from core.domain.feelings.granularity import (
    Granularity,
    GranularityChange,
    granularity,
    granularity_change,
    rated,
)
from core.domain.feelings.words import Cell

LEAST_TOGETHER = 5
"""Check-ins from which on it is said what came with what."""
MOST_READ = 500
"""Check-ins, the latest, of which words, figures and pictures are made: a page costs no more after years."""
RUNNING = 3
"""Strong and unpleasant check-ins one after the other, after which it is said where to find help."""


@dataclass(frozen=True)
class Together:
    """A sensation at a place came with a word in `times` of the `of` check-ins with that sensation."""

    zone: Zone
    sensation: Sensation
    word: str
    times: int
    of: int


@dataclass(frozen=True)
class UsedWord:
    """A word of the person's own list: of the list by its key, or one of their own."""

    word: str
    own: bool
    times: int
    last: date
    zones: tuple[Zone, ...]
    """Where in the body it was felt, the most frequent first."""


@dataclass(frozen=True)
class DiaryFigures:
    """Figures of a diary; Nones where there is too little to say."""

    entries: int
    different: int
    """Words used, of the list and own ones."""
    unnamed: int
    """Check-ins in which no word named it."""
    unpleasant: Granularity | None
    pleasant: Granularity | None
    unpleasant_change: GranularityChange | None
    pleasant_change: GranularityChange | None
    rated: tuple[int, int]
    """Check-ins that count for the two, so far."""


def used_words(entries: Sequence[CheckIn]) -> list[UsedWord]:
    """The person's own list, the most used first; of equals the latest. Own words are one whatever their case."""
    times: Counter[tuple[str, bool]] = Counter()
    latest: dict[tuple[str, bool], date] = {}
    zones: dict[tuple[str, bool], Counter[Zone]] = {}
    for entry in entries:
        for key in named(entry):
            times[key] += 1
            latest[key] = max(entry.day, latest.get(key, entry.day))
            zones.setdefault(key, Counter()).update((entry.body or {}).keys())
    found = [
        UsedWord(*key, number, latest[key], tuple(zone for zone, _ in zones[key].most_common()))
        for key, number in times.items()
    ]
    return sorted(found, key=lambda used: (-used.times, -used.last.toordinal(), used.word))


def named(entry: CheckIn) -> list[tuple[str, bool]]:
    """The words of a check-in, and whether each is one of the person's own."""
    own = [(entry.own_word.casefold(), True)] if entry.own_word else []
    return [(word, False) for word in entry.words] + own


def together(entries: Sequence[CheckIn]) -> list[Together]:
    """Of each sensation at a place that came LEAST_TOGETHER times, the word that it came with most often, if that was
    more than half of the times; the most frequent first."""
    came: Counter[tuple[Zone, Sensation]] = Counter()
    with_word: Counter[tuple[Zone, Sensation, str]] = Counter()
    for entry in entries:
        for zone, mark in (entry.body or {}).items():
            if mark.sensation is not None and entry.words:
                came[zone, mark.sensation] += 1
                with_word.update((zone, mark.sensation, word) for word in entry.words)
    found: list[Together] = []
    for (zone, sensation), of in came.items():
        if of >= LEAST_TOGETHER:
            theirs = [(n, word) for (z, s, word), n in with_word.items() if (z, s) == (zone, sensation)]
            times, word = max(theirs, key=lambda counted: counted[0])
            if 2 * times > of:
                found.append(Together(zone, sensation, word, times, of))
    return sorted(found, key=lambda one: (-one.times, one.zone))


def body_counts(entries: Sequence[CheckIn]) -> dict[Zone, int]:
    """In how many check-ins something was felt at each place."""
    counts = Counter(zone for entry in entries for zone in entry.body or {})
    return {zone: counts[zone] for zone in Zone}


def grid_counts(entries: Sequence[CheckIn]) -> dict[Cell, int]:
    """How many check-ins stand in each cell of the grid that has some."""
    cells = [(e.pleasant, e.energy) for e in entries if e.pleasant is not None and e.energy is not None]
    return dict(Counter(cells))


def needs_help_line(entries: Sequence[CheckIn]) -> bool:
    """Whether the latest RUNNING check-ins (oldest first) were all strong and unpleasant."""
    return len(entries) >= RUNNING and all(entry.strong_and_unpleasant for entry in entries[-RUNNING:])


def figures(entries: Sequence[CheckIn]) -> DiaryFigures:
    """Of a diary, oldest first."""
    unpleasant, pleasant = rated(entries, UNPLEASANT_WORDS), rated(entries, PLEASANT_WORDS)
    return DiaryFigures(
        len(entries),
        len({key for entry in entries for key in named(entry)}),
        sum(entry.unnamed for entry in entries),
        granularity(unpleasant),
        granularity(pleasant),
        granularity_change(unpleasant),
        granularity_change(pleasant),
        (len(unpleasant), len(pleasant)),
    )
