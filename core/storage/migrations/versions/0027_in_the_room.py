"""A clinician's sign-in may be handed over for one run; sittings say whether they were in the room."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("sign_ins", sa.Column("handed_run", sa.String(length=32), nullable=True))
    op.add_column("sessions", sa.Column("in_room", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    op.drop_column("sessions", "in_room")
    op.drop_column("sign_ins", "handed_run")
