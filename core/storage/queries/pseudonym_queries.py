"""Pseudonyms for exports and the audit log, and how long what a person does is kept back from exports.

Both are HMAC-SHA256 (RFC 2104) of the purpose under a random secret of the person: the same for a purpose, unlike for
two, and nobody's any more once the secret is deleted. Who has all secrets can tell whose a pseudonym was.
"""

import hmac
import secrets
from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.storage.tables import PersonKeyRow
from core.storage.upserts import make

LONGEST_DELAY = timedelta(days=28)


def pseudonym(db: Session, person_id: str, purpose: str) -> str:
    """The person's name for one purpose: 16 hexadecimal digits. Their secret is made when it is first needed."""
    return pseudonyms(db, [person_id], purpose)[person_id]


def pseudonyms(db: Session, person_ids: Collection[str], purpose: str) -> dict[str, str]:
    """The same for many people: names by their ids."""
    return {id_: _hash(secret, f"name {purpose}").hex()[:16] for id_, secret in _secrets(db, person_ids).items()}


def delays(db: Session, person_ids: Collection[str]) -> dict[str, timedelta]:
    """How long what people do is kept back from every export (less than LONGEST_DELAY), by id. One secret delay of the
    person, whatever the export is for: whoever exports every day learns by it when somebody practised, within four
    weeks and not better, however often they look."""
    seconds = int(LONGEST_DELAY.total_seconds())
    return {
        id_: timedelta(seconds=int.from_bytes(_hash(secret, "delay of exports")) % seconds)
        for id_, secret in _secrets(db, person_ids).items()
    }


def people_behind(db: Session, names: Collection[str], purpose: str) -> dict[str, str]:
    """The ids behind `names`, of those people who have not been erased."""
    if not names:
        return {}
    keys = db.execute(select(PersonKeyRow.person_id, PersonKeyRow.secret))
    by_name = {_hash(secret, f"name {purpose}").hex()[:16]: id_ for id_, secret in keys}
    return {name: by_name[name] for name in names if name in by_name}


def secret_of(db: Session, person_id: str) -> str:
    """The person's secret: 64 hexadecimal digits, made when it is first needed."""
    return _secrets(db, [person_id])[person_id]


def _secrets(db: Session, person_ids: Collection[str]) -> dict[str, str]:
    """The secrets of these people; of two servers that make one at the same moment, both get the same."""
    known = _kept(db, person_ids)
    if missing := [id_ for id_ in dict.fromkeys(person_ids) if id_ not in known]:
        for id_ in missing:
            make(db, PersonKeyRow, {"person_id": id_}, secret=secrets.token_hex(32))
        known |= _kept(db, missing)
    return known


def _kept(db: Session, person_ids: Collection[str]) -> dict[str, str]:
    kept: dict[str, str] = {}
    ids = list(person_ids)
    query = select(PersonKeyRow.person_id, PersonKeyRow.secret)
    for start in range(0, len(ids), 500):  # a statement takes only so many values
        some = query.where(PersonKeyRow.person_id.in_(ids[start : start + 500]))
        kept |= dict(db.execute(some).all())
    return kept


def _hash(secret: str, words: str) -> bytes:
    return hmac.digest(bytes.fromhex(secret), words.encode(), "sha256")
