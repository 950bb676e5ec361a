"""The README is a map that a newcomer can trust: short, every folder in it, every step of its flow in the code."""

import ast
import re
from pathlib import Path

import pytest

from core.config import ROOT
from tests.docs.reading import README, rows, section, text, tree
from tests.syntax import syntax

LISTED = ("app.py", "core", "data", "deploy", "docs", "pages", "tests")


def test_it_is_short() -> None:
    assert len(text(README).splitlines()) <= 150


def test_every_path_of_the_tree_exists() -> None:
    assert {path for path in tree() if path != "data/local/" and not (ROOT / path).exists()} == set()


def test_every_folder_of_code_is_in_the_tree() -> None:
    """To the third level: what lies deeper is a component of its page."""
    files = [path.relative_to(ROOT) for part in ("core", "pages") for path in (ROOT / part).rglob("*.py")]
    folders = {f"{folder}/" for file in files for folder in file.parents if 0 < len(folder.parts) <= 3}
    assert {folder for folder in folders - {"core/storage/migrations/versions/"} if not _told(folder)} == set()
    assert set(LISTED) <= {path.rstrip("/") for path in tree()}


def test_every_module_at_the_root_of_core_is_in_the_tree() -> None:
    modules = {f"core/{path.name}" for path in (ROOT / "core").glob("*.py") if not path.name.startswith("__")}
    assert modules <= tree().keys()


def _told(folder: str) -> bool:
    """Whether the tree has `folder` on a line of its own, or names it on the line of the folder that it lies in."""
    above, _, name = folder.rstrip("/").rpartition("/")
    return folder in tree() or f"{name}/" in re.findall(r"\w+/", tree().get(f"{above}/", ""))


def test_every_folder_that_a_line_of_the_tree_names_lies_there() -> None:
    named = {f"{path}{word}" for path, said in tree().items() for word in re.findall(r"(?<![\w/])\w+/", said)}
    assert {path for path in named if not (ROOT / path).is_dir()} == set()


@pytest.mark.parametrize(("file", "name", "does"), rows(README, "file"))
def test_each_step_from_click_to_row_is_in_the_code(file: str, name: str, does: str) -> None:
    if file.endswith(".py"):
        nodes = ast.walk(syntax(ROOT / file))
        assert name in {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    else:
        source = (ROOT / file).read_text(encoding="utf-8")
        assert re.search(rf"^  {name}\(.*\) {{$", source, flags=re.MULTILINE)
    assert does


def test_the_flow_goes_from_the_browser_to_a_table() -> None:
    files = [Path(file) for file, _, _ in rows(README, "file")]
    assert files[0].suffix == ".js"
    assert files[-1].is_relative_to("core/storage/tables")


def test_every_page_of_the_documentation_is_listed() -> None:
    listed = section(README, "Where to read on")
    assert {page.name for page in (ROOT / "docs").glob("*.md") if f"(docs/{page.name})" not in listed} == set()
