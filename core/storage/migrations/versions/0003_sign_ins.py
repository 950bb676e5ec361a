"""Sign-ins that idle out, second factors, identities at a provider, attempts, account events."""

import sqlalchemy as sa
from alembic import op

import core.storage.tables

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("sign_ins", schema=None) as batch_op:
        batch_op.add_column(sa.Column("last_seen_at", core.storage.tables.base.Utc(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("device", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("pending", sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column("openid_hash", sa.String(length=64), nullable=True))
        batch_op.create_unique_constraint(batch_op.f("uq_sign_ins_openid_hash"), ["openid_hash"])
    op.execute(sa.text("UPDATE sign_ins SET last_seen_at = created_at, device = '', pending = FALSE"))
    with op.batch_alter_table("sign_ins", schema=None) as batch_op:
        batch_op.alter_column("last_seen_at", existing_type=sa.DateTime(timezone=True), nullable=False)
        batch_op.alter_column("device", existing_type=sa.String(length=64), nullable=False)
        batch_op.alter_column("pending", existing_type=sa.Boolean(), nullable=False)

    op.create_table(
        "second_factors",
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("secret", sa.String(length=64), nullable=False),
        sa.Column("confirmed_at", core.storage.tables.base.Utc(timezone=True), nullable=True),
        sa.Column("last_step", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_second_factors_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_second_factors")),
    )
    op.create_table(
        "recovery_codes",
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_recovery_codes_person_id")),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_recovery_codes")),
    )
    op.create_index(op.f("ix_recovery_codes_person_id"), "recovery_codes", ["person_id"], unique=False)
    op.create_table(
        "identities",
        sa.Column("issuer", sa.String(length=255), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_identities_person_id")),
        sa.PrimaryKeyConstraint("issuer", "subject", name=op.f("pk_identities")),
    )
    op.create_index(op.f("ix_identities_person_id"), "identities", ["person_id"], unique=False)
    op.create_table(
        "attempts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(length=64), nullable=False),
        sa.Column("at", core.storage.tables.base.Utc(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempts")),
    )
    op.create_index(op.f("ix_attempts_at"), "attempts", ["at"], unique=False)
    op.create_index(op.f("ix_attempts_about_at"), "attempts", ["about", "at"], unique=False)
    op.create_table(
        "account_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", core.storage.tables.base.Utc(timezone=True), nullable=False),
        sa.Column("actor_id", sa.String(length=32), nullable=True),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("what", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["people.id"], name=op.f("fk_account_events_actor_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_account_events_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_events")),
    )
    op.create_index(op.f("ix_account_events_at"), "account_events", ["at"], unique=False)
    op.create_index(op.f("ix_account_events_person_id"), "account_events", ["person_id"], unique=False)


def downgrade() -> None:
    for table in ("account_events", "attempts", "identities", "recovery_codes", "second_factors"):
        op.drop_table(table)
    op.execute(sa.text("DELETE FROM sign_ins WHERE pending"))
    with op.batch_alter_table("sign_ins", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_sign_ins_openid_hash"), type_="unique")
        for column in ("openid_hash", "pending", "device", "last_seen_at"):
            batch_op.drop_column(column)
