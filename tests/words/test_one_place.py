"""A language stands in its catalogue and its texts, and nowhere in the code."""

import ast
import re
from collections.abc import Iterable, Iterator, Sequence

import pytest
from babel.messages.catalog import Catalog

from core.commands import words
from core.config import ROOT
from core.domain.language import SOURCE
from core.translations import FOLDER, languages
from tests.syntax import syntax

PYTHON = [
    path
    for path in words.sources(ROOT)
    if path.relative_to(ROOT).parts[:3] != ("core", "storage", "migrations")  # what once was written stays as it was
    and path != ROOT / "core" / "domain" / "language.py"  # which says what the source is
]
SCRIPTS = [path for kind in ("js", "html") for path in sorted((ROOT / "pages").rglob(f"*.{kind}"))]
WORD = re.compile(r"[^\W\d_]{2,}")
ENOUGH = 3
"""A name or two may look like another language; this many different words in a line are a sentence."""


Found = Iterator[tuple[int, str]]


def codes(tree: ast.AST) -> Found:
    """(line, text) of every text that is a language's code, "es", or one of its tags, "es-ES"."""
    for line, text in _texts(tree):
        if len(text) <= 8 and re.split("[-_]", text)[0] in languages():
            yield line, text


def foreign(lines: Iterable[tuple[int, str]], words_of_others: set[str]) -> Found:
    """Those of `lines` that are a sentence in another language than the source."""
    for line, text in lines:
        if len(_words(text) & words_of_others) >= ENOUGH:
            yield line, text


def only_translated(catalogue: Catalog) -> set[str]:
    """The words that translations use and no sentence of the source."""
    said, shown = set[str](), set[str]()
    for message in (one for one in catalogue if one.id):
        said |= _words(message.id)
        shown |= _words(message.string)
    return shown - said


def _texts(tree: ast.AST) -> Found:
    """Line by line, without the texts that explain the code."""
    explains = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in explains:
            yield from enumerate(node.value.splitlines(), start=node.lineno)


def _words(text: str | Sequence[str] | None) -> set[str]:
    forms = (text,) if isinstance(text, str) else text or ()
    return {word.casefold() for form in forms for word in WORD.findall(form)}


@pytest.fixture(scope="module")
def words_of_others() -> set[str]:
    found = {word for path in FOLDER.glob("*.po") for word in only_translated(words.read(path))}
    assert len(found) > 1000
    return found


def test_no_language_is_named_in_the_code() -> None:
    named = {f"{path.relative_to(ROOT)}:{line}": text for path in PYTHON for line, text in codes(syntax(path))}
    assert named == {}, f"say SOURCE ({SOURCE}), or ask core.translations"


def test_no_script_names_a_language() -> None:
    quoted = re.compile("|".join(rf"""(["'`]){code}(-[A-Z]+)?\1""" for code in languages()))
    named = [path.name for path in SCRIPTS if quoted.search(path.read_text(encoding="utf-8"))]
    assert named == []


def test_every_sentence_of_the_code_is_in_the_source_s_language(words_of_others: set[str]) -> None:
    said = {path: list(_texts(syntax(path))) for path in PYTHON}
    said |= {path: list(enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)) for path in SCRIPTS}
    found = {
        f"{path.relative_to(ROOT)}:{line}": text
        for path, lines in said.items()
        for line, text in foreign(lines, words_of_others)
    }
    assert found == {}, "translations stand in data/translations"


@pytest.mark.parametrize(
    "code",
    [
        'HELLO = {"en": "Hello", "es": "Hola"}',
        'if language == "es": greet()',
        'format_date(day, locale="es-ES")',
        'texts.get("en")',
    ],
)
def test_a_language_in_the_code_is_noticed(code: str) -> None:
    assert list(codes(ast.parse(code)))


def test_a_pair_of_sentences_in_the_code_is_noticed(words_of_others: set[str]) -> None:
    pair = ast.parse('GONE = "It is not here any more.\\nYa no está aquí. Hazla otra vez."')
    assert [text for _, text in foreign(_texts(pair), words_of_others)] == ["Ya no está aquí. Hazla otra vez."]
