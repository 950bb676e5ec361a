"""The columns of the trials table, in their order: what the CSV, the Parquet file, the BIDS runs, both dictionaries
and the README all say.

`RUN` columns are the same in all rows of a run (what one person did of one block in one sitting), `TRIAL` columns
differ from row to row.
"""

from dataclasses import dataclass
from enum import StrEnum

from core.domain.emotions import Emotion
from core.domain.exercise.trials import Kind, Response

MISSING = "n/a"


class ColumnType(StrEnum):
    TEXT = "text"
    WHOLE = "integer"
    NUMBER = "number"
    TRUTH = "boolean"
    TIME = "datetime"


@dataclass(frozen=True)
class Column:
    """One column of the export."""

    name: str
    type: ColumnType
    about: str
    unit: str = ""
    """As BIDS writes it."""
    levels: dict[str, str] | None = None
    """Every value it can have, with its meaning."""


EMOTIONS = {emotion.word: emotion.word for emotion in Emotion}
KINDS = {
    Kind.PRACTICE.value: "feedback after every face; never measures",
    Kind.CHECK.value: "no feedback; the only kind that measures change",
    "show": "expression: an emotion was asked for and shown to the camera",
    "name": "expression: the person showed what they liked and named it",
}
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
STATES = {"finished": "to the end", "stopped": "ended early by the person", "open": "begun and not ended"}
CONCEALED = "n/a while the study still enrols, so that nobody can tell which arm comes next"
WAYS = {"stream": "live video", "snapshot": "a single picture", "file": "a picture from a file"}


def _text(name: str, about: str, levels: dict[str, str] | None = None) -> Column:
    return Column(name, ColumnType.TEXT, about, levels=levels)


def _whole(name: str, about: str, unit: str = "") -> Column:
    return Column(name, ColumnType.WHOLE, about, unit)


def _truth(name: str, about: str) -> Column:
    return Column(name, ColumnType.TRUTH, about)


def _time(name: str, about: str) -> Column:
    return Column(name, ColumnType.TIME, f"{about} (UTC, ISO 8601; moved by the person's own number of whole days)")


def _share(name: str, about: str) -> Column:
    return Column(name, ColumnType.NUMBER, about)


RUN = (
    _text("participant_id", "the person, by a pseudonym that is the same in every export of this installation"),
    _text("session_id", "the sitting of the person, numbered from the first one ever"),
    _whole("run", "number of the run within the sitting and task, as in the BIDS file name"),
    _time("session_started", "when the sitting began"),
    _text("study", "the study in which the person was enrolled when the block began"),
    _text("arm", "the arm of that study that was allocated"),
    _whole("allocation_number", f"place of the person in the study's allocation sequence, from 1; {CONCEALED}"),
    _whole("allocation_seed", f"seed of the allocation sequence; {CONCEALED}"),
    _text(
        "task",
        "recognition: a face is shown and named; expression: the person shows an emotion to a camera",
        {"recognition": "a face is shown and named", "expression": "an emotion is shown to a camera"},
    ),
    _text("kind", "what the block was", KINDS),
    _whole("block", "number of the block among all blocks of the person, in the order in which they began, from 1"),
    _time("block_started", "when the block began"),
    _text("block_state", "how the block ended", STATES),
    _whole("block_length", "how many faces of the block were to be answered; void ones come on top"),
    _whole(
        "item_seed",
        "seed from which the faces of the block and their order were drawn; a face that replaced a void one: this seed "
        "plus its `trial`",
    ),
    _text("blueprint", "SHA-256 of all that two checks must share to be compared; checks only"),
    _text("form", "one of two matched groups of identities; checks only", {"A": "form A", "B": "form B"}),
    _text("plan", "SHA-256 of the plan in force (documentation/plans.json has the plans)"),
    _whole("level", "intensity at which the practice was drawn; practices only", "%"),
    _text("stimulus_set", "name of the set of faces"),
    _text("stimulus_set_version", "version of the set"),
    _text("stimulus_set_hash", "SHA-256 over every field of every face in that version of the set"),
    _truth("hard", "what the person answered afterwards to: was this hard for you?"),
    *(
        _share(
            f"neutral_p_{emotion.word}", f"probability of {emotion.word} in the person's own neutral face, taken first"
        )
        for emotion in Emotion
    ),
)

TRIAL = (
    _whole("trial", "place of the face in the block, in the order of presentation, from 1"),
    _text("stimulus", "the face, by set, version and file; expression: the example that was shown with the question"),
    _text("stim_file", "the same as a file below stimuli/; n/a where the set's pictures may not be passed on"),
    _text("stimulus_hash", "SHA-256 of the picture"),
    _text("identity", "the person on the picture, within the set"),
    _text("stimulus_sex", "sex of the person on the picture, as the set says"),
    _share(
        "stimulus_skin", "skin of the person on the picture, as the set says (built-in: 0 very light to 7 very dark)"
    ),
    _whole("intensity", "strength of the expression: share of the full movement of the face", "%"),
    _whole("target_votes", "raters of ten who chose the target; sets with votes only"),
    _text("target", "the emotion meant; expression: asked for (show) or the person's own word (name)", EMOTIONS),
    Column(
        "exposure", ColumnType.NUMBER, "for how long the face was planned to be shown; n/a: until it was answered", "s"
    ),
    _time(
        "painted_at",
        "recognition: when the face was on the screen, by the browser's clock; of a void face by the server's",
    ),
    _time("answered_at", "when it was answered, by the browser's clock; expression: when it was read, by the server's"),
    _text("response", "the answer; expression: the person's own word, where it was asked for", RESPONSES),
    _text("best_guess", "checks: what was chosen after 'not sure'", EMOTIONS),
    _text("scored", "the answer that counts: the response, or the best guess behind 'not sure'", EMOTIONS),
    _truth("correct", "whether `scored` (expression: `network_response`) is the target; n/a where there is no score"),
    Column("response_time", ColumnType.NUMBER, "from painted to answered, by the browser's clock", "s"),
    _truth("focus_lost", "whether the window lost the focus while the face was shown"),
    _text("exclusion", "why no score may use this row; n/a: nothing against it", EXCLUSIONS),
    _whole("earlier_face", "how often the person had met this very face before, as a trial or an example"),
    _whole("earlier_identity", "how often the person had met this identity before, as a trial or an example"),
    _text("network", "name of the network that was compared (expression: that read the face)"),
    _text("network_version", "its version"),
    _text("network_hash", "SHA-256 of its file"),
    _text("network_response", "its most probable emotion", EMOTIONS),
    *(_share(f"network_p_{emotion.word}", f"its probability of {emotion.word}") for emotion in Emotion),
    _whole("frames", "expression: how many frames the probabilities are the mean of"),
    _text("way", "expression: how the face got to the network", WAYS),
    _text("language", "language of the words on the screen"),
    _text("device", "kind of device"),
    _text("browser", "browser and operating system, in words"),
    _text("window", "recognition, with the answer: width × height of the window, and device pixels to a CSS pixel"),
    _text("software", "version of the software that took the answer"),
)

ROW_ID = _whole("row_id", "number of the row in this export")
COLUMNS = (ROW_ID, *RUN, *TRIAL)
