"""Course of checks in blocks of an invented person: what is due on each of their days, by the product's own rules."""

from dataclasses import dataclass, field
from datetime import date

from core.domain.exercise.plan import Plan
from core.domain.exercise.presets import PRESETS
from core.domain.exercise.trials import Kind
from core.domain.patient.summary import LEAST_SEEN
from core.domain.statistics.course import course
from core.domain.statistics.course_parts import CourseCheck
from core.tasks.recognition.course_state import CourseDue, due_on


@dataclass
class SimulatedBlocks:
    """Where the person stands; nobody closes a part of it early."""

    plan: Plan
    checks: list[CourseCheck] = field(default_factory=list)
    trained: set[date] = field(default_factory=set)
    """Own days with practice."""
    checked: set[date] = field(default_factory=set)
    """Own days on which a check began or ended, finished or not."""
    warmed_up: bool = False

    def due(self, day: date) -> CourseDue:
        found = course(
            self.checks,
            (),
            self.plan.design,
            PRESETS[self.plan.preset].end_from,
            day,
            lambda after: sum(one > after for one in self.trained),
            follow_up=self.plan.programme.follow_up if self.plan.programme else None,
            training_ended=self._training_ended,
        )
        return due_on(day, self.plan, found, self.checked, self.warmed_up)

    def _training_ended(self, after: date) -> date | None:
        days = len(self.plan.programme.training) if self.plan.programme else 0
        return max(sorted(one for one in self.trained if one > after)[:days], default=None)

    def ended(self, due: CourseDue, run: str, blueprint: str, right: int, shown: int, stopped: bool) -> None:
        """A run that was due is over."""
        if due.kind is Kind.CHECK and due.part is not None:
            self.checked.add(due.day)
            if not stopped:
                counts = shown >= LEAST_SEEN * due.length
                self.checks.append(CourseCheck(run, due.phase, due.part, blueprint, due.day, right, shown, counts))
        elif due.part is not None:
            self.warmed_up = True
        else:
            self.trained.add(due.day)
