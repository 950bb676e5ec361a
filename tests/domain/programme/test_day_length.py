"""The time of a day of exercise, from the moments of its answers."""

from datetime import UTC, datetime, timedelta

from core.domain.programme.day_length import AnswerMoment, time_spent

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def answers(*seconds: float, took: float = 4) -> list[AnswerMoment]:
    return [AnswerMoment(NOON + timedelta(seconds=at), timedelta(seconds=took)) for at in seconds]


def test_from_answer_to_answer_and_the_first_with_what_it_took() -> None:
    assert time_spent([answers(0, 10, 25)]) == timedelta(seconds=4 + 10 + 15)
    assert time_spent([answers(25, 0, 10)]) == timedelta(seconds=29), "told in whatever order"


def test_who_puts_the_telephone_aside_has_not_practised_meanwhile() -> None:
    assert time_spent([answers(0, 7200, took=3600)]) == timedelta(minutes=2)


def test_clocks_of_two_devices_are_not_compared_and_one_that_was_put_back_takes_nothing_away() -> None:
    apart = [answers(0, 10), answers(-90_000, -89_990)]
    assert time_spent(apart) == timedelta(seconds=28)
    assert time_spent([answers(0, took=-50)]) == timedelta()
    assert time_spent([]) == timedelta()
