"""Own copy of FER-2013 of an installation, for staff: how many faces, a few of each emotion, and those whose
label somebody should look at. It is a list for people: no face is ever taken out because of a network."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.domain.emotions import Emotion
from core.domain.network.votes import votes_for
from core.domain.people import Role
from core.services.gate.access import require
from core.storage.database import Store
from core.storage.queries import face_queries, opinion_queries
from core.storage.tables import StimulusRow, StimulusSetRow

NAME = "fer2013"


@dataclass(frozen=True)
class OwnCopy:
    """The newest copy: `counts[split][label]` faces that may be served, by the split they come from."""

    title: str
    version: str
    counts: dict[str, tuple[int, ...]]


@dataclass(frozen=True)
class DoubtfulFace:
    """A face that the network is sure to be something else than its label says."""

    file: str
    picture: bytes
    label: Emotion
    said: Emotion
    """What the network says."""
    sure: float
    """Its probability of `said`."""
    votes: int | None
    """How many of `people` chose the label, None without votes."""
    against: int | None
    """How many of `people` chose what the network says."""
    people: int | None
    learnt: bool
    """The network was trained with this very picture."""


def own_copy(store: Store, token: str) -> OwnCopy | None:
    """The newest copy of FER-2013 on this server; None where nobody brought one in."""
    with store.begin() as db:
        row = _newest(db, token)
        if row is None:
            return None
        rows = select(StimulusRow.split, StimulusRow.target, func.count()).where(StimulusRow.set_id == row.id)
        counts: dict[str, Counter[str]] = {}
        for split, target, number in db.execute(rows.group_by(StimulusRow.split, StimulusRow.target)):
            counts.setdefault(split or "", Counter())[target] = number
        by_label = {split: tuple(counts[split][emotion.word] for emotion in Emotion) for split in sorted(counts)}
        return OwnCopy(row.title, row.version, by_label)


def samples(store: Store, token: str, emotion: Emotion, number: int = 12) -> list[bytes]:
    """The pictures of some faces of `emotion` that serve practice, always the same ones."""
    with store.begin() as db:
        row = _newest(db, token)
        if row is None:
            return []
        rows = select(StimulusRow.picture_hash).where(
            StimulusRow.set_id == row.id, StimulusRow.target == emotion.word, StimulusRow.role == "practice"
        )
        hashes = db.scalars(rows.order_by(StimulusRow.picture_hash).limit(number)).all()
        pictures = face_queries.pictures(db, hashes)
        return [pictures[h][1] for h in hashes]


def doubtful(store: Store, token: str, number: int = 24) -> list[DoubtfulFace]:
    """The faces that the network which compares is most sure to be something else than their label, surest first."""
    with store.begin() as db:
        newest, network = _newest(db, token), opinion_queries.active_network(db)
        if newest is None or network is None:
            return []
        wrong = []
        for row, probabilities in opinion_queries.ratings_of_set(db, newest.id, network.id):
            sure = max(probabilities)
            said = Emotion(probabilities.index(sure))
            if said.word != row.target:
                wrong.append((sure, row, said))
        wrong.sort(key=lambda one: (-one[0], one[1].id))
        pictures = face_queries.pictures(db, [row.picture_hash for _, row, _ in wrong[:number]])
        return [_doubtful(row, said, sure, pictures[row.picture_hash][1]) for sure, row, said in wrong[:number]]


def _newest(db: Session, token: str) -> StimulusSetRow | None:
    require(db, token, Role.CLINICIAN, Role.RESEARCHER)
    return face_queries.newest_set(db, NAME)


def _doubtful(row: StimulusRow, said: Emotion, sure: float, picture: bytes) -> DoubtfulFace:
    label = Emotion.from_word(row.target)
    votes, people = votes_for(row.votes, label) if row.votes else (None, None)
    against = votes_for(row.votes, said)[0] if row.votes else None
    return DoubtfulFace(row.file, picture, label, said, sure, votes, against, people, row.split == "Training")
