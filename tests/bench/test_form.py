"""The form in which the bench prints: a table, or the same cells as JSON."""

import json
from argparse import Namespace

import pytest

from tests.bench.__main__ import SECTIONS, BenchSection, main, parser, show
from tests.bench.figure import BenchFigure, table
from tests.bench.load import LoadRun

FIGURES = [
    BenchFigure("a click", "71 ms", "25 ms", "2.84×", "≤ 2×"),
    BenchFigure("a start", "2.7 s", "1.9 s", "1.42×", "≤ 1.5×"),
]
RUN = LoadRun(20, "sqlite", "1", [0.05, 0.06, 0.07], 0.02, None, [], 0, 0, 1.5)


def test_every_section_is_in_the_help() -> None:
    text = parser().format_help()
    assert [name for name, section in SECTIONS.items() if f"  {name:<10}{section.about}" not in text] == []


def test_rows_are_printed_as_a_table() -> None:
    assert table(FIGURES) == (
        "| figure | product | baseline | ratio | target |\n|---|---|---|---|---|\n"
        "| a click | 71 ms | 25 ms | 2.84× | ≤ 2× |\n| a start | 2.7 s | 1.9 s | 1.42× | ≤ 1.5× |"
    )


@pytest.mark.parametrize("rows", [FIGURES, [RUN]], ids=["figures", "load"])
def test_json_has_an_object_for_each_row_with_the_cells_of_the_table(
    rows: list[BenchFigure | LoadRun], capsys: pytest.CaptureFixture[str]
) -> None:
    show(BenchSection("", lambda _: rows), Namespace(json=True))
    found = json.loads(capsys.readouterr().out)
    header, _, *lines = table(rows).splitlines()
    assert [f"| {' | '.join(row)} |" for row in found] == [header] * len(rows)
    assert [f"| {' | '.join(row.values())} |" for row in found] == lines


def test_json_without_a_section_is_refused(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["bench", "--json"])
    with pytest.raises(SystemExit):
        main()
    assert "--only" in capsys.readouterr().err
