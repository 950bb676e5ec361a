"""Task: one kind of exercise, from the drawing of a run to what is said of it. Each is a folder beside this file.

A run is a list of items. The services begin, keep and end it (permission, consent, order, exposures); of what an item
shows, which answers there are and what is right, only the task knows.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, Protocol

from sqlalchemy.orm import Session

from core.domain.columns import Column
from core.domain.exercise.events import Given
from core.domain.exercise.items import PlannedItem, RunItem, Value
from core.domain.exercise.plan import Plan
from core.domain.exercise.trials import Stimulus
from core.domain.people import NotAllowed
from core.storage.tables import BlockRow, StimulusRow
from core.storage.trials import StoredTrial

Pool = Callable[[int, str, bool], Sequence[Stimulus]]
"""The faces of a set with one role (practice, A or B); with True those that may be used to measure."""


@dataclass(frozen=True)
class Drawing:
    """What a run is drawn from."""

    db: Session
    pool: Pool
    person_id: str
    plan_id: int | None
    plan: Plan
    """In force; the default one has no row."""
    seed: int
    language: str
    device: str
    kind: str | None = None
    """None: the one that is due."""
    options: Mapping[str, str] = field(default_factory=dict)
    """What else the page says, which the run's design keeps."""

    def practice_only(self, set_id: int) -> Sequence[Stimulus]:
        """The faces of a set that are no check's: whatever teaches or trains draws from these alone."""
        return self.pool(set_id, "practice", False)


@dataclass(frozen=True)
class Drawn:
    """A run, drawn."""

    kind: str
    items: Sequence[PlannedItem]
    length: int
    """How many are to be answered."""
    design: Mapping[str, object]
    set_id: int | None = None
    """None where no faces are shown."""
    blueprint: str | None = None
    form: str | None = None
    own: Mapping[str, object] = field(default_factory=dict)
    """Further columns of its row."""


class TaskFeedback(Protocol):
    """What is said of an item once it is answered."""

    def data(self, language: str) -> dict[str, object]:
        """As the task's step of the player shows it."""


class Task(ABC):
    """One kind of exercise."""

    name: ClassVar[str]
    """As it is stored, exported, and called by its folder; 16 signs at most."""
    title: ClassVar[str]
    about: ClassVar[str]
    """One English sentence for data dictionaries."""
    instructions: ClassVar[str]
    """What a person is asked, in English, for data dictionaries."""
    kinds: ClassVar[Mapping[str, str]]
    """Its kinds of runs, each described for data dictionaries."""
    measured: ClassVar[frozenset[str]] = frozenset()
    """Kinds of which nothing is told before the end, and whose runs count only when they are finished."""
    measure: ClassVar[tuple[str, str]] = ("", "")
    """Of its measured kinds the share of right answers: a code, and in English words."""
    responses: ClassVar[Mapping[str, str]] = {}
    """Answers beside the seven emotions, "not sure" and "cannot see", described for data dictionaries."""
    columns: ClassVar[Sequence[Column]] = ()
    """What `more` of its items holds."""
    step: ClassVar[str] = ""
    """Of the player's steps; empty where a page of its own plays it."""
    words: ClassVar[Mapping[str, str]] = {}
    """English sentences of the step; "result" has {right} and {shown}."""
    answers: ClassVar[Mapping[str, str]] = {}
    """English labels of the answers, by response, in the order of their keys."""
    offered: ClassVar[bool] = False
    """At home, beside what the plan asks."""
    planned: ClassVar[bool] = False
    """The clinician's plan says how its runs are drawn."""
    compared: ClassVar[bool] = False
    """The network's and other people's answers stand beside the person's, and theirs are counted among people's."""

    @abstractmethod
    def draw(self, drawing: Drawing) -> Drawn:
        """Raises Refusal where no run can be drawn."""

    def answer(self, kind: str, item: RunItem, given: Given) -> dict[str, object]:
        """The columns of a trial that the answer fills, score included. Raises NotUnderstood for one that the task
        does not know."""
        raise NotAllowed("There is nothing to answer here.")

    def item(self, kind: str, item: RunItem) -> Mapping[str, Value]:
        """What the player is told of an item ahead of its answer; of a measured kind nothing that tells it."""
        return {}

    def feedback(self, db: Session, kind: str, items: Sequence[RunItem]) -> Mapping[int, object]:
        """What is said of each item of a kind that is not measured, by number: a TaskFeedback, or what pages have words
        for."""
        return {}

    def faces(self, item: RunItem) -> Sequence[int]:
        """The faces that an item shows: rows of stimuli."""
        return [] if item.stimulus_id is None else [item.stimulus_id]

    def emotion(self, item: RunItem) -> str | None:
        """What an item asks for, by the word of an emotion; it may be another word."""
        return item.target

    def picture(self, db: Session, kind: str, item: RunItem, part: int | None) -> StimulusRow | None:
        """The face behind one of the item's addresses: its own (None), or a further one by number. None: there is no
        such."""
        return db.get(StimulusRow, item.stimulus_id) if part is None and item.stimulus_id is not None else None

    def replace(self, drawing: Drawing, row: BlockRow, items: Sequence[RunItem], void: RunItem) -> PlannedItem | None:
        """An item like the void one, to be appended; None where none is needed."""
        return None

    def after(
        self,
        drawing: Callable[[], Drawing],
        row: BlockRow,
        items: Sequence[RunItem],
        answered: RunItem,
        values: Mapping[str, object],
    ) -> Mapping[int, Mapping[str, Value]]:
        """What becomes of items ahead once `answered` was given an answer that fills `values`: their new `more`, by
        number."""
        return {}

    def stand_in(self, db: Session, item: RunItem) -> tuple[RunItem, Mapping[str, object]] | None:
        """What may be shown in the place of an open item, with the columns of its row that are others then; an answer
        says whether it was. None: only the item itself."""
        return None

    def counts_among_people(self, item: RunItem) -> bool:
        """Of a compared task: whether a first answer to this item is counted among people's."""
        return True

    def score(self, row: StoredTrial) -> tuple[str | None, bool | None]:
        """The answer that counts and whether it is right."""
        return row.scored, row.correct
