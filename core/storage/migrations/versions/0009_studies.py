"""Studies: arms that are plans, the seed that allocates, who takes part."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

OPEN = sa.text("withdrawn_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "studies",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("protocol", sa.String(), nullable=False),
        sa.Column("seed", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("allocated", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.String(length=32), nullable=True),
        sa.Column("created_at", _utc(), nullable=False),
        sa.Column("closed_at", _utc(), nullable=True),
        sa.ForeignKeyConstraint(["created_by"], ["people.id"], name=op.f("fk_studies_created_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_studies")),
        sa.UniqueConstraint("name", name=op.f("uq_studies_name")),
    )
    op.create_table(
        "study_arms",
        sa.Column("study_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("plan", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["study_id"], ["studies.id"], name=op.f("fk_study_arms_study_id")),
        sa.PrimaryKeyConstraint("study_id", "number", name=op.f("pk_study_arms")),
    )
    op.create_table(
        "enrolments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("study_id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("arm", sa.Integer(), nullable=False),
        sa.Column("enrolled_at", _utc(), nullable=False),
        sa.Column("enrolled_by", sa.String(length=32), nullable=True),
        sa.Column("withdrawn_at", _utc(), nullable=True),
        sa.ForeignKeyConstraint(["enrolled_by"], ["people.id"], name=op.f("fk_enrolments_enrolled_by")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_enrolments_person_id")),
        sa.ForeignKeyConstraint(["study_id"], ["studies.id"], name=op.f("fk_enrolments_study_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolments")),
        sa.UniqueConstraint("study_id", "place", name=op.f("uq_enrolments_study_id_place")),
        sa.UniqueConstraint("study_id", "person_id", name=op.f("uq_enrolments_study_id_person_id")),
    )
    op.create_index(
        "uq_enrolments_open_person",
        "enrolments",
        ["person_id"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )


def downgrade() -> None:
    op.drop_index("uq_enrolments_open_person", table_name="enrolments", sqlite_where=OPEN, postgresql_where=OPEN)
    op.drop_table("enrolments")
    op.drop_table("study_arms")
    op.drop_table("studies")


def _utc() -> sa.DateTime:
    return sa.DateTime(timezone=True)
