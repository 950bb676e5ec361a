"""Under which conditions an item was answered: page translated, line off, keys too quick, zoom."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("trials", sa.Column("conditions", sa.JSON(none_as_null=True)))


def downgrade() -> None:
    op.drop_column("trials", "conditions")
