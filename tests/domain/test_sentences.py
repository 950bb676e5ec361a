"""Sentences that wait for their language: told in it, stored with what stands in them, and read again."""

import json

import pytest

from core.domain.language import Sentence, ToldError, from_json, to_json
from core.translations import told

INNER = Sentence("{file}, row {row}", file="a {file}.csv", row="5")
WHOLE = Sentence("{where}: {found}; expected {expected}. {remedy}")
WHOLE.values.update(
    where=INNER,
    found=Sentence("{number} bytes", number=12_345),
    expected=(Sentence("fear"), Sentence("anger")),
    remedy=Sentence("Shorten it."),
)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "a {file}.csv, row 5: 12,345 bytes; expected fear, anger. Shorten it."),
        ("es", "a {file}.csv, fila 5: 12.345 bytes. Se esperaba: miedo, enfado. Acórtalo."),
    ],
)
def test_a_sentence_is_told_with_all_that_stands_in_it(language: str, said: str) -> None:
    assert told(language, WHOLE) == said
    assert told(language, from_json(json.loads(json.dumps(to_json(WHOLE))))) == said
    assert from_json(json.loads(json.dumps(to_json(WHOLE)))) == WHOLE


def test_english_needs_no_catalogue() -> None:
    assert str(WHOLE) == f"{WHOLE}" == told("en", WHOLE)
    assert str(ToldError(WHOLE, INNER)) == f"{WHOLE}\n{INNER}"
    assert str(ToldError(WHOLE, INNER).whole) == f"{WHOLE}\n{INNER}"


def test_what_an_older_version_stored_is_told_as_it_stands() -> None:
    for old in ("3 rows were left out.", "{braces} and 100 %"):
        assert told("es", from_json(old)) == old
    dropped = {"sentence": "A sentence that the code has no longer: {number}.", "values": {"number": 7}}
    assert told("es", from_json(dropped)) == "A sentence that the code has no longer: 7."


@pytest.mark.parametrize("odd", [None, 1.5, {"sentence": 1, "values": {}}, {"sentence": "a"}, [None]])
def test_what_nobody_stored_is_named(odd: object) -> None:
    with pytest.raises(ValueError, match="expected a text, a number, or a sentence"):
        from_json(odd)


def test_a_sentence_knows_what_it_says() -> None:
    outer = Sentence("{left_out} Folders: {folders}.", left_out=INNER, folders="a")
    assert outer.says("{file}, row {row}")
    assert outer.says("{left_out} Folders: {folders}.")
    assert not outer.says("{number} bytes")
