"""Patients who have not begun and have no plan of their own get the standard plan, in blocks; who has begun keeps theirs.

Their row of the list of patients was found by the other plan: the next start writes it anew.
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

STANDARD = {
    "set_name": "builtin",
    "practice_length": 14,
    "practice_intensities": [40, 100],
    "practice_votes": [5, 10],
    "check_length": 21,
    "check_intensities": [40, 60, 80],
    "check_votes": [5, 10],
    "exposure_ms": None,
    "checks_planned": 6,
    "check_every": 4,
    "emotions": ["angry", "disgust", "fear", "happy", "sad", "surprise", "neutral"],
    "rule": "blocks",
    "preset": "standard",
    "baseline": 7,
    "middle": 2,
    "end": 14,
}
_WITHOUT = """
    SELECT people.id FROM people WHERE people.role = 'patient'
    AND NOT EXISTS (SELECT 1 FROM plans WHERE plans.person_id = people.id)
    AND NOT EXISTS (SELECT 1 FROM blocks WHERE blocks.person_id = people.id)
"""


def upgrade() -> None:
    op.execute(f"DELETE FROM standings WHERE person_id IN ({_WITHOUT})")
    plan = sa.bindparam("plan", STANDARD, sa.JSON())
    op.execute(
        sa.text(
            "INSERT INTO plans (person_id, created_at, content) "
            f"SELECT id, created_at, :plan FROM people WHERE id IN ({_WITHOUT})"
        ).bindparams(plan)
    )


def downgrade() -> None:
    """The plans stay: the release before this knows them."""
