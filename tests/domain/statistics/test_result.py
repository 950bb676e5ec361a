"""A finished block says what the person saw, what was mixed up, and how the network and people did on it."""

from datetime import UTC, datetime

import pytest

from core.domain.emotions import Emotion
from core.domain.exercise.trials import Answer, Response, Stimulus, Trial
from core.domain.network.votes import COLUMN
from core.domain.statistics.metrics import wilson
from core.domain.statistics.result import Confusion, counted, summarise

A, D, F, H, S, U, N = Emotion


def answer(response: Response, guess: Emotion | None = None) -> Answer:
    at = datetime(2026, 11, 3, tzinfo=UTC)
    return Answer(response, 900.0, at, at, best_guess=guess)


def trial(number: int, target: Emotion, response: Response | None, intensity: int = 60, void: str = "") -> Trial:
    given = None if response is None else answer(response)
    return Trial(number, Stimulus(number, str(number), target, intensity=intensity), answer=given, void=void or None)


def sure_of(emotion: Emotion) -> list[float]:
    return [0.7 if e is emotion else 0.05 for e in Emotion]


def said(response: Response, guess: Emotion | None = None) -> Trial:
    return Trial(1, Stimulus(1, "x", F), answer=answer(response, guess))


def test_angry_counts_although_it_is_number_zero() -> None:
    assert counted(said(Response.ANGRY)) is A
    assert counted(said(Response.NOT_SURE, guess=A)) is A


@pytest.mark.parametrize(
    ("response", "guess", "scored", "correct"),
    [
        (Response.FEAR, None, F, True),
        (Response.ANGRY, None, A, False),
        (Response.ANGRY, F, A, False),
        (Response.NOT_SURE, F, F, True),
        (Response.NOT_SURE, A, A, False),
        (Response.NOT_SURE, None, None, False),
        (Response.CANNOT_SEE, None, None, None),
        (Response.CANNOT_SEE, F, None, None),
    ],
)
def test_a_best_guess_counts_only_behind_not_sure_and_what_was_not_seen_is_missing(
    response: Response, guess: Emotion | None, scored: Emotion | None, correct: bool | None
) -> None:
    given = said(response, guess)
    assert (given.scored, given.correct) == (scored, correct)


def test_what_is_no_emotion_counts_as_what_was_said() -> None:
    assert counted(said(Response.NOT_SURE)) is Response.NOT_SURE
    assert counted(said(Response.CANNOT_SEE)) is Response.CANNOT_SEE
    assert counted(Trial(1, Stimulus(1, "x", F))) is None


def test_a_result_counts_what_was_seen_and_named() -> None:
    result = summarise(
        [
            trial(1, F, Response.FEAR),
            trial(2, F, Response.SURPRISE),
            trial(3, A, Response.ANGRY),
            trial(4, A, Response.NOT_SURE),
            trial(5, A, Response.CANNOT_SEE),
            trial(6, H, None),
            trial(7, H, Response.HAPPY, void="reload"),
        ]
    )
    assert (result.shown, result.right) == (4, 2)
    assert result.interval == wilson(2, 4)
    rows = {row.emotion: row for row in result.emotions}
    assert list(rows) == list(Emotion)
    assert (rows[A].shown, rows[A].right, rows[A].rate) == (2, 1, 0.5)
    assert rows[H].rate is None
    assert result.matrix.sum() == 6


def test_the_most_frequent_confusions_come_first_with_the_two_faces_to_compare() -> None:
    result = summarise(
        [
            trial(1, F, Response.SURPRISE, 60),
            trial(2, F, Response.SURPRISE, 100),
            trial(3, U, Response.FEAR, 100),
            trial(4, U, Response.SURPRISE, 80),
            trial(5, S, Response.NEUTRAL, 40),
            trial(6, D, Response.ANGRY, 40),
            trial(7, D, Response.NOT_SURE, 40),
        ]
    )
    assert result.confusions == (
        Confusion(F, U, count=2, trial=2, contrast=4),
        Confusion(D, A, count=1, trial=6, contrast=None),
        Confusion(S, N, count=1, trial=5, contrast=None),
    )


def test_the_network_is_compared_on_the_faces_it_has_rated() -> None:
    trials = [
        trial(1, F, Response.FEAR),
        trial(2, F, Response.SURPRISE),
        trial(3, A, Response.ANGRY),
        trial(4, A, Response.CANNOT_SEE),
    ]
    result = summarise(trials, network={1: sure_of(F), 2: sure_of(U), 4: sure_of(A)})
    assert (result.network_shown, result.network_right) == (2, 1)
    assert result.person_network is not None
    assert result.network_target is not None
    assert result.person_target is not None
    assert result.person_network.value == 1
    assert result.network_target.value == 0
    assert result.person_target.value == pytest.approx((2 / 3 - 1 / 3) / (1 - 1 / 3))


def test_without_a_network_its_agreements_are_unknown() -> None:
    result = summarise([trial(1, F, Response.FEAR), trial(2, A, Response.FEAR)])
    assert result.network_shown == result.network_right == 0
    assert result.person_network is None
    assert result.network_target is None


def test_people_are_read_from_votes_or_from_the_answers_handed_in() -> None:
    votes = [0] * 10
    votes[COLUMN[F]], votes[COLUMN[U]], votes[7] = 6, 3, 1
    voted = Trial(1, Stimulus(1, "x", F, votes=tuple(votes)), answer=answer(Response.FEAR))
    result = summarise([voted, trial(2, A, Response.ANGRY), trial(3, H, Response.HAPPY)], people={2: (9, 12)})
    assert result.people is not None
    assert result.people.share == pytest.approx((0.6 + 0.75) / 2)
    assert (result.people.faces, result.people.answers) == (2, 22)


def test_an_empty_block_has_an_empty_result() -> None:
    result = summarise([])
    assert (result.shown, result.right, result.interval) == (0, 0, (0, 1))
    assert result.confusions == ()
    assert result.people is None
