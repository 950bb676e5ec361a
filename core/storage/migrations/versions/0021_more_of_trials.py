"""What only the task of a trial knows of is kept beside it."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("trials", sa.Column("more", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    op.drop_column("trials", "more")
