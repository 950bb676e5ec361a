"""What networks and people say of pictures, by the picture's hash."""

from collections.abc import Mapping, Sequence

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from core.domain.emotions import Emotion
from core.domain.rating import NetworkId
from core.storage.tables import NetworkAnswerRow, NetworkRow, NetworkStandingRow, PeopleAnswerRow, StimulusRow


def active_network(db: Session) -> NetworkRow | None:
    """The network that people are compared with now."""
    newest = select(NetworkRow).where(NetworkRow.active).order_by(NetworkRow.id.desc())
    return db.scalars(newest.limit(1)).first()


def activate(db: Session, network: NetworkId) -> NetworkRow:
    """Make `network` the one that compares; its answers, if it was here before, are still its own."""
    db.execute(update(NetworkRow).values(active=False))
    row = db.scalars(select(NetworkRow).where(NetworkRow.hash == network.hash)).first()
    if row is None:
        row = NetworkRow(name=network.name, version=network.version, hash=network.hash)
        db.add(row)
    row.active = True
    db.flush()
    return row


def unrated(db: Session, set_id: int, network_id: int) -> Sequence[str]:
    """The pictures of a set that a network has not answered yet."""
    answered = select(NetworkAnswerRow.picture_hash).where(NetworkAnswerRow.network_id == network_id)
    missing = select(StimulusRow.picture_hash).where(
        StimulusRow.set_id == set_id, StimulusRow.picture_hash.not_in(answered)
    )
    return db.scalars(missing.distinct()).all()


def add_network_answers(db: Session, network_id: int, answers: Mapping[str, Sequence[float]]) -> None:
    """Store seven probabilities for each picture hash."""
    db.execute(
        insert(NetworkAnswerRow),
        [
            {"picture_hash": h, "network_id": network_id, "probabilities": [round(float(x), 4) for x in p]}
            for h, p in answers.items()
        ],
    )


def network_answer(db: Session, picture_hash: str, network_id: int) -> tuple[float, ...] | None:
    """The seven probabilities of one network for one picture, if it has looked at it."""
    row = db.get(NetworkAnswerRow, (picture_hash, network_id))
    return tuple(row.probabilities) if row else None


def set_standing(db: Session, set_id: int, network_id: int) -> None:
    """Count how a network reads a whole set (target × top answer) and keep the matrix."""
    rows = db.execute(
        select(StimulusRow.target, NetworkAnswerRow.probabilities).where(
            StimulusRow.set_id == set_id,
            NetworkAnswerRow.picture_hash == StimulusRow.picture_hash,
            NetworkAnswerRow.network_id == network_id,
        )
    )
    matrix = [[0] * 7 for _ in range(7)]
    for target, probabilities in rows:
        matrix[Emotion.from_word(target)][probabilities.index(max(probabilities))] += 1
    kept = db.get(NetworkStandingRow, (set_id, network_id))
    if kept is None:
        db.add(NetworkStandingRow(set_id=set_id, network_id=network_id, matrix=matrix))
    else:
        kept.matrix = matrix


def standing(db: Session, set_id: int, network_id: int) -> list[list[int]] | None:
    """The stored matrix of a network on a set."""
    row = db.get(NetworkStandingRow, (set_id, network_id))
    return row.matrix if row else None


def people_counts(db: Session, picture_hash: str) -> dict[str, int]:
    """How many consenting people gave each response to a picture when they first met it."""
    rows = select(PeopleAnswerRow.response, PeopleAnswerRow.people)
    return dict(db.execute(rows.where(PeopleAnswerRow.picture_hash == picture_hash)).all())
