"""Random allocation to the arms of a study: permuted blocks of random size, all from one stored seed. Pure.

Blocks of one, two or three times the number of arms keep the arms even and the next allocation hard to guess
(Schulz & Grimes 2002, 10.1016/S0140-6736(02)07683-3). The same seed gives the same sequence for ever: only
`random.Random.random` is used, which Python keeps stable between versions.
"""

from collections.abc import Iterator
from itertools import islice
from random import Random

MULTIPLES = (1, 2, 3)
"""How many times a block holds each arm; drawn anew for every block."""


def sequence(seed: int, arms: int) -> Iterator[int]:
    """The arms (0 to `arms` − 1) in the order in which people get them, without end. ValueError below two arms."""
    if arms < 2:
        raise ValueError(f"a study has {arms} arm; expected two or more, or there is nothing to allocate")
    random = Random(seed)
    while True:
        yield from _shuffled(random, list(range(arms)) * MULTIPLES[_below(random, len(MULTIPLES))])


def allocated(seed: int, arms: int, place: int) -> int:
    """The arm of the person at `place` of the sequence, from 0."""
    return next(islice(sequence(seed, arms), place, None))


def _shuffled(random: Random, block: list[int]) -> list[int]:
    """Fisher and Yates, in place."""
    for last in range(len(block) - 1, 0, -1):
        other = _below(random, last + 1)
        block[last], block[other] = block[other], block[last]
    return block


def _below(random: Random, number: int) -> int:
    return int(random.random() * number)
