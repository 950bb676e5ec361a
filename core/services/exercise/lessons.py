"""Lessons: three people who show one emotion from neutral to full.

Only faces of the role "practice" are shown, so that a lesson never uses up a face of a check.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.domain.emotions import Emotion
from core.services.gate.access import who
from core.storage.database import Store
from core.storage.queries import face_queries
from core.storage.tables import StimulusRow, StimulusSetRow

PEOPLE = 3


@dataclass(frozen=True)
class Example:
    """One person of a set. `frames`: (intensity in percent, picture file, media type), from neutral (0) up."""

    identity: str
    frames: list[tuple[int, bytes, str]]


def examples(store: Store, token: str, emotion: Emotion) -> list[Example]:
    """Up to three people showing `emotion`, unlike each other in skin, sex and variant; the same three every time.

    From the newest set that knows identities and intensities; empty when there is none. A neutral lesson has one
    frame a person. Raises NotSignedIn.
    """
    with store.begin() as db:
        who(db, token)
        people = _choose(_people(db, emotion), emotion)
        pictures = face_queries.pictures(db, (row.picture_hash for rows in people for row in rows))
    return [Example(rows[0].identity or "", [_frame(row, pictures) for row in rows]) for rows in people]


def clear_faces(store: Store, token: str) -> dict[Emotion, bytes]:
    """A clear face of each emotion, of one built-in person of the practice; empty where that set is not there. Raises
    NotSignedIn."""
    with store.begin() as db:
        who(db, token)
        builtin = face_queries.newest_set(db, "builtin")
        clear = face_queries.clear(face_queries.pool(db, builtin.id, "practice")) if builtin is not None else []
        person = min((face.identity or "" for face in clear), default="")
        hashes = {face.target: face.hash for face in clear if face.identity == person}
        pictures = face_queries.pictures(db, hashes.values())
        return {emotion: pictures[picture][1] for emotion, picture in hashes.items()}


def _people(db: Session, emotion: Emotion) -> list[list[StimulusRow]]:
    """The practice faces of the emotion and of neutral, one list a person, weakest first."""
    newest = (
        select(StimulusSetRow.id)
        .where(StimulusSetRow.has_identities, StimulusSetRow.has_intensities)
        .order_by(StimulusSetRow.id.desc())
        .limit(1)
    )
    rows = select(StimulusRow).where(
        StimulusRow.set_id == newest.scalar_subquery(),
        StimulusRow.role == "practice",
        StimulusRow.target.in_({emotion.word, Emotion.NEUTRAL.word}),
        StimulusRow.identity.is_not(None),
    )
    people: dict[str | None, dict[int, StimulusRow]] = {}
    for row in db.scalars(rows.order_by(StimulusRow.id)):
        intensity = 0 if row.target == Emotion.NEUTRAL.word else row.intensity
        if intensity is not None:
            people.setdefault(row.identity, {}).setdefault(intensity, row)
    return [[frames[step] for step in sorted(frames)] for frames in people.values()]


def _choose(people: Sequence[list[StimulusRow]], emotion: Emotion) -> list[list[StimulusRow]]:
    """One person from each third of the skin tones, preferring a sex and a variant not chosen yet."""
    able = [rows for rows in people if rows[-1].target == emotion.word]
    able.sort(key=lambda rows: (rows[-1].skin or 0.0, rows[-1].identity))
    chosen: list[list[StimulusRow]] = []
    for third in range(PEOPLE):
        near = able[third * len(able) // PEOPLE : (third + 1) * len(able) // PEOPLE]
        sexes = [rows[-1].sex for rows in chosen]
        variants = [rows[-1].variant for rows in chosen]
        chosen += sorted(near, key=lambda r: (sexes.count(r[-1].sex), variants.count(r[-1].variant)))[:1]
    return chosen


def _frame(row: StimulusRow, pictures: dict[str, tuple[str, bytes]]) -> tuple[int, bytes, str]:
    media_type, data = pictures[row.picture_hash]
    return (0 if row.target == Emotion.NEUTRAL.word else row.intensity or 0), data, media_type
