"""A second person's yes or no to an export or an un-blinding."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "approvals",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("act", sa.String(20), nullable=False),
        sa.Column("asks", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("asked_by", sa.String(32), sa.ForeignKey("people.id"), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.String(32), sa.ForeignKey("people.id")),
        sa.Column("decided_at", sa.DateTime(timezone=True)),
        sa.Column("approved", sa.Boolean()),
        sa.Column("used_at", sa.DateTime(timezone=True)),
    )


def downgrade() -> None:
    op.drop_table("approvals")
