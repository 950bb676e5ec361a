"""Consent word by word, guardians of minors, and the accounts of a demonstration.

Until now a yes was a row that a withdrawal was written into, and its text the sentence beside a tick box, which
becomes version 0 of its purpose.
"""

import hashlib

import sqlalchemy as sa
from alembic import op

import core.storage.tables

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TICKED = {
    "en": "My answers may be counted, without my name, so that others can see how many people said what. "
    "This is up to you and changes nothing in your treatment.",
    "es": "Mis respuestas se pueden contar, sin mi nombre, para que otras personas vean cuánta gente "
    "respondió cada cosa. Lo decides tú, y no cambia nada en tu tratamiento.",
}
FORMER = sa.text("SELECT person_id, purpose, version, language, given_at, withdrawn_at FROM consents ORDER BY id")
WORDS = sa.text("SELECT person_id, purpose, by, decision, version, language, at FROM consents ORDER BY id")


def upgrade() -> None:
    database = op.get_bind()
    former = database.execute(FORMER.columns(given_at=_utc(), withdrawn_at=_utc())).all()
    _drop()
    op.create_table(
        "consents",
        *_person(),
        sa.Column("by", sa.String(length=16), nullable=False),
        sa.Column("decision", sa.String(length=16), nullable=False),
        sa.Column("version", sa.String(length=16), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("text_hash", sa.String(length=64), nullable=False),
        sa.Column("at", _utc(), nullable=False),
        sa.Column("relation", sa.String(length=16), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("recorded_by", sa.String(length=32), nullable=True),
        *_keys(),
        sa.ForeignKeyConstraint(["recorded_by"], ["people.id"], name=op.f("fk_consents_recorded_by")),
    )
    op.create_index(op.f("ix_consents_person_id"), "consents", ["person_id"], unique=False)
    words = [
        {
            "person_id": row.person_id,
            "purpose": row.purpose,
            "by": "person",
            "decision": decision,
            "version": "0",
            "language": row.language,
            "text_hash": hashlib.sha256(TICKED.get(row.language, TICKED["en"]).encode()).hexdigest(),
            "at": at,
        }
        for row in former
        for decision, at in (("yes", row.given_at), ("withdrawn", row.withdrawn_at))
        if at is not None
    ]
    if words:
        op.bulk_insert(_table("person_id purpose by decision version language text_hash", "at"), words)
    op.create_table(
        "minors",
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("marked_by", sa.String(length=32), nullable=False),
        sa.Column("since", _utc(), nullable=False),
        sa.Column("until", _utc(), nullable=True),
        sa.ForeignKeyConstraint(["marked_by"], ["people.id"], name=op.f("fk_minors_marked_by")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_minors_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_minors")),
    )
    op.create_table(
        "invented",
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("story", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_invented_person_id")),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_invented")),
        sa.UniqueConstraint("person_id", name=op.f("uq_invented_person_id")),
    )


def downgrade() -> None:
    op.drop_table("invented")
    op.drop_table("minors")
    words = op.get_bind().execute(WORDS.columns(at=_utc())).all()
    _drop()
    op.create_table(
        "consents",
        *_person(),
        sa.Column("version", sa.String(length=16), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("given_at", _utc(), nullable=False),
        sa.Column("withdrawn_at", _utc(), nullable=True),
        *_keys(),
    )
    op.create_index(op.f("ix_consents_person_id"), "consents", ["person_id"], unique=False)
    former: list[dict[str, object]] = []
    standing: dict[tuple[str, str], dict[str, object]] = {}
    for word in words:
        if word.by != "person" or word.decision == "no":
            continue
        if word.decision == "yes":
            former.append(
                {
                    "person_id": word.person_id,
                    "purpose": word.purpose,
                    "version": word.version,
                    "language": word.language,
                    "given_at": word.at,
                    "withdrawn_at": None,
                }
            )
        before = standing.pop((word.person_id, word.purpose), None)
        if before is not None:
            before["withdrawn_at"] = word.at
        if word.decision == "yes":
            standing[word.person_id, word.purpose] = former[-1]
    if former:
        op.bulk_insert(_table("person_id purpose version language", "given_at withdrawn_at"), former)


def _utc() -> core.storage.tables.base.Utc:
    return core.storage.tables.base.Utc(timezone=True)


def _table(words: str, times: str) -> sa.TableClause:
    columns = [sa.column(name, sa.String()) for name in words.split()]
    return sa.table("consents", *columns, *(sa.column(name, _utc()) for name in times.split()))


def _drop() -> None:
    op.drop_index(op.f("ix_consents_person_id"), table_name="consents")
    op.drop_table("consents")


def _person() -> list[sa.Column[object]]:
    return [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("purpose", sa.String(length=32), nullable=False),
    ]


def _keys() -> list[sa.Constraint]:
    return [
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_consents_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents")),
    ]
