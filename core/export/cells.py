"""Values as text: `n/a` for what is missing, seconds and shares with a point, nothing that a spreadsheet would
run as a formula."""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from core.domain.columns import Column, ColumnType
from core.export.columns import MISSING

_FORMULA = ("=", "+", "-", "@")
_BREAKS = re.compile(r"[\t\r\n\x00]+")
_QUOTED = re.compile(r'[,"]')


@lru_cache(maxsize=1 << 16)
def text(value: str | None) -> str:
    """One line without tabs, and harmless."""
    if value is None or value == "":
        return MISSING
    return harmless(_BREAKS.sub(" ", value))


def harmless(value: str) -> str:
    """What begins like a formula gets an apostrophe, which a spreadsheet hides."""
    return f"'{value}" if value.lstrip().startswith(_FORMULA) else value


def whole(value: int | None) -> str:
    return MISSING if value is None else str(value)


@lru_cache(maxsize=1 << 16)
def number(value: float | None) -> str:
    """At most six digits after the point, and no more than there are."""
    return MISSING if value is None else f"{value:.6f}".rstrip("0").rstrip(".")


def truth(value: bool | None) -> str:
    return MISSING if value is None else "true" if value else "false"


_WRITERS: dict[ColumnType, Callable[..., str]] = {
    ColumnType.TEXT: text,
    ColumnType.WHOLE: whole,
    ColumnType.NUMBER: number,
    ColumnType.TRUTH: truth,
}


def writers(columns: Iterable[Column]) -> list[Callable[..., str]]:
    """How the values of each column are written."""
    return [_WRITERS[column.type] for column in columns]


def tsv(cells: Sequence[str]) -> str:
    """A line of tab-separated cells, as BIDS reads them: without quotation marks."""
    return "\t".join(cells) + "\n"


def csv(cells: Sequence[str]) -> str:
    """A line of RFC 4180, with `\\n` at its end."""
    line = ",".join(cells)
    if line.count(",") == len(cells) - 1 and '"' not in line:
        return line + "\n"
    return (
        ",".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' if _QUOTED.search(cell) else cell for cell in cells) + "\n"
    )
