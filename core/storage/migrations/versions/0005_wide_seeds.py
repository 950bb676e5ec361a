"""Seeds of 64 bits in PostgreSQL too; SQLite's integers have always had room for them."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("blocks", "seed", existing_type=sa.Integer(), type_=sa.BigInteger(), existing_nullable=False)


def downgrade() -> None:
    """Older software reads wide columns as well, and a seed that fits no narrow one must not be lost."""
