"""What a face that moves adds to the row of a trial, beside what a face of practice does."""

from core.domain.columns import Column, ColumnType
from core.tasks.recognition import columns

PEAK = Column("peak", ColumnType.WHOLE, "the strength at which the movement ends", "percent")
ONSET = Column("onset_ms", ColumnType.WHOLE, "how long the movement takes from neutral to its end", "ms")
COLUMNS: tuple[Column, ...] = (*columns.COLUMNS, PEAK, ONSET)
