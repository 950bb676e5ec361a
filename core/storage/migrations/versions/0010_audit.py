"""The audit log, to which rows can only be added; keys of pseudonyms; who asked to be erased."""

import sqlalchemy as sa
from alembic import op

import core.storage.tables

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

FUNCTION = """
CREATE FUNCTION audit_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the audit log can only be added to'; END $$
"""
TRIGGER = "CREATE TRIGGER audit_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit EXECUTE FUNCTION audit_stays()"
SQLITE = "CREATE TRIGGER audit_no_{act} BEFORE {act} ON audit BEGIN SELECT RAISE(ABORT, '{words}'); END"


def upgrade() -> None:
    op.create_table(
        "person_keys",
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("secret", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_person_keys_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_person_keys")),
    )
    op.create_table(
        "audit",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", _utc(), nullable=False),
        sa.Column("actor", sa.String(length=16), nullable=True),
        sa.Column("act", sa.String(length=24), nullable=False),
        sa.Column("about", sa.String(length=16), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit")),
    )
    op.create_index(op.f("ix_audit_about_actor_act_at"), "audit", ["about", "actor", "act", "at"], unique=False)
    if op.get_bind().dialect.name == "postgresql":
        op.execute(FUNCTION)
        op.execute(TRIGGER)
    else:
        for act in ("update", "delete"):
            op.execute(SQLITE.format(act=act, words="the audit log can only be added to"))
    op.create_index(op.f("ix_trials_session_id"), "trials", ["session_id"], unique=False)  # erasing would be slow
    op.create_table(
        "erasure_requests",
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("asked_at", _utc(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_erasure_requests_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_erasure_requests")),
    )


def downgrade() -> None:
    op.drop_table("erasure_requests")
    op.drop_index(op.f("ix_trials_session_id"), table_name="trials")
    op.drop_table("audit")  # and with it its triggers
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION audit_stays")
    op.drop_table("person_keys")


def _utc() -> core.storage.tables.base.Utc:
    return core.storage.tables.base.Utc(timezone=True)
