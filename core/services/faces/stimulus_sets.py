"""Sets of faces: import them, have the network rate them, list them.

A set is stored in one transaction: an import that is interrupted leaves nothing and can be run again. The network
looks afterwards. Readers are imported where they are used: no page needs OpenCV.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session

from core.domain.exercise.trials import Stimulus
from core.domain.language import Value, from_json, to_json
from core.domain.network.rating import Rater
from core.domain.people import Refusal, Role
from core.services.faces.looking import Progress, rate_all_faces
from core.services.gate.access import require, require_administrator
from core.stimuli.emotion_words import AnswerError
from core.stimuli.records import Face, SetInfo, StimulusError, set_hash
from core.storage.database import Store
from core.storage.queries import face_queries
from core.storage.tables import PictureRow, StimulusSetRow

Reading = tuple[SetInfo, Sequence[Face]]
_importing = Lock()
POOLS_IN_MEMORY = 16
"""Of each database."""
_pools = WeakKeyDictionary[Engine | Connection, dict[tuple[int, str, bool], tuple[Stimulus, ...]]]()


@dataclass(frozen=True)
class FaceSet:
    """One version of one set, as people choose it. `measures`: checks are possible, not only practice."""

    id: int
    name: str
    title: str
    version: str
    faces: int
    measures: bool
    has_intensities: bool
    has_votes: bool
    source: str
    licence: str
    notes: tuple[Value, ...]
    """What it lacks; texts where an older version stored them."""


def unpack_builtin(store: Store) -> bool:
    """Store the built-in faces where there are none yet: what a server needs before it serves. True if it did."""
    from core.stimuli.builtin import read_builtin

    with store.begin() as db:
        if face_queries.newest_set(db, "builtin") is not None:
            return False
        _store(db, *read_builtin())
        return True


def update_faces(store: Store, rater: Rater) -> None:
    """What a server does while it serves: the built-in faces as they ship now, and the network's look at all."""
    from core.stimuli.builtin import read_builtin

    bring_in(store, read_builtin(), rater)


def bring_in(store: Store, reading: Reading, rater: Rater, progress: Progress | None = None) -> int:
    """Store a set that was read, and let the network look; returns the row id of the set.

    For the operator of this machine; people come through `import_fer2013` and `import_folder`. The very same set
    is not stored twice.
    """
    info, faces = reading
    with store.begin() as db:
        stored_set = face_queries.find_set(db, info.name, info.version)
        set_id = stored_set.id if stored_set is not None else _store(db, info, faces)
    rate_all_faces(store, rater, progress)
    return set_id


def import_fer2013(
    store: Store,
    token: str,
    path: Path,
    votes: Path | None,
    rater: Rater,
    progress: Progress | None = None,
    words: Sequence[str] = (),
) -> int:
    """FER-2013 at `path` on the server's machine, brought in by an administrator; `words`: what words for emotions
    mean that no table has, "contempt=disgust"."""
    from core.stimuli.emotion_words import read_answers
    from core.stimuli.fer2013.curate import read_fer2013

    _administrator(store, token)
    with importing_alone(), refusing():
        return bring_in(store, read_fer2013(path, votes, progress, read_answers(words)), rater, progress)


def import_folder(
    store: Store,
    token: str,
    path: Path,
    rater: Rater,
    progress: Progress | None = None,
    words: Sequence[str] = (),
) -> int:
    """A folder with a manifest on the server's machine, brought in by an administrator; `words` as above."""
    from core.stimuli.emotion_words import read_answers
    from core.stimuli.manifest import read_manifest

    _administrator(store, token)
    with importing_alone(), refusing():
        return bring_in(store, read_manifest(path, answers=read_answers(words)), rater, progress)


def _administrator(store: Store, token: str) -> None:
    """Nothing is read before the permission is checked."""
    with store.begin() as db:
        require_administrator(db, token)


@contextmanager
def importing_alone() -> Iterator[None]:
    """Sets are read one at a time: each is a minute of a processor and all its pictures in memory. Raises Refusal while
    another is."""
    if not _importing.acquire(blocking=False):
        raise Refusal("Faces are being brought in just now. Please try again in a few minutes.")
    try:
        yield
    finally:
        _importing.release()


@contextmanager
def refusing() -> Iterator[None]:
    """What is wrong with a set is a refusal that says it."""
    try:
        yield
    except (StimulusError, AnswerError) as error:
        raise Refusal("These faces cannot be brought in. {why}", why=error.whole) from error


def list_sets(store: Store, token: str) -> list[FaceSet]:
    """Every version of every set, newest first, for staff."""
    with store.begin() as db:
        require(db, token, Role.CLINICIAN, Role.RESEARCHER)
        return [_face_set(row) for row in face_queries.sets(db)]


def pool(db: Session, set_id: int, role: str, checkable: bool = False) -> tuple[Stimulus, ...]:
    """The faces of a set with one role. A version of a set never changes, so they are read once a process, in the
    transaction that asks first: who writes and waits for a second connection waits for those who wait to write."""
    known, key = _pools.setdefault(db.get_bind(), {}), (set_id, role, checkable)
    found = known.get(key)
    if found is None:
        found = tuple(face_queries.pool(db, set_id, role, checkable=checkable))
        if len(known) >= POOLS_IN_MEMORY:
            known.clear()
        known[key] = found
    return found


def _face_set(row: StimulusSetRow) -> FaceSet:
    return FaceSet(
        id=row.id,
        name=row.name,
        title=row.title,
        version=row.version,
        faces=row.faces,
        measures=row.has_roles,
        has_intensities=row.has_intensities,
        has_votes=row.has_votes,
        source=row.source,
        licence=row.licence,
        notes=tuple(map(from_json, row.notes)),
    )


def _store(db: Session, info: SetInfo, faces: Sequence[Face]) -> int:
    row = StimulusSetRow(
        name=info.name,
        version=info.version,
        hash=set_hash(faces),
        title=info.title,
        source=info.source,
        licence=info.licence,
        has_identities=info.has_identities,
        has_roles=info.has_roles,
        has_intensities=info.has_intensities,
        has_votes=info.has_votes,
        notes=[to_json(note) for note in info.notes],
        faces=len(faces),
    )
    db.add(row)
    db.flush()
    face_queries.add_faces(db, row.id, (_rows(face, info) for face in faces))
    return row.id


def _rows(face: Face, info: SetInfo) -> tuple[PictureRow, dict[str, object]]:
    picture = PictureRow(hash=face.hash, media_type=face.media_type, data=face.picture)
    return picture, {
        "file": face.file,
        "target": face.target.word,
        "label": face.label.word if face.label is not None else None,
        "identity": face.identity,
        "role": face.role if info.has_roles else "practice",
        "sex": face.sex,
        "skin": face.skin,
        "intensity": face.intensity,
        "variant": face.variant,
        "muscles": face.muscles,
        "votes": list(face.votes) if face.votes else None,
        "split": face.split,
        "checkable": face.checkable,
    }
