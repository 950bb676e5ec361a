"""The audit log: who saw whom, added to by many at once, never changed, and verified entry by entry."""

from threading import Thread

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from core.domain.audit import Act
from core.domain.exercise.plan import Plan
from core.domain.people import NotAllowed, Refusal, Role
from core.services.accounts import accounts
from core.services.clinic import notes
from core.services.exercise import plans, progress
from core.services.gate import audit
from core.services.gate.audit import note, viewed
from core.services.privacy import audit_log
from core.services.privacy.audit_log import PersonName
from core.storage.database import Store
from core.storage.queries import audit_queries
from core.storage.queries.audit_queries import BrokenChain, ChainHead
from core.storage.queries.people_queries import person, with_code
from core.storage.tables import AuditRow, PersonRow, now
from tests.support import PASSWORD, new_clinician, new_patient

DR_VEGA = PersonName("Dr Vega", True)


def id_of(store: Store, code: str) -> str:
    with store.begin() as db:
        row = with_code(db, code)
        assert row is not None
        return row.id


def acts(store: Store) -> list[tuple[str, str | None]]:
    with store.begin() as db:
        return [(row.act, row.about) for row in db.scalars(select(AuditRow).order_by(AuditRow.number))]


def write_by_hand(store: Store, statement: str) -> None:
    """As somebody would who takes the triggers away first."""
    with store.engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            connection.execute(text("DROP TRIGGER audit_no_update"))
            connection.execute(text("DROP TRIGGER audit_no_delete"))
        else:
            connection.execute(text("DROP TRIGGER audit_stays ON audit"))
        connection.execute(text(statement))


def five_entries(store: Store) -> ChainHead:
    with store.begin() as db:
        for number in range(5):
            note(db, None, Act.EXPORT, rows=number, share=0.1, names=["ñ", None])
    with store.begin() as db:
        return audit_queries.verify(db)


def test_a_clinician_who_looks_at_a_patient_leaves_one_entry_in_a_quarter_of_an_hour(migrated: Store) -> None:
    clinician = new_clinician(migrated)
    new_patient(migrated, clinician)
    patient = id_of(migrated, "P-01")
    for _ in range(3):
        progress.progress(migrated, clinician, patient)
        notes.notes(migrated, clinician, patient)
    (entry,) = audit_log.latest(migrated, clinician)
    assert (entry.number, entry.actor, entry.act, entry.about) == (1, DR_VEGA, Act.VIEW, PersonName("P-01", True))
    with migrated.begin() as db:
        (row,) = db.scalars(select(AuditRow))
        assert not {"Dr Vega", "P-01", patient} & {row.actor, row.about}
    audit_log.verify(migrated, clinician)


def test_a_quarter_of_an_hour_later_it_is_written_again(migrated: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    clinician = new_clinician(migrated)
    new_patient(migrated, clinician)
    patient = id_of(migrated, "P-01")
    progress.progress(migrated, clinician, patient)
    later = now() + audit.AGAIN_AFTER
    monkeypatch.setattr(audit, "now", lambda: later)
    progress.progress(migrated, clinician, patient)
    assert len(acts(migrated)) == 2


def test_who_is_refused_or_fails_leaves_no_entry_of_having_seen(migrated: Store) -> None:
    administrator = new_clinician(migrated)
    link = accounts.invite_colleague(migrated, administrator, "Dr Sol", role=Role.CLINICIAN)
    other = accounts.accept_invitation(migrated, link, PASSWORD, "en")
    new_patient(migrated, administrator)
    with pytest.raises(NotAllowed):
        progress.progress(migrated, other, id_of(migrated, "P-01"))
    with pytest.raises(Refusal, match="no set of faces"):
        plans.set_plan(migrated, administrator, id_of(migrated, "P-01"), Plan(set_name="nowhere"))
    assert acts(migrated) == []


def test_only_an_administrator_reads_and_verifies(migrated: Store) -> None:
    administrator = new_clinician(migrated)
    link = accounts.invite_colleague(migrated, administrator, "Dr Sol", role=Role.CLINICIAN)
    other = accounts.accept_invitation(migrated, link, PASSWORD, "en")
    for who in (other, new_patient(migrated, administrator)):
        with pytest.raises(NotAllowed):
            audit_log.latest(migrated, who)
        with pytest.raises(NotAllowed):
            audit_log.verify(migrated, who)


@pytest.mark.both_databases
def test_the_log_can_be_asked_about_one_person(migrated: Store) -> None:
    clinician = new_clinician(migrated)
    for code in ("P-01", "P-02"):
        new_patient(migrated, clinician, code)
        progress.progress(migrated, clinician, id_of(migrated, code))
    assert [one.about for one in audit_log.latest(migrated, clinician)] == [
        PersonName("P-02", True),
        PersonName("P-01", True),
    ]
    assert [one.about for one in audit_log.latest(migrated, clinician, code=" p-01")] == [PersonName("P-01", True)]
    with pytest.raises(Refusal, match="Nobody here has the code “P-3”"):
        audit_log.latest(migrated, clinician, code="P-3")


@pytest.mark.both_databases
@pytest.mark.parametrize(
    "statement", ["UPDATE audit SET act = 'x'", "DELETE FROM audit WHERE number = 5", "DELETE FROM audit"]
)
def test_the_database_refuses_to_change_an_entry(migrated: Store, statement: str) -> None:
    five_entries(migrated)
    with pytest.raises(DBAPIError, match="can only be added to"), migrated.engine.begin() as connection:
        connection.execute(text(statement))
    assert len(acts(migrated)) == 5


@pytest.mark.both_databases
def test_postgresql_refuses_to_empty_the_log(migrated: Store) -> None:
    if migrated.engine.dialect.name == "sqlite":
        pytest.skip("SQLite has no TRUNCATE")
    five_entries(migrated)
    with pytest.raises(DBAPIError, match="can only be added to"), migrated.engine.begin() as connection:
        connection.execute(text("TRUNCATE audit"))


@pytest.mark.parametrize(
    ("statement", "number"),
    [
        ("UPDATE audit SET act = 'view' WHERE number = 3", 3),
        ("UPDATE audit SET facts = '{\"rows\": 9}' WHERE number = 1", 1),
        ("UPDATE audit SET hash = 'x' WHERE number = 5", 5),
        ("DELETE FROM audit WHERE number = 2", 2),
        ("UPDATE audit SET number = 9 WHERE number = 5", 5),
    ],
)
def test_whoever_gets_round_that_breaks_the_chain_there(migrated: Store, statement: str, number: int) -> None:
    five_entries(migrated)
    write_by_hand(migrated, statement)
    with migrated.begin() as db, pytest.raises(BrokenChain) as broken:
        audit_queries.verify(db)
    assert broken.value.number == number


def test_a_log_cut_short_or_written_anew_is_known_by_its_kept_end(migrated: Store) -> None:
    kept = five_entries(migrated)
    write_by_hand(migrated, "DELETE FROM audit WHERE number = 5")
    with migrated.begin() as db:
        assert audit_queries.verify(db).number == 4, "what remains is a chain"
        with pytest.raises(BrokenChain, match="Entry 5 of the audit log is missing: the log ends at number 4"):
            audit_queries.verify(db, kept)
    with migrated.begin() as db:
        note(db, None, Act.EXPORT, rows=9)
    with migrated.begin() as db, pytest.raises(BrokenChain, match="written anew"):
        audit_queries.verify(db, kept)


@pytest.mark.both_databases
def test_many_who_write_at_once_make_one_chain(migrated: Store) -> None:
    clinician = new_clinician(migrated)
    for number in range(4):
        new_patient(migrated, clinician, f"P-{number}")
    ids = [id_of(migrated, f"P-{number}") for number in range(4)]

    def look() -> None:
        for id_ in ids:
            with migrated.begin() as db:
                row = with_code(db, "Dr Vega")
                assert row is not None
                viewed(db, person(row), id_)
                note(db, person(row), Act.EXPORT, rows=1)

    together = [Thread(target=look) for _ in range(6)]
    for thread in together:
        thread.start()
    for thread in together:
        thread.join()
    with migrated.begin() as db:
        end = audit_queries.verify(db)
    exports = [act for act, _ in acts(migrated) if act == Act.EXPORT]
    assert len(exports) == 24
    assert 24 + 4 <= end.number <= 24 + 24, "two who look at the same moment may both be written down"


def test_a_person_without_a_key_can_be_spoken_of(migrated: Store) -> None:
    clinician = new_clinician(migrated)
    new_patient(migrated, clinician)
    with migrated.begin() as db:
        by = person(db.scalars(select(PersonRow).where(PersonRow.code == "Dr Vega")).one())
        note(db, by, Act.UNBLIND, id_of(migrated, "P-01"), study="a")
    (entry,) = audit_log.latest(migrated, clinician)
    assert (entry.actor, entry.about, entry.facts) == (DR_VEGA, PersonName("P-01", True), {"study": "a"})
