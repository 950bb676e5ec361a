"""Codes that look alike are one: the keys by which codes are compared are made anew.

Where several people have such codes already, one gets the new key: whose code is spelt as the key, else who came
first. The others keep their key, by which they are found with their exact code. Nobody is renamed, all sign in.
"""

from collections.abc import Callable

import sqlalchemy as sa
from alembic import op

from core.storage.codes import code_key, exact_key

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

PEOPLE = sa.table("people", *(sa.column(name) for name in ("id", "code", "code_key", "created_at")))


def upgrade() -> None:
    _rewrite(code_key)


def downgrade() -> None:
    _rewrite(exact_key)


def _rewrite(key_of: Callable[[str], str]) -> None:
    """Give everybody the key of their code, unless somebody else has it or had it until now."""
    query = sa.select(PEOPLE.c.id, PEOPLE.c.code, PEOPLE.c.code_key).order_by(PEOPLE.c.created_at, PEOPLE.c.id)
    people = op.get_bind().execute(query).all()
    used = {key for _, _, key in people}
    changed = []
    for id_, code, _ in people:
        if (key := key_of(code)) not in used:
            used.add(key)
            changed.append({"number": id_, "key": key})
    if changed:
        op.get_bind().execute(sa.text("UPDATE people SET code_key = :key WHERE id = :number"), changed)
