"""Queries of sets of faces and their pictures: kept once by hash, read by set, role and identity."""

from collections.abc import Iterable, Sequence
from itertools import islice

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from core.domain.emotions import Emotion
from core.domain.exercise.trials import Stimulus
from core.storage.tables import PictureRow, StimulusRow, StimulusSetRow

_BATCH = 500


def sets(db: Session) -> Sequence[StimulusSetRow]:
    """Every version of every set, newest first."""
    return db.scalars(select(StimulusSetRow).order_by(StimulusSetRow.id.desc())).all()


def newest_set(db: Session, name: str) -> StimulusSetRow | None:
    """The newest version of the set called `name`."""
    query = select(StimulusSetRow).where(StimulusSetRow.name == name).order_by(StimulusSetRow.id.desc())
    return db.scalars(query.limit(1)).first()


def find_set(db: Session, name: str, version: str) -> StimulusSetRow | None:
    """One version of a set, if it is here."""
    query = select(StimulusSetRow).where(StimulusSetRow.name == name, StimulusSetRow.version == version)
    return db.scalars(query).first()


def version_of_checks(db: Session, row: StimulusSetRow) -> str:
    """The version of the set by which its checks are compared: the first of that name whose forms A and B have the very
    same faces, as people who are added to practice change no check."""
    earlier = select(StimulusSetRow).where(StimulusSetRow.name == row.name, StimulusSetRow.id < row.id)
    versions = db.scalars(earlier.order_by(StimulusSetRow.id)).all()
    if not versions:
        return row.version
    now = _of_checks(db, row.id)
    return next((one.version for one in versions if _of_checks(db, one.id) == now), row.version)


def _of_checks(db: Session, set_id: int) -> set[tuple[object, ...]]:
    columns = (
        StimulusRow.picture_hash,
        StimulusRow.target,
        StimulusRow.identity,
        StimulusRow.role,
        StimulusRow.intensity,
        StimulusRow.checkable,
    )
    rows = select(*columns).where(StimulusRow.set_id == set_id, StimulusRow.role.in_(("A", "B")))
    return {tuple(found) for found in db.execute(rows)}


def add_faces(db: Session, set_id: int, faces: Iterable[tuple[PictureRow, dict[str, object]]]) -> int:
    """Store pictures (once each) and their stimuli; returns how many stimuli there are now in the set."""
    rest = iter(faces)
    while batch := list(islice(rest, _BATCH)):
        hashes = {picture.hash for picture, _ in batch}
        known = set(db.scalars(select(PictureRow.hash).where(PictureRow.hash.in_(hashes))))
        fresh = {p.hash: p for p, _ in batch if p.hash not in known}
        if fresh:
            db.execute(
                insert(PictureRow),
                [{"hash": p.hash, "media_type": p.media_type, "data": p.data} for p in fresh.values()],
            )
        db.execute(insert(StimulusRow), [{**face, "set_id": set_id, "picture_hash": p.hash} for p, face in batch])
    return db.scalar(select(func.count()).where(StimulusRow.set_id == set_id)) or 0


def stimulus(row: StimulusRow) -> Stimulus:
    """A row in the words of the domain."""
    return Stimulus(
        id=row.id,
        hash=row.picture_hash,
        target=Emotion.from_word(row.target),
        identity=row.identity,
        intensity=row.intensity,
        votes=tuple(row.votes) if row.votes else None,
        sex=row.sex,
        skin=row.skin,
    )


def pool(db: Session, set_id: int, role: str, *, checkable: bool = False) -> list[Stimulus]:
    """The faces of a set with one role (practice, A or B), in the order they were stored.

    `checkable` leaves out those that must not be used to measure. Columns are read, not objects: a
    set of 25,000 faces is loaded in a fraction of a second.
    """
    columns = (
        StimulusRow.id,
        StimulusRow.picture_hash,
        StimulusRow.target,
        StimulusRow.identity,
        StimulusRow.intensity,
        StimulusRow.votes,
        StimulusRow.sex,
        StimulusRow.skin,
    )
    rows = select(*columns).where(StimulusRow.set_id == set_id, StimulusRow.role == role)
    if checkable:
        rows = rows.where(StimulusRow.checkable)
    return [
        Stimulus(i, h, Emotion.from_word(t), identity, intensity, tuple(v) if v else None, sex, skin)
        for i, h, t, identity, intensity, v, sex, skin in db.execute(rows.order_by(StimulusRow.id))
    ]


def clear(pool: Iterable[Stimulus]) -> list[Stimulus]:
    """The faces of a graded set that show their emotion in full, and the neutral ones."""
    return [face for face in pool if face.intensity == 100 or face.target is Emotion.NEUTRAL]


def same_people(db: Session, faces: Iterable[StimulusRow]) -> dict[tuple[int, str | None], list[StimulusRow]]:
    """All practice faces of the people of these faces, by set and identity, in the order they were stored."""
    wanted = {(face.set_id, face.identity) for face in faces if face.identity is not None}
    found: dict[tuple[int, str | None], list[StimulusRow]] = {person: [] for person in wanted}
    rows = select(StimulusRow).where(
        StimulusRow.set_id.in_({set_id for set_id, _ in wanted}),
        StimulusRow.identity.in_({identity for _, identity in wanted}),
        StimulusRow.role == "practice",
    )
    for row in db.scalars(rows.order_by(StimulusRow.id)) if wanted else ():
        if (row.set_id, row.identity) in found:
            found[row.set_id, row.identity].append(row)
    return found


def pictures(db: Session, hashes: Iterable[str]) -> dict[str, tuple[str, bytes]]:
    """Media type and bytes of each picture, by hash."""
    rows = select(PictureRow.hash, PictureRow.media_type, PictureRow.data)
    stored_rows = db.execute(rows.where(PictureRow.hash.in_(list(hashes))))
    return {h: (media_type, data) for h, media_type, data in stored_rows}
