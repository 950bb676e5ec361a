"""The data dictionary: as a CSV to read, and as REDCap imports one."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

from core.export.cells import text
from core.export.columns import Column, ColumnType
from core.export.package import Package
from core.export.records import COLUMNS

REDCAP = (
    "Variable / Field Name",
    "Form Name",
    "Section Header",
    "Field Type",
    "Field Label",
    "Choices, Calculations, OR Slider Labels",
    "Field Note",
    "Text Validation Type OR Show Slider Number",
    "Text Validation Min",
    "Text Validation Max",
    "Identifier?",
    "Branching Logic (Show field only if...)",
    "Required Field?",
    "Custom Alignment",
    "Question Number (surveys only)",
    "Matrix Group Name",
    "Matrix Ranking?",
    "Field Annotation",
)
_VALIDATION = {ColumnType.WHOLE: "integer", ColumnType.NUMBER: "number"}


def add_dictionaries(package: Package) -> None:
    package.add("documentation/dictionary.csv", dictionary(COLUMNS))
    package.add("documentation/redcap.csv", redcap(COLUMNS))


def dictionary(columns: Iterable[Column]) -> str:
    """One line for each column: name, type, unit, what it is, every value it can have, and why it may help to tell who
    somebody is."""
    rows = [
        (column.name, str(column.type), column.unit, column.about, _levels(column), column.quasi) for column in columns
    ]
    return _written([("column", "type", "unit", "description", "levels", "quasi_identifier"), *rows])


def _levels(column: Column) -> str:
    return "; ".join(f"{value} = {said}" for value, said in (column.levels or {}).items())


def redcap(columns: Sequence[Column]) -> str:
    """REDCap's own dictionary, for a project of one form; its first field is the record's id."""
    return _written([REDCAP, *(_field(column) for column in columns)])


def _field(column: Column) -> tuple[str, ...]:
    choices = column.levels or ({"true": "yes", "false": "no"} if column.type is ColumnType.TRUTH else {})
    coded = " | ".join(f"{value}, {_label(said)}" for value, said in choices.items())
    asked = {
        "Variable / Field Name": column.name.lower(),
        "Form Name": "trials",
        "Field Type": "radio" if choices else "text",
        "Field Label": column.about,
        "Choices, Calculations, OR Slider Labels": coded,
        "Field Note": column.unit,
        "Text Validation Type OR Show Slider Number": _VALIDATION.get(column.type, ""),
    }
    return tuple(asked.get(heading, "") for heading in REDCAP)


def _label(said: str) -> str:
    """REDCap takes | and the first comma for its own."""
    return re.sub(r"[|,]", ";", said)


def _written(rows: Iterable[Sequence[str]]) -> str:
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerows([cell and text(cell) for cell in row] for row in rows)
    return written.getvalue()
