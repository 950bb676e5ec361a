"""What is exported, as the writers get it: people one after the other, each with runs, each run with its rows."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from core.domain.exercise.plan import Plan
from core.domain.patient.questionnaires import Questionnaire


@dataclass(frozen=True)
class Run:
    """What one person did of one block in one sitting.

    `cells` are the values of columns.RUN, `rows` those of columns.TRIAL; `session`, `number` and `task` name the file.
    """

    participant: str
    session: str
    task: str
    number: int
    cells: tuple[Any, ...]
    rows: Sequence[tuple[Any, ...]]


@dataclass(frozen=True)
class Score:
    """One check that was answered to the end: `right` of `shown` faces named as meant, by one blueprint."""

    participant: str
    session: str
    at: datetime
    right: int
    shown: int
    blueprint: str


@dataclass(frozen=True)
class Total:
    """A questionnaire's total, as a clinician entered it."""

    participant: str
    questionnaire: str
    filled_on: date
    total: int


@dataclass(frozen=True)
class Sitting:
    """One sitting of a person in the export."""

    session: str
    started_at: datetime


@dataclass(frozen=True)
class Participant:
    """One person. `enrolled_on` and `withdrawn_on` are of the study that is exported."""

    participant: str
    language: str
    study: str | None = None
    arm: str | None = None
    allocation_number: int | None = None
    enrolled_on: date | None = None
    withdrawn_on: date | None = None


@dataclass(frozen=True)
class Flow:
    """What became of those who were `enrolled` in the study: who is in the export and `left` the study, who does not
    agree to research now, and who was erased. Neither of the last two is in the export."""

    enrolled: int
    left: int
    disagree: int
    erased: int


@dataclass(frozen=True)
class About:
    """What holds for the whole export: `arms` of the study by name; `choice`: what was asked for, in words;
    `questionnaires`: those that this installation knows, by key; `flow`: who is not in it, of a study."""

    title: str
    software: str
    made_at: datetime
    protocol: str | None
    arms: dict[str, Plan]
    choice: dict[str, str]
    questionnaires: dict[str, Questionnaire] = field(default_factory=dict)
    flow: Flow | None = None


@dataclass
class Counts:
    """What was written."""

    people: int = 0
    sessions: int = 0
    runs: int = 0
    trials: int = 0
    excluded: int = 0
    checks: int = 0
    totals: int = 0
