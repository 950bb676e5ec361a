"""What a face of adapted practice adds to the row of a trial."""

from collections.abc import Mapping

from core.domain.columns import Column, ColumnType
from core.domain.emotions import Emotion
from core.domain.exercise.items import Value
from core.domain.practice.planning import Why
from core.storage import trials

AGAIN = "again"
_WORDS = {emotion.word: f"{emotion.word}, as a target" for emotion in Emotion}
RIVAL = Column(trials.RIVAL, ColumnType.TEXT, "the emotion that a face of practice was set against", "", _WORDS)
FORMAT = Column(
    trials.FORMAT,
    ColumnType.TEXT,
    "which answers could be given",
    "",
    {"seven": "all seven emotions", trials.TWO: "the target and its rival only"},
)
EXPECTED = Column(
    "expected",
    ColumnType.NUMBER,
    "the chance of a right answer that the person's earlier answers gave when it was drawn",
)
WHY = Column(
    "why",
    ColumnType.TEXT,
    "why the face was chosen",
    "",
    {
        Why.EVEN.value: "its emotion had its turn",
        Why.PAIR.value: "it belongs to a pair that costs the person most",
        AGAIN: "its like was missed a few faces before",
        Why.DUE.value: "it belongs to a pair that was mixed up and is due again",
        Why.RELIEF.value: "it is easier than the one drawn, after two misses in a row",
    },
)
REPEATS = Column(
    "repeats",
    ColumnType.WHOLE,
    "the number of the face of this run that was missed and comes back here on another person, not the face drawn",
)
COLUMNS: tuple[Column, ...] = (RIVAL, FORMAT, EXPECTED, WHY, REPEATS)
STAND_IN = "stand_in"
"""Of an open item, no column: the face that may be shown in its place; under names that begin so, that one's `more`."""


def with_stand_in(more: Mapping[str, Value], face_id: int, its: Mapping[str, Value]) -> dict[str, Value]:
    """The `more` of an open item in whose place a face may be shown that has `its` own."""
    return {**more, STAND_IN: face_id, **{f"{STAND_IN}_{name}": value for name, value in its.items()}}


def of_stand_in(more: Mapping[str, Value]) -> dict[str, Value]:
    """The `more` of what may be shown in an item's place."""
    return {name.removeprefix(f"{STAND_IN}_"): more[name] for name in more if name.startswith(f"{STAND_IN}_")}


def without_stand_in(more: Mapping[str, Value]) -> dict[str, Value]:
    return {name: value for name, value in more.items() if not name.startswith(STAND_IN)}
