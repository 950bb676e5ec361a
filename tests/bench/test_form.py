"""The form in which the bench prints: a table, or the same cells as JSON."""

import json
from argparse import Namespace

import pytest

from core.config import ROOT
from core.vision.card import read_cards
from tests.bench.__main__ import SECTIONS, BenchSection, main, parser, show
from tests.bench.figure import BenchFigure, table
from tests.bench.load import LoadRun
from tests.bench.networks import MEASURED, peer_row, row_of
from tests.bench.rating import PEER

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


def test_every_network_that_ships_is_in_the_stored_table_as_its_card_has_it() -> None:
    """`python -m tests.bench --only networks --write` brings it up to date."""
    page = (ROOT / "docs/networks.md").read_text(encoding="utf-8")
    lines = page.partition("<!-- networks:begin -->")[2].partition("<!-- networks:end -->")[0].splitlines()
    stored = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    columns, kept = stored[0], {row[0]: row for row in stored[2:]}
    ships = [card for card in read_cards().values() if card.sha256]
    expected = [row_of(card, 1.0, None).cells() for card in ships]
    assert set(kept) == {cells["network"] for cells in expected} | {"`fer`"}
    for cells in expected:
        found = dict(zip(columns, kept[cells["network"]], strict=True))
        assert {name: found[name] for name in cells if name not in MEASURED} == {
            name: value for name, value in cells.items() if name not in MEASURED
        }


def test_where_the_package_fer_cannot_be_had_its_row_says_so() -> None:
    assert peer_row(None, 0).cells()["ms a face"] == f"not here: no package index had {PEER}"
    assert peer_row(0.5, 200_000).cells()["ms a face"] == "0.50"
    assert peer_row(None, 0).cells().keys() == peer_row(0.5, 1).cells().keys()
