"""Days: a time becomes a day in core/domain/days.py only, and a page shows one by pages/shared/format.py only."""

import ast
from pathlib import Path

from tests.house.tree import imported, modules

DAYS, FORMAT = "core.domain.days", "pages.shared.format"
ITS_OWN_DAYS = {
    "core.domain.exercise.own_days": "the hour, of which an export has the part of the day",
    "core.storage.tables.base": "how a database keeps a time",
    "core.storage.backups.digest": "how a backup writes a time",
}
BY_ITSELF = {"date", "date.today", "datetime.today", "astimezone"}
"""What makes a day, or a time of another place, without asking whose."""


def called(path: Path) -> set[str]:
    """Every method that the file calls, by its own name and with that before it: "now", "datetime.now"."""
    calls = [node.func for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    methods = [call for call in calls if isinstance(call, ast.Attribute)]
    return {method.attr for method in methods} | {ast.unparse(method) for method in methods}


def test_only_one_function_makes_a_day_of_a_time() -> None:
    found = {name: called(path) & BY_ITSELF for name, path in modules().items() if name != DAYS}
    assert {name for name, methods in found.items() if methods} == set(ITS_OWN_DAYS)


def test_pages_show_days_and_times_by_one_module() -> None:
    pages = {name: path for name, path in modules().items() if name.startswith("pages.") and name != FORMAT}
    words = {name for name, path in pages.items() if any(one.startswith("babel.dates") for one in imported(path))}
    clocks = {name for name, path in pages.items() if called(path) & {"datetime.now", "strftime", "isoformat"}}
    assert (words, clocks) == (set(), set())
