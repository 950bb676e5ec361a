"""Choice of the network that compares: everybody may know it, staff see a change go on, an administrator makes it.

What this version ships is read by the caller (`core.vision.shipped`): services know networks by name and hash only.
A choice is kept by hash and outlasts restarts; when an update ships the chosen network anew, its name decides.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.domain.emotions import Emotion
from core.domain.network.rating import NetworkId, NetworkRating
from core.domain.people import Refusal, Role
from core.services.gate.access import require, require_administrator
from core.storage.database import Store
from core.storage.queries import face_queries, opinion_queries
from core.storage.tables import NetworkRow, PersonRow

_EXAMPLES = (Emotion.HAPPY, Emotion.SURPRISE, Emotion.SAD)
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class SetReading:
    """How a network reads one whole set: `matrix[target][top answer]`, counts in label order."""

    name: str
    title: str
    matrix: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class NetworkChoice:
    """The network that compares, and the one that is to follow while it still looks at the faces."""

    active: NetworkId | None
    coming: NetworkId | None
    """The one that still looks at the faces."""
    seen: int
    """Faces that it has seen."""
    of: int
    """Faces that it has to see."""
    by: str | None
    """Who chose last, None where nobody ever did."""
    at: datetime | None


def active(store: Store) -> NetworkId | None:
    """The network that people are compared with now."""
    with store.begin() as db:
        row = opinion_queries.active_network(db)
        return None if row is None else _id(row)


def reading_of_builtin(store: Store) -> SetReading | None:
    """How the network that compares reads the built-in faces; feedback tells the same to anybody who tries them."""
    with store.begin() as db:
        row, faces = opinion_queries.active_network(db), face_queries.newest_set(db, "builtin")
        matrix = opinion_queries.network_matrix(db, faces.id, row.id) if row and faces else None
        return SetReading("builtin", faces.title, _tuples(matrix)) if faces and matrix else None


def examples(store: Store) -> list[tuple[Emotion, bytes, NetworkRating]]:
    """Three clear faces of one built-in person of the practice, with all that the network says of them."""
    with store.begin() as db:
        network, faces = opinion_queries.active_network(db), face_queries.newest_set(db, "builtin")
        if network is None or faces is None:
            return []
        clear = [face for face in face_queries.pool(db, faces.id, "practice") if face.intensity == 100]
        person = min((face.identity or "" for face in clear), default="")
        shown = {face.target: face.hash for face in clear if face.identity == person and face.target in _EXAMPLES}
        pictures = face_queries.pictures(db, shown.values())
        looks = opinion_queries.network_ratings(db, shown.values(), network.id)
        return [(emotion, pictures[key][1], looks[key]) for emotion, key in shown.items() if key in looks]


def readings(store: Store, token: str) -> list[SetReading]:
    """How the network that compares reads each set on this server, newest set first, for staff."""
    with store.begin() as db:
        require(db, token, Role.CLINICIAN, Role.RESEARCHER)
        row = opinion_queries.active_network(db)
        if row is None:
            return []
        matrices = ((faces, opinion_queries.network_matrix(db, faces.id, row.id)) for faces in face_queries.sets(db))
        return [SetReading(faces.name, faces.title, _tuples(matrix)) for faces, matrix in matrices if matrix]


def choice(store: Store, token: str) -> NetworkChoice:
    """Where the choice stands, for staff."""
    with store.begin() as db:
        require(db, token, Role.CLINICIAN, Role.RESEARCHER)
        row, newest = opinion_queries.active_network(db), opinion_queries.chosen(db)
        coming, seen, of = None, 0, 0
        if newest is not None and (row is None or newest[1].id != row.id):
            left, of = opinion_queries.unrated_count(db, newest[1].id)
            coming, seen = _id(newest[1]), of - left
        person = db.get(PersonRow, newest[0].chosen_by) if newest and newest[0].chosen_by else None
        return NetworkChoice(
            active=None if row is None else _id(row),
            coming=coming,
            seen=seen,
            of=of,
            by=None if person is None else person.code,
            at=None if newest is None else newest[0].chosen_at,
        )


def choose(store: Store, token: str, name: str, shipped: Sequence[NetworkId]) -> None:
    """Let the network called `name`, one of `shipped`, be the one that compares, once it has seen all faces.

    For an administrator. Raises Refusal for any other name. The caller lets it look (`wanted`, `rate_all_faces`).
    """
    with store.begin() as db:
        person = require_administrator(db, token)
        network = next((one for one in shipped if one.name == name), None)
        if network is None:
            raise Refusal("This network does not come with this version. Please choose another.")
        opinion_queries.choose(db, opinion_queries.network_row(db, network).id, person.id)
    _log.info("network %s %s was chosen to compare, by %s", network.name, network.version, person.id)


def wanted(store: Store, shipped: Sequence[NetworkId]) -> NetworkId:
    """Of `shipped` (never empty, the usual one first) the network that shall compare: the chosen one, a newer version
    of it where an update brought one, the usual one where nobody chose or the chosen one ships no more."""
    with store.begin() as db:
        newest = opinion_queries.chosen(db)
    if newest is None:
        return shipped[0]
    same = [one for one in shipped if one.hash == newest[1].hash] or [n for n in shipped if n.name == newest[1].name]
    if not same:
        _log.warning("network %s was chosen but ships no more; %s compares", newest[1].name, shipped[0].name)
    return same[0] if same else shipped[0]


def _id(row: NetworkRow) -> NetworkId:
    return NetworkId(row.name, row.version, row.hash)


def _tuples(matrix: list[list[int]]) -> tuple[tuple[int, ...], ...]:
    return tuple(map(tuple, matrix))
