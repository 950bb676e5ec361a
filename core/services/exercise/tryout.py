"""Try-out: six faces for a visitor without an account. Nothing is stored: the block lives in the page alone."""

import secrets

from core.domain.exercise import design
from core.domain.exercise.trials import Block, Kind, Trial
from core.domain.people import Refusal
from core.services.faces.stimulus_sets import pool
from core.storage.database import Store
from core.storage.queries import face_queries


def begin(store: Store) -> Block:
    """Six practice faces of the built-in set."""
    with store.begin() as db:
        row = face_queries.newest_set(db, "builtin")
    if row is None:
        raise Refusal("The built-in faces are still being unpacked. Please try again in a moment.")
    drawn = design.draw_tryout(pool(store, row.id, "practice"), secrets.randbits(31))
    trials = [Trial(number, face) for number, face in enumerate(drawn, start=1)]
    return Block("tryout", Kind.TRYOUT, len(trials), trials, set_id=row.id)


def pictures(store: Store, block: Block, hashes: list[str]) -> dict[str, tuple[str, bytes]]:
    """Media type and bytes of practice pictures of the built-in set; others are left out."""
    assert block.set_id is not None
    allowed = {face.hash for face in pool(store, block.set_id, "practice")}
    with store.begin() as db:
        return face_queries.pictures(db, [found for found in hashes if found in allowed])
