"""The last time zone known of each person, whose days are counted by it: at first that of their last sitting."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("people", schema=None) as table:
        table.add_column(sa.Column("time_zone", sa.String(length=64), nullable=True))
    op.execute(
        "UPDATE people SET time_zone = (SELECT time_zone FROM sessions WHERE sessions.person_id = people.id "
        "AND sessions.time_zone IS NOT NULL ORDER BY sessions.last_at DESC, sessions.id LIMIT 1)"
    )


def downgrade() -> None:
    with op.batch_alter_table("people", schema=None) as table:
        table.drop_column("time_zone")
