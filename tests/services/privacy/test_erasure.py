"""Nothing of an erased person remains: in no table, in no file, in no copy, and the log still verifies."""

import random
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text

from core.config import settings
from core.domain.audit import Act
from core.domain.people import NotAllowed, NotSaved, NotSignedIn, Refusal, Role
from core.services.accounts import accounts
from core.services.exercise import progress
from core.services.gate.throttle import of_code
from core.services.privacy import audit_log, erasure
from core.services.privacy.audit_log import PersonName
from core.services.privacy.retention import due
from core.storage.database import Store
from core.storage.queries import audit_queries, erasure_queries
from core.storage.queries.erasure_queries import OWNER, erase, owned_by
from core.storage.queries.people_queries import with_code
from core.storage.tables import AttemptRow, Base, PersonRow, SessionRow, now
from tests.databases import KINDS, database
from tests.storage.filled import fill
from tests.support import PASSWORD, new_clinician, new_patient

KEPT = {
    "alembic_version",
    "approvals",
    "audit",
    "attempts",
    "network_answers",
    "network_choices",
    "network_standings",
    "networks",
    "people_answers",
    "pictures",
    "stimuli",
    "stimulus_sets",
    "studies",
    "study_arms",
}
"""Tables that hold nothing of a patient; `people_answers` counts, and `attempts` are hashes that are looked for."""
STAFF = {
    "account_events.actor_id",
    "approvals.asked_by",
    "approvals.decided_by",
    "care.clinician_id",
    "consents.recorded_by",
    "enrolments.enrolled_by",
    "life_events.author_id",
    "minors.marked_by",
    "network_choices.chosen_by",
    "notes.author_id",
    "course_parts.closed_by",
    "plans.created_by",
    "questionnaire_forms.asked_by",
    "questionnaire_scores.entered_by",
    "studies.created_by",
}
"""Columns that say who did something."""


def id_of(store: Store, code: str) -> str:
    with store.begin() as db:
        row = with_code(db, code)
        assert row is not None
        return row.id


@pytest.fixture(autouse=True)
def local(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for all that is written."""
    folder = tmp_path / "local"
    monkeypatch.setattr(erasure, "settings", lambda: replace(settings(), local=folder))
    return folder


def test_every_table_is_known_to_hold_something_of_a_person_or_nothing() -> None:
    """A new table fails here until somebody has thought about whose it is."""
    kept = {table.name for table in Base.metadata.sorted_tables if owned_by(table, "x") is None}
    assert kept == KEPT - {"alembic_version"}


def test_every_column_that_points_at_people_says_whose_a_row_is_or_who_did_it() -> None:
    found = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        for column in table.columns
        for key in column.foreign_keys
        if key.column.table.name == "people" and column.name not in OWNER
    }
    assert found == STAFF


@pytest.mark.both_databases
def test_every_table_keeps_what_belongs_to_others_and_nothing_else(migrated: Store) -> None:
    """Rows at random in every table, and one of their people erased."""
    fill(migrated)
    with migrated.begin() as db:
        ids = list(db.scalars(select(PersonRow.id)))
    victim = random.Random(3).choice(ids)
    with migrated.begin() as db:
        assert erase(db, victim) > 3
    with migrated.begin() as db:
        for table in Base.metadata.sorted_tables:
            for row in db.execute(select(table)).mappings():
                assert victim not in row.values(), table.name
        assert len(db.scalars(select(PersonRow.id)).all()) == len(ids) - 1
        if migrated.engine.dialect.name == "sqlite":
            assert db.execute(text("PRAGMA foreign_key_check")).all() == []


def test_a_patient_asks_the_clinician_sees_it_and_carries_it_out(stocked: Store) -> None:
    clinician = new_clinician(stocked)
    patient, other = new_patient(stocked, clinician), new_patient(stocked, clinician, "P-02")
    id_ = id_of(stocked, "P-01")
    assert erasure.asked(stocked, patient) is None
    erasure.ask(stocked, patient)
    erasure.ask(stocked, patient)
    assert erasure.asked(stocked, patient) == erasure.asked(stocked, clinician, id_)
    with pytest.raises(Refusal, match="“P-02” is not this patient’s code"):
        erasure.erase(stocked, clinician, id_, "P-02")
    erasure.erase(stocked, clinician, id_, " p-01 ")
    with pytest.raises(NotSignedIn):
        progress.progress(stocked, patient)
    assert [account.code for account in accounts.patients(stocked, clinician)] == ["P-02"]
    assert progress.progress(stocked, other).checks == ()
    newest, *_ = audit_log.latest(stocked, clinician)
    assert (newest.act, newest.actor, newest.facts) == (Act.ERASE, PersonName("Dr Vega", True), {"asked": True})
    assert newest.about is not None
    assert not newest.about.known
    audit_log.verify(stocked, clinician)
    new_patient(stocked, clinician, "P-01")
    with pytest.raises(NotSignedIn):
        progress.progress(stocked, patient)
    assert newest.about not in {entry.about for entry in audit_log.latest(stocked, clinician, code="P-01")}


def test_who_takes_the_wish_back_did_not_ask(migrated: Store) -> None:
    clinician = new_clinician(migrated)
    patient = new_patient(migrated, clinician)
    erasure.ask(migrated, patient)
    erasure.take_back(migrated, patient)
    erasure.take_back(migrated, patient)
    assert erasure.asked(migrated, patient) is None
    acts = [entry.act for entry in audit_log.latest(migrated, clinician)]
    assert acts == [Act.ERASURE_TAKEN_BACK, Act.ERASURE_ASKED]


def test_only_who_cares_for_a_patient_erases_and_staff_are_never_erased(migrated: Store) -> None:
    administrator = new_clinician(migrated)
    new_patient(migrated, administrator)
    link = accounts.invite_colleague(migrated, administrator, "Dr Sol", Role.CLINICIAN)
    other = accounts.accept_invitation(migrated, link, PASSWORD, "en")
    with pytest.raises(NotAllowed, match="in your care"):
        erasure.erase(migrated, other, id_of(migrated, "P-01"), "P-01")
    with pytest.raises(NotAllowed, match="Only patients are erased"):
        erasure.erase_codes(migrated, ["P-01", "Dr Sol"])
    assert id_of(migrated, "P-01"), "all or none"


@pytest.mark.parametrize("kind", KINDS)
def test_the_attempts_at_a_code_go_with_it(kind: str, tmp_path: Path) -> None:
    with database(kind, tmp_path) as store:
        clinician = new_clinician(store)
        new_patient(store, clinician)
        with pytest.raises(Refusal):
            accounts.sign_in(store, "P-01", "a wrong password")
        erasure.erase_codes(store, ["P-01"])
        with store.begin() as db:
            assert db.scalars(select(AttemptRow).where(AttemptRow.about == of_code("P-01").about)).all() == []


def test_the_file_of_a_sqlite_database_holds_no_trace_of_the_code(tmp_path: Path) -> None:
    with database("sqlite", tmp_path) as store:
        clinician = new_clinician(store)
        for number in range(40):
            new = accounts.invite_patient(store, clinician, f"Zacarías-{number:03}")
            assert new
        id_ = id_of(store, "Zacarías-017")
        path = Path(store.url.database or "")

        def bytes_there() -> bytes:
            return b"".join(found.read_bytes() for found in sorted(path.parent.glob(f"{path.name}*")))

        assert "Zacarías-017".encode() in bytes_there()
        wal = path.with_name(f"{path.name}-wal")
        assert wal.stat().st_size > 0
        with store.engine.connect() as other:  # SQLite would delete the log with the last connection
            other.exec_driver_sql("SELECT 1")
            erasure.erase(store, clinician, id_, "Zacarías-017")
            assert wal.stat().st_size == 0
        for trace in ("Zacarías-017", "zacarías-017", id_):
            assert trace.encode() not in bytes_there()
        assert "Zacarías-018".encode() in bytes_there()


def test_whoever_reads_for_long_does_not_hold_an_erasure_up(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erasure_queries, "_TRIES", 2)
    with database("sqlite", tmp_path) as store:
        clinician = new_clinician(store)
        for code in ("P-01", "P-02"):
            new_patient(store, clinician, code)
        with store.begin() as reading:
            reading.execute(text("BEGIN"))
            reading.scalars(select(PersonRow.id)).all()
            erasure.erase_codes(store, ["P-01"])
        assert "could not be emptied" in caplog.text
        caplog.clear()
        erasure.erase_codes(store, ["P-02"])
        assert "could not be emptied" not in caplog.text


def test_an_erasure_that_the_database_refuses_is_not_made_up_for_later(
    migrated: Store, local: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clinician = new_clinician(migrated)
    new_patient(migrated, clinician)
    there: list[str] = []

    def full(*_entries: object) -> None:
        there.append((local / "erased").read_text())
        raise NotSaved("The disk is full.")

    with monkeypatch.context() as broken:
        broken.setattr(audit_queries, "append", full)
        with pytest.raises(NotSaved):
            erasure.erase_codes(migrated, ["P-01"])
    assert id_of(migrated, "P-01") in there[0], "a crash between commit and file would have let them come back"
    assert erasure.erase_again(migrated) == 0
    assert id_of(migrated, "P-01")


def test_who_was_away_longer_than_the_time_set_is_due_the_longest_first(migrated: Store) -> None:
    clinician = new_clinician(migrated)
    for code in ("P-here", "P-away", "P-never"):
        new_patient(migrated, clinician, code)
    at = now()
    with migrated.begin() as db:
        for code, days in (("P-here", 100), ("P-away", 800)):
            row = with_code(db, code)
            assert row is not None
            row.created_at = at - timedelta(days=900)
            for later in (0, 30):
                seen = at - timedelta(days=days + later)
                common = {"language": "en", "device": "computer", "software": "1"}
                db.add(SessionRow(person_id=row.id, started_at=seen, last_at=seen, **common))
        never = with_code(db, "P-never")
        assert never is not None
        never.created_at = at - timedelta(days=900)
    assert [one.code for one in due(migrated, 24)] == ["P-never", "P-away"]
    assert [one.last for one in due(migrated, 24)] == [at - timedelta(days=900), at - timedelta(days=800)]
    assert [one.code for one in due(migrated, 2)] == ["P-never", "P-away", "P-here"]
    assert due(migrated, 36) == []


@pytest.mark.both_databases
def test_who_comes_back_with_a_backup_is_erased_again(migrated: Store, local: Path) -> None:
    clinician = new_clinician(migrated)
    for code in ("P-01", "P-02"):
        new_patient(migrated, clinician, code)
    with migrated.begin() as db:
        before = db.execute(select(PersonRow.__table__)).mappings().all()
    assert erasure.erase_again(migrated) == 0
    erasure.erase_codes(migrated, ["P-01"])
    (kept,) = (local / "erased").read_text().split()
    assert (local / "erased").stat().st_mode & 0o777 == 0o600
    with migrated.begin() as db:  # as an older backup has it
        db.execute(insert(PersonRow), [dict(row) for row in before if row["id"] == kept])
    assert id_of(migrated, "P-01") == kept
    assert erasure.erase_again(migrated) == 1
    assert erasure.erase_again(migrated) == 0
    with migrated.begin() as db:
        assert with_code(db, "P-01") is None
        assert with_code(db, "P-02") is not None
    audit_log.verify(migrated, clinician)
