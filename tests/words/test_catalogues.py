"""The catalogues hold every sentence of the code, translated, with the same placeholders."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from core.commands import words
from core.config import ROOT
from core.domain.language import SOURCE
from core.stimuli.builtin import read_builtin
from core.translations import FOLDER, languages
from pages.shared.set_names import BUILTIN

CODE = """
class Refusal(Exception): ...
class Late(Refusal): ...
class TooLate(Late): ...

def say(name, number):
    _("Hello {name}.").format(name=name)
    ngettext("one face", "{number} faces", number)
    raise TooLate("It is {hour}.", hour=12)
    print("not a sentence", _(NAMES["not one either"]))
"""


@pytest.fixture
def template(tmp_path: Path) -> Catalog:
    file = tmp_path / "code.py"
    file.write_text(CODE)
    return words.sentences([file], tmp_path)


Text = str | tuple[str, ...]


def spanish(**changes: Text) -> Catalog:
    """A complete translation of CODE; `changes` replace the texts of hello, face or late."""
    texts: dict[str, Text] = {
        "hello": "Hola, {name}.",
        "face": ("una cara", "{number} caras"),
        "late": "Son las {hour}.",
    }
    texts |= changes
    catalogue = Catalog(locale="es")
    catalogue.add("Hello {name}.", texts["hello"])
    catalogue.add(("one face", "{number} faces"), texts["face"])
    catalogue.add("It is {hour}.", texts["late"])
    return catalogue


def test_sentences_of_underscore_ngettext_and_every_kind_of_refusal_are_found(template: Catalog) -> None:
    found = [message.id for message in template if message.id]
    assert found == ["Hello {name}.", ("one face", "{number} faces"), "It is {hour}."]


def test_a_complete_translation_has_no_problems(template: Catalog) -> None:
    assert words.problems(template, spanish()) == []


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"hello": ""}, "not translated"),
        ({"face": ("una cara", "")}, "not translated"),
        ({"hello": "Hola, {nombre}."}, "other placeholders"),
        ({"hello": "Hola."}, "other placeholders"),
        ({"hello": "Hola, {name:d}."}, "other placeholders"),
        ({"face": ("una cara", "caras")}, "other placeholders"),
        ({"face": ("{n} cara", "{number} caras")}, "other placeholders"),
        ({"late": "Son las {hour."}, "braces that do not match"),
    ],
)
def test_a_missing_part_or_other_placeholders_are_a_problem(
    template: Catalog, changes: dict[str, Text], wrong: str
) -> None:
    problems = words.problems(template, spanish(**changes))
    assert len(problems) == 1
    assert problems[0].startswith(wrong)


def test_a_fuzzy_translation_is_a_problem(template: Catalog) -> None:
    catalogue = spanish()
    catalogue["Hello {name}."].flags.add("fuzzy")
    assert words.problems(template, catalogue) == ["fuzzy: 'Hello {name}.' (code.py)"]


def test_an_update_keeps_translations_and_drops_what_is_no_longer_said(template: Catalog, tmp_path: Path) -> None:
    before = spanish(late="")
    before.add("Goodbye.", "Adiós.")
    before.update(template, no_fuzzy_matching=True)
    file = tmp_path / "es.po"
    file.write_bytes(words.written(before))
    after = words.read(file)
    assert after["Hello {name}."].string == "Hola, {name}."
    assert "Goodbye." not in file.read_text()
    assert words.problems(template, after) == ["not translated: 'It is {hour}.' (code.py)"]


def test_a_catalogue_carries_no_date_and_no_name_of_a_tool_or_machine(template: Catalog) -> None:
    header = words.written(spanish()).decode().split("\n\n")[0].splitlines()[2:]
    assert header == [
        r'"Language: es\n"',
        r'"MIME-Version: 1.0\n"',
        r'"Content-Type: text/plain; charset=utf-8\n"',
        r'"Content-Transfer-Encoding: 8bit\n"',
        r'"Plural-Forms: nplurals=2; plural=(n != 1);\n"',
    ]


@pytest.mark.parametrize("language", [code for code in languages() if code != SOURCE])
def test_every_sentence_of_the_product_is_translated(language: str) -> None:
    template = words.sentences(words.sources(ROOT), ROOT)
    assert len(template) > 100
    assert words.problems(template, words.read(FOLDER / f"{language}.po")) == []


def test_the_name_of_the_built_in_set_is_the_one_that_is_translated() -> None:
    assert read_builtin()[0].title == BUILTIN
