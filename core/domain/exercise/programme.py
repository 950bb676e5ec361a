"""Programme: the days of a training as data, which a plan holds. It counts days that were done, never dates.

Checks are in no day: when one is due, the course of checks says, and it comes before the rest of that day.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from core.domain.exercise.run_mix import USUAL, RunMix

FIRST_DAYS = 7
"""Of getting to know, week 0."""
WEEK = 5
"""Days of a week of training."""
LATER_WEEKS, LATER_CHECKS = (4, 52), (3, 14)
"""Least and most of a follow-up."""


class DayPart(StrEnum):
    """A part of a day, in the order in which they come."""

    CHECK = "check"
    CHECK_IN = "check_in"
    """With one's own feelings, for who keeps a diary of them."""
    LESSON = "lesson"
    """A new one, or the review of one that is due."""
    SHOW = "show"
    """Two emotions before the camera, for who agreed to it."""
    SUMMARY = "summary"
    """What one's own check-ins come to, to keep or to show."""
    QUESTIONNAIRE = "questionnaire"
    """Where the clinician asked for one."""
    PRACTICE = "practice"
    MOVING = "moving"
    """Practice on faces that move."""
    CONTEXT = "context"
    """Faces in a situation."""
    READING = "reading"
    """A page about alexithymia."""


BLOCKS = (DayPart.PRACTICE, DayPart.MOVING, DayPart.CONTEXT)
"""With one of these a day of training is done."""
LEFT_OUT = (
    DayPart.CHECK_IN,
    DayPart.READING,
    DayPart.LESSON,
    DayPart.SHOW,
    DayPart.SUMMARY,
    DayPart.QUESTIONNAIRE,
    DayPart.MOVING,
    DayPart.CONTEXT,
)
"""What a clinician may leave out."""


@dataclass(frozen=True)
class ProgrammeDay:
    """One day. A wrong one raises ValueError."""

    week: int
    """0 for the days of getting to know."""
    parts: tuple[DayPart, ...]
    lesson: str | None = None
    """A new one, by its name."""
    mix: RunMix = USUAL
    """Of its practice, on faces that move also."""

    def __post_init__(self) -> None:
        blocks = sum(part in BLOCKS for part in self.parts)
        if DayPart.CHECK in self.parts or blocks != (self.week > 0):
            raise ValueError(
                f"programme: a day of week {self.week} has {', '.join(self.parts) or 'nothing'}; expected one block in "
                "training, none before, and no check."
            )

    def to_json(self) -> dict[str, Any]:
        """A mix is left out where it is the usual one: an export knows a plan by a hash of this."""
        day = {"week": self.week, "parts": list(self.parts), "lesson": self.lesson}
        return day if self.mix == USUAL else {**day, "mix": self.mix.to_json()}

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> "ProgrammeDay":
        """What `to_json` wrote. Raises KeyError, TypeError or ValueError for anything else."""
        parts = tuple(DayPart(part) for part in content["parts"])
        mix = RunMix.from_json(content["mix"]) if "mix" in content else USUAL
        return cls(int(content["week"]), parts, content.get("lesson"), mix)


@dataclass(frozen=True)
class FollowUp:
    """Short checks long after the training: is it kept? A wrong one raises ValueError."""

    weeks: int = 12
    """Without training, after its end: the eighteenth week of the recommended programme."""
    checks: int = 6
    """At most one a day."""

    def __post_init__(self) -> None:
        for name, value, (least, most) in (("weeks", self.weeks, LATER_WEEKS), ("checks", self.checks, LATER_CHECKS)):
            if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
                raise ValueError(f"follow-up: {name} is {value!r}; expected a whole number from {least} to {most}.")

    def to_json(self) -> dict[str, int]:
        return {"weeks": self.weeks, "checks": self.checks}

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> "FollowUp":
        """What `to_json` wrote. Raises ValueError for anything else."""
        try:
            return cls(content["weeks"], content["checks"])
        except (KeyError, TypeError) as error:
            raise ValueError(f"follow-up: cannot be read ({error!r}); expected weeks and checks.") from error


@dataclass(frozen=True)
class Programme:
    """The days in their order. A wrong one raises ValueError."""

    days: tuple[ProgrammeDay, ...]
    paused: bool = False
    """By the clinician: nothing is asked, and nothing is lost."""
    follow_up: FollowUp | None = None
    """None also of programmes that were set before there was one: they stay as their clinician set them."""

    def __post_init__(self) -> None:
        weeks = [day.week for day in self.days]
        if weeks != sorted(weeks) or not any(weeks) or not isinstance(self.paused, bool):
            raise ValueError(f"programme: its weeks are {weeks}; expected days of training, week by week.")

    @property
    def first(self) -> tuple[ProgrammeDay, ...]:
        """The days of getting to know."""
        return tuple(day for day in self.days if day.week == 0)

    @property
    def training(self) -> tuple[ProgrammeDay, ...]:
        return tuple(day for day in self.days if day.week > 0)

    @property
    def left_out(self) -> tuple[DayPart, ...]:
        """What could be in it, and is in no day."""
        return tuple(part for part in LEFT_OUT if not any(part in day.parts for day in self.days))

    def mix_on(self, day: int) -> RunMix:
        """Of the practice on a day of training, from 0; after the last the usual one."""
        return self.training[day].mix if day < len(self.training) else USUAL

    def to_json(self) -> dict[str, Any]:
        """A follow-up is left out where there is none: an export knows a plan by a hash of this."""
        days = {"days": [day.to_json() for day in self.days], "paused": self.paused}
        return {**days, "follow_up": self.follow_up.to_json()} if self.follow_up else days

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> "Programme":
        """What `to_json` wrote. Raises ValueError for anything else."""
        try:
            days = [ProgrammeDay.from_json(day) for day in content["days"]]
        except (KeyError, TypeError) as error:
            raise ValueError(f"programme: cannot be read ({error!r}); expected days with week and parts.") from error
        later = content.get("follow_up")
        return cls(tuple(days), content.get("paused", False), None if later is None else FollowUp.from_json(later))


RECOMMENDED_FOLLOW_UP = FollowUp()
_LESSONS = (
    ("six_feelings", None, "fear_surprise"),
    ("disgust_anger", None, "sad_neutral"),
    ("angry_neutral", None, "sad_angry"),
    (),
    ("fear_sad", None, "happy_neutral"),
    ("limits",),
)
"""The new ones of each week of training, day by day; on other days comes what is due."""
_BLOCKS: Mapping[int, tuple[DayPart, ...]] = {
    3: (DayPart.PRACTICE, DayPart.MOVING, DayPart.PRACTICE, DayPart.MOVING, DayPart.PRACTICE),
    4: (DayPart.MOVING, DayPart.PRACTICE, DayPart.MOVING, DayPart.PRACTICE, DayPart.MOVING),
    5: (DayPart.CONTEXT, DayPart.PRACTICE, DayPart.CONTEXT, DayPart.PRACTICE, DayPart.CONTEXT),
    6: (DayPart.CONTEXT, DayPart.PRACTICE, DayPart.CONTEXT, DayPart.PRACTICE, DayPart.CONTEXT),
}
"""Of the weeks with other blocks than practice, day by day."""
_ALL_ALIKE = RunMix(even=1.0)
_RAMP = (replace(_ALL_ALIKE, strengths=(100, 100)),) * 2 + (replace(_ALL_ALIKE, strengths=(80, 100)),) * 3
_MIXES: Mapping[int, tuple[RunMix, ...]] = {1: _RAMP, 4: (replace(_ALL_ALIKE, aim=0.75),) * WEEK}
"""Of the weeks that are mixed, day by day: all emotions alike. The first begins with the plainest faces and goes down
to 80 percent for who sees them there; the fourth is a little harder."""
_BETWEEN: Mapping[tuple[int, int], tuple[DayPart, ...]] = {
    (5, 3): (DayPart.SHOW,),
    (6, 1): (DayPart.QUESTIONNAIRE,),
    (6, 2): (DayPart.QUESTIONNAIRE,),
    (6, 3): (DayPart.SHOW, DayPart.QUESTIONNAIRE),
    (6, 4): (DayPart.SUMMARY, DayPart.QUESTIONNAIRE),
}
"""Before the block of a day, by week and place in it. A questionnaire comes on the first of these days on which it is
asked for."""


def six_weeks(
    left_out: Iterable[DayPart] = (), paused: bool = False, follow_up: FollowUp | None = RECOMMENDED_FOLLOW_UP
) -> Programme:
    """The recommended programme: a week of getting to know, six weeks of five days, and a follow-up. In place of a
    block that is left out there is practice."""
    out = set(left_out)

    def day(week: int, lesson: str | None, *parts: DayPart, mix: RunMix = USUAL) -> ProgrammeDay:
        kept = tuple(part for part in parts if part not in out)
        return ProgrammeDay(week, kept, None if DayPart.LESSON in out else lesson, mix)

    days = [day(0, None, DayPart.CHECK_IN, DayPart.READING) for _ in range(FIRST_DAYS)]
    for week, lessons in enumerate(_LESSONS, start=1):
        for place in range(WEEK):
            lesson = lessons[place] if place < len(lessons) else None
            block = _BLOCKS[week][place] if week in _BLOCKS else DayPart.PRACTICE
            block = DayPart.PRACTICE if block in out else block
            between = _BETWEEN.get((week, place), ())
            mix = _MIXES[week][place] if week in _MIXES else USUAL
            days.append(day(week, lesson, DayPart.CHECK_IN, DayPart.LESSON, *between, block, mix=mix))
    return Programme(tuple(days), paused, follow_up)
