"""What a network looked at in a face, what it expects people to say, and who chose the network that compares."""

import sqlalchemy as sa
from alembic import op

import core.storage.tables

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "network_choices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.Column("chosen_by", sa.String(length=32), nullable=True),
        sa.Column("chosen_at", core.storage.tables.base.Utc(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["chosen_by"], ["people.id"], name=op.f("fk_network_choices_chosen_by")),
        sa.ForeignKeyConstraint(["network_id"], ["networks.id"], name=op.f("fk_network_choices_network_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_network_choices")),
    )
    with op.batch_alter_table("network_answers", schema=None) as batch_op:
        batch_op.add_column(sa.Column("box", sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column("heat", sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column("crowd", sa.JSON(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("network_answers", schema=None) as batch_op:
        for column in ("crowd", "heat", "box"):
            batch_op.drop_column(column)
    op.drop_table("network_choices")
