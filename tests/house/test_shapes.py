"""Shapes: what the database hands out says its columns; only JSON by other people's names is open."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house.tree import modules
from tests.syntax import syntax

ROOMS = (
    *("core.storage.queries", "core.storage.trials", "core.storage.upserts", "core.tasks"),
    *("core.services.exercise", "core.services.gate", "core.services.privacy", "core.services.research"),
)
OPEN = {
    # JSON of a run or a plan, under names that each task or release has of its own
    "core.storage.queries.plan_queries": {"_verdict.figures"},
    "core.storage.queries.record_queries": {"RunRow.design"},
    "core.storage.queries.research_queries": {"ResearchBlock.design", "ResearchBlock.plan"},
    "core.storage.queries.summary_queries": {"_designs"},
    "core.storage.trials": {"StoredTrial.more", "two_answers", "two_answers.more"},
    # columns of any table there is
    "core.services.privacy.my_data": {"_queries"},
    "core.storage.queries.erasure_queries": {"_doers", "_keys"},
}


def open_places(tree: ast.AST, of: str = "") -> Iterator[str]:
    """Where an annotation says `Any`: "function.argument", "function" for what it returns, "Class.field", "name"."""
    for node in ast.iter_child_nodes(tree):
        inside = of
        if isinstance(node, ast.ClassDef):
            inside = f"{of}{node.name}."
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            inside = f"{of}{node.name}."
            if node.returns is not None and _says_any(node.returns):
                yield f"{of}{node.name}"
        elif isinstance(node, ast.arg) and node.annotation is not None and _says_any(node.annotation):
            yield f"{of}{node.arg}"
        elif isinstance(node, ast.AnnAssign) and _says_any(node.annotation):
            yield f"{of}{ast.unparse(node.target)}"
        elif isinstance(node, ast.Assign | ast.Call) and _says_any(node):
            yield f"{of}{ast.unparse(node)}"
            continue
        yield from open_places(node, inside)


def _says_any(node: ast.AST) -> bool:
    return any(isinstance(part, ast.Name) and part.id == "Any" for part in ast.walk(node))


def test_a_place_without_a_shape_is_found_wherever_it_stands() -> None:
    written = """
Found = Sequence[Any]
class Line:
    cells: list[Any]
    def told(self, row: Row[Any]) -> dict[str, int]:
        kept = dict[str, Any]()
        return {}
def rows(ids: list[str], **more: Any) -> Sequence[Any]:
    found: dict[str, Any] = {}
    return list(cast(Any, ids))
"""
    assert list(open_places(ast.parse(written))) == [
        "Found = Sequence[Any]",
        "Line.cells",
        "Line.told.row",
        "Line.told.kept = dict[str, Any]()",
        "rows",
        "rows.more",
        "rows.found",
        "rows.list(cast(Any, ids))",
    ]


def test_rows_have_a_shape() -> None:
    found = {name: set(open_places(syntax(path))) for name, path in _in_rooms()}
    assert len(found) > 50
    assert {name: places for name, places in found.items() if places} == OPEN


def _in_rooms() -> Iterator[tuple[str, Path]]:
    return ((name, path) for name, path in modules().items() if name.startswith(ROOMS))
