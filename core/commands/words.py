"""Bring the translations up to date with the sentences in the code, or check that none is missing.

Sentences are the first argument of `_`, `N_` and `Sentence`, both of `ngettext`, and the first of every kind of
Refusal. They go into each catalogue of data/translations: what is translated stays, what the code no longer says is
dropped. A new language begins as an empty file, for example data/translations/fr.po: it is on offer from then on, in
English as long as nothing is translated. With --check nothing is written, and the exit status is 1 if a sentence is
untranslated, marked fuzzy, or has other {placeholders} than its translation.
"""

import argparse
import ast
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING

from core.config import ROOT
from core.translations import FOLDER, known_locale

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog, Message

WIDTH = 100
HEADER = """\
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"

"""


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 if anything is wrong")


def run(options: argparse.Namespace) -> int:
    template = sentences(sources(ROOT), ROOT)
    status = 0
    for path in sorted(FOLDER.glob("*.po")):
        translated = read(path)
        if not options.check:
            translated.update(template, no_fuzzy_matching=True)
            path.write_bytes(written(translated))
        wrong = problems(template, translated)
        print(f"{path.name}: {len(template)} sentences, {len(wrong)} to do")
        for line in wrong:
            print(f"  {line}")
        status = 1 if options.check and wrong else status
    return status


def sources(root: Path) -> list[Path]:
    """The files whose sentences people see: app.py, and the Python of pages and core."""
    return sorted(path for part in ("app.py", "core", "pages") for path in _python_in(root / part))


def _python_in(place: Path) -> Iterable[Path]:
    return place.rglob("*.py") if place.is_dir() else filter(Path.exists, [place])


def sentences(files: Iterable[Path], root: Path) -> "Catalog":
    """A catalogue of all that `files` say, untranslated, in the order of the files.

    Read from the syntax tree: Babel's own reader of Python takes `_(NAMES["key"])` for the sentence "key".
    """
    from babel.messages.catalog import Catalog

    trees = {path.relative_to(root).as_posix(): ast.parse(path.read_bytes()) for path in files}
    markers = {"_", "N_", "Sentence", *refusals(trees.values())}
    template = Catalog()
    for place, tree in trees.items():
        for call in sorted(_calls(tree), key=lambda call: call.lineno):
            said = [part.value for part in call.args if isinstance(part, ast.Constant) and isinstance(part.value, str)]
            name = call.func.id if isinstance(call.func, ast.Name) else ""
            if name in markers and said[:1]:
                template.add(said[0], locations=[(place, call.lineno)])
            elif name == "ngettext" and said[1:]:
                template.add((said[0], said[1]), locations=[(place, call.lineno)])
    return template


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def refusals(trees: Iterable[ast.AST]) -> set[str]:
    """The names of `Refusal` and of every class that is derived from it, at however many removes."""
    classes = [
        (node.name, {base.id for base in node.bases if isinstance(base, ast.Name)})
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    ]
    names = {"Refusal"}
    while more := {name for name, bases in classes if bases & names} - names:
        names |= more
    return names


def read(path: Path) -> "Catalog":
    """The catalogue in a .po file, whose name is its language."""
    from babel.messages.pofile import read_po

    with path.open("rb") as file:
        return read_po(file, locale=known_locale(path.stem) or path.stem)


def written(catalogue: "Catalog") -> bytes:
    """A catalogue as a .po file that is the same on every machine and day."""
    from babel.messages.pofile import write_po

    for message in catalogue:  # Babel takes "60 % of" for a placeholder of the % kind
        message.flags -= {"python-format"}
    body = BytesIO()
    write_po(body, catalogue, width=WIDTH, omit_header=True, ignore_obsolete=True, include_lineno=False)
    header = HEADER.format(language=catalogue.locale_identifier, plurals=catalogue.plural_forms)
    return header.encode() + body.getvalue()


def problems(template: "Catalog", translated: "Catalog") -> list[str]:
    """One line for each sentence of `template` that `translated` cannot say properly."""
    complaints = []
    for message in template:
        if message.id:
            wrong = _problem(message, translated.get(message.id))
            if wrong:
                first = message.id if isinstance(message.id, str) else message.id[0]
                complaints.append(f"{wrong}: {first!r} ({message.locations[0][0]})")
    return complaints


def _problem(message: "Message", translation: "Message | None") -> str | None:
    said = _forms(message.id)
    shown = _forms(translation.string) if translation is not None and translation.string else ()
    if translation is None or not shown or not all(shown):
        return "not translated"
    if translation.fuzzy:
        return "fuzzy"
    try:
        needed, given = [_placeholders(form) for form in said], [_placeholders(form) for form in shown]
    except ValueError as error:
        return f"braces that do not match ({error})"
    if given[-1] != needed[-1] or not all(form <= needed[-1] | needed[0] for form in given):
        return "other placeholders"
    return None


def _forms(text: "str | tuple[str, ...] | list[str]") -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def _placeholders(sentence: str) -> set[str]:
    """What stands between braces, with its format: "gain:+d"."""
    parts = Formatter().parse(sentence)
    return {f"{name}:{spec}" for _text, name, spec, _conversion in parts if name is not None}
