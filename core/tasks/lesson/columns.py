"""What a step of a lesson adds to the row of a trial."""

from core.domain.columns import Column, ColumnType
from core.domain.emotions import Emotion

STEP = Column(
    "lesson_step",
    ColumnType.TEXT,
    "what was asked",
    "",
    {
        "watch": "to look at faces that move",
        "choose": "which of two faces shows an emotion",
        "close": "how a sentence goes on",
    },
)
LEFT = Column("lesson_left", ColumnType.WHOLE, "the face on the left, by its number in the set of this installation")
RIGHT = Column("lesson_right", ColumnType.WHOLE, "the face on the right, likewise")
ASKED = Column(
    "lesson_asked",
    ColumnType.TEXT,
    "the emotion that was to be chosen",
    "",
    {emotion.word: f"{emotion.word}, as a target" for emotion in Emotion},
)
PART = Column("lesson_part", ColumnType.WHOLE, "which of the lesson's views or sentences, from 0")
COLUMNS = (STEP, LEFT, RIGHT, ASKED, PART)
