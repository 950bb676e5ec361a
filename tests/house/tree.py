"""The tree as the rules see it: every module of app.py, core and pages, and what it imports, wherever in the file."""

import ast
from functools import cache
from pathlib import Path

from tests.syntax import syntax

ROOT = Path(__file__).parent.parent.parent


@cache
def modules() -> dict[str, Path]:
    """Name of each module → its file; a folder's `__init__.py` has the folder's name."""
    files = [ROOT / "app.py", *(path for part in ("core", "pages") for path in sorted((ROOT / part).rglob("*.py")))]
    return {_name(path): path for path in files}


@cache
def imported(path: Path) -> frozenset[str]:
    """Every name that the file imports, as `module.name`."""
    found = set()
    for node in ast.walk(syntax(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return frozenset(found)


@cache
def imports(module: str) -> frozenset[str]:
    """The modules of ours that `module` imports."""
    ours = modules()
    found = {name if name in ours else name.rpartition(".")[0] for name in imported(ours[module])}
    return frozenset(found & ours.keys() - {module})


def reached_from(module: str) -> set[str]:
    """All modules of ours that come along when `module` is imported."""
    seen: set[str] = set()
    waiting = [module]
    while waiting:
        new = imports(waiting.pop()) - seen
        seen |= new
        waiting += new
    return seen


def circles() -> list[list[str]]:
    """Groups of modules that import each other, directly or not (Tarjan's strongly connected components)."""
    number: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[list[str]] = []

    def visit(module: str) -> None:
        number[module] = low[module] = len(number)
        stack.append(module)
        for other in imports(module):
            if other not in number:
                visit(other)
                low[module] = min(low[module], low[other])
            elif other in stack:
                low[module] = min(low[module], number[other])
        if low[module] == number[module]:
            group = stack[stack.index(module) :]
            del stack[stack.index(module) :]
            if len(group) > 1:
                found.append(sorted(group))

    for module in modules():
        if module not in number:
            visit(module)
    return found


def _name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
