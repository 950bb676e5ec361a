"""The migration of verdicts: who has no check left is summed up anew, and nobody else."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from core.storage.database import Store
from core.storage.migrate import downgrade, upgrade
from core.storage.tables import PersonRow, SummaryRow

pytestmark = pytest.mark.both_databases
SUMMARIES = {"done": (0, "cannot_tell"), "better": (0, "better"), "going on": (3, "cannot_tell")}


def test_who_has_no_check_left_is_summed_up_anew(migrated: Store) -> None:
    downgrade(migrated, "0028")
    with migrated.begin() as db:
        at = datetime(2026, 5, 4, 9, tzinfo=UTC)
        db.add_all(PersonRow(id=code, code=code, role="patient", created_at=at) for code in SUMMARIES)
        db.flush()
        said = {"checks": 8, "change": {}, "line": []}
        db.add_all(
            SummaryRow(person_id=code, checks_left=left, verdict=verdict, **said)
            for code, (left, verdict) in SUMMARIES.items()
        )
    upgrade(migrated)
    with migrated.begin() as db:
        assert set(db.scalars(select(SummaryRow.person_id))) == {"better", "going on"}
