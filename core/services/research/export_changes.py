"""What was found of change in a person's course of checks, as an export tells it. Pure."""

from collections.abc import Iterator, Mapping, Sequence

from core.domain.exercise.own_days import OwnDays
from core.domain.statistics.block_verdict import BlockVerdict
from core.domain.statistics.course_parts import ClosedPart, CoursePart, part_of
from core.export.dataset import ExportedChange


def exported_changes(
    name: str, days: OwnDays, numbers: Mapping[str, int], closed: Sequence[ClosedPart]
) -> list[ExportedChange]:
    """What was found when parts of the person's course were over, as far as it may be told by now."""
    return [
        ExportedChange(
            name,
            part.part,
            part.phase,
            days.number_of(part.on),
            tuple(numbers[one] for one in before.checks),
            tuple(numbers[one] for one in part.checks),
            verdict,
            before.part,
        )
        for part in closed
        for before, verdict in _comparisons(part, closed)
        if part.on < days.until and {*before.checks, *part.checks} <= numbers.keys()
    ]


def _comparisons(part: ClosedPart, closed: Sequence[ClosedPart]) -> Iterator[tuple[ClosedPart, BlockVerdict]]:
    """With what a part was compared, and what was found."""
    baseline = part_of(closed, part.phase, CoursePart.BASELINE)
    end = part_of(closed, part.phase, CoursePart.END)
    first = end if part.part is CoursePart.FOLLOW_UP else baseline
    if first is not None and part.verdict is not None:
        yield first, part.verdict
    if baseline is not None and part.still is not None:
        yield baseline, part.still
