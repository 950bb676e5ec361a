"""The matrices of the clinician's page, and what is read off them, equal those computed from the stored rows."""

import json
from itertools import combinations

import numpy as np
import pandas as pd
from sklearn.metrics import cohen_kappa_score, confusion_matrix
from statsmodels.stats.inter_rater import cohens_kappa

from core.domain.statistics.series import difference
from core.services.clinic.record import Review
from core.services.exercise import expression_progress
from tests.pages.clinician.by_hand import WORDS, counts_of, exactly, most_likely
from tests.pages.clinician.conftest import DemoClinic


def test_the_matrices_of_all_checks_and_of_the_latest_three_are_those_of_scikit_learn(
    found: Review, answered: pd.DataFrame, trials: pd.DataFrame
) -> None:
    assert found.series is not None
    late = trials["check"].max() - 2
    for record, own, all_of_it in (
        (found.series.whole, trials, answered),
        (found.series.recent, trials[trials["check"] >= late], answered[answered["check"] >= late]),
    ):
        matrix = record.summary.matrix
        assert np.array_equal(matrix[:, :8], counts_of(own))
        unseen = all_of_it[all_of_it["response"] == "cannot_see"].groupby("target").size()
        assert unseen.sum() >= 1
        assert matrix[:, 8].tolist() == [unseen.get(word, 0) for word in WORDS]


def test_the_confusions_are_the_most_frequent_pairs_of_the_latest_three_checks(
    found: Review, trials: pd.DataFrame
) -> None:
    assert found.series is not None
    recent = trials[trials["check"] >= trials["check"].max() - 2]
    pairs = recent[~recent["right"] & (recent["said"] != "not_sure")].groupby(["target", "said"]).size()
    shown = found.series.recent.summary.confusions
    assert [one.count for one in shown] == pairs.sort_values(ascending=False).iloc[:3].tolist()
    assert [one.count for one in shown] == [pairs[one.target.word, one.response.word] for one in shown]


def test_the_kappas_and_their_intervals_are_those_of_scikit_learn_and_statsmodels(
    found: Review, trials: pd.DataFrame
) -> None:
    assert found.series is not None
    whole, rated = found.series.whole.summary, trials[trials["network"].notna()]
    raters = (
        (whole.person_target, trials["said"], trials["target"]),
        (whole.person_network, rated["said"], rated["network"]),
        (whole.network_target, rated["network"], rated["target"]),
    )
    for kappa, first, second in raters:
        assert kappa is not None
        assert kappa.value == exactly(cohen_kappa_score(first, second))
        if kappa.interval is None:
            assert list(first) == list(second), "nothing varies"
            continue
        names = sorted({*first, *second})
        table = pd.crosstab(first, second).reindex(index=names, columns=names, fill_value=0)
        known = cohens_kappa(table.to_numpy())
        assert kappa.value == exactly(known.kappa)
        assert kappa.interval == (exactly(known.kappa_low), exactly(min(1, known.kappa_upp)))


def test_the_difference_of_any_two_checks_is_that_of_their_rows_shares(found: Review, trials: pd.DataFrame) -> None:
    assert found.series is not None
    named = [*WORDS, "not_sure"]
    shares = [
        confusion_matrix(own["target"], own["said"], labels=named, normalize="true")[:7]
        for _, own in trials.groupby("check")
    ]
    for earlier, later in combinations(range(len(shares)), 2):
        before, after = (found.series.checks[place].summary.matrix for place in (earlier, later))
        assert difference(before, after) == exactly(shares[later] - shares[earlier])


def test_the_expressions_matrix_counts_what_was_meant_and_what_the_network_saw_most_of(clinic: DemoClinic) -> None:
    rows = clinic.table(
        "SELECT b.id AS run, b.baseline AS rest, t.target, t.network_probabilities AS seen FROM blocks b "
        "JOIN trials t ON t.block_id = b.id WHERE b.person_id = :person AND b.task = 'expression' "
        "AND b.ended_at IS NOT NULL AND t.network_probabilities IS NOT NULL"
    )
    found = expression_progress.matrix(clinic.store, clinic.token, clinic.patient)
    if rows.empty:
        assert found == ()
        return
    (shown,) = found
    rows["most"] = rows["seen"].map(most_likely)
    meant = rows[rows["target"].notna()]
    assert np.array_equal(shown.counts, confusion_matrix(meant["target"], meant["most"], labels=WORDS))
    assert shown.not_sure == rows["target"].isna().sum()
    for one in shown.agreements:
        own = meant[meant["target"] == one.emotion.word]
        assert (one.same, one.tries) == ((own["most"] == own["target"]).sum(), len(own))
        rises = [
            json.loads(seen)[one.emotion] - json.loads(rest)["probabilities"][one.emotion]
            for seen, rest in zip(own["seen"], own["rest"], strict=True)
            if rest is not None
        ]
        assert one.shift == exactly(np.mean(rises))
