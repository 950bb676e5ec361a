"""The migration that gives the standard plan: to patients who have not begun, and to nobody else."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import column, insert, select, table, text

from core.domain.exercise.plan import STANDARD_PLAN, Plan
from core.storage.database import Store
from core.storage.migrate import downgrade, upgrade
from core.storage.queries.plan_queries import plan_in_force, set_at
from core.storage.tables import BlockRow, PersonRow, PlanRow, SessionRow, SummaryRow

pytestmark = pytest.mark.both_databases
OWN = Plan(check_every=3)
JOINED = datetime(2026, 5, 4, 9, tzinfo=UTC)


def people(store: Store) -> None:
    with store.begin() as db:
        roles = {"new": "patient", "open": "patient", "own": "patient", "staff": "clinician"}
        db.add_all(PersonRow(id=one, code=one, role=role, created_at=JOINED) for one, role in roles.items())
        db.flush()
        db.add(PlanRow(person_id="own", created_by="staff", content=OWN.to_json()))
        row = {"id": "s", "person_id": "open", "started_at": JOINED, "last_at": JOINED}
        row |= {"language": "en", "device": "phone", "software": "1"}
        before = table("sessions", *(column(name, SessionRow.__table__.c[name].type) for name in row))
        db.execute(insert(before).values(row))  # not all columns of today are there
        db.add(BlockRow(person_id="open", session_id="s", kind="check", design={}, seed=1, length=42))
        said = {"checks": 0, "checks_left": 8, "verdict": "baseline_unfinished", "change": {}, "line": []}
        db.add_all(SummaryRow(person_id=one, **said) for one in ("new", "open"))


def test_it_goes_to_who_has_not_begun(migrated: Store) -> None:
    downgrade(migrated, "0024")
    people(migrated)
    upgrade(migrated)
    with migrated.begin() as db:
        number, plan = plan_in_force(db, "new")
        assert number is not None
        assert (plan, set_at(db, number)) == (STANDARD_PLAN, None)
        assert db.get_one(PlanRow, number).created_at == JOINED
        assert plan_in_force(db, "open") == (None, Plan())
        assert plan_in_force(db, "own")[1] == OWN
        assert plan_in_force(db, "staff")[0] is None
        assert db.scalars(select(SummaryRow.person_id)).all() == ["open"], "the next start writes the other anew"
    downgrade(migrated, "0024")
    with migrated.begin() as db:
        assert db.scalar(text("SELECT count(*) FROM plans")) == 2
