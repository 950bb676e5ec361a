"""One check-in: body, grid, words, how much of each, situation; each part may be left out. Pure.

A browser tells it part by part; `parse_part` checks what it sent.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TypeGuard

from core.domain.feelings.words import CELLS, known_words
from core.domain.people import Refusal

MOST_WORDS = 3
LONGEST_WORD, LONGEST_NOTE = 40, 280
STRENGTHS, RATINGS, AMOUNTS = range(1, 6), range(5), range(1, 3)
STRONG = 4
"""From here on a strength is strong."""
UNPLEASANT_WORDS = ("angry", "sad", "afraid", "ashamed")
PLEASANT_WORDS = ("happy", "calm", "proud", "interested")
RATED = UNPLEASANT_WORDS + PLEASANT_WORDS
"""What "how much of each" asks, always."""


class Zone(StrEnum):
    """Where in the body, from the top down."""

    HEAD = "head"
    FACE = "face"
    THROAT = "throat"
    SHOULDERS = "shoulders"
    CHEST = "chest"
    STOMACH = "stomach"
    ARMS = "arms"
    LEGS = "legs"
    WHOLE = "whole"


class Sensation(StrEnum):
    """How it feels there."""

    WARM = "warm"
    COLD = "cold"
    TIGHT = "tight"
    HEAVY = "heavy"
    FAST = "fast"
    EMPTY = "empty"


class Company(StrEnum):
    ALONE = "alone"
    SOMEBODY = "somebody"
    MANY = "many"


class Surroundings(StrEnum):
    HOME = "home"
    WORK = "work"
    """Or at school."""
    OUTDOORS = "outdoors"
    TRAVELLING = "travelling"
    ELSEWHERE = "elsewhere"


class Part(StrEnum):
    """The parts of a check-in, in the order in which they are asked; DONE ends it."""

    BODY = "body"
    GRID = "grid"
    WORDS = "words"
    RATINGS = "ratings"
    SITUATION = "situation"
    DONE = "done"


RATINGS_WEEK, SITUATION_WEEK = 2, 4
"""Of a programme, from which on these parts are asked: first there are few questions."""


def parts_asked(week: int | None) -> tuple[Part, ...]:
    """The parts that a check-in asks, in their order: all of them, or what the person's `week` of a programme has."""
    later = {Part.RATINGS: RATINGS_WEEK, Part.SITUATION: SITUATION_WEEK}
    return tuple(part for part in Part if part is not Part.DONE and (week is None or week >= later.get(part, 0)))


class PartNotUnderstood(Refusal):
    """What was sent is no part of a check-in; `what` names the value."""


@dataclass(frozen=True)
class BodyMark:
    """What is felt at one place: a little (1) or a lot (2), and how, if that was said."""

    amount: int
    sensation: Sensation | None = None


@dataclass(frozen=True)
class CheckIn:
    """One check-in. None: that part was left out."""

    id: str
    at: datetime
    day: date
    """The person's own."""
    body: Mapping[Zone, BodyMark] | None = None
    """Empty: nothing is felt in the body."""
    pleasant: int | None = None
    """-2 to 2."""
    energy: int | None = None
    strength: int | None = None
    """1 to 5."""
    words: tuple[str, ...] = ()
    """Of the list, by key."""
    own_word: str | None = None
    unnamed: bool = False
    """Something was felt, or nothing said, and no word named it."""
    ratings: Mapping[str, int] = field(default_factory=dict)
    """0 to 4, of RATED."""
    with_whom: Company | None = None
    place: Surroundings | None = None
    note: str | None = None
    shared: bool = False

    @property
    def strong_and_unpleasant(self) -> bool:
        return (self.pleasant or 0) < 0 and (self.strength or 0) >= STRONG


def parse_part(part: str, value: object) -> dict[str, object]:
    """What a part says, by the names of the fields of a check-in; None leaves the part out.

    Raises PartNotUnderstood, and then none of it counts.
    """
    if part not in set(Part):
        raise not_understood("part", part)
    known = Part(part)
    if known is Part.DONE:
        return {}
    if value is None:
        return dict(_LEFT_OUT[known])
    if not isinstance(value, Mapping):
        raise not_understood(part, value)
    foreign = [name for name in value if not isinstance(name, str) or name not in _FIELDS[known]]
    if foreign:
        raise not_understood(part, foreign[0])
    match known:
        case Part.BODY:
            return {"body": _body(value.get("zones"))}
        case Part.GRID:
            return _grid(value)
        case Part.WORDS:
            return _words(value)
        case Part.RATINGS:
            return {"ratings": _ratings(value.get("ratings"))}
        case Part.SITUATION:
            return _situation(value)


_LEFT_OUT: Mapping[Part, Mapping[str, object]] = {
    Part.BODY: {"body": None},
    Part.GRID: {"pleasant": None, "energy": None, "strength": None},
    Part.WORDS: {"words": [], "own_word": None, "unnamed": True},
    Part.RATINGS: {"ratings": {}},
    Part.SITUATION: {"with_whom": None, "place": None, "note": None},
}
_FIELDS = {
    Part.BODY: {"zones"},
    Part.GRID: {"pleasant", "energy", "strength"},
    Part.WORDS: {"words", "own_word", "unnamed"},
    Part.RATINGS: {"ratings"},
    Part.SITUATION: {"with_whom", "place", "note"},
}


def _body(zones: object) -> dict[str, object]:
    if not isinstance(zones, Mapping):
        raise not_understood("zones", zones)
    read: dict[str, object] = {}
    for zone, mark in zones.items():
        if zone not in set(Zone) or not isinstance(mark, Mapping) or not mark.keys() <= {"amount", "sensation"}:
            raise not_understood("zones", zone)
        amount, sensation = mark.get("amount"), mark.get("sensation")
        if not _whole(amount) or amount not in AMOUNTS:
            raise not_understood("amount", amount)
        if sensation is not None and sensation not in set(Sensation):
            raise not_understood("sensation", sensation)
        read[zone] = {"amount": amount, "sensation": sensation}
    return read


def _grid(value: Mapping[str, object]) -> dict[str, object]:
    pleasant, energy, strength = value.get("pleasant"), value.get("energy"), value.get("strength")
    for name, cell in (("pleasant", pleasant), ("energy", energy)):
        if not _whole(cell) or cell not in CELLS:
            raise not_understood(name, cell)
    if strength is not None and (not _whole(strength) or strength not in STRENGTHS):
        raise not_understood("strength", strength)
    return {"pleasant": pleasant, "energy": energy, "strength": strength}


def _words(value: Mapping[str, object]) -> dict[str, object]:
    words, unnamed = value.get("words", []), value.get("unnamed", False)
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words) or not known_words(words):
        raise not_understood("words", words)
    own = _text(value, "own_word", LONGEST_WORD)
    if len(set(words)) != len(words) or len(words) + (own is not None) > MOST_WORDS:
        raise not_understood("words", words)
    if not isinstance(unnamed, bool):
        raise not_understood("unnamed", unnamed)
    return {"words": words, "own_word": own, "unnamed": unnamed or not (words or own)}


def _ratings(told: object) -> dict[str, object]:
    if not isinstance(told, Mapping):
        raise not_understood("ratings", told)
    for word, much in told.items():
        if word not in RATED or not _whole(much) or much not in RATINGS:
            raise not_understood("ratings", word)
    return dict(told)


def _situation(value: Mapping[str, object]) -> dict[str, object]:
    with_whom, place = value.get("with_whom"), value.get("place")
    if with_whom is not None and with_whom not in set(Company):
        raise not_understood("with_whom", with_whom)
    if place is not None and place not in set(Surroundings):
        raise not_understood("place", place)
    return {"with_whom": with_whom, "place": place, "note": _text(value, "note", LONGEST_NOTE)}


def _text(value: Mapping[str, object], name: str, longest: int) -> str | None:
    told = value.get(name)
    if told is None:
        return None
    if not isinstance(told, str) or len(told) > longest:
        raise PartNotUnderstood("Please write at most {number} characters here.", number=longest)
    return " ".join(told.split()) or None


def _whole(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def not_understood(what: str, _value: object) -> PartNotUnderstood:
    """The refusal of a value that was sent as `what`. The value is not repeated: it may be somebody's own words."""
    return PartNotUnderstood(
        "Your page sent something that cannot be taken ({what}). Please reload the page and go on.", what=what
    )


@dataclass(frozen=True)
class ToldPart:
    """A part as a browser told it, and the fields it fills."""

    part: Part
    fields: Mapping[str, object]


@dataclass(frozen=True)
class PartBatch:
    """Parts in order; `last`: the number that the browser gave the last of them, 0 without one."""

    parts: tuple[ToldPart, ...]
    last: int


MOST_PARTS = 200
"""In a batch: every part may be told again."""


def parse_parts(payload: object) -> PartBatch:
    """What the body of a request says: `{"events": [{"seq": 3, "part": "grid", "value": {…}}, …]}`.

    Raises PartNotUnderstood, and then none of it counts.
    """
    events = payload.get("events") if isinstance(payload, Mapping) else None
    if not isinstance(events, list) or len(events) > MOST_PARTS:
        raise not_understood("events", events)
    parts, last = [], 0
    for event in events:
        seq = event.get("seq") if isinstance(event, Mapping) else None
        if not _whole(seq) or not 0 <= seq < 1_000_000:
            raise not_understood("seq", seq)
        part = event.get("part")
        fields = parse_part(part if isinstance(part, str) else "", event.get("value"))
        parts.append(ToldPart(Part(part), fields))
        last = max(last, seq)
    return PartBatch(tuple(parts), last)
