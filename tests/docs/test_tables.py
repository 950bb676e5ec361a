"""Tables that commands print into the documentation, and what it says of the data that ships."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

from core.commands import networks
from core.config import ROOT, VERSION
from core.domain.language import Sentence
from core.stimuli.manifest import read_manifest
from core.stimuli.manifest_row import RowReader
from core.stimuli.pictures import grey_png
from tests.bench import __main__
from tests.docs.reading import fenced, rows, text

KEPT = [(section.page, section.block) for section in __main__.SECTIONS.values() if section.block]


def test_the_tables_of_the_networks_are_what_the_stored_cards_say() -> None:
    """`python -m core networks --write` brings them up to date."""
    page = text(ROOT / networks.PAGE)
    assert networks.with_block(page, "network", networks.block()) == page


@pytest.mark.parametrize(("page", "name"), KEPT, ids=[name for _, name in KEPT])
def test_a_table_of_the_bench_says_of_when_it_is(page: str, name: str) -> None:
    printed = re.search(rf"<!-- {name}:begin -->\n(.*?)\n<!-- {name}:end -->", text(ROOT / page), flags=re.DOTALL)
    assert printed
    assert re.match(r"Printed on \d{4}-\d\d-\d\d by version \d+\.\d+\.\d+\.\n\n\| ", printed.group(1))


def test_the_bench_writes_a_table_in_that_form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "docs").mkdir()
    page = tmp_path / __main__.COSTS
    page.write_text("before\n<!-- load:begin -->\nold\n<!-- load:end -->\nafter\n", encoding="utf-8")
    monkeypatch.setattr(__main__, "ROOT", tmp_path)
    __main__.write(__main__.SECTIONS["load"], "| new |")
    assert re.fullmatch(
        rf"before\n<!-- load:begin -->\nPrinted on \S+ by version {VERSION}\.\n\n\| new \|\n<!-- load:end -->\nafter\n",
        text(page),
    )


def test_the_glossary_has_the_words_of_the_field() -> None:
    words = {cells[0] for cells in rows(ROOT / "docs/glossary.md", "English")}
    field = {"stimulus", "target", "trial", "block", "session", "check", "form", "blueprint", "response", "rater"}
    assert field <= words


def test_every_questionnaire_that_ships_is_named() -> None:
    shipped = [json.loads(text(path))["name"] for path in (ROOT / "data/questionnaires").glob("*.json")]
    assert shipped
    assert [name for name in shipped if name not in text(ROOT / "docs/measures.md")] == []


def test_the_manifest_that_is_shown_can_be_read(tmp_path: Path) -> None:
    manifest = next(block for block in fenced(ROOT / "docs/faces.md") if block.startswith("file,"))
    (tmp_path / "manifest.csv").write_text(manifest, encoding="utf-8")
    for number, line in enumerate(manifest.splitlines()[1:]):
        picture = tmp_path / line.split(",")[0]
        picture.parent.mkdir(exist_ok=True)
        picture.write_bytes(grey_png(np.full((60, 50), number, np.uint8)))
    info, faces = read_manifest(tmp_path)
    assert len(faces) == len(manifest.splitlines()) - 1
    assert info.has_identities
    assert info.has_intensities


def test_the_columns_of_a_manifest_are_those_that_are_read() -> None:
    documented = {name for cells in rows(ROOT / "docs/faces.md", "column") for name in re.split(r"` or `", cells[0])}
    assert documented == set(_columns())


def _columns() -> set[str]:
    """The names of cells that the reader of a row asks for."""

    class RecordedCells(dict[str, str]):
        asked: set[str]

        def __getitem__(self, name: str) -> str:
            self.asked.add(name)
            return super().__getitem__(name)

        def get(self, name: str, default: str | None = None) -> str | None:  # type: ignore[override]
            self.asked.add(name)
            return super().get(name, default)

    folder = ROOT / "data/stimuli/builtin"
    cells = RecordedCells(file="200/neutral_000.webp", emotion="neutral", weights="{}")
    cells.asked = set()
    assert RowReader(folder, None, {}).read(cells, Sentence("row {row}", row="1")) is not None
    return cells.asked | {"target"}  # which a table gives as the emotion
