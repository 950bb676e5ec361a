"""The place of each run among all, so that their order does not depend on a clock."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("blocks", sa.Column("number", sa.BigInteger(), nullable=False, server_default="0"))
    op.execute(
        "UPDATE blocks SET number = placed.place FROM (SELECT id, row_number() OVER (ORDER BY started_at, id) AS place "
        "FROM blocks) AS placed WHERE placed.id = blocks.id"
    )
    op.create_index("ix_blocks_number", "blocks", ["number"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_blocks_number", table_name="blocks")
    op.drop_column("blocks", "number")
