"""Words for one's own feelings: nouns with a meaning each, in three grades, found by where on the grid one is."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from core.domain.emotions import Emotion

FILE = Path(__file__).parents[3] / "data/feelings/words.json"
UNNAMED = "unnamed"
"""Something is felt and has no word yet: an answer, and none of the words."""
FEW = 5
"""Words that are offered first."""
SECOND_GRADE, SECOND_GRADE_WORDS, THIRD_GRADE = 8, 3, 20
"""Check-ins, and different words in them, after which there are more words."""
SECOND_GRADE_WEEK = 3
"""Of a programme, in place of these for the second grade."""
CELLS = range(-2, 3)
"""Of the grid, either way: unpleasant to pleasant, low to high energy."""
Cell = tuple[int, int]
"""Pleasant and energy, -2 to 2 each."""


@dataclass(frozen=True)
class FeelingWord:
    """A word, by its key; texts by language."""

    key: str
    grade: int
    pleasant: int
    """-1, 0 or 1."""
    energy: int
    family: str
    """Of words that are close; those of the seven emotions are called like these."""
    name: Mapping[str, str]
    meaning: Mapping[str, str]
    """One sentence."""
    question: Mapping[str, str]
    """A yes to it speaks for this word rather than for another of its family."""


@cache
def feeling_words() -> dict[str, FeelingWord]:
    """Every word by its key, the easy ones first; UNNAMED is among them."""
    return {entry["key"]: FeelingWord(**entry) for entry in json.loads(FILE.read_text(encoding="utf-8"))}


def word_of(emotion: Emotion) -> FeelingWord:
    """The plainest word of one's own for what a face may show; for a neutral face "nothing much"."""
    return next(word for word in feeling_words().values() if word.family == emotion.word)


def grade(check_ins: int, different: int, chosen: int = 1, week: int | None = None) -> int:
    """1 to 3: how fine the words are that are offered, after so many check-ins with so many different words; whoever
    chose finer words, of the grade `chosen`, is offered these from then on. Who is led through a programme has the
    second grade from its week SECOND_GRADE_WEEK on, and the third not before it."""
    if week is not None and week < SECOND_GRADE_WEEK:
        return chosen
    if check_ins >= THIRD_GRADE:
        return 3
    second = week is not None or (check_ins >= SECOND_GRADE and different >= SECOND_GRADE_WORDS)
    return max(chosen, 2 if second else 1)


def nearest(cell: Cell | None, grade: int) -> list[FeelingWord]:
    """The words up to a grade that fit a cell of the grid, the nearest first; all of them where none was chosen.

    What lies on the other side of the grid, either way, does not fit. Of equally near words each family has its turn,
    so that the first few are unlike.
    """
    words = [word for word in feeling_words().values() if word.grade <= grade and word.key != UNNAMED]
    if cell is None:
        return words
    fitting = [word for word in words if word.pleasant * cell[0] >= 0 and word.energy * cell[1] >= 0]
    turns: dict[tuple[float, str], int] = {}
    placed = []
    for number, word in enumerate(fitting):
        away = (word.pleasant - cell[0] / 2) ** 2 + (word.energy - cell[1] / 2) ** 2
        turn = turns[away, word.family] = turns.get((away, word.family), -1) + 1
        placed.append((away, turn, number, word))
    return [word for *_place, word in sorted(placed, key=lambda placed_word: placed_word[:3])]


def known_words(keys: Collection[str]) -> bool:
    """Whether all of them are words of the list."""
    return all(key in feeling_words() and key != UNNAMED for key in keys)
