"""The figures once more from stored rows, by other libraries or by hand; no figure here is the product's own."""

import json
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray
from scipy.special import expit, logit
from scipy.stats import binom, norm
from sklearn.metrics import confusion_matrix
from statsmodels.stats.proportion import proportions_ztest

from core.domain.emotions import Emotion
from core.domain.statistics.change import VerdictKind

WORDS = [emotion.word for emotion in Emotion]
Counts = NDArray[np.int64]
Pair = tuple[float, float]


def exactly(expected: Any) -> Any:
    """What a figure must be, to 1e-9."""
    return pytest.approx(expected, abs=1e-9, rel=0)


def most_likely(probabilities: str) -> str:
    """The emotion with the highest of the seven probabilities."""
    return WORDS[int(np.argmax(json.loads(probabilities)))]


def counts_of(trials: pd.DataFrame) -> Counts:
    """Targets in rows; the seven answers and "not sure" in columns: 7 × 8."""
    whole: Counts = confusion_matrix(trials["target"], trials["said"], labels=[*WORDS, "not_sure"])
    return whole[:7]


def hu(counts: Counts) -> NDArray[np.float64]:
    """Wagner's unbiased hit rate of each emotion; every one was shown."""
    shown, answered = counts.sum(axis=1), counts[:, :7].sum(axis=0)
    found: NDArray[np.float64] = np.diag(counts) ** 2 / (shown * np.maximum(answered, 1))
    return found


def hu_intervals(counts: Counts) -> tuple[Pair, list[Pair]]:
    """The bootstrap's 95 % intervals of the mean Hu and of each emotion's: 2,000 draws of each emotion's faces."""
    random = np.random.default_rng(0)
    drawn = np.stack([random.multinomial(row.sum(), row / row.sum(), size=2000) for row in counts], axis=1)
    each = np.array([hu(one) for one in drawn])
    low, high = np.percentile(each, [2.5, 97.5], axis=0)
    return tuple(np.percentile(each.mean(axis=1), [2.5, 97.5])), list(zip(low, high, strict=True))


def z(after: tuple[float, int], before: tuple[int, int]) -> float:
    """The two-proportion statistic of two pairs (named as meant, shown)."""
    return float(proportions_ztest([after[0], before[0]], [after[1], before[1]])[0])


def limit(checks: int, length: int) -> float:
    """The |z| that any of `checks` exceeds in 5 % of 50,000 courses of a person who names half and never changes."""
    random = np.random.default_rng(0)
    right = random.binomial(length, expit(0.3 * random.standard_normal((50_000, 2 + checks))))
    before, after = right[:, :2].sum(axis=1, keepdims=True), right[:, 2:]
    pooled = (before + after) / (3 * length)
    apart = (after / length - before / (2 * length)) / np.sqrt(pooled * (1 - pooled) * 1.5 / length)
    return float(np.sort(np.abs(apart).max(axis=1))[int(np.ceil(0.95 * 49_999))])


def band(length: int, before: tuple[int, int], highest: float) -> Pair:
    """The least and the largest share of a check of `length` faces whose statistic stays within `highest`."""
    within = [k / length for k in range(length + 1) if abs(z((k, length), before)) <= highest]
    return min(within), max(within)


def power(start: float, gain: float, length: int, highest: float) -> float:
    """How often one check after a true `gain` lies above `highest`: every outcome of baseline and check, weighed by
    its chance with ups and downs of .3 logit, integrated on a fine grid."""
    nodes = np.linspace(-10, 10, 4001)
    weights = norm.pdf(nodes) * (nodes[1] - nodes[0])

    def outcomes(rate: float) -> NDArray[np.float64]:
        found: NDArray[np.float64] = (
            binom.pmf(np.arange(length + 1)[:, None], length, expit(logit(rate) + 0.3 * nodes)) @ weights
        )
        return found

    first, second, later = outcomes(start), outcomes(start), outcomes(start + gain)
    chance = 0.0
    for k in range(length + 1):
        for b in range(2 * length + 1):
            before = sum(first[i] * second[b - i] for i in range(max(0, b - length), min(length, b) + 1))
            if 0 < k + b < 3 * length and z((k, length), (b, 2 * length)) > highest:
                chance += later[k] * before
    return chance


def people(said: pd.DataFrame, trials: pd.DataFrame) -> pd.DataFrame:
    """The trials whose face ten others or more have spoken of, with `share`, who chose the target, `of` how many;
    `said` holds people by picture and response. The person's own answer to a face they had not met before is among
    them if it was `shared`, and does not count."""
    found = trials[["check", "target", "response", "picture_hash", "earlier_face", "shared"]].copy()
    for column, response in (("of", None), ("chose", "target"), ("like", "response")):
        if response is None:
            found[column] = found["picture_hash"].map(said.groupby("picture_hash")["people"].sum())
        else:
            counts = said.rename(columns={"response": response, "people": column})
            found = found.merge(counts, on=["picture_hash", response], how="left")
    own = found["shared"] & (found["earlier_face"] == 0) & (found["like"] > 0)
    found["of"] = found["of"].fillna(0) - own
    found["share"] = (found["chose"].fillna(0) - (own & (found["response"] == found["target"]))) / found["of"]
    return found[found["of"] >= 10]


def called(z: float, highest: float, checks: int = 0) -> VerdictKind:
    """What the last one of so many `checks` is called whose statistic is `z`, in a plan of two and six."""
    if abs(z) <= highest:
        return VerdictKind.COULD_NOT_TELL if checks >= 2 + 6 else VerdictKind.CANNOT_TELL
    return VerdictKind.BETTER if z > 0 else VerdictKind.WORSE


RUNS = (
    "SELECT kind, stopped, length, started_at, ended_at FROM blocks WHERE person_id = :person AND task = 'recognition' "
    "ORDER BY started_at"
)


def timed(runs: pd.DataFrame) -> pd.DataFrame:
    """Runs with `from`, `to` and their `minutes`, at most one for each face."""
    begun, ended = (pd.to_datetime(runs[name], format="ISO8601") for name in ("started_at", "ended_at"))
    minutes = np.minimum((ended - begun).dt.total_seconds() / 60, runs["length"]).fillna(0)
    return runs.assign(**{"from": begun, "to": ended, "minutes": minutes})


def practices(runs: pd.DataFrame, at: datetime) -> pd.DataFrame:
    """Those of `runs` that are over and began on a day of the four weeks up to `at`."""
    own = timed(runs)
    days = own["from"].dt.date
    recent = (days > at.date() - timedelta(weeks=4)) & (days <= at.date())
    return own[(own["kind"] == "practice") & own["to"].notna() & recent]
