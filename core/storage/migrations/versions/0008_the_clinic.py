"""What the clinic keeps of a patient: standings for the list, days of training, notes, events, questionnaires.

Standings and days follow from what is stored: a server makes those that are missing when it starts.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "standings",
        _person("standings"),
        sa.Column("last_practice", _utc(), nullable=True),
        sa.Column("checks", sa.Integer(), nullable=False),
        sa.Column("checks_left", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(length=32), nullable=False),
        sa.Column("gain", sa.Double(), nullable=True),
        sa.Column("change", sa.JSON(), nullable=False),
        sa.Column("line", sa.JSON(), nullable=False),
        sa.Column("hard_at", _utc(), nullable=True),
        sa.Column("stopped_at", _utc(), nullable=True),
        sa.Column("check_stopped_at", _utc(), nullable=True),
        sa.Column("check_left_at", _utc(), nullable=True),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_standings")),
    )
    op.create_table(
        "training_days",
        _person("training_days"),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("seconds", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "day", name=op.f("pk_training_days")),
    )
    op.create_table(
        "notes",
        sa.Column("id", sa.Integer(), nullable=False),
        _person("notes"),
        _person("notes", "author_id", nullable=True),
        sa.Column("at", _utc(), nullable=False),
        sa.Column("changed_at", _utc(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notes")),
    )
    op.create_index(op.f("ix_notes_person_id"), "notes", ["person_id"], unique=False)
    op.create_table(
        "life_events",
        sa.Column("id", sa.Integer(), nullable=False),
        _person("life_events"),
        _person("life_events", "author_id", nullable=True),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("text", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_life_events")),
    )
    op.create_index(op.f("ix_life_events_person_id"), "life_events", ["person_id"], unique=False)
    op.create_table(
        "questionnaire_scores",
        sa.Column("id", sa.Integer(), nullable=False),
        _person("questionnaire_scores"),
        sa.Column("questionnaire", sa.String(length=32), nullable=False),
        sa.Column("filled_on", sa.Date(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        _person("questionnaire_scores", "entered_by", nullable=True),
        sa.Column("entered_at", _utc(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questionnaire_scores")),
        sa.UniqueConstraint(
            "person_id",
            "questionnaire",
            "filled_on",
            name=op.f("uq_questionnaire_scores_person_id_questionnaire_filled_on"),
        ),
    )


def downgrade() -> None:
    op.drop_table("questionnaire_scores")
    op.drop_index(op.f("ix_life_events_person_id"), table_name="life_events")
    op.drop_table("life_events")
    op.drop_index(op.f("ix_notes_person_id"), table_name="notes")
    op.drop_table("notes")
    op.drop_table("training_days")
    op.drop_table("standings")


def _utc() -> sa.DateTime:
    return sa.DateTime(timezone=True)


def _person(table: str, column: str = "person_id", nullable: bool = False) -> sa.Column[str]:
    key = sa.ForeignKey("people.id", name=op.f(f"fk_{table}_{column}"))
    return sa.Column(column, sa.String(length=32), key, nullable=nullable)
