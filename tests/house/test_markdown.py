"""What people or files named is never read as Markdown: a page escapes it wherever text is read so."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.config import ROOT
from core.domain.people import Refusal
from pages.shared.format import refusal_in_text

READ_AS_MARKDOWN = {
    *("markdown", "title", "header", "subheader", "expander", "caption", "quiet", "info", "warning", "success"),
    *("error", "button", "checkbox", "toggle", "popover", "metric", "table", "write"),
}
"""Functions whose first argument is."""
NAMED_BY_PEOPLE = {"source", "licence", "version", "notes", "protocol", "study", "file", "code", "author", "authors"}
"""Fields that hold what somebody typed, or what stood in a file."""
TITLES = {"face_set.title", "reading.title", "copy.title", "one.title", "study.name", "arm.name"}
PASSED_ON = {"_", "N_", "ngettext", "str"}
"""Functions by name whose text is that of their arguments."""
OWN = {"card.version"}
"""Of this product's own files."""


def unescaped(source: str) -> list[str]:
    """Each such field that gets into Markdown as it is, with its line."""
    tree = ast.parse(source)
    lists = {
        loop.target.id
        for loop in ast.walk(tree)
        if isinstance(loop, ast.For | ast.comprehension)
        and isinstance(loop.target, ast.Name)
        and isinstance(loop.iter, ast.Attribute)
        and loop.iter.attr in NAMED_BY_PEOPLE
    }
    return [
        f"{call.lineno}: {ast.unparse(node)}"
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and _name(call) in READ_AS_MARKDOWN and call.args
        for node in _shown(call.args[0])
        if _of_people(node, lists)
    ]


def _of_people(node: ast.AST, lists: set[str]) -> bool:
    if isinstance(node, ast.Attribute):
        said = ast.unparse(node)
        return said not in OWN and (node.attr in NAMED_BY_PEOPLE or said in TITLES)
    return isinstance(node, ast.Name) and node.id in lists


def _shown(node: ast.AST) -> Iterator[ast.AST]:
    """Every part of an expression that gets into its text as it is."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id not in PASSED_ON:
        return  # it is escaped, or what a function makes of it is the function's
    yield node
    inner = list(ast.iter_child_nodes(node))
    if isinstance(node, ast.IfExp):
        inner.remove(node.test)
    for child in inner:
        yield from _shown(child)


def _name(call: ast.Call) -> str:
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


@pytest.mark.parametrize("path", sorted((ROOT / "pages").rglob("*.py")), ids=lambda path: str(path.relative_to(ROOT)))
def test_what_people_named_is_escaped_where_it_is_read_as_markdown(path: Path) -> None:
    assert unescaped(path.read_text(encoding="utf-8")) == []


def test_what_is_forgotten_would_be_found() -> None:
    assert unescaped('st.markdown(f"- {one.licence}")') == ["1: one.licence"]
    assert unescaped('quiet(_("{a}").format(a=review.study))') == ["1: review.study"]
    assert unescaped('for note in one.notes:\n    st.markdown(f"- {note}")') == ["2: note"]
    assert unescaped("st.markdown(plain(one.licence))") == []


def test_a_refusal_shows_what_people_named_as_it_is() -> None:
    refusal = Refusal("There is a study called “{name}” already. Choose another name.", name="[x](http://a) **b**")
    assert "“\\[x\\]\\(http\\://a\\) \\*\\*b\\*\\*”" in refusal_in_text(refusal)
