"""People and faces."""

import sqlalchemy as sa
from alembic import op

import core.storage.tables

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "networks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("version", sa.String(length=32), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("added_at", core.storage.tables.base.Utc(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_networks")),
        sa.UniqueConstraint("hash", name=op.f("uq_networks_hash")),
    )
    op.create_table(
        "people",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("code_key", sa.String(length=192), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("administrator", sa.Boolean(), nullable=False),
        sa.Column("password_hash", sa.String(length=256), nullable=True),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", core.storage.tables.base.Utc(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("code_key", name=op.f("uq_people_code_key")),
    )
    op.create_table(
        "pictures",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("media_type", sa.String(length=32), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_pictures")),
    )
    op.create_table(
        "stimulus_sets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("version", sa.String(length=32), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=128), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("licence", sa.String(), nullable=False),
        sa.Column("has_identities", sa.Boolean(), nullable=False),
        sa.Column("has_roles", sa.Boolean(), nullable=False),
        sa.Column("has_intensities", sa.Boolean(), nullable=False),
        sa.Column("has_votes", sa.Boolean(), nullable=False),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.Column("faces", sa.Integer(), nullable=False),
        sa.Column("imported_at", core.storage.tables.base.Utc(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stimulus_sets")),
        sa.UniqueConstraint("name", "version", name=op.f("uq_stimulus_sets_name_version")),
    )
    op.create_table(
        "care",
        sa.Column("clinician_id", sa.String(length=32), nullable=False),
        sa.Column("patient_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["clinician_id"], ["people.id"], name=op.f("fk_care_clinician_id")),
        sa.ForeignKeyConstraint(["patient_id"], ["people.id"], name=op.f("fk_care_patient_id")),
        sa.PrimaryKeyConstraint("clinician_id", "patient_id", name=op.f("pk_care")),
    )
    with op.batch_alter_table("care", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_care_patient_id"), ["patient_id"], unique=False)

    op.create_table(
        "consents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("purpose", sa.String(length=32), nullable=False),
        sa.Column("version", sa.String(length=16), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("given_at", core.storage.tables.base.Utc(timezone=True), nullable=False),
        sa.Column("withdrawn_at", core.storage.tables.base.Utc(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_consents_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents")),
    )
    with op.batch_alter_table("consents", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consents_person_id"), ["person_id"], unique=False)

    op.create_table(
        "invitations",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("created_at", core.storage.tables.base.Utc(timezone=True), nullable=False),
        sa.Column("expires_at", core.storage.tables.base.Utc(timezone=True), nullable=False),
        sa.Column("used_at", core.storage.tables.base.Utc(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_invitations_person_id")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_invitations")),
    )
    with op.batch_alter_table("invitations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invitations_person_id"), ["person_id"], unique=False)

    op.create_table(
        "network_answers",
        sa.Column("picture_hash", sa.String(length=64), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.Column("probabilities", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["network_id"], ["networks.id"], name=op.f("fk_network_answers_network_id")),
        sa.ForeignKeyConstraint(["picture_hash"], ["pictures.hash"], name=op.f("fk_network_answers_picture_hash")),
        sa.PrimaryKeyConstraint("picture_hash", "network_id", name=op.f("pk_network_answers")),
    )
    op.create_table(
        "network_standings",
        sa.Column("set_id", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.Column("matrix", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["network_id"], ["networks.id"], name=op.f("fk_network_standings_network_id")),
        sa.ForeignKeyConstraint(["set_id"], ["stimulus_sets.id"], name=op.f("fk_network_standings_set_id")),
        sa.PrimaryKeyConstraint("set_id", "network_id", name=op.f("pk_network_standings")),
    )
    op.create_table(
        "people_answers",
        sa.Column("picture_hash", sa.String(length=64), nullable=False),
        sa.Column("response", sa.String(length=16), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["picture_hash"], ["pictures.hash"], name=op.f("fk_people_answers_picture_hash")),
        sa.PrimaryKeyConstraint("picture_hash", "response", name=op.f("pk_people_answers")),
    )
    op.create_table(
        "sign_ins",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("created_at", core.storage.tables.base.Utc(timezone=True), nullable=False),
        sa.Column("expires_at", core.storage.tables.base.Utc(timezone=True), nullable=False),
        sa.Column("ended_at", core.storage.tables.base.Utc(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_sign_ins_person_id")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_sign_ins")),
    )
    with op.batch_alter_table("sign_ins", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_ins_person_id"), ["person_id"], unique=False)

    op.create_table(
        "stimuli",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("set_id", sa.Integer(), nullable=False),
        sa.Column("picture_hash", sa.String(length=64), nullable=False),
        sa.Column("file", sa.String(length=255), nullable=False),
        sa.Column("target", sa.String(length=16), nullable=False),
        sa.Column("label", sa.String(length=16), nullable=True),
        sa.Column("identity", sa.String(length=64), nullable=True),
        sa.Column("role", sa.String(length=16), nullable=True),
        sa.Column("sex", sa.String(length=16), nullable=True),
        sa.Column("skin", sa.Double(), nullable=True),
        sa.Column("intensity", sa.Integer(), nullable=True),
        sa.Column("variant", sa.String(length=32), nullable=True),
        sa.Column("muscles", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("votes", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("split", sa.String(length=16), nullable=True),
        sa.Column("checkable", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["picture_hash"], ["pictures.hash"], name=op.f("fk_stimuli_picture_hash")),
        sa.ForeignKeyConstraint(["set_id"], ["stimulus_sets.id"], name=op.f("fk_stimuli_set_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stimuli")),
        sa.UniqueConstraint("set_id", "file", name=op.f("uq_stimuli_set_id_file")),
    )
    with op.batch_alter_table("stimuli", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stimuli_picture_hash"), ["picture_hash"], unique=False)
        batch_op.create_index(batch_op.f("ix_stimuli_set_id_identity"), ["set_id", "identity"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_stimuli_set_id_role_target_intensity"),
            ["set_id", "role", "target", "intensity"],
            unique=False,
        )


def downgrade() -> None:
    with op.batch_alter_table("stimuli", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stimuli_set_id_role_target_intensity"))
        batch_op.drop_index(batch_op.f("ix_stimuli_set_id_identity"))
        batch_op.drop_index(batch_op.f("ix_stimuli_picture_hash"))

    op.drop_table("stimuli")
    with op.batch_alter_table("sign_ins", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_ins_person_id"))

    op.drop_table("sign_ins")
    op.drop_table("people_answers")
    op.drop_table("network_standings")
    op.drop_table("network_answers")
    with op.batch_alter_table("invitations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_invitations_person_id"))

    op.drop_table("invitations")
    with op.batch_alter_table("consents", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_consents_person_id"))

    op.drop_table("consents")
    with op.batch_alter_table("care", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_care_patient_id"))

    op.drop_table("care")
    op.drop_table("stimulus_sets")
    op.drop_table("pictures")
    op.drop_table("people")
    op.drop_table("networks")
