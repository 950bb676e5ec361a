"""Events of the trial component, parsed and checked: a browser can send anything; what does not fit is None."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeGuard

from core.domain.emotions import Emotion
from core.domain.exercise.trials import Answer, Response

_LATEST_MS = 7_258_118_400_000  # the year 2200: a wrong clock is recorded, not refused
_LONGEST_MS = 30 * 86_400_000  # a tab left open over a holiday still answers
_WORDS = [emotion.word for emotion in Emotion]
_WINDOW = re.compile(r"\d{1,5}x\d{1,5}@\d{1,2}(\.\d{1,4})?")


@dataclass(frozen=True)
class AnswerEvent:
    """The answer to face `number`; the same event comes again until the view changes."""

    number: int
    answer: Answer


@dataclass(frozen=True)
class PaintedEvent:
    """The timed face `number` is on the screen: from now on it cannot be shown again as if it were new."""

    number: int


@dataclass(frozen=True)
class NextEvent:
    """The person has seen the feedback to face `number`."""

    number: int


@dataclass(frozen=True)
class StopEvent:
    """The person stops for now at face `number`; `painted`: the face had already been seen."""

    number: int
    painted: bool


TrialEvent = AnswerEvent | PaintedEvent | NextEvent | StopEvent


def parse_event(payload: object) -> TrialEvent | None:
    """The event in a payload as sent by trial.js, or None if it is not one."""
    if not isinstance(payload, Mapping):
        return None
    number = payload.get("number")
    if not isinstance(number, int) or isinstance(number, bool) or not 0 <= number < 1_000_000:
        return None
    match payload.get("type"):
        case "answer":
            answer = _answer(payload)
            return None if answer is None else AnswerEvent(number, answer)
        case "painted":
            return PaintedEvent(number)
        case "next":
            return NextEvent(number)
        case "stop":
            return StopEvent(number, payload.get("painted") is True)
        case _:
            return None


def _answer(payload: Mapping[str, object]) -> Answer | None:
    response = payload.get("response")
    duration, painted, answered = (payload.get(k) for k in ("response_time_ms", "painted_at", "answered_at"))
    focus_lost, window = payload.get("focus_lost"), payload.get("window")
    if not isinstance(response, str) or response not in set(Response) or not isinstance(focus_lost, bool):
        return None
    if not (_within(duration, _LONGEST_MS) and _within(painted, _LATEST_MS) and _within(answered, _LATEST_MS)):
        return None
    best_guess = payload.get("best_guess")
    if best_guess is not None and not (response == Response.NOT_SURE and best_guess in _WORDS):
        return None
    return Answer(
        response=Response(response),
        response_time_ms=float(duration),
        painted_at=datetime.fromtimestamp(painted / 1000, UTC),
        answered_at=datetime.fromtimestamp(answered / 1000, UTC),
        best_guess=None if best_guess is None else Emotion(_WORDS.index(best_guess)),
        focus_lost=focus_lost,
        window=window if isinstance(window, str) and _WINDOW.fullmatch(window) else None,
    )


def _within(value: object, limit: float) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= limit
