"""Browsers at which somebody signed in before, and refusals among the account events, counted by the hour."""

import sqlalchemy as sa
from alembic import op

import core.storage.tables

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "known_browsers",
        sa.Column("browser_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("seen_at", core.storage.tables.base.Utc(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_known_browsers_person_id")),
        sa.PrimaryKeyConstraint("browser_hash", "person_id", name=op.f("pk_known_browsers")),
    )
    op.create_index(op.f("ix_known_browsers_person_id"), "known_browsers", ["person_id"], unique=False)
    op.create_index(op.f("ix_known_browsers_seen_at"), "known_browsers", ["seen_at"], unique=False)
    with op.batch_alter_table("account_events", schema=None) as table:
        table.add_column(sa.Column("place", sa.String(length=16), nullable=False, server_default=""))
        table.add_column(sa.Column("number", sa.Integer(), nullable=False, server_default="1"))
        table.alter_column("person_id", existing_type=sa.String(length=32), nullable=True)
    with op.batch_alter_table("account_events", schema=None) as table:
        table.alter_column("place", existing_type=sa.String(length=16), server_default=None)
        table.alter_column("number", existing_type=sa.Integer(), server_default=None)


def downgrade() -> None:
    op.execute("DELETE FROM account_events WHERE person_id IS NULL OR place <> ''")
    with op.batch_alter_table("account_events", schema=None) as table:
        table.alter_column("person_id", existing_type=sa.String(length=32), nullable=False)
        table.drop_column("number")
        table.drop_column("place")
    op.drop_table("known_browsers")
