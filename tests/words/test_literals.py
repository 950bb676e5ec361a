"""No page says anything past the catalogues: text given to Streamlit goes through `_`, and `_` gets a literal."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.config import ROOT
from tests.syntax import syntax

SAYS = {
    *("title", "header", "subheader", "caption", "write", "markdown", "text", "badge", "metric"),
    *("info", "success", "warning", "error", "toast", "spinner", "status", "progress", "dialog"),
    *(
        "button",
        "form_submit_button",
        "download_button",
        "link_button",
        "page_link",
        "popover",
        "expander",
        "tabs",
    ),
    *("text_input", "text_area", "number_input", "date_input", "time_input", "file_uploader", "camera_input"),
    *("selectbox", "multiselect", "radio", "checkbox", "toggle", "pills", "segmented_control", "slider"),
    *(
        "select_slider",
        "feedback",
        "chat_input",
        "data_editor",
        "Page",
        "navigation",
        "set_page_config",
        "image",
        "quiet",
    ),
}
TEXT_ARGUMENTS = {
    "label",
    "body",
    "text",
    "title",
    "page_title",
    "caption",
    "help",
    "placeholder",
    "options",
    "icon",
}
ICON = re.compile(r":[a-z]+/[a-z0-9_]+:|:material/[a-z0-9_]+:")
LETTERS = re.compile(r"[^\W\d_]")
NAME = "Lexithymia"
MARKED = {"PROBLEMS", "problem"}
"""Names whose sentences are marked with `N_` where they are written."""

FILES = [path for path in (ROOT / "app.py", *sorted((ROOT / "pages").rglob("*.py"))) if path.exists()]


def untranslated(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """(line, text) of every bare text with letters that is given to a function that shows it."""
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and (said_by := _name(call.func)) in SAYS:
            shown = [*call.args, *(k.value for k in call.keywords if k.arg in TEXT_ARGUMENTS)]
            if said_by in {"Page", "page_link"}:  # the first argument is a script
                shown = shown[1:]
            if any(k.arg == "format_func" for k in call.keywords):  # the options are not what is shown
                shown = shown[:1]
            for text, line in (found for argument in shown for found in _literals(argument)):
                said = ICON.sub("", text)
                if LETTERS.search(said) and said.strip() != NAME:
                    yield line, text


def _name(function: ast.expr) -> str:
    """A method's name, or that of the one plain function of ours that shows text."""
    match function:
        case ast.Attribute(attr=name) | ast.Name(id="quiet" as name):
            return name
    return ""


def _literals(node: ast.expr) -> Iterator[tuple[str, int]]:
    """Text that stands in the expression itself: also in f-strings, sums, choices, lists; not inside calls."""
    match node:
        case ast.Constant(value=str(text)):
            yield text, node.lineno
        case ast.JoinedStr(values=parts) | ast.List(elts=parts) | ast.Tuple(elts=parts):
            for part in parts:
                yield from _literals(part)
        case ast.BinOp(left=left, right=right) | ast.IfExp(body=left, orelse=right):
            yield from _literals(left)
            yield from _literals(right)
        case ast.Call(func=ast.Attribute(value=ast.expr() as value, attr="format" | "join")):
            yield from _literals(value)


def unextractable(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """(line, code) of every `_(…)` whose sentence no tool finds: no literal, no refusal's sentence or page's title, not
    marked."""
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in {"_", "ngettext"}:
            for argument in call.args[: 1 if call.func.id == "_" else 2]:
                literal = isinstance(argument, ast.Constant) and isinstance(argument.value, str)
                refusal = isinstance(argument, ast.Attribute) and argument.attr == "sentence"
                page = isinstance(argument, ast.Attribute) and ast.unparse(argument) == "entry.title"
                named = argument.value if isinstance(argument, ast.Subscript) else argument
                marked = isinstance(named, ast.Name) and named.id in MARKED
                if not (literal or refusal or page or marked):
                    yield call.lineno, ast.unparse(call)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_text_shown_goes_through_the_catalogues(path: Path) -> None:
    tree = syntax(path)
    assert list(untranslated(tree)) == []
    assert list(unextractable(tree)) == []


@pytest.mark.parametrize(
    "code",
    [
        'st.title("Hello")',
        'column.button("Next", key="next")',
        'st.write(f"{number} faces")',
        'st.radio(_("Which?"), ["this", "that"])',
        'st.text_input(_("Code"), placeholder="AB-12")',
        'st.markdown("a" if new else "b")',
        'st.caption("{n} faces".format(n=3))',
        'st.image(picture, caption="A face")',
        'quiet("Small print")',
        'st.Page("pages/account/welcome.py", title="Welcome")',
    ],
)
def test_a_bare_text_is_noticed(code: str) -> None:
    assert list(untranslated(ast.parse(code)))


@pytest.mark.parametrize(
    "code",
    [
        'st.title(_("Hello"))',
        'st.caption(_("{n} faces").format(n=3))',
        'st.button(_("Next"), icon=":material/arrow_forward:", key="next")',
        'st.markdown("\\n".join(lines))',
        'st.page_link("pages/patient/learn.py", label=_("Learn"))',
        'st.radio(_("Which?"), ["this", "that"], format_func=name)',
        'st.set_page_config(page_title="Lexithymia", layout="centered")',
    ],
)
def test_a_translated_text_passes(code: str) -> None:
    assert list(untranslated(ast.parse(code))) == []


@pytest.mark.parametrize("code", ['_(f"{n} faces")', '_("a" if x else "b")', "_(sentence)", 'ngettext("a", b, 2)'])
def test_a_sentence_that_cannot_be_extracted_is_noticed(code: str) -> None:
    assert list(unextractable(ast.parse(code)))
