"""Where the computer looked, in words that are true of the map."""

import re

import pytest

from core.domain.network.rating import NetworkRating
from pages.shared.recognise.heat_words import heat_map

FEAR = (0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0)
WHOLE = (0.0, 0.0, 1.0, 1.0)


def row(*places: int) -> bytes:
    return b"".join(bytes((255,) * 6 if r in places else (0,) * 6) for r in range(6))


@pytest.mark.parametrize(
    ("heat", "tenths"),
    [
        (row(0), (10, 0, 0)),
        (row(3), (0, 10, 0)),
        (row(5), (0, 0, 10)),
        (row(1, 3, 5), (4, 3, 3)),
        (row(0, 1, 2, 3, 4, 5), (5, 2, 3)),
    ],
)
def test_the_tenths_say_where_the_colour_lies_and_add_up(heat: bytes, tenths: tuple[int, ...]) -> None:
    found = heat_map(NetworkRating(FEAR, WHOLE, heat))
    assert found is not None
    assert tuple(int(number) for number in re.findall(r"\d+", found.where)) == tenths
    assert "*fear*" in found.legend


def test_a_network_that_does_not_say_where_it_looked_has_no_map() -> None:
    assert heat_map(NetworkRating(FEAR, WHOLE)) is None
    assert heat_map(NetworkRating(FEAR, WHOLE, bytes(36))) is None
