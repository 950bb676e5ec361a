"""Questionnaires that patients fill in: what was asked, each answer, and where a total comes from."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "questionnaire_forms",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("questionnaire", sa.String(length=32), nullable=False),
        sa.Column("asked_by", sa.String(length=32), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("items_hash", sa.String(length=64), nullable=False),
        sa.Column("items", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["asked_by"], ["people.id"], name=op.f("fk_questionnaire_forms_asked_by")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_questionnaire_forms_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questionnaire_forms")),
    )
    op.create_index("ix_questionnaire_forms_person_id", "questionnaire_forms", ["person_id"])
    op.create_table(
        "questionnaire_answers",
        sa.Column("form_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["form_id"], ["questionnaire_forms.id"], name=op.f("fk_questionnaire_answers_form_id")),
        sa.PrimaryKeyConstraint("form_id", "number", name=op.f("pk_questionnaire_answers")),
    )
    with op.batch_alter_table("questionnaire_scores") as table:
        table.add_column(sa.Column("form_id", sa.String(length=32), nullable=True))
        table.add_column(sa.Column("subscales", sa.JSON(none_as_null=True), nullable=True))
        table.add_column(sa.Column("left_out", sa.Integer(), nullable=True))
        table.create_foreign_key(op.f("fk_questionnaire_scores_form_id"), "questionnaire_forms", ["form_id"], ["id"])
    op.create_index("ix_questionnaire_scores_form_id", "questionnaire_scores", ["form_id"])


def downgrade() -> None:
    op.drop_index("ix_questionnaire_scores_form_id", "questionnaire_scores")
    with op.batch_alter_table("questionnaire_scores") as table:
        table.drop_constraint(op.f("fk_questionnaire_scores_form_id"), type_="foreignkey")
        for name in ("left_out", "subscales", "form_id"):
            table.drop_column(name)
    op.drop_table("questionnaire_answers")
    op.drop_index("ix_questionnaire_forms_person_id", "questionnaire_forms")
    op.drop_table("questionnaire_forms")
