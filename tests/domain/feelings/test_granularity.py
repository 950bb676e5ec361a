"""Granularity against the published example, an analysis of variance by another library, and people with known ICC."""

import tracemalloc

import numpy as np
import pandas as pd
import pingouin
import pytest
from statsmodels.formula.api import ols
from statsmodels.stats.anova import anova_lm

from core.domain.feelings.check_in import UNPLEASANT_WORDS
from core.domain.feelings.granularity import (
    LEAST_DIFFERENCE,
    LEAST_ENTRIES,
    SD,
    WINDOW,
    Floats,
    differentiation,
    granularity,
    granularity_change,
    icc,
    rated,
)
from tests.domain.feelings.entries import check_in

SHROUT_FLEISS = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]


def people(true: float, entries: int, number: int, seed: int = 3) -> Floats:
    """Ratings (people × check-ins × 4 words) of people whose words correlate `true`, as numbers from 0 to 4."""
    rng = np.random.default_rng(seed)
    common, own = rng.normal(size=(number, entries, 1)), rng.normal(size=(number, entries, 4))
    ratings: Floats = np.clip(np.round(1.2 + 1.1 * (true**0.5 * common + (1 - true) ** 0.5 * own)), 0, 4)
    return ratings


def test_the_example_of_shrout_and_fleiss_gives_71() -> None:
    assert round(float(icc(SHROUT_FLEISS)), 2) == 0.71
    assert float(differentiation(SHROUT_FLEISS)) == pytest.approx(1 - float(icc(SHROUT_FLEISS)))


@pytest.mark.parametrize("true", [0.1, 0.5, 0.9])
def test_it_is_what_an_analysis_of_variance_gives(true: float) -> None:
    table = people(true, 25, 1)[0]
    long = pd.DataFrame([(i, j, x) for i, row in enumerate(table) for j, x in enumerate(row)], columns=["e", "w", "x"])
    squares = anova_lm(ols("x ~ C(e) + C(w)", long).fit())["mean_sq"]
    rows, rest = squares["C(e)"], squares["Residual"]
    assert float(icc(table)) == pytest.approx((rows - rest) / (rows + 3 * rest), abs=1e-9)


@pytest.mark.filterwarnings("ignore:The inplace keyword in DataFrame.dropna")
@pytest.mark.parametrize("true", [0.1, 0.5, 0.9])
def test_it_is_what_pingouin_gives(true: float) -> None:
    table = people(true, 25, 1, seed=8)[0]
    long = pd.DataFrame([(i, j, x) for i, row in enumerate(table) for j, x in enumerate(row)], columns=["e", "w", "x"])
    theirs = pingouin.intraclass_corr(long, targets="e", raters="w", ratings="x").set_index("Type")["ICC"]
    assert float(icc(table)) == pytest.approx(theirs["ICC(C,1)"], abs=1e-9)


@pytest.mark.parametrize("entries", [10, 20, 30])
@pytest.mark.parametrize("true", [0.3, 0.6])
def test_estimates_of_people_with_a_known_icc_spread_as_stated(entries: int, true: float) -> None:
    found = icc(people(true, entries, 4000))
    assert float(np.std(found)) == pytest.approx(SD[entries], abs=0.02)
    assert float(np.mean(found)) == pytest.approx(true, abs=0.1), "rounding to 0-4 takes a little of it"


def test_the_interval_is_a_bootstrap_over_check_ins() -> None:
    table = people(0.5, 40, 1)[0]
    found = granularity(table)
    assert found is not None
    rng = np.random.default_rng(99)
    again = [1 - min(max(float(icc(table[rng.integers(40, size=40)])), 0), 1) for _ in range(2000)]
    assert (found.low, found.high) == pytest.approx(tuple(np.percentile(again, [2.5, 97.5])), abs=0.03)
    assert found.low < found.value < found.high
    assert found == granularity(table), "the same at every visit"


def test_the_bootstrap_of_a_long_diary_needs_little_memory() -> None:
    table = people(0.5, 5000, 1)[0]
    tracemalloc.start()
    assert granularity(table) is not None
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 80_000_000, "all of its draws at once would take ten times as much"


def test_nothing_is_said_of_fewer_check_ins_than_twenty_or_of_none_that_varies() -> None:
    table = people(0.5, LEAST_ENTRIES, 1)[0]
    assert granularity(table) is not None
    assert granularity(table[1:]) is None
    assert granularity(np.ones((LEAST_ENTRIES, 4))) is None
    assert granularity(np.zeros((0, 4))) is None


def test_two_windows_of_thirty_are_compared_and_called_different_only_beyond_a_quarter() -> None:
    together, apart = people(0.95, WINDOW, 1)[0], people(0.05, WINDOW, 1)[0]
    assert granularity_change(np.vstack([together, apart[1:]])) is None
    changed = granularity_change(np.vstack([together, apart]))
    assert changed is not None
    assert changed.last.value - changed.first.value > LEAST_DIFFERENCE
    assert changed.different
    same = granularity_change(np.vstack([together, together]))
    assert same is not None
    assert not same.different
    assert pytest.approx(1.96 * SD[WINDOW] * 2**0.5, abs=0.001) == LEAST_DIFFERENCE


def test_only_check_ins_count_in_which_a_feeling_of_the_valence_was_there_and_all_four_were_asked() -> None:
    full = {"angry": 1, "sad": 0, "afraid": 2, "ashamed": 0}
    entries = [check_in(0, ratings=full), check_in(1, ratings=dict.fromkeys(full, 0)), check_in(2, ratings={"sad": 3})]
    assert rated(entries, UNPLEASANT_WORDS).tolist() == [[1, 0, 2, 0]]
    assert rated([], UNPLEASANT_WORDS).shape == (0, 4)
