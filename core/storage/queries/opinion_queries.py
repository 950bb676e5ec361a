"""What networks and people say of pictures, by the picture's hash."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import ColumnElement, and_, delete, func, insert, select, update
from sqlalchemy.orm import Session

from core.domain.emotions import Emotion
from core.domain.network.rating import NetworkId, NetworkRating
from core.storage.tables import (
    NetworkAnswerRow,
    NetworkChoiceRow,
    NetworkMatrixRow,
    NetworkRow,
    PeopleAnswerRow,
    StimulusRow,
)
from core.storage.upserts import put


def active_network(db: Session) -> NetworkRow | None:
    """The network that people are compared with now."""
    newest = select(NetworkRow).where(NetworkRow.active).order_by(NetworkRow.id.desc())
    return db.scalars(newest.limit(1)).first()


def network_row(db: Session, network: NetworkId) -> NetworkRow:
    """The row of `network`, made where it is new; the first network of a database compares at once."""
    row = db.scalars(select(NetworkRow).where(NetworkRow.hash == network.hash)).first()
    if row is None:
        first = active_network(db) is None
        row = NetworkRow(name=network.name, version=network.version, hash=network.hash, active=first)
        db.add(row)
        db.flush()
    return row


def activate(db: Session, network_id: int) -> None:
    """Make this network the one that compares; the answers of the one before stay what they are."""
    db.execute(update(NetworkRow).values(active=NetworkRow.id == network_id))


def choose(db: Session, network_id: int, person_id: str) -> None:
    """Note who chose which network to compare."""
    db.add(NetworkChoiceRow(network_id=network_id, chosen_by=person_id))


def newest_choice(db: Session) -> int | None:
    """The number of the newest choice."""
    return db.scalar(select(func.max(NetworkChoiceRow.id)))


def chosen(db: Session) -> tuple[NetworkChoiceRow, NetworkRow] | None:
    """The newest choice, if anybody ever chose, and its network."""
    newest = select(NetworkChoiceRow, NetworkRow).join(NetworkRow, NetworkRow.id == NetworkChoiceRow.network_id)
    row = db.execute(newest.order_by(NetworkChoiceRow.id.desc()).limit(1)).first()
    return (row[0], row[1]) if row else None


def unrated(db: Session, network_id: int) -> Sequence[str]:
    """The pictures of all sets that a network has not looked at, or only before boxes were stored."""
    return db.scalars(select(StimulusRow.picture_hash).where(_not_seen(network_id)).distinct()).all()


def unrated_count(db: Session, network_id: int) -> tuple[int, int]:
    """How many pictures of all sets a network has still to look at, and how many there are."""
    pictures = func.count(StimulusRow.picture_hash.distinct())
    return db.scalar(select(pictures).where(_not_seen(network_id))) or 0, db.scalar(select(pictures)) or 0


def _not_seen(network_id: int) -> ColumnElement[bool]:
    seen = select(NetworkAnswerRow.picture_hash).where(
        NetworkAnswerRow.network_id == network_id, NetworkAnswerRow.box.is_not(None)
    )
    return StimulusRow.picture_hash.not_in(seen)


def add_network_answers(db: Session, network_id: int, answers: Mapping[str, NetworkRating]) -> None:
    """Store what a network says of each picture, by hash, in place of what it said before."""
    old = delete(NetworkAnswerRow).where(NetworkAnswerRow.network_id == network_id)
    db.execute(old.where(NetworkAnswerRow.picture_hash.in_(list(answers))))
    rows = [
        {
            "picture_hash": h,
            "network_id": network_id,
            "probabilities": _short(look.probabilities),
            "box": _short(look.box),
            "heat": look.heat,
            "crowd": None if look.crowd is None else _short(look.crowd),
        }
        for h, look in answers.items()
    ]
    db.execute(insert(NetworkAnswerRow), rows)


def _short(shares: Sequence[float]) -> list[float]:
    return [round(float(share), 4) for share in shares]


def network_ratings(db: Session, hashes: Iterable[str], network_id: int) -> dict[str, NetworkRating]:
    """All that one network says of each of these pictures that it has looked at."""
    columns = (
        NetworkAnswerRow.picture_hash,
        NetworkAnswerRow.probabilities,
        NetworkAnswerRow.box,
        NetworkAnswerRow.heat,
        NetworkAnswerRow.crowd,
    )
    rows = select(*columns).where(
        NetworkAnswerRow.network_id == network_id, NetworkAnswerRow.picture_hash.in_(list(hashes))
    )
    found = {}
    for picture_hash, probabilities, box, heat, crowd in db.execute(rows):
        left, top, width, height = box or (0.0, 0.0, 1.0, 1.0)
        said = None if crowd is None else tuple(crowd)
        found[picture_hash] = NetworkRating(tuple(probabilities), (left, top, width, height), heat, said)
    return found


def ratings_of_set(db: Session, set_id: int, network_id: int) -> list[tuple[StimulusRow, tuple[float, ...]]]:
    """Every face of a set that a network has looked at, with its seven probabilities."""
    rows = select(StimulusRow, NetworkAnswerRow.probabilities).join(
        NetworkAnswerRow, NetworkAnswerRow.picture_hash == StimulusRow.picture_hash
    )
    result = db.execute(rows.where(StimulusRow.set_id == set_id, NetworkAnswerRow.network_id == network_id))
    return [(row, tuple(probabilities)) for row, probabilities in result]


def network_answer(db: Session, picture_hash: str) -> tuple[int | None, Sequence[float] | None]:
    """The number of the network that people are compared with now, and its seven probabilities for one picture; None
    where there is none, or it has not looked at it."""
    said = and_(NetworkAnswerRow.network_id == NetworkRow.id, NetworkAnswerRow.picture_hash == picture_hash)
    newest = select(NetworkRow.id, NetworkAnswerRow.probabilities).outerjoin(NetworkAnswerRow, said)
    row = db.execute(newest.where(NetworkRow.active).order_by(NetworkRow.id.desc()).limit(1)).first()
    return (row[0], row[1]) if row else (None, None)


def refresh_network_matrix(db: Session, set_id: int, network_id: int) -> None:
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
    put(db, NetworkMatrixRow, {"set_id": set_id, "network_id": network_id}, matrix=matrix)


def network_matrix(db: Session, set_id: int, network_id: int) -> list[list[int]] | None:
    """The stored matrix of a network on a set; None where it has read no face of it."""
    row = db.get(NetworkMatrixRow, (set_id, network_id))
    return row.matrix if row and any(map(any, row.matrix)) else None


def people_counts(db: Session, hashes: Collection[str]) -> dict[str, dict[str, int]]:
    """How many consenting people gave each response to each of these pictures when they first met it."""
    rows = select(PeopleAnswerRow.picture_hash, PeopleAnswerRow.response, PeopleAnswerRow.people)
    found: dict[str, dict[str, int]] = {picture_hash: {} for picture_hash in hashes}
    for picture_hash, response, people in db.execute(rows.where(PeopleAnswerRow.picture_hash.in_(hashes))):
        found[picture_hash][response] = people
    return found
