"""Pseudonyms hold for a purpose, differ between purposes, and die with the key."""

from datetime import timedelta
from threading import Thread

import pytest
from sqlalchemy import select

from core.storage.database import Store
from core.storage.queries.pseudonym_queries import LONGEST_DELAY, delays, people_behind, pseudonym, pseudonyms
from core.storage.tables import PersonKeyRow, PersonRow


def add_people(store: Store, *codes: str) -> list[str]:
    with store.begin() as db:
        rows = [PersonRow(code=code, role="patient") for code in codes]
        db.add_all(rows)
        db.flush()
        return [row.id for row in rows]


def test_a_pseudonym_is_the_same_for_a_purpose_and_differs_between_purposes_and_people(migrated: Store) -> None:
    one, other = add_people(migrated, "P-1", "P-2")
    with migrated.begin() as db:
        first = pseudonym(db, one, "study a")
    with migrated.begin() as db:
        assert pseudonym(db, one, "study a") == first
        assert len({first, pseudonym(db, one, "study b"), pseudonym(db, other, "study a")}) == 3
        assert len(first) == 16
        assert int(first, 16)
        assert one not in first
        assert people_behind(db, [first, "0" * 16], "study a") == {first: one}


def test_what_a_person_does_is_kept_back_for_a_time_of_less_than_four_weeks_that_is_always_the_same(
    migrated: Store,
) -> None:
    ids = add_people(migrated, *(f"P-{number}" for number in range(60)))
    with migrated.begin() as db:
        found = delays(db, ids)
        assert [delays(db, [id_]) for id_ in ids] == [{id_: found[id_]} for id_ in ids]
    assert all(timedelta() <= delay < LONGEST_DELAY for delay in found.values())
    assert len({delay.days for delay in found.values()}) > 15, "60 draws of 28 give 25 different ones on average"


def test_without_the_key_nobody_gets_the_old_pseudonym_again(migrated: Store) -> None:
    (one,) = add_people(migrated, "P-1")
    with migrated.begin() as db:
        before = pseudonym(db, one, "a")
        db.delete(db.get_one(PersonKeyRow, one))
        db.flush()
        assert pseudonym(db, one, "a") != before
        assert people_behind(db, [before], "a") == {}


@pytest.mark.both_databases
def test_pages_that_need_a_key_at_the_same_moment_get_one_key(migrated: Store) -> None:
    ids = add_people(migrated, *(f"P-{number}" for number in range(20)))
    found: list[dict[str, str]] = []

    def name_them() -> None:
        with migrated.begin() as db:
            found.append(pseudonyms(db, ids, "a"))

    together = [Thread(target=name_them) for _ in range(4)]
    for thread in together:
        thread.start()
    for thread in together:
        thread.join()
    assert len(found) == 4
    assert all(names == found[0] for names in found)
    with migrated.begin() as db:
        assert len(db.scalars(select(PersonKeyRow)).all()) == 20
