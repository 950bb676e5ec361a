"""Names: one noun, one class in the whole project, and no import that needs `as`."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from tests.syntax import syntax

ROOT = next(folder for folder in Path(__file__).resolve().parents if (folder / "app.py").is_file())
OURS = {"app", "core", "pages", "tests"}
CODE = [ROOT / "app.py", *(path for part in ("core", "pages", "tests") for path in sorted((ROOT / part).rglob("*.py")))]


def trees() -> Iterator[tuple[str, ast.Module]]:
    """The path of each file, and its tree: all at once would be a million objects for the collector."""
    return ((path.relative_to(ROOT).as_posix(), syntax(path)) for path in CODE)


def aliases(tree: ast.AST) -> list[str]:
    """The imports of our own modules, or of names in them, under another name."""
    renamed = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            renamed += [a.name for a in node.names if a.asname and a.name.split(".")[0] in OURS]
        elif isinstance(node, ast.ImportFrom) and (node.level or (node.module or "").split(".")[0] in OURS):
            renamed += [f"{node.module}.{a.name}" for a in node.names if a.asname]
    return renamed


def test_no_two_classes_have_one_name() -> None:
    where = defaultdict(list)
    for path, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                where[node.name].append(f"{path}:{node.lineno}")
    assert len(where) > 300
    assert {name: places for name, places in where.items() if len(places) > 1} == {}


def test_nothing_of_ours_is_imported_under_another_name() -> None:
    assert aliases(ast.parse("from core.storage import faces as stored\nimport core.config as settings")) != []
    assert {path: renamed for path, tree in trees() if (renamed := aliases(tree))} == {}
