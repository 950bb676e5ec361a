"""Checks belong to a part of a course, one a day; parts that are over are kept with what they rest on."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("blocks", sa.Column("part", sa.String(length=16), nullable=True))
    op.add_column("blocks", sa.Column("phase", sa.Integer(), nullable=True))
    op.add_column("blocks", sa.Column("own_day", sa.Date(), nullable=True))
    op.create_index(
        "uq_blocks_person_own_day",
        "blocks",
        ["person_id", "own_day"],
        unique=True,
        sqlite_where=sa.text("own_day IS NOT NULL"),
        postgresql_where=sa.text("own_day IS NOT NULL"),
    )
    op.create_table(
        "course_parts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("phase", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(length=16), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=False),
        sa.Column("closed_by", sa.String(length=32), nullable=True),
        sa.Column("by_clinician", sa.Boolean(), nullable=False),
        sa.Column("checks", sa.JSON(), nullable=False),
        sa.Column("verdict", sa.String(length=32), nullable=True),
        sa.Column("figures", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(["closed_by"], ["people.id"], name=op.f("fk_course_parts_closed_by")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_course_parts_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_parts")),
        sa.UniqueConstraint("person_id", "phase", "part", name=op.f("uq_course_parts_person_id_phase_part")),
    )


def downgrade() -> None:
    op.drop_table("course_parts")
    op.drop_index("uq_blocks_person_own_day", table_name="blocks")
    for name in ("own_day", "phase", "part"):
        op.drop_column("blocks", name)
