"""Expressions before the camera: runs without faces of a set, tries without a stimulus, one open run of each task."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

OPEN = sa.text("ended_at IS NULL")


def upgrade() -> None:
    op.drop_index("uq_blocks_open_person", table_name="blocks")
    with op.batch_alter_table("blocks", schema=None) as batch_op:
        batch_op.add_column(sa.Column("baseline", sa.JSON(none_as_null=True), nullable=True))
        batch_op.alter_column("set_id", existing_type=sa.Integer(), nullable=True)
    op.create_index(
        "uq_blocks_open_person_task",
        "blocks",
        ["person_id", "task"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    with op.batch_alter_table("trials", schema=None) as batch_op:
        batch_op.alter_column("stimulus_id", existing_type=sa.Integer(), nullable=True)
        batch_op.alter_column("target", existing_type=sa.String(length=16), nullable=True)
        batch_op.add_column(sa.Column("frames", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("way", sa.String(length=16), nullable=True))


def downgrade() -> None:
    """Older software knows no expressions: their runs go, and with them what has no place in its tables."""
    op.execute("DELETE FROM trials WHERE block_id IN (SELECT id FROM blocks WHERE task <> 'recognition')")
    op.execute("DELETE FROM blocks WHERE task <> 'recognition'")
    with op.batch_alter_table("trials", schema=None) as batch_op:
        batch_op.drop_column("way")
        batch_op.drop_column("frames")
        batch_op.alter_column("target", existing_type=sa.String(length=16), nullable=False)
        batch_op.alter_column("stimulus_id", existing_type=sa.Integer(), nullable=False)
    op.drop_index("uq_blocks_open_person_task", table_name="blocks")
    with op.batch_alter_table("blocks", schema=None) as batch_op:
        batch_op.alter_column("set_id", existing_type=sa.Integer(), nullable=False)
        batch_op.drop_column("baseline")
    op.create_index(
        "uq_blocks_open_person", "blocks", ["person_id"], unique=True, sqlite_where=OPEN, postgresql_where=OPEN
    )
