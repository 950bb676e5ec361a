"""Column of an export: its name, type, meaning and values, as every dictionary of an export says them."""

from dataclasses import dataclass
from enum import StrEnum


class ColumnType(StrEnum):
    TEXT = "text"
    WHOLE = "integer"
    NUMBER = "number"
    TRUTH = "boolean"


@dataclass(frozen=True)
class Column:
    """One column of the export."""

    name: str
    type: ColumnType
    about: str
    unit: str = ""
    """As BIDS writes it."""
    levels: dict[str, str] | None = None
    """Every value it can have, with its meaning."""
    quasi: str = ""
    """Why it may help to tell who somebody is, together with what one knows from elsewhere (a quasi-identifier)."""
