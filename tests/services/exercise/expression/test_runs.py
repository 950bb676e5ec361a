"""Runs of expressions in numbers: what was seen, the rise above the own neutral face, a matrix for each network."""

from datetime import UTC, datetime

import pytest

from core.domain.camera.expression import (
    ExpressionKind,
    ExpressionRun,
    Try,
    agreements,
    expression_matrix,
    networks_of,
    shift,
)
from core.domain.camera.hold import Reading
from core.domain.camera.ladder import Way
from core.domain.emotions import Emotion
from core.domain.network.rating import NetworkId

OLD, NEW = NetworkId("compact", "1", "a" * 64), NetworkId("compact", "2", "b" * 64)


def seen(emotion: Emotion, share: float = 0.7, frames: int = 20) -> Reading:
    rest = (1 - share) / 6
    return Reading(tuple(share if e is emotion else rest for e in Emotion), frames)


def attempt(number: int, meant: Emotion | None, saw: Emotion, share: float = 0.7, network: NetworkId = NEW) -> Try:
    return Try(number, meant, reading=seen(saw, share), network=network, way=Way.STREAM)


def run(
    *tries: Try, task: ExpressionKind = ExpressionKind.SHOW, baseline: NetworkId | None = NEW, ended: bool = True
) -> ExpressionRun:
    neutral = seen(Emotion.NEUTRAL, 0.7) if baseline else None
    began = datetime(2026, 11, 21, tzinfo=UTC)
    return ExpressionRun("r", task, Way.STREAM, 7, began, tries, neutral, baseline, ended)


def test_the_matrix_has_a_row_for_what_was_meant_and_a_column_for_what_was_seen() -> None:
    matrix = expression_matrix(
        [
            attempt(1, Emotion.FEAR, Emotion.SURPRISE),
            attempt(2, Emotion.FEAR, Emotion.FEAR),
            attempt(3, None, Emotion.HAPPY),
            Try(4, Emotion.SAD, skipped=True),
        ]
    )
    assert matrix.shape == (7, 7)
    assert (matrix[Emotion.FEAR, Emotion.SURPRISE], matrix[Emotion.FEAR, Emotion.FEAR], matrix.sum()) == (1, 1, 2)


def test_the_shift_is_against_the_persons_own_neutral_face_by_the_same_network() -> None:
    fear = attempt(1, Emotion.FEAR, Emotion.FEAR, 0.45)
    assert shift(run(fear), fear) == pytest.approx(0.45 - 0.05)
    assert shift(run(fear, baseline=OLD), fear) is None
    assert shift(run(fear, baseline=None), fear) is None
    unsure = attempt(1, None, Emotion.FEAR)
    assert shift(run(unsure, task=ExpressionKind.NAME), unsure) is None


def test_networks_are_kept_apart_and_the_newest_use_comes_first() -> None:
    runs = [run(attempt(1, Emotion.SAD, Emotion.SAD, network=OLD)), run(attempt(1, Emotion.SAD, Emotion.ANGRY))]
    assert networks_of(runs) == (NEW, OLD)
    assert [(a.emotion, a.tries, a.same) for a in agreements(runs, OLD)] == [(Emotion.SAD, 1, 1)]
    assert [(a.emotion, a.tries, a.same) for a in agreements(runs, NEW)] == [(Emotion.SAD, 1, 0)]


def test_the_next_try_is_the_first_open_one_or_in_name_it_a_new_one() -> None:
    show = run(attempt(1, Emotion.SAD, Emotion.SAD), Try(2, Emotion.FEAR, skipped=True), Try(3, Emotion.HAPPY))
    assert show.current is None
    going = run(*show.tries, ended=False)
    assert going.current is not None
    assert (going.current.number, going.position) == (3, 3)
    name = run(attempt(1, None, Emotion.SAD), task=ExpressionKind.NAME, ended=False)
    assert name.current is not None
    assert (name.current.number, name.current.meant) == (2, None)
    full = run(*(attempt(n, None, Emotion.SAD) for n in range(1, 8)), task=ExpressionKind.NAME, ended=False)
    assert full.current is None
