"""The rows of an export: the fields of a record are the columns of the trials table, in their order, and each says
here what it means; the CSV, the Parquet file, the BIDS runs, both dictionaries and the README all say it after them.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Annotated

from core.domain.columns import Column, ColumnType
from core.domain.devices import BROWSER_KINDS, WINDOW_KINDS
from core.domain.exercise.own_days import DAY_PARTS
from core.export.columns import (
    CHANGES,
    DAYS,
    EMOTIONS,
    EXCLUSIONS,
    GAPS,
    HABITS,
    PARTS,
    RARE,
    RESPONSES,
    STATES,
    WAYS,
    Meaning,
    columns_of,
    withheld,
)
from core.export.dataset import ExportedTask


def _resting(emotion: str) -> Meaning:
    return Meaning(f"probability of {emotion} in the person's own neutral face, taken first")


def _probability(emotion: str) -> Meaning:
    return Meaning(f"its probability of {emotion}")


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRecord:
    """What is the same in all rows of a run: what one person did of one block in one sitting."""

    participant_id: Annotated[
        str, Meaning("the person, by a pseudonym that is the same in every export of this study and series")
    ]
    session_id: Annotated[str, Meaning("the sitting of the person, numbered from the first one in the study")]
    run: Annotated[int, Meaning("number of the run within the sitting and task, as in the BIDS file name")]
    session_day: Annotated[int | None, Meaning("day on which the sitting began", unit=DAYS, quasi=GAPS)]
    session_day_part: Annotated[
        str, Meaning("part of that day, on the person's own clock", levels=DAY_PARTS, quasi=HABITS)
    ]
    in_room: Annotated[
        bool, Meaning("whether a clinician had handed their own device over for this run, in the same room")
    ]
    study: Annotated[str | None, Meaning("the study in which the person was enrolled when the block began")]
    arm: Annotated[str | None, Meaning(withheld("the arm of that study that was allocated"))]
    allocation_seed: Annotated[int | None, Meaning(withheld("seed of the allocation sequence"))]
    task: Annotated[str, Meaning("the exercise")]
    kind: Annotated[str, Meaning("what the block was")]
    block: Annotated[
        int,
        Meaning("number of the block among the person's blocks in the study, in the order in which they began, from 1"),
    ]
    block_day: Annotated[int | None, Meaning("day on which the block began", unit=DAYS, quasi=GAPS)]
    block_day_part: Annotated[
        str, Meaning("part of that day, on the person's own clock", levels=DAY_PARTS, quasi=HABITS)
    ]
    block_state: Annotated[str, Meaning("how the block ended", levels=STATES)]
    block_length: Annotated[
        int | None, Meaning(withheld("how many faces of the block were to be answered; void ones come on top"))
    ]
    item_seed: Annotated[
        int,
        Meaning(
            "seed from which the faces of the block and their order were drawn; a face that replaced a void one: this "
            "seed plus its `trial`"
        ),
    ]
    blueprint: Annotated[
        str | None, Meaning(withheld("SHA-256 of all that two checks must share to be compared; checks only"))
    ]
    form: Annotated[
        str | None,
        Meaning("one of two matched groups of identities; checks only", levels={"A": "form A", "B": "form B"}),
    ]
    plan: Annotated[
        str | None, Meaning(withheld("SHA-256 of the plan in force (documentation/plans.json has the plans)"))
    ]
    level: Annotated[
        int | None, Meaning(withheld("intensity at which the practice was drawn; practices only"), unit="%")
    ]
    course_part: Annotated[
        str | None,
        Meaning(
            withheld("part of a course of checks in blocks that the block belongs to; n/a for other runs"), levels=PARTS
        ),
    ]
    course_phase: Annotated[
        int | None,
        Meaning(
            withheld("phase of that course, from 1: the end of one is the baseline of the next; n/a as course_part")
        ),
    ]
    stimulus_set: Annotated[str | None, Meaning("name of the set of faces")]
    stimulus_set_version: Annotated[str | None, Meaning("version of the set", quasi=CHANGES)]
    stimulus_set_hash: Annotated[
        str | None, Meaning("SHA-256 over every field of every face in that version of the set")
    ]
    hard: Annotated[bool | None, Meaning("what the person answered afterwards to: was this hard for you?")]
    neutral_p_angry: Annotated[float | None, _resting("angry")]
    neutral_p_disgust: Annotated[float | None, _resting("disgust")]
    neutral_p_fear: Annotated[float | None, _resting("fear")]
    neutral_p_happy: Annotated[float | None, _resting("happy")]
    neutral_p_sad: Annotated[float | None, _resting("sad")]
    neutral_p_surprise: Annotated[float | None, _resting("surprise")]
    neutral_p_neutral: Annotated[float | None, _resting("neutral")]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialRecord:
    """One trial of a run."""

    trial: Annotated[int, Meaning("place of the face in the block, in the order of presentation, from 1")]
    stimulus: Annotated[
        str | None,
        Meaning("the face, by set, version and file; expression: the example that was shown with the question"),
    ]
    stim_file: Annotated[
        str | None, Meaning("the same as a file below stimuli/; n/a where the set's pictures may not be passed on")
    ]
    stimulus_hash: Annotated[str | None, Meaning("SHA-256 of the picture")]
    identity: Annotated[str | None, Meaning("the person on the picture, within the set")]
    stimulus_sex: Annotated[str | None, Meaning("sex of the person on the picture, as the set says")]
    stimulus_skin: Annotated[
        float | None,
        Meaning("skin of the person on the picture, as the set says (built-in: 0 very light to 7 very dark)"),
    ]
    intensity: Annotated[
        int | None, Meaning("strength of the expression: share of the full movement of the face", unit="%")
    ]
    target_votes: Annotated[int | None, Meaning("raters of ten who chose the target; sets with votes only")]
    target: Annotated[
        str | None,
        Meaning("the emotion meant; expression: asked for (show) or the person's own word (name)", levels=EMOTIONS),
    ]
    exposure: Annotated[
        float | None,
        Meaning(withheld("for how long the face was planned to be shown; n/a: until it was answered"), unit="s"),
    ]
    onset: Annotated[
        float | None,
        Meaning(
            "when the face was on the screen, by the browser's clock; expression: when it was read, by the server's; "
            "from the first one of the run",
            unit="s",
        ),
    ]
    response: Annotated[
        str | None, Meaning("the answer; expression: the person's own word, where it was asked for", levels=RESPONSES)
    ]
    best_guess: Annotated[str | None, Meaning("checks: what was chosen after 'not sure'", levels=EMOTIONS)]
    scored: Annotated[
        str | None,
        Meaning("the answer that counts: the response, or the best guess behind 'not sure'", levels=EMOTIONS),
    ]
    correct: Annotated[
        bool | None,
        Meaning("whether `scored` (expression: `network_response`) is the target; n/a where there is no score"),
    ]
    response_time: Annotated[float | None, Meaning("from painted to answered, by the browser's clock", unit="s")]
    focus_lost: Annotated[bool | None, Meaning("whether the window lost the focus while the face was shown")]
    page_translated: Annotated[
        bool | None, Meaning("whether something rewrote the words of the page: `language` is not what was read then")
    ]
    line_off: Annotated[bool | None, Meaning("whether the browser had no line to the server at the answer")]
    quick_keys: Annotated[
        bool | None,
        Meaning("whether a key came as pairs under 150 ms while the face was shown, as one that is held; not counted"),
    ]
    zoom: Annotated[float | None, Meaning("zoom of the page at the answer, 1 for none")]
    exclusion: Annotated[
        str | None, Meaning("why no score may use this row; n/a: nothing against it", levels=EXCLUSIONS)
    ]
    earlier_face: Annotated[
        int | None, Meaning("how often the person had met this very face before, as a trial or an example")
    ]
    earlier_identity: Annotated[
        int | None, Meaning("how often the person had met this identity before, as a trial or an example")
    ]
    network: Annotated[str | None, Meaning("name of the network that was compared (expression: that read the face)")]
    network_version: Annotated[str | None, Meaning("its version", quasi=CHANGES)]
    network_hash: Annotated[str | None, Meaning("SHA-256 of its file")]
    network_response: Annotated[str | None, Meaning("its most probable emotion", levels=EMOTIONS)]
    network_p_angry: Annotated[float | None, _probability("angry")]
    network_p_disgust: Annotated[float | None, _probability("disgust")]
    network_p_fear: Annotated[float | None, _probability("fear")]
    network_p_happy: Annotated[float | None, _probability("happy")]
    network_p_sad: Annotated[float | None, _probability("sad")]
    network_p_surprise: Annotated[float | None, _probability("surprise")]
    network_p_neutral: Annotated[float | None, _probability("neutral")]
    frames: Annotated[int | None, Meaning("expression: how many frames the probabilities are the mean of")]
    way: Annotated[str | None, Meaning("expression: how the face got to the network", levels=WAYS)]
    language: Annotated[str | None, Meaning("language of the words on the screen", quasi=RARE)]
    device: Annotated[str | None, Meaning("kind of device", quasi=RARE)]
    browser: Annotated[str | None, Meaning("kind of browser", levels=BROWSER_KINDS, quasi=RARE)]
    window: Annotated[
        str | None,
        Meaning("recognition, with the answer: width of the window", levels=WINDOW_KINDS, quasi=RARE),
    ]
    software: Annotated[str | None, Meaning("version of the software that took the answer", quasi=CHANGES)]

    more: Mapping[str, object] = field(default_factory=dict)
    """What only its task has, by the name of the column."""


ROW_ID = Column("row_id", ColumnType.WHOLE, "number of the row in this export")
ANSWERS = ("target", "response", "scored")
"""Columns that have a task's own answers, too."""


@dataclass(frozen=True)
class ExportColumns:
    """The columns of the trials table."""

    run: tuple[Column, ...]
    trial: tuple[Column, ...]
    more: tuple[Column, ...]
    """Of single tasks; n/a in the rows of all others."""

    @property
    def all(self) -> tuple[Column, ...]:
        return (ROW_ID, *self.run, *self.trial, *self.more)


def export_columns(tasks: Iterable[ExportedTask]) -> ExportColumns:
    """The columns of an export that can hold trials of `tasks`. Raises ValueError where two different columns have one
    name."""
    known = list(tasks)
    kinds = {kind: said for task in known for kind, said in task.kinds.items()}
    levels = {"task": {task.name: task.about for task in known}, "kind": kinds}
    answers = {response: said for task in known for response, said in task.responses.items()}
    run = tuple(replace(column, levels=levels.get(column.name, column.levels)) for column in columns_of(RunRecord))
    trial = tuple(
        replace(column, levels={**(column.levels or {}), **answers}) if column.name in ANSWERS else column
        for column in columns_of(TrialRecord)
    )
    columns = ExportColumns(run, trial, _more(known))
    twice = [name for name, times in Counter(column.name for column in columns.all).items() if times > 1]
    if twice:
        raise ValueError(f"two columns of the export are called {twice[0]!r}: expected a name that no other has")
    return columns


def _more(known: Sequence[ExportedTask]) -> tuple[Column, ...]:
    """The columns that only tasks know of, each once, with the tasks that have it."""
    columns: list[Column] = []
    for task in known:
        columns += [column for column in task.columns if column not in columns]
    having = [", ".join(task.name for task in known if column in task.columns) for column in columns]
    return tuple(
        replace(column, about=f"{tasks}: {column.about}") for column, tasks in zip(columns, having, strict=True)
    )
