"""Codes that look alike are one, and whoever had one before that came signs in with it still."""

import hashlib
from importlib.resources import files

import pytest
from sqlalchemy import text

from core.domain.people import Refusal
from core.services.accounts.sign_in import checked_code
from core.storage.codes import code_key, exact_key
from core.storage.database import Store
from core.storage.migrate import downgrade, upgrade
from core.storage.queries.people_queries import with_code
from core.storage.tables import Base


@pytest.mark.parametrize("code", ["P-10", "p_1", "Niño-1", "Álvaro", "中-1", "Dr. Vega", "ß"])
def test_an_ordinary_code_keeps_its_key(code: str) -> None:
    assert code_key(code) == exact_key(code)


@pytest.mark.parametrize(
    ("large", "small"), [("ВЕРА", "вера"), ("ΜΑΡΙΑ", "μαρια"), ("ÑANDÚ", "ñandú"), ("ŁÓDŹ", "łódź")]
)
def test_capitals_make_no_other_code_in_any_alphabet(large: str, small: str) -> None:
    assert code_key(large) == code_key(small)


@pytest.mark.parametrize(("one", "other"), [("P-0", "P-O"), ("P-1", "P-l"), ("P-X", "PX"), ("P X", "PX"), ("ж", "x")])
def test_what_is_typed_on_other_keys_stays_another_code(one: str, other: str) -> None:
    assert code_key(one) != code_key(other)


@pytest.mark.parametrize("code", ["Ν-1", "νικος", "", "\u2800", "\ufe0f", "a\u200bb", "x" * 65])
def test_what_nobody_can_read_for_certain_is_refused(code: str) -> None:
    with pytest.raises(Refusal):
        checked_code(code)


@pytest.mark.both_databases
def test_people_who_had_codes_that_look_alike_before_are_all_found_with_theirs(migrated: Store) -> None:
    downgrade(migrated, "0011")
    codes = ["P–X", "p-x", "Р-X", "Anna  B", "Вera"]
    with migrated.begin() as db:
        rows = [{"code": code, "code_key": exact_key(code), "role": "patient"} for code in codes]
        db.execute(Base.metadata.tables["people"].insert(), rows)  # without the columns of later migrations
    upgrade(migrated)
    with migrated.begin() as db:
        found = {code: with_code(db, code) for code in [*codes, "P-X", "P−X", "anna b", "VERA", "BERA"]}
        codes_found = {code: row.code if row else None for code, row in found.items()}
    own = {code: code for code in codes}
    assert codes_found == own | {"P-X": "p-x", "P−X": "p-x", "anna b": "Anna  B", "VERA": None, "BERA": "Вera"}
    downgrade(migrated, "0011")
    with migrated.begin() as db:
        kept = {row.code: row.code_key for row in db.execute(text("SELECT code, code_key FROM people"))}
    assert kept == {code: exact_key(code) for code in codes}


def test_stored_keys_are_made_by_the_table_of_look_alikes_that_is_installed() -> None:
    """Whoever installs a newer one adds a migration that makes the keys anew, and its hash here."""
    table = files("confusable_homoglyphs").joinpath("confusables.json").read_bytes()
    assert hashlib.sha256(table).hexdigest() == "2d8b4774cd9dc6f233a18681bc00423ae270037437f276fc6a8b80630941fe7d"
