"""A run of any task while a browser tells of it: event by event, in one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from propcache.api import cached_property
from sqlalchemy.orm import Session

from core.domain.devices import Browser
from core.domain.exercise.events import Answered, Given, Left, OutOfOrder, Painted, RunEvent, Stopped, not_understood
from core.domain.exercise.items import RunItem
from core.domain.patient.consent import Purpose
from core.services.exercise import run_rows
from core.services.gate.access import Player
from core.services.privacy.consents import ConsentWords
from core.storage.queries import exercise_queries
from core.storage.queries.exercise_queries import AnswerPlace
from core.storage.tables import BlockRow, now
from core.tasks import tasks
from core.tasks.task import Drawing, Task

_LEFT = "left while shown"


@dataclass
class PlayedRun:
    """The run, and what has become of its items."""

    db: Session
    by: Player
    row: BlockRow
    items: list[RunItem]
    """All of them in order; kept up to date."""
    browser: Browser
    said: ConsentWords
    """The person, to the texts of consent."""

    def take(self, event: RunEvent) -> None:
        """Raises OutOfOrder for an item that was never drawn or whose turn has not come, NotUnderstood for an answer
        that the task does not know."""
        match event:
            case Answered(number, given):
                self._answered(number, given)
            case Painted(number):
                self._painted(number)
            case Left(number):
                self._left(number)
            case Stopped():
                run_rows.end(self.db, self.row, stopped=True)

    @property
    def _task(self) -> Task:
        return tasks()[self.row.task]

    @cached_property
    def _where(self) -> AnswerPlace:
        return run_rows.place(run_rows.sitting(self.db, self.by, self.browser))

    def _drawing(self, place: int) -> Drawing:
        return run_rows.drawing(self.db, self.by.person.id, self.browser, self.row.seed + place)

    def _open(self, number: int) -> RunItem | None:
        """The item, if it is its turn; None if it has been answered or is void. Raises OutOfOrder.

        The answers of a run that was stopped elsewhere meanwhile were given before, and are kept.
        """
        item = _numbered(self.items, number)
        if item is None:
            raise OutOfOrder("Face {number} is not in this run. Please reload the page and go on.", number=number)
        if item.open and item is not turn_of(self.items):
            raise OutOfOrder("It is not the turn of face {number}. Please reload the page and go on.", number=number)
        return item if item.open else None

    def _answered(self, number: int, given: Given) -> None:
        task, item = self._task, self._open(number)
        if item is None:
            return
        shown, drawn_otherwise = item, dict[str, object]()
        if given.stand_in:
            found = task.stand_in(self.db, item)
            if found is None:
                raise not_understood("stand_in", given.stand_in)
            shown, drawn_otherwise = found[0], dict(found[1])
        told = {
            "response_time_ms": given.response_time_ms,
            "painted_at": given.painted_at,
            "answered_at": given.answered_at,
            "focus_lost": given.focus_lost,
            "window": given.window,
            "conditions": given.conditions and asdict(given.conditions),
        }
        values = {**drawn_otherwise, **self._where, **told, **task.answer(self.row.kind, shown, given)}
        item.answered = True  # also where another tab was first, a moment ago
        norms = self.said.has(Purpose.NORMS)
        if run_rows.keep(self.db, task, self.by.person, self.row, shown, values, norms):
            self._after(shown, values)

    def _after(self, shown: RunItem, values: Mapping[str, object]) -> None:
        def drawing() -> Drawing:
            return self._drawing(shown.number)

        for number, more in self._task.after(drawing, self.row, self.items, shown, values).items():
            ahead = _numbered(self.items, number)
            if ahead is not None and exercise_queries.set_more(self.db, self.row.id, number, more):
                ahead.more = more

    def _painted(self, number: int) -> None:
        """A timed item is on the screen: from now on it must be answered or becomes void."""
        item = self._open(number)
        if item is not None:
            exercise_queries.mark_painted(self.db, self.row.id, number, now(), self._where)
            item.painted = True

    def _left(self, number: int) -> None:
        """A timed item that was on the screen when the page went away becomes void and is replaced by its like."""
        task, item = self._task, self._open(number)
        if item is None or item.exposure_ms is None or not item.painted:
            return
        if not run_rows.keep(self.db, task, self.by.person, self.row, item, {"void": _LEFT}):
            return
        item.void = _LEFT
        place = max(one.number for one in self.items) + 1
        like = task.replace(self._drawing(place), self.row, self.items, item)
        if like is not None:
            exercise_queries.add_items(self.db, self.row.id, place, [like])
            self.items += [one for one in exercise_queries.run_items(self.db, self.row.id) if one.number == place]


def turn_of(items: Sequence[RunItem]) -> RunItem | None:
    """The item that is to be answered now; None once all are."""
    return next((item for item in items if item.open), None)


def _numbered(items: Sequence[RunItem], number: int) -> RunItem | None:
    return next((one for one in items if one.number == number), None)
