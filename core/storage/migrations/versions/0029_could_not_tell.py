"""Verdicts of patients whose checks are all done: the next start writes their summary rows anew."""

from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("DELETE FROM standings WHERE checks_left = 0 AND verdict = 'cannot_tell'")


def downgrade() -> None:
    op.execute("DELETE FROM standings WHERE checks_left = 0 AND verdict = 'could_not_tell'")
