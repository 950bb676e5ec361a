"""What a column of a table is, how a record's fields become columns, and the values that coded columns can have."""

from dataclasses import dataclass
from types import NoneType
from typing import Annotated, get_args, get_origin, get_type_hints

from core.domain.columns import Column, ColumnType
from core.domain.emotions import Emotion
from core.domain.exercise.trials import Response

MISSING = "n/a"


EMOTIONS = {emotion.word: emotion.word for emotion in Emotion}
RESPONSES = {
    **EMOTIONS,
    Response.NOT_SURE.value: "the person said that they were not sure",
    Response.CANNOT_SEE.value: "the person could not see the picture: missing, not an error",
}
EXCLUSIONS = {
    "left_while_shown": "void: a timed face was on the screen when the page went away; another face replaced it",
    "skipped": "void: the person went on without showing this emotion",
    "not_answered": "planned, and the block ended or was left before it",
    "check_not_finished": "answered, in a check that was stopped or left open: no score may use it",
    "cannot_see": "the person could not see the picture",
}
PARTS = {
    "warm_up": "before the first check, with feedback; never counted",
    "baseline": "before faces were practised",
    "middle": "when half of the training days were done",
    "end": "in the last weeks",
    "follow_up": "weeks after training, without practice in between",
}
STATES = {"finished": "to the end", "stopped": "ended early by the person", "open": "begun and not ended"}
DAYS = "days since the person's first run in the study"
GAPS = "whoever knows on which days somebody came can look for the same gaps between days"
HABITS = "whoever knows when somebody practises can look for the same habit"
RARE = "few people may have a rare one"
CHANGES = "changes on the same real day for everybody, so that whoever knows that day can place days around it"
WAYS = {"stream": "live video", "snapshot": "a single picture", "file": "a picture from a file"}


@dataclass(frozen=True)
class Meaning:
    """What a field of a record means, in the words of `Column`; written as its annotation."""

    about: str
    unit: str = ""
    levels: dict[str, str] | None = None
    quasi: str = ""


_TYPES = {
    str: ColumnType.TEXT,
    int: ColumnType.WHOLE,
    float: ColumnType.NUMBER,
    bool: ColumnType.TRUTH,
}


def withheld(about: str) -> str:
    """What is said of a column that an export does not fill while the study enrols."""
    return f"{about}; n/a while the study still enrols, so that the arms stay unknown"


def columns_of(record: type[object]) -> tuple[Column, ...]:
    """A column for each field of a record that is annotated with its type and a Meaning."""
    hints = get_type_hints(record, include_extras=True).items()
    return tuple(_column(name, hint) for name, hint in hints if get_origin(hint) is Annotated)


def _column(name: str, hint: object) -> Column:
    kind, meaning = get_args(hint)
    [type_] = {_TYPES[one] for one in get_args(kind) or (kind,) if one is not NoneType}
    return Column(name, type_, meaning.about, meaning.unit, meaning.levels, meaning.quasi)
