"""What somebody feels: their check-ins, and whether their clinicians may see all of them."""

import sqlalchemy as sa
from alembic import op

from core.storage.tables import Utc

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "checkins",
        sa.Column("id", sa.String(length=32), primary_key=True),
        sa.Column("person_id", sa.String(length=32), sa.ForeignKey("people.id"), nullable=False, index=True),
        sa.Column("at", Utc(timezone=True), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.Column("ended_at", Utc(timezone=True)),
        sa.Column("body", sa.JSON(none_as_null=True)),
        sa.Column("pleasant", sa.Integer()),
        sa.Column("energy", sa.Integer()),
        sa.Column("strength", sa.Integer()),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("own_word", sa.String()),
        sa.Column("unnamed", sa.Boolean(), nullable=False),
        sa.Column("ratings", sa.JSON(), nullable=False),
        sa.Column("with_whom", sa.String(length=16)),
        sa.Column("place", sa.String(length=16)),
        sa.Column("note", sa.String()),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("erased_at", Utc(timezone=True)),
    )
    op.create_table(
        "diaries",
        sa.Column("person_id", sa.String(length=32), sa.ForeignKey("people.id"), primary_key=True),
        sa.Column("shared_at", Utc(timezone=True), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("diaries")
    op.drop_table("checkins")
