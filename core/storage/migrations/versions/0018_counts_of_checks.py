"""What came of a finished check, and the practice before it, stand beside it; a person's runs are found by number."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("blocks", sa.Column("right_count", sa.Integer(), nullable=True))
    op.add_column("blocks", sa.Column("shown_count", sa.Integer(), nullable=True))
    op.add_column("blocks", sa.Column("practices_before", sa.Integer(), nullable=True))
    op.add_column("blocks", sa.Column("minutes_before", sa.Double(), nullable=True))
    op.create_index("ix_blocks_person_id_number", "blocks", ["person_id", "number"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_blocks_person_id_number", table_name="blocks")
    for name in ("minutes_before", "practices_before", "shown_count", "right_count"):
        op.drop_column("blocks", name)
