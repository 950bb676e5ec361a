"""An index of the finished runs whose faces nobody has counted yet: one is looked for at each reading of a history."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

NAME = "ix_blocks_finished_not_counted"
WHERE = sa.text("ended_at IS NOT NULL AND shown_count IS NULL")


def upgrade() -> None:
    columns = ["person_id", "kind", "number"]
    op.create_index(NAME, "blocks", columns, sqlite_where=WHERE, postgresql_where=WHERE)


def downgrade() -> None:
    op.drop_index(NAME, "blocks")
