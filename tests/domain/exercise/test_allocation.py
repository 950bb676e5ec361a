"""The allocation keeps arms even, comes out the same for ever, and gives nothing away."""

from collections import Counter
from itertools import islice

import pytest

from core.domain.exercise.allocation import MULTIPLES, allocated, sequence


@pytest.mark.parametrize("arms", [2, 3, 5])
def test_arms_never_differ_by_more_than_a_block_allows(arms: int) -> None:
    for seed in range(20):
        counts: Counter[int] = Counter(dict.fromkeys(range(arms), 0))
        for arm in islice(sequence(seed, arms), 200):
            counts[arm] += 1
            assert max(counts.values()) - min(counts.values()) <= max(MULTIPLES)


def test_a_seed_gives_this_sequence_for_ever() -> None:
    assert list(islice(sequence(20261121, 2), 16)) == SEQUENCE
    assert [allocated(20261121, 2, place) for place in range(16)] == SEQUENCE


def test_over_many_seeds_every_place_is_a_fair_draw() -> None:
    """2,000 seeds: the standard deviation of a share of .5 is .011, so .05 is more than four of them."""
    for place in range(12):
        share = sum(allocated(seed, 2, place) for seed in range(2000)) / 2000
        assert abs(share - 0.5) < 0.05


def test_a_study_of_one_arm_has_nothing_to_allocate() -> None:
    with pytest.raises(ValueError, match="two or more"):
        allocated(1, 1, 0)


SEQUENCE = [1, 0, 0, 0, 1, 1, 1, 0, 0, 1, 1, 0, 0, 1, 0, 1]
