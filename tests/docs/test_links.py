"""Every link, picture and file that the documentation names exists."""

import re
from pathlib import Path

import pytest

from core.config import ROOT
from tests.docs.reading import NOTES, PAGES, anchors, code, links

TOP = r"core|pages|tests|docs|data|deploy|\.ci|\.github|\.streamlit"
PLACES = re.compile(rf"(?<![\w./-])(?:app\.py|compose\.yaml|requirements[\w-]*\.\w+|(?:{TOP})/[\w./*-]*)")
WRITTEN = ("data/local", ".streamlit/secrets.toml", "deploy/secrets/secrets.toml")
"""What an installation or its keeper writes."""
TO_FILL_IN = re.compile(r"NAME|KEY|LANGUAGE|PURPOSE|VERSION")


@pytest.mark.parametrize("document", [*PAGES, *NOTES], ids=lambda document: str(document.relative_to(ROOT)))
def test_links_lead_somewhere(document: Path) -> None:
    for link in links(document):
        path, _, anchor = link.partition("#")
        target = (document.parent / path).resolve() if path else document
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


@pytest.mark.parametrize("document", [*PAGES, *NOTES], ids=lambda document: str(document.relative_to(ROOT)))
def test_files_that_are_named_exist(document: Path) -> None:
    """Of a name with a place to fill in, the folder exists."""
    named = {name.rstrip(".") for fragment in code(document) for name in PLACES.findall(fragment)}
    for name in named:
        if not name.startswith(WRITTEN):
            known = name[: found.start()].rpartition("/")[0] if (found := TO_FILL_IN.search(name)) else name
            assert list(ROOT.glob(known.rstrip("/"))), name


def test_the_search_for_files_finds_them() -> None:
    assert PLACES.findall("see core/config.py, .ci/run and xcore/no, not data") == ["core/config.py", ".ci/run"]
