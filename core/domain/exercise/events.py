"""Events of a run, as a browser tells them in batches: parsed and checked, for a browser can send anything.

Which answers there are, only the task of the run knows.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TypeGuard

from core.domain.exercise.items import Value
from core.domain.people import Refusal

MOST_EVENTS = 500
"""In a batch; a run without a line tells three of each face."""
_LATEST_MS = 7_258_118_400_000  # the year 2200: a wrong clock is recorded, not refused
_LONGEST_MS = 30 * 86_400_000  # a tab left open over a holiday still answers
_MOST = 1_000_000
_FIELDS = {
    *("seq", "type", "number", "response", "best_guess", "response_time_ms"),
    *("painted_at", "answered_at", "focus_lost", "window", "conditions", "more", "stand_in"),
}
_CONDITIONS = {"translated", "line_off", "quick_keys", "zoom"}
_MOST_ZOOM = 100
_WORD = re.compile(r"[a-z][a-z_]{0,15}")
_NAME = re.compile(r"[a-z][a-z_]{0,31}")
_MOST_MORE, _LONGEST_TEXT = 40, 280
_WINDOW = re.compile(r"\d{1,5}x\d{1,5}@\d{1,2}(\.\d{1,4})?")


class NotUnderstood(Refusal):
    """What was sent is no batch of events; `what` names the value."""


class OutOfOrder(Refusal):
    """An event of a face that was never drawn, or whose turn has not come."""


@dataclass(frozen=True)
class Conditions:
    """Under which an item was answered, as far as a browser can tell."""

    translated: bool
    """Something rewrote the page's words: what was read is not what `language` says."""
    line_off: bool
    """The browser had no line to the server."""
    quick_keys: bool
    """A key came as pairs of down and up under 150 ms, as one that is held or bounces; these did not count."""
    zoom: float
    """The page's times the pinched one, 1 for none."""


@dataclass(frozen=True)
class Given:
    """What was answered. Times: UTC, browser's clock."""

    response: str
    """A word of the task's."""
    response_time_ms: float
    """Painted → answered."""
    painted_at: datetime
    answered_at: datetime
    best_guess: str | None = None
    focus_lost: bool = False
    window: str | None = None
    conditions: Conditions | None = None
    """None: of a browser that plays a former release."""
    stand_in: bool = False
    """What was shown is what stood in for the item."""
    more: Mapping[str, Value] = field(default_factory=dict)
    """What only the task knows of."""


@dataclass(frozen=True)
class Answered:
    """The answer to item `number`."""

    number: int
    given: Given


@dataclass(frozen=True)
class Painted:
    """The timed face `number` is on the screen: from now on it cannot be shown again as if it were new."""

    number: int


@dataclass(frozen=True)
class Left:
    """The timed face `number` had been on the screen when the page went away."""

    number: int


@dataclass(frozen=True)
class Stopped:
    """The person ended the run early."""


RunEvent = Answered | Painted | Left | Stopped


@dataclass(frozen=True)
class Batch:
    """Events in order."""

    events: tuple[RunEvent, ...]
    last: int
    """The number that the browser gave the last of them; 0 without one."""
    known: int
    """The highest number of a face that the browser knows."""
    stand_ins: frozenset[int] = frozenset()
    """The numbers of the faces for which it knows what stands in."""


def parse_batch(payload: object) -> Batch:
    """What the body of a request says: `{"known": 14, "stand_ins": [9], "events": [{"seq": 7, "type": "answer", …}]}`.

    Raises NotUnderstood, and then none of it counts.
    """
    if not isinstance(payload, Mapping):
        raise not_understood("the batch", payload)
    events, known = payload.get("events"), payload.get("known", 0)
    if not isinstance(events, list) or len(events) > MOST_EVENTS:
        raise not_understood("events", events)
    if not _counts(known):
        raise not_understood("known", known)
    stand_ins = payload.get("stand_ins", [])
    if not (isinstance(stand_ins, list) and len(stand_ins) <= MOST_EVENTS and all(map(_counts, stand_ins))):
        raise not_understood("stand_ins", stand_ins)
    last = 0
    for event in events:
        seq = event.get("seq") if isinstance(event, Mapping) else None
        if not _counts(seq):
            raise not_understood("seq", seq)
        last = max(last, seq)
    return Batch(tuple(parse_event(event) for event in events), last, known, frozenset(stand_ins))


def parse_event(payload: Mapping[str, object]) -> RunEvent:
    """One event; raises NotUnderstood."""
    kind, number = payload.get("type"), payload.get("number")
    foreign = [name for name in payload if name not in _FIELDS]
    if foreign:
        raise not_understood(str(foreign[0])[:30], payload[foreign[0]])
    if kind == "stopped":
        return Stopped()
    if not _counts(number):
        raise not_understood("number", number)
    match kind:
        case "answer":
            return Answered(number, _answer(payload))
        case "painted":
            return Painted(number)
        case "left":
            return Left(number)
        case _:
            raise not_understood("type", kind)


def _answer(payload: Mapping[str, object]) -> Given:
    response, focus_lost, window = payload.get("response"), payload.get("focus_lost"), payload.get("window")
    if not isinstance(response, str) or not _WORD.fullmatch(response):
        raise not_understood("response", response)
    if not isinstance(focus_lost, bool):
        raise not_understood("focus_lost", focus_lost)
    stand_in = payload.get("stand_in", False)
    if not isinstance(stand_in, bool):
        raise not_understood("stand_in", stand_in)
    best_guess = payload.get("best_guess")
    if best_guess is not None and not (isinstance(best_guess, str) and _WORD.fullmatch(best_guess)):
        raise not_understood("best_guess", best_guess)
    return Given(
        response=response,
        response_time_ms=float(_within(payload, "response_time_ms", _LONGEST_MS)),
        painted_at=datetime.fromtimestamp(_within(payload, "painted_at", _LATEST_MS) / 1000, UTC),
        answered_at=datetime.fromtimestamp(_within(payload, "answered_at", _LATEST_MS) / 1000, UTC),
        best_guess=best_guess,
        focus_lost=focus_lost,
        window=window if isinstance(window, str) and _WINDOW.fullmatch(window) else None,
        conditions=_conditions(payload.get("conditions")),
        more=_more(payload.get("more", {})),
        stand_in=stand_in,
    )


def _conditions(told: object) -> Conditions | None:
    if told is None:
        return None
    if not isinstance(told, Mapping) or set(told) != _CONDITIONS:
        raise not_understood("conditions", told)
    for name in _CONDITIONS - {"zoom"}:
        if not isinstance(told[name], bool):
            raise not_understood(name, told[name])
    return Conditions(**{**told, "zoom": float(_within(told, "zoom", _MOST_ZOOM))})


def _more(told: object) -> Mapping[str, Value]:
    if not isinstance(told, Mapping) or len(told) > _MOST_MORE:
        raise not_understood("more", told)
    for name, value in told.items():
        if not isinstance(name, str) or not _NAME.fullmatch(name):
            raise not_understood("more", name)
        if not isinstance(value, Value) or (isinstance(value, str) and len(value) > _LONGEST_TEXT):
            raise not_understood(name, value)
        if isinstance(value, int | float) and not abs(value) <= _LATEST_MS:
            raise not_understood(name, value)
    return told


def _within(payload: Mapping[str, object], name: str, limit: float) -> float:
    value = payload.get(name)
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= limit:
        return value
    raise not_understood(name, value)


def _counts(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < _MOST


def not_understood(what: str, value: object) -> NotUnderstood:
    """The refusal of a value that was sent as `what`."""
    return NotUnderstood(
        "Your page sent something that cannot be taken ({what}: {value}). Please reload the page and go on.",
        what=what,
        value=repr(value)[:60],
    )
