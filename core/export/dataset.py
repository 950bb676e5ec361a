"""Dataset of an export, as the writers get it: people one after the other, each with runs, each run with its rows.

Days are the person's own: since their first run in what is exported, None for somebody without one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from core.domain.columns import Column
from core.domain.exercise.plan import Plan
from core.domain.feelings.check_in import CheckIn
from core.domain.patient.questionnaires import Questionnaire
from core.domain.statistics.block_verdict import BlockVerdict


@dataclass(frozen=True)
class ExportedScore:
    """One run of a measured kind that was answered to the end: `right` of `shown`, by one blueprint ("" where it is
    withheld)."""

    participant: str
    block: int
    day: int | None
    right: int
    shown: int
    blueprint: str
    measure: tuple[str, str]
    """What was measured: a code, and in words."""
    part: str | None = None
    """Of a course of checks in blocks; None of others, and where it is withheld."""
    phase: int | None = None


@dataclass(frozen=True)
class ExportedChange:
    """What was found of change when a block of checks was over, with the numbers of the blocks that it rests on."""

    participant: str
    part: str
    phase: int
    day: int | None
    before: tuple[int, ...]
    after: tuple[int, ...]
    verdict: BlockVerdict
    against: str = "baseline"
    """The part before. A follow-up has one against the end, and one against the baseline where the phase was called
    better."""


@dataclass(frozen=True)
class ExportedTask:
    """An exercise, as data dictionaries describe it."""

    name: str
    about: str
    instructions: str
    kinds: Mapping[str, str]
    """Kinds of its blocks, each described."""
    responses: Mapping[str, str]
    """Answers beside the seven emotions, "not sure" and "cannot see", each described."""
    columns: tuple[Column, ...]
    """What only its trials have; at the end of the trials table."""


@dataclass(frozen=True)
class ExportedTotal:
    """A questionnaire's total, as a clinician entered it or the person filled it in here."""

    participant: str
    questionnaire: str
    day: int | None
    total: int
    by_person: bool = False
    left_out: int | None = None
    """Items without an answer; None of what a clinician entered."""
    subscales: Mapping[str, int] = field(default_factory=dict)
    """Of what the person filled in, where its file has any."""


@dataclass(frozen=True)
class ExportedCheckIn:
    """A check-in with one's own feelings, without own words, of a diary that its person shows."""

    participant: str
    number: int
    """Among the person's here, from 1."""
    day: int | None
    part: str
    """Of the day."""
    entry: CheckIn


@dataclass(frozen=True)
class ExportedSitting:
    """One sitting of a person in the export."""

    session: str
    day: int | None
    part: str
    """Of the day."""


@dataclass(frozen=True)
class Participant:
    """One person. `enrolled_day` and `withdrawn_day` are of the study that is exported."""

    participant: str
    language: str
    study: str | None = None
    arm: str | None = None
    enrolled_day: int | None = None
    withdrawn_day: int | None = None


@dataclass(frozen=True)
class Flow:
    """What became of those who were `enrolled` in the study."""

    enrolled: int
    left: int
    """In the export, but not in the study any more."""
    disagree: int
    """Do not agree to research now, so that they are not in the export."""
    erased: int
    """Not in the export either."""


@dataclass(frozen=True)
class ExportMetadata:
    """What holds for the whole export."""

    title: str
    software: str
    made_on: date
    protocol: str | None
    arms: dict[str, Plan]
    """Of the study, by name; none while it enrols."""
    choice: dict[str, str]
    """What was asked for, in words."""
    tasks: tuple[ExportedTask, ...] = ()
    """Every exercise of this installation."""
    questionnaires: dict[str, Questionnaire] = field(default_factory=dict)
    """Those that this installation knows, by key."""
    flow: Flow | None = None
    """Who is not in it, of a study."""
    licence: str = ""
    authors: tuple[str, ...] = ()
    """Both as the study says, empty where it says nothing."""


@dataclass
class ExportCounts:
    """What was written."""

    people: int = 0
    sessions: int = 0
    runs: int = 0
    trials: int = 0
    excluded: int = 0
    checks: int = 0
    totals: int = 0
    check_ins: int = 0
    """With one's own feelings."""
    beyond_redcap: int = 0
    """Trials that the files for REDCap lack: it has no number for them."""
