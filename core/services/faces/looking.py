"""Background rating: a network rates every face once, beside people who use the server, then compares them with itself.

Until a network has seen all faces the one before stays in use: within one sitting everybody is compared with the same
one, and nobody is told that it has not looked yet. Batches are committed one by one: a server that is stopped goes on
at its next start. In one server one look waits for the other: an import may begin while a look is under way. Two
servers on one database may both look: each picture keeps one answer, the same from both.
"""

from collections.abc import Callable
from threading import RLock

from sqlalchemy.exc import IntegrityError

from core.domain.network.rating import Rater
from core.storage.database import Store
from core.storage.queries import face_queries, opinion_queries

Progress = Callable[[int, int], None]
_BATCH = 200
_one_at_a_time = RLock()


def rate_all_faces(store: Store, rater: Rater, progress: Progress | None = None) -> None:
    """Store what `rater` says of every face that it has not seen, then make it the network that compares.

    It stays in waiting if another one was chosen meanwhile.
    """
    with _one_at_a_time:
        _rate_all_faces(store, rater, progress)


def _rate_all_faces(store: Store, rater: Rater, progress: Progress | None) -> None:
    with store.begin() as db:
        network_id = opinion_queries.network_row(db, rater.network).id
        choice = opinion_queries.newest_choice(db)
        waiting = opinion_queries.unrated(db, network_id)
    _look(store, rater, network_id, list(waiting), progress)
    with store.begin() as db:
        for row in face_queries.sets(db):
            if waiting or opinion_queries.network_matrix(db, row.id, network_id) is None:
                opinion_queries.refresh_network_matrix(db, row.id, network_id)
        if opinion_queries.newest_choice(db) == choice:
            opinion_queries.activate(db, network_id)


def _look(store: Store, rater: Rater, network_id: int, waiting: list[str], progress: Progress | None) -> None:
    total = len(waiting)
    while waiting:
        batch = waiting[:_BATCH]
        with store.begin() as db:
            seen = face_queries.pictures(db, batch)
        answers = {h: rater.look(picture) for h, (_, picture) in seen.items()}
        try:
            with store.begin() as db:
                opinion_queries.add_network_answers(db, network_id, answers)
            del waiting[:_BATCH]
        except IntegrityError:  # another server stored some of these first: go on with what is left
            with store.begin() as db:
                waiting = list(opinion_queries.unrated(db, network_id))
        if progress is not None:
            progress(max(0, total - len(waiting)), total)
