"""Diaries of invented people: check-ins whose ratings have a known ICC, with a body that goes with each feeling.

Ratings of the four words of a valence share a common part: their correlation over check-ins is the ICC that
`core.domain.feelings.granularity` estimates, but for the rounding to 0-4.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np

from core.domain.days import day_of
from core.domain.feelings.check_in import PLEASANT_WORDS, RATED, UNPLEASANT_WORDS, Company, Part, Surroundings
from core.domain.feelings.words import feeling_words, grade
from core.simulate.cast import InventedPatient

_MEAN, _SPREAD = 1.2, 1.1
_OF_RATING = {"ashamed": "shame", "angry": "angry", "sad": "sad", "afraid": "fear"} | {
    "happy": "happy",
    "calm": "calm",
    "proud": "proud",
    "interested": "interest",
}
"""The family of words, or the word, that a rating stands for."""
_BODY: Mapping[str, tuple[str, str | None]] = {
    "angry": ("arms", "warm"),
    "sad": ("chest", "heavy"),
    "afraid": ("chest", "tight"),
    "ashamed": ("face", "warm"),
    "happy": ("whole", "warm"),
    "proud": ("chest", "warm"),
    "interested": ("head", None),
}
_ENERGY = {"angry": 2, "sad": -2, "afraid": 1, "ashamed": 0, "happy": 1, "calm": -2, "proud": 1, "interested": 0}


@dataclass(frozen=True)
class SimulatedDiary:
    """Rows, and what they were drawn from."""

    check_ins: list[dict[str, Any]]
    shown: list[dict[str, Any]]
    """The row of a diary that is shown, if it is."""
    icc: Mapping[str, float]
    """Of unpleasant and of pleasant words."""


def keeps_diary(patient: InventedPatient, random: np.random.Generator) -> bool:
    """The three with a story who have begun, and half of the other adults."""
    return patient.story in {"middle", "weeks", "finished"} or (
        not patient.minor and not patient.story and random.random() < 0.5
    )


def simulate_diary(patient: InventedPatient, now: datetime, random: np.random.Generator) -> SimulatedDiary:
    """Two to six check-ins a week from the first day on; who has finished shows all, who is in the middle one entry."""
    icc = {"unpleasant": float(random.uniform(0.2, 0.8)), "pleasant": float(random.uniform(0.2, 0.8))}
    a_week = float(random.uniform(2, 6))
    rows: list[dict[str, Any]] = []
    words: set[str] = set()
    at = patient.joined + timedelta(hours=float(random.uniform(1, 30)))
    while at < now - timedelta(minutes=5):
        rows.append(_check_in(patient, at, grade(len(rows), len(words)), icc, random))
        words.update(rows[-1]["words"])
        at += timedelta(days=float(random.exponential(7 / a_week)) + 0.1)
    whole = patient.story == "finished" or (patient.story is None and random.random() < 0.5)
    if patient.story == "middle" and rows:
        rows[-1]["shared"] = True
    shown = [{"person_id": patient.id, "shared_at": patient.joined + timedelta(days=1)}] if whole and rows else []
    return SimulatedDiary(rows, shown, icc)


def _check_in(
    patient: InventedPatient, at: datetime, grade: int, icc: Mapping[str, float], random: np.random.Generator
) -> dict[str, Any]:
    side = "unpleasant" if random.random() < 0.55 else "pleasant"
    felt = UNPLEASANT_WORDS if side == "unpleasant" else PLEASANT_WORDS
    true = icc[side]
    drawn = true**0.5 * random.normal() + (1 - true) ** 0.5 * random.normal(size=4)
    ratings = dict.fromkeys(RATED, 0) | dict(
        zip(felt, (int(much) for much in np.clip(np.round(_MEAN + _SPREAD * drawn), 0, 4)), strict=True)
    )
    top = max(felt, key=lambda word: ratings[word])
    strength = max(1, ratings[top] + int(random.integers(0, 2)))
    energy = int(np.clip(_ENERGY[top] + random.integers(-1, 2), -2, 2))
    sign = -1 if side == "unpleasant" else 1
    place, sensation = _BODY.get(top, ("", None))
    unnamed = bool(random.random() < 0.15)
    return {
        "id": random.bytes(16).hex(),
        "person_id": patient.id,
        "at": at,
        "day": day_of(at, patient.zone),
        "told": [part for part in Part if part is not Part.DONE],
        "ended_at": at + timedelta(seconds=float(random.uniform(50, 110))),
        "body": {place: {"amount": 1 + (ratings[top] > 2), "sensation": sensation}} if place else {},
        "pleasant": sign * (2 if ratings[top] > 2 else 1),
        "energy": energy,
        "strength": min(strength, 5),
        "words": [] if unnamed else [_word(top, grade, random)],
        "own_word": None,
        "unnamed": unnamed,
        "ratings": ratings,
        "with_whom": str(random.choice(list(Company))),
        "place": str(random.choice(list(Surroundings))),
        "note": None,
        "shared": False,
        "erased_at": None,
    }


def _word(rating: str, grade: int, random: np.random.Generator) -> str:
    """A word up to the grade of the family that a rating stands for; the plainest one of six times of ten."""
    family = _OF_RATING[rating]
    known = [w.key for w in feeling_words().values() if w.grade <= grade and family in {w.family, w.key}]
    fallback = "happy" if rating in PLEASANT_WORDS else "sad"
    if not known:
        return fallback
    return known[0] if random.random() < 0.6 else str(random.choice(known))
