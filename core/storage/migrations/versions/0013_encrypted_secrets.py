"""Room for encrypted secrets. A server encrypts at its start what stands there in plain."""

import sqlalchemy as sa
from alembic import op

from core.storage.encryption import decrypt, is_encrypted

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

TABLES = ("second_factors", "person_keys")


def upgrade() -> None:
    for table in TABLES:
        with op.batch_alter_table(table) as batch_op:
            batch_op.alter_column("secret", type_=sa.Text(), existing_type=sa.String(64), existing_nullable=False)


def downgrade() -> None:
    for name in TABLES:
        table = sa.table(name, sa.column("person_id"), sa.column("secret"))
        for id_, secret in op.get_bind().execute(sa.select(table.c.person_id, table.c.secret)).all():
            if is_encrypted(secret):
                plain = sa.update(table).where(table.c.person_id == id_).values(secret=decrypt(secret))
                op.get_bind().execute(plain)
        with op.batch_alter_table(name) as batch_op:
            batch_op.alter_column("secret", type_=sa.String(64), existing_type=sa.Text(), existing_nullable=False)
