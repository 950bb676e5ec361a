"""Columns of a questionnaire's totals, in the BIDS tree and for REDCap alike."""

from collections.abc import Sequence

from core.domain.columns import Column, ColumnType
from core.export.columns import DAYS, GAPS
from core.export.dataset import ExportedTotal


def total_columns(totals: Sequence[ExportedTotal]) -> tuple[Column, ...]:
    """What is told of each of one questionnaire's totals; a column for each subscale that any of them has."""
    return (
        Column("day", ColumnType.WHOLE, "when it was filled in", DAYS, quasi=GAPS),
        Column("total", ColumnType.WHOLE, "the total, as the clinician entered it or the person filled it in here"),
        Column("by_person", ColumnType.TRUTH, "whether the person filled it in here, item by item"),
        Column("left_out", ColumnType.WHOLE, "of what the person filled in: items without an answer"),
        *(
            Column(f"subscale_{name}", ColumnType.WHOLE, f"of what the person filled in: total of the subscale {name}")
            for name in _scales(totals)
        ),
    )


def total_cells(one: ExportedTotal, totals: Sequence[ExportedTotal]) -> list[object]:
    """Its values under `total_columns(totals)`."""
    return [one.day, one.total, one.by_person, one.left_out, *(one.subscales.get(name) for name in _scales(totals))]


def _scales(totals: Sequence[ExportedTotal]) -> list[str]:
    return sorted({name for one in totals for name in one.subscales})
