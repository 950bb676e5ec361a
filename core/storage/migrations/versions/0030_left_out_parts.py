"""Parts of a day of a programme that a patient leaves out for that day."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "left_out_parts",
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("part", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_left_out_parts_person_id")),
        sa.PrimaryKeyConstraint("person_id", "day", "part", name=op.f("pk_left_out_parts")),
    )


def downgrade() -> None:
    op.drop_table("left_out_parts")
