"""What databases like to differ in is the same in both: order of letters, wide numbers, zones, counts made at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import select

from core.domain.people import Refusal
from core.services.gate import throttle
from core.storage.codes import code_key
from core.storage.database import Store
from core.storage.queries import people_queries
from core.storage.queries.face_queries import same_people
from core.storage.tables import (
    BlockRow,
    ExposureRow,
    PersonRow,
    SessionRow,
    StimulusRow,
    StimulusSetRow,
)
from core.storage.upserts import count_each
from core.tasks.recognition.feedback import steps

pytestmark = pytest.mark.both_databases


def test_codes_are_ordered_by_their_letters_not_by_the_server_s_language(migrated: Store) -> None:
    codes = ["zoe", "Ñandú", "nadia", "P-10", "P 2", "p1", "Álvaro", "alma", "_x"]
    with migrated.begin() as db:
        db.add_all([PersonRow(code=code, role="clinician") for code in codes])
    with migrated.begin() as db:
        assert [row.code for row in people_queries.colleagues(db)] == sorted(codes, key=code_key)


def test_a_code_is_one_in_any_capitals_of_any_language(migrated: Store) -> None:
    with migrated.begin() as db:
        db.add(PersonRow(code="Niño-1", role="patient"))
    with migrated.begin() as db:
        assert people_queries.with_code(db, "NIÑO-1") is not None
        assert people_queries.with_code(db, "NINO-1") is None
        assert people_queries.with_code(db, "niño_1") is None


def test_a_seed_of_64_bits_and_a_time_of_any_zone_come_back(migrated: Store) -> None:
    tokyo = datetime(2026, 3, 29, 2, 30, 0, 123456, tzinfo=timezone(timedelta(hours=9)))
    with migrated.begin() as db:
        db.add(PersonRow(id="p", code="P-01", role="patient"))
        faces = dict.fromkeys(("has_identities", "has_roles", "has_intensities", "has_votes"), True)
        db.add(
            StimulusSetRow(
                id=1, name="n", version="1", hash="h", title="", source="", licence="", notes=[], faces=0, **faces
            )
        )
        db.flush()
        db.add(SessionRow(id="s", person_id="p", language="en", device="phone", software="0"))
        db.flush()
        db.add(
            BlockRow(
                id="b",
                person_id="p",
                session_id="s",
                set_id=1,
                kind="check",
                design={"é": [None, 0.1]},
                seed=(1 << 63) - 1,
                length=1,
                started_at=tokyo,
            )
        )
    with migrated.begin() as db:
        row = db.get_one(BlockRow, "b")
        assert (row.seed, row.design) == ((1 << 63) - 1, {"é": [None, 0.1]})
        assert row.started_at == tokyo
        assert row.started_at.tzinfo is UTC
        assert db.scalar(select(BlockRow.id).where(BlockRow.started_at <= tokyo.astimezone(UTC))) == "b"


def test_counts_made_at_the_same_moment_all_count(migrated: Store) -> None:
    with migrated.begin() as db:
        db.add(PersonRow(id="p", code="P-01", role="patient"))

    def count(_: int) -> None:
        with migrated.begin() as db:
            count_each(
                db, ExposureRow, "times", [{"person_id": "p", "what": what} for what in ("face", "person", "person")]
            )

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(count, range(40)))
    with migrated.begin() as db:
        assert db.get_one(ExposureRow, ("p", "face")).times == 40
        assert db.get_one(ExposureRow, ("p", "person")).times == 80


def test_of_many_guesses_at_the_same_moment_no_more_are_free_than_one_by_one(migrated: Store) -> None:
    def guess(_: int) -> bool:
        try:
            with migrated.begin() as db:
                throttle.attempt(db, throttle.of_code("P-01"))
        except Refusal:
            return False
        return True

    with ThreadPoolExecutor(12) as pool:
        assert sum(pool.map(guess, range(24))) == throttle.of_code("P-01").free


def test_a_series_begins_with_the_face_that_has_no_intensity(stocked: Store) -> None:
    with stocked.begin() as db:
        practice = select(StimulusRow).where(StimulusRow.role == "practice")
        neutral = db.scalars(practice.where(StimulusRow.target == "neutral")).first()
        assert neutral is not None
        shown = db.scalars(
            practice.where(StimulusRow.identity == neutral.identity, StimulusRow.target == "fear")
        ).first()
        assert shown is not None
        neutral.intensity = None
        db.flush()
        same_person = same_people(db, [shown])[shown.set_id, shown.identity]
        assert [face.intensity for face in steps(shown, same_person)] == [None, 20, 40, 60, 80, 100]
