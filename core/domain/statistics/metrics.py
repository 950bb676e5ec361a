"""Statistics of labelling: one confusion matrix in, one measure out.

A matrix has a row per target and a column per response, both in the network's order, then "not sure" and
missed: 7 × 9 counts. A missed face (not answered, or the person could not see the picture) is missing, not an
error: no measure counts it as shown. Shares run from 0 to 1, times are milliseconds.

Everything here is on the way of a result to the screen, so it needs numpy alone: the closed forms are short,
and importing scipy.stats costs half a second and 60 MB. The tests compare them with SciPy, statsmodels and
scikit-learn.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import comb
from statistics import NormalDist, median

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.domain.emotions import Emotion
from core.domain.exercise.trials import Response, Trial

Interval = tuple[float, float]
Counts = NDArray[np.int64]
Shares = NDArray[np.float64]

NOT_SURE, MISSED = len(Emotion), len(Emotion) + 1
TOO_FAST_MS = 200
LEAST_FOR_DETECTION = 20


def confusion_matrix(targets: Sequence[Emotion], responses: Sequence[Emotion | Response | None]) -> Counts:
    """7 × 9 counts; a response of None or "cannot see" is missed. ValueError if the lengths differ."""
    matrix = np.zeros((len(Emotion), len(Emotion) + 2), dtype=np.int64)
    for target, response in zip(targets, responses, strict=True):
        matrix[target, column(response)] += 1
    return matrix


def column(response: Emotion | Response | None) -> int:
    """The matrix's column of a response."""
    named = response.emotion if isinstance(response, Response) else response
    if named is not None:
        return int(named)
    return NOT_SURE if response is Response.NOT_SURE else MISSED


def times_shown(matrix: ArrayLike) -> Counts:
    """How often each row's target was shown and not missed."""
    counts: Counts = np.asarray(matrix)[:, :MISSED].sum(axis=1)
    return counts


def hits_of(matrix: ArrayLike) -> list[tuple[int, int]]:
    """How often each target was named as meant, of how often it was shown and not missed."""
    hits, shown = np.diagonal(np.asarray(matrix)), times_shown(matrix)
    return [(int(right), int(of)) for right, of in zip(hits, shown, strict=True)]


def unbiased_hit_rates(matrix: ArrayLike) -> Shares:
    """Hu = hits² / (times shown × times answered), by target; NaN if never shown, 0 if shown and never answered.

    Wagner (1993), 10.1007/BF00987006. It falls when a person gives one answer to everything.
    """
    counts = np.asarray(matrix)
    hits, shown = np.diagonal(counts), times_shown(counts)
    answered = counts[:, : len(counts)].sum(axis=0)
    return np.where(shown > 0, _ratio(hits**2, shown * np.maximum(answered, 1)), np.nan)


def hu_chance(matrix: ArrayLike) -> tuple[Shares, Shares]:
    """Hu by chance: mean and 95th percentile, by target, when the same answers fall on the faces at random.

    The permutation test over all orders at once: the hits of an emotion shown n times and answered a times among N
    faces are hypergeometric. NaN if never shown, 0 if never answered; missed faces are left out.
    """
    counts = np.asarray(matrix)
    shown, answered = times_shown(counts), counts[:, : len(counts)].sum(axis=0)
    chances = [_hu_at_random(int(n), int(a), int(shown.sum())) for n, a in zip(shown, answered, strict=True)]
    mean, high = np.array(chances, dtype=np.float64).T
    return mean, high


def _hu_at_random(shown: int, answered: int, faces: int) -> tuple[float, float]:
    if shown == 0 or answered == 0:
        return (np.nan, np.nan) if shown == 0 else (0.0, 0.0)
    hits = range(max(0, shown + answered - faces), min(shown, answered) + 1)
    ways = [comb(shown, k) * comb(faces - shown, answered - k) for k in hits]
    total, most = comb(faces, answered), shown * answered
    mean = sum(k * k * way for k, way in zip(hits, ways, strict=True)) / total / most
    rank = next(k for k, sofar in zip(hits, accumulate(ways), strict=True) if 20 * sofar >= 19 * total)
    return mean, rank**2 / most


def wilson(right: int, shown: int, confidence: float = 0.95) -> Interval:
    """Wilson's score interval of a proportion; (0, 1) when nothing was shown.

    Wilson (1927), 10.1080/01621459.1927.10502953. Never leaves 0 to 1 and is not empty at 0 or 100 %.
    """
    if shown == 0:
        return 0.0, 1.0
    z2 = NormalDist().inv_cdf((1 + confidence) / 2) ** 2
    share = right / shown
    middle = (share + z2 / (2 * shown)) / (1 + z2 / shown)
    reach = (z2 * (share * (1 - share) + z2 / (4 * shown)) / shown) ** 0.5 / (1 + z2 / shown)
    return max(0.0, middle - reach), min(1.0, middle + reach)


@dataclass(frozen=True)
class Detection:
    """How well one emotion is told from the rest (d′) and how readily it is answered (c; below 0: readily)."""

    d_prime: float
    criterion: float


def detection(matrix: ArrayLike, emotion: Emotion) -> Detection | None:
    """d′ = z(H) − z(F) and c = −(z(H) + z(F)) / 2 of one emotion against the rest, log-linear correction.

    None unless every emotion was shown equally often and at least 20 times: with few faces d′ is biased
    upwards, by .25 for a random responder at three. Hautus (1995), 10.3758/BF03203619.
    """
    counts, shown = np.asarray(matrix), times_shown(matrix)
    if shown.min() < LEAST_FOR_DETECTION or shown.min() != shown.max():
        return None
    hits, others = int(counts[emotion, emotion]), int(shown.sum() - shown[emotion])
    false_alarms = int(counts[:, emotion].sum()) - hits
    return log_linear_detection(hits, int(shown[emotion]), false_alarms, others)


def log_linear_detection(hits: int, signals: int, false_alarms: int, others: int) -> Detection:
    """d′ and c from counts, each rate as (x + .5) / (n + 1)."""
    z = NormalDist().inv_cdf
    hit, false = z((hits + 0.5) / (signals + 1)), z((false_alarms + 0.5) / (others + 1))
    return Detection(hit - false, -(hit + false) / 2)


def kappa(first: Sequence[int], second: Sequence[int]) -> float | None:
    """Cohen's kappa of two raters of the same faces; None without faces or when both always say one thing.

    (agreement − chance) / (1 − chance), chance from the raters' own frequencies. Cohen (1960),
    10.1177/001316446002000104.
    """
    a, b = np.asarray(first, dtype=np.int64), np.asarray(second, dtype=np.int64)
    if a.shape != b.shape:
        raise ValueError(f"kappa: {a.size} and {b.size} ratings; expected as many from both. Pair them by face.")
    if a.size == 0:
        return None
    size = int(max(a.max(), b.max())) + 1
    chance = float(np.bincount(a, minlength=size) @ np.bincount(b, minlength=size)) / a.size**2
    return None if chance == 1 else (float((a == b).mean()) - chance) / (1 - chance)


@dataclass(frozen=True)
class Kappa:
    """Agreement of two raters beyond chance."""

    value: float
    interval: Interval | None
    """95 %, None where nothing varies."""


def kappa_of(first: Sequence[int], second: Sequence[int]) -> Kappa | None:
    """`kappa` with its interval."""
    value = kappa(first, second)
    return None if value is None else Kappa(value, kappa_interval(first, second))


def kappa_interval(first: Sequence[int], second: Sequence[int]) -> Interval | None:
    """95 % interval of `kappa`, None where that is None or nothing varies.

    Normal, by the standard error of Fleiss, Cohen and Everitt (1969), 10.1037/h0028106: with p the table of both
    raters' shares, n (1 − pe)² var = Σ p_ii [1 − (p_i. + p_.i)(1 − κ)]² + (1 − κ)² Σ_{i≠j} p_ij (p_.i + p_j.)²
    − [κ − pe (1 − κ)]².
    """
    value = kappa(first, second)
    if value is None:
        return None
    size = max(*first, *second) + 1
    table = np.zeros((size, size))
    np.add.at(table, (np.asarray(first), np.asarray(second)), 1 / len(first))
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    chance, own = float(rows @ columns), np.diag(table)
    same = float((own * (1 - (rows + columns) * (1 - value)) ** 2).sum())
    crossed = table * (columns[:, None] + rows[None, :]) ** 2
    other = (1 - value) ** 2 * float(crossed.sum() - np.diag(crossed).sum())
    spread = same + other - (value - chance * (1 - value)) ** 2
    error = 1.959963984540054 * (max(0.0, spread) / len(first)) ** 0.5 / (1 - chance)
    return (max(-1.0, value - error), min(1.0, value + error)) if error > 0 else None


@dataclass(frozen=True)
class ResponseTimes:
    """Response times in a block."""

    median_ms: float | None
    """Of the `correct` right answers that took 200 ms or more."""
    correct: int
    dropped: float
    """Share of all answers that came sooner, and so before the face was seen."""
    focus_lost: int
    """Answers while the tab was out of sight."""


def response_times(trials: Sequence[Trial]) -> ResponseTimes:
    """Summary of the browser's own response times (painted → answered) over a block's answered trials."""
    answers = [(t.answer, t.correct) for t in trials if t.answer is not None and t.void is None]
    slow = [(answer.response_time_ms, right) for answer, right in answers if answer.response_time_ms >= TOO_FAST_MS]
    correct = [took for took, right in slow if right]
    return ResponseTimes(
        median_ms=median(correct) if correct else None,
        correct=len(correct),
        dropped=1 - len(slow) / len(answers) if answers else 0.0,
        focus_lost=sum(answer.focus_lost for answer, _ in answers),
    )


@dataclass(frozen=True)
class PeopleLine:
    """What other people made of the same faces."""

    share: float
    """Mean share that chose the target."""
    faces: int
    """How many of the faces were rated."""
    answers: int
    """How many there were in all."""


def people_line(counts: Sequence[tuple[int, int] | None]) -> PeopleLine | None:
    """The people's line over (chose the target, of how many) per face; None if nobody rated any of them.

    Every face weighs the same. The denominator is all answers to the face: with FER+ its ten votes, where
    contempt, unknown and "not a face" are other answers; targets are unique pluralities, so there are no ties.
    It flatters people where faces were chosen by the same votes.
    """
    rated = [(chose, of) for chose, of in filter(None, counts) if of > 0]
    if not rated:
        return None
    share = sum(chose / of for chose, of in rated) / len(rated)
    return PeopleLine(share, len(rated), sum(of for _, of in rated))


def _ratio(part: ArrayLike, whole: ArrayLike) -> Shares:
    part, whole = np.asarray(part, dtype=np.float64), np.asarray(whole, dtype=np.float64)
    ratio: Shares = np.full(np.broadcast(part, whole).shape, np.nan)
    np.divide(part, whole, out=ratio, where=whole > 0)
    return ratio
