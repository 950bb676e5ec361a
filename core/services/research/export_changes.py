"""What was found of change in a person's course of checks, as an export tells it. Pure."""

from collections.abc import Mapping, Sequence

from core.domain.exercise.own_days import OwnDays
from core.domain.statistics.course import ClosedPart, CoursePart
from core.export.dataset import ExportedChange


def exported_changes(
    name: str, days: OwnDays, numbers: Mapping[str, int], closed: Sequence[ClosedPart]
) -> list[ExportedChange]:
    """What was found when parts of the person's course were over, as far as it may be told by now."""
    baselines = {part.phase: part.checks for part in closed if part.part is CoursePart.BASELINE}
    return [
        ExportedChange(
            name,
            part.part,
            part.phase,
            days.number_of(part.on),
            tuple(numbers[one] for one in baselines[part.phase]),
            tuple(numbers[one] for one in part.checks),
            part.verdict,
        )
        for part in closed
        if part.verdict and part.on < days.until and {*baselines[part.phase], *part.checks} <= numbers.keys()
    ]
