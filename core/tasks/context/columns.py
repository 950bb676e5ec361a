"""What a situation adds to the row of a trial; the answer of a trial is what the face was said to show."""

from core.domain.columns import Column, ColumnType
from core.tasks.context.vignettes import VIGNETTES, Fit

ASK = "ask"
"""Chosen in the place of a word, or beside some: one would ask."""

STORY = Column(
    "context_id",
    ColumnType.TEXT,
    "the situation",
    "",
    {name: vignette.text for name, vignette in VIGNETTES.items()},
)
FIT = Column(
    "context_fit",
    ColumnType.TEXT,
    "how face and situation go together",
    "",
    {
        Fit.AGREES.value: "the face shows what the situation makes likely",
        Fit.STILL.value: "the face is neutral, though the situation makes a feeling likely",
        Fit.DIFFERS.value: "the face shows something else than the situation makes likely",
        Fit.OPEN.value: "the situation makes no feeling more likely than another",
    },
)
OFFERED = Column(
    "context_offered", ColumnType.TEXT, "the words that were offered for what the person may feel, in their order"
)
FELT = Column(
    "context_felt",
    ColumnType.TEXT,
    f"the words that were chosen of them, and “{ASK}” for “I cannot tell. I would ask.”",
)
LIKELY = Column(
    "context_likely",
    ColumnType.TRUTH,
    "whether every word that was chosen is one that the situation makes likely; empty where it makes none likely, or "
    "none was chosen",
)
TIME = Column("context_ms", ColumnType.NUMBER, "from the second question to its answer", "ms")
COLUMNS = (STORY, FIT, OFFERED, FELT, LIKELY, TIME)
