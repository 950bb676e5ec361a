"""What a pair adds to the row of a trial."""

from core.domain.columns import Column, ColumnType

LEFT = Column("pair_left", ColumnType.WHOLE, "the face on the left, by its number in the set of this installation")
RIGHT = Column("pair_right", ColumnType.WHOLE, "the face on the right, likewise")
COLUMNS = (LEFT, RIGHT)
