"""Pseudonyms and date shifts hold for a purpose, differ between purposes, and die with the key."""

from datetime import timedelta
from threading import Thread

import pytest
from sqlalchemy import select

from core.storage.database import Store
from core.storage.queries.pseudonym_queries import day_shifts, people_behind, pseudonym, pseudonyms
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


def test_dates_of_a_person_move_by_whole_days_into_the_past_and_always_by_the_same(migrated: Store) -> None:
    ids = add_people(migrated, *(f"P-{number}" for number in range(60)))
    with migrated.begin() as db:
        shifts = day_shifts(db, ids, "a")
        assert [day_shifts(db, [id_], "a") for id_ in ids] == [{id_: shifts[id_]} for id_ in ids]
        assert day_shifts(db, ids, "b") != shifts
    assert all(timedelta(days=-364) <= shift <= timedelta(days=-1) for shift in shifts.values())
    assert len(set(shifts.values())) > 40, "60 draws of 364 give 55 different ones on average"


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
