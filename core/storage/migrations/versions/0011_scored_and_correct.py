"""What counts of an answer, and whether it is right, stand beside it.

Both follow here from what is stored, by the rule that the domain had when this was written: the emotion named counts,
and a best guess only behind "not sure".
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

EMOTIONS = ("angry", "disgust", "fear", "happy", "sad", "surprise", "neutral")
"""In the order of a network's seven probabilities."""
SCORED = """
UPDATE trials SET scored = CASE WHEN response = 'not_sure' THEN best_guess ELSE response END
WHERE response IS NOT NULL AND response <> 'cannot_see'
AND block_id IN (SELECT id FROM blocks WHERE task = 'recognition')
"""
CORRECT = """
UPDATE trials SET correct = (scored IS NOT NULL AND scored = target)
WHERE response IS NOT NULL AND response <> 'cannot_see' AND void IS NULL
AND block_id IN (SELECT id FROM blocks WHERE task = 'recognition')
"""
STALE = """
DELETE FROM standings WHERE person_id IN (
    SELECT blocks.person_id FROM blocks JOIN trials ON trials.block_id = blocks.id
    WHERE blocks.task = 'recognition' AND best_guess IS NOT NULL AND response <> 'not_sure'
)
"""
"""Counted by another rule, which took a best guess before any response; a server that starts makes them anew."""
READ = """
SELECT trials.id, trials.target, trials.network_probabilities FROM trials JOIN blocks ON blocks.id = trials.block_id
WHERE blocks.task = 'expression' AND trials.target IS NOT NULL AND trials.network_probabilities IS NOT NULL
"""


def upgrade() -> None:
    op.add_column("trials", sa.Column("scored", sa.String(length=16), nullable=True))
    op.add_column("trials", sa.Column("correct", sa.Boolean(), nullable=True))
    for statement in (SCORED, CORRECT, STALE):
        op.execute(statement)
    seen = sa.text(READ).columns(network_probabilities=sa.JSON())
    found = [
        {"number": id_, "so": EMOTIONS[shares.index(max(shares))] == target}
        for id_, target, shares in op.get_bind().execute(seen)
        if shares
    ]
    if found:
        op.get_bind().execute(sa.text("UPDATE trials SET correct = :so WHERE id = :number"), found)


def downgrade() -> None:
    op.drop_column("trials", "correct")
    op.drop_column("trials", "scored")
