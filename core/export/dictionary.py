"""The data dictionary, as a CSV to read."""

import csv
import io
from collections.abc import Iterable, Sequence

from core.domain.columns import Column
from core.export.cells import text
from core.export.package import Package


def add_dictionary(package: Package, columns: Iterable[Column]) -> None:
    package.add("documentation/dictionary.csv", dictionary(columns))


def dictionary(columns: Iterable[Column]) -> str:
    """One line for each column: name, type, unit, what it is, every value it can have, and why it may help to tell who
    somebody is."""
    rows = [
        (column.name, str(column.type), column.unit, column.about, _levels(column), column.quasi) for column in columns
    ]
    return _written([("column", "type", "unit", "description", "levels", "quasi_identifier"), *rows])


def _levels(column: Column) -> str:
    return "; ".join(f"{value} = {said}" for value, said in (column.levels or {}).items())


def _written(rows: Iterable[Sequence[str]]) -> str:
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerows([cell and text(cell) for cell in row] for row in rows)
    return written.getvalue()
