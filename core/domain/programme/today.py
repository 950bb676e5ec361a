"""What a programme asks today: folded from what was done, with nothing stored but that."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.domain.exercise.plan import Plan
from core.domain.exercise.programme import BLOCKS, DayPart, Programme, ProgrammeDay
from core.domain.practice.lessons import LessonState

AWAY = 5
"""Days without anything, after which a day is short."""
SHORT_PRACTICE = 7
"""Faces of a short day: one of each emotion."""
SITUATIONS = 8
"""Of a block of faces in a situation."""
_SECONDS_A_FACE = {DayPart.CHECK: 6, DayPart.PRACTICE: 12, DayPart.MOVING: 13, DayPart.CONTEXT: 28}
_SECONDS = {
    DayPart.CHECK_IN: 60,
    DayPart.LESSON: 180,
    DayPart.READING: 60,
    DayPart.SHOW: 90,
    DayPart.SUMMARY: 60,
    DayPart.QUESTIONNAIRE: 240,
}
_BETWEEN = (DayPart.SHOW, DayPart.SUMMARY, DayPart.QUESTIONNAIRE)
"""Between lesson and block, in this order, where they are open."""
_REVIEW = 60


@dataclass(frozen=True)
class DayStep:
    """A part of today that is still to be done."""

    part: DayPart
    faces: int = 0
    lesson: str | None = None
    """By its name."""
    again: bool = False
    """Of a lesson: it was seen, and is due."""
    feedback: bool = False
    """Of a check: the warm-up before the first, which never counts."""
    day: int | None = None
    """Of the programme's training, from 0, for a block of one of its days."""
    page: str | None = None
    """To be read, by its name."""

    @property
    def seconds(self) -> int:
        if self.part is DayPart.LESSON:
            return _REVIEW if self.again else _SECONDS[self.part]
        each = _SECONDS_A_FACE[DayPart.PRACTICE] if self.feedback else _SECONDS_A_FACE.get(self.part, 0)
        return self.faces * each or _SECONDS[self.part]


class DayPlace(StrEnum):
    """Where a person stands with today."""

    ASKED = "asked"
    """Something is to be done."""
    ENOUGH = "enough"
    """Something is left, and it was a long day: an end is offered."""
    DONE = "done"
    PAUSED = "paused"
    FINISHED = "finished"
    """All days of the programme are done."""


@dataclass(frozen=True)
class LaterChecks:
    """The follow-up of a training that is over, while it is ahead."""

    first: int
    """The person's own day from which on it is asked, as a number."""
    days: int
    """Until then."""
    checks: int

    @property
    def weeks(self) -> int:
        """About so many until then, at least one."""
        return max(1, round(self.days / 7))


@dataclass(frozen=True)
class DayFacts:
    """What was done, as of today."""

    today: int
    """The person's own day, as a number."""
    first: tuple[int, int] | None
    """Checks made before training, and planned; None: it may begin, or has begun."""
    check: int
    """Faces of the check that is due now."""
    warm_up: int
    """Faces of the warm-up, where that is due."""
    checked: bool
    """A check was begun today."""
    diary: bool
    """A check-in may be asked."""
    checked_in: bool
    open: frozenset[DayPart]
    """Of SHOW, SUMMARY and QUESTIONNAIRE what can be done now: the person agreed to the camera, has check-ins that were
    not summed up, is asked to fill something in."""
    trained: int
    """Days with practice before today; that of the warm-up is among them until the checks before training are over."""
    done: frozenset[DayPart]
    """Of lesson, blocks, reading and camera, what was done today."""
    away: int
    """Days since the day before today on which something was done; 0 where there is none."""
    lessons: Mapping[str, LessonState]
    unread: Sequence[str]
    """Pages to read that were not, by name and in order."""
    enough: bool
    """There was so much exercise today that an end is offered."""
    follow_up: tuple[int, int] | None = None
    """Checks made of the follow-up that goes on, and planned."""
    later: LaterChecks | None = None
    """Of a follow-up that is ahead."""
    kept: bool = False
    """There was a follow-up, and it is over."""
    left_out: frozenset[DayPart] = frozenset()
    """By the person, today."""
    apart: int = 0
    """As in Course."""


@dataclass(frozen=True)
class ProgrammeToday:
    """Where a person stands in their programme."""

    place: DayPlace
    steps: tuple[DayStep, ...]
    """What is still to be done today, in order, without what the person leaves out."""
    begun: bool
    """Something of today is done."""
    week: int
    """0 before training; of a finished programme the last."""
    weeks: int
    """Of training."""
    weeks_done: int
    days_done: int
    """Of training."""
    days: int
    first: tuple[int, int] | None
    """As in DayFacts."""
    back: bool
    """After a pause: today is short."""
    follow_up: tuple[int, int] | None = None
    """As in DayFacts, with today's check."""
    later: LaterChecks | None = None
    kept: bool = False
    apart: int = 0

    @property
    def next(self) -> DayStep | None:
        return next(iter(self.steps), None)


def programme_today(plan: Plan, programme: Programme, facts: DayFacts) -> ProgrammeToday:
    """What is asked today of a person whose `plan` holds the `programme`."""
    training = programme.training
    trained_today = facts.first is None and any(part in BLOCKS for part in facts.done)
    days_done = min(facts.trained + trained_today, len(training)) if facts.first is None else 0
    finished = facts.first is None and facts.trained >= len(training)
    back = facts.away >= AWAY and not finished and facts.follow_up is None
    asked = () if programme.paused or trained_today else _steps(plan, programme, facts, back)
    steps = tuple(step for step in asked if step.part not in facts.left_out)
    last_weeks = {day.week: place for place, day in enumerate(training)}
    if programme.paused:
        place = DayPlace.PAUSED
    elif steps:
        place = DayPlace.ENOUGH if facts.enough else DayPlace.ASKED
    else:
        over = (finished or days_done == len(training)) and facts.follow_up is None
        place = DayPlace.FINISHED if over else DayPlace.DONE
    return ProgrammeToday(
        place=place,
        steps=steps,
        begun=bool(facts.done) or facts.checked_in or facts.checked,
        week=0 if facts.first else training[min(facts.trained, len(training) - 1)].week,
        weeks=len(last_weeks),
        weeks_done=sum(days_done > last for last in last_weeks.values()),
        days_done=days_done,
        days=len(training),
        first=facts.first,
        back=back,
        follow_up=facts.follow_up,
        later=facts.later,
        kept=facts.kept,
        apart=facts.apart,
    )


def _steps(plan: Plan, programme: Programme, facts: DayFacts, back: bool) -> tuple[DayStep, ...]:
    check = [DayStep(DayPart.CHECK, facts.warm_up, feedback=True)] if facts.warm_up else []
    check += [DayStep(DayPart.CHECK, facts.check)] if facts.check else []
    day = _day(programme, facts) if facts.follow_up is None else None
    if day is None:
        return tuple(check)
    check_in = DayPart.CHECK_IN in day.parts and facts.diary and not facts.checked_in
    steps = [*check, *([DayStep(DayPart.CHECK_IN)] if check_in else [])]
    if facts.first is not None:
        reads = DayPart.READING in day.parts and DayPart.READING not in facts.done and facts.unread
        return (*steps, *([DayStep(DayPart.READING, page=facts.unread[0])] if reads else []))
    if back:
        return (DayStep(DayPart.PRACTICE, SHORT_PRACTICE),)
    lesson = _lesson(programme, facts) if DayPart.LESSON in day.parts and DayPart.LESSON not in facts.done else None
    block = next(part for part in day.parts if part in BLOCKS)
    faces = SITUATIONS if block is DayPart.CONTEXT else plan.practice_length
    between = [DayStep(part) for part in _BETWEEN if part in day.parts and part in facts.open - facts.done]
    return (*steps, *([lesson] if lesson else []), *between, DayStep(block, faces, day=facts.trained))


def _day(programme: Programme, facts: DayFacts) -> ProgrammeDay | None:
    """The one that is on; None after the last."""
    if facts.first is None:
        return programme.training[facts.trained] if facts.trained < len(programme.training) else None
    made, _ = facts.first
    return programme.first[min(made, len(programme.first) - 1)] if programme.first else programme.training[0]


def _lesson(programme: Programme, facts: DayFacts) -> DayStep | None:
    """The first new one of the days until today that was not seen, else what is due."""
    so_far = [day.lesson for day in programme.training[: facts.trained + 1] if day.lesson in facts.lessons]
    fresh = next((name for name in so_far if name and facts.lessons[name].seen is None), None)
    if fresh is not None:
        return DayStep(DayPart.LESSON, lesson=fresh)
    due = next((name for name, state in facts.lessons.items() if state.is_due(facts.today)), None)
    return DayStep(DayPart.LESSON, lesson=due, again=True) if due else None
