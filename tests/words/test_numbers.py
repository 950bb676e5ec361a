"""Numbers stand as the language of the tab writes them, on every page."""

import ast
from collections.abc import Iterator

import pytest

from core.commands.words import read
from core.config import ROOT
from core.translations import FOLDER
from pages.shared.format import number, separators, signed
from pages.shared.frequencies import percent
from pages.shared.words import speaking

FILE_NAMES = {"pages/clinician/record/report.py"}
"""Where a date is for computers."""


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", ["28,709", "2,871", "0.71", "+5", "-3", "71.1 %", ".,"]),
        ("es", ["28.709", "2.871", "0,71", "+5", "-3", "71,1 %", ",."]),
    ],
)
def test_thousands_points_and_percentages_are_those_of_the_language(language: str, written: list[str]) -> None:
    with speaking(language):
        values = [number(28_709), number(2871), number(0.7149, 2), signed(5), signed(-3), percent(0.711), separators()]
    assert values == written


def test_no_page_writes_a_number_in_the_way_of_one_language() -> None:
    found = [
        f"{file}:{line}"
        for file in sorted((ROOT / "pages").rglob("*.py"))
        for line in formatted(file.read_text("utf-8"))
    ]
    assert [one for one in found if not any(name in one for name in FILE_NAMES)] == []
    assert [
        message.id for message in read(FOLDER / "es.po") if ":+" in str(message.id) or ":." in str(message.id)
    ] == []


def formatted(source: str) -> Iterator[int]:
    """The lines of f-strings that say how a value is written."""
    for part in ast.walk(ast.parse(source)):
        if isinstance(part, ast.FormattedValue) and part.format_spec is not None:
            yield part.lineno
