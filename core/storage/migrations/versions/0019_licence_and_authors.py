"""Under which licence a study is exported, and who its authors are."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("studies", sa.Column("licence", sa.String(length=80), nullable=False, server_default=""))
    op.add_column("studies", sa.Column("authors", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    op.drop_column("studies", "authors")
    op.drop_column("studies", "licence")
