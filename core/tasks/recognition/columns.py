"""What a face of adapted practice adds to the row of a trial."""

from core.domain.columns import Column, ColumnType
from core.domain.emotions import Emotion
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
    },
)
REPEATS = Column(
    "repeats",
    ColumnType.WHOLE,
    "the number of the face of this run that was missed and comes back here on another person, not the face drawn",
)
COLUMNS: tuple[Column, ...] = (RIVAL, FORMAT, EXPECTED, WHY, REPEATS)
PENDING = (STAND_IN, STANDS_FOR, STANDS_AGAINST) = ("stand_in", "stands_for", "stands_against")
"""Of an open item, no columns: the face that may be shown in its place, the number of the one that was missed, and of
two answers the other one."""
