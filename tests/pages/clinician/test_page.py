"""What stands on the clinician's page in words and rounded figures is what the stored rows give."""

from collections.abc import Iterator

import pandas as pd
import pytest
from statsmodels.stats.proportion import proportion_confint
from streamlit.testing.v1 import AppTest

from core.config import ROOT
from core.domain.statistics.change import VerdictKind
from core.services.clinic.record import Review
from pages.shared.state import AppState
from tests.pages.clinician import by_hand
from tests.pages.clinician.by_hand import counts_of
from tests.pages.clinician.conftest import NOW, DemoClinic, Pair
from tests.support import NOUNS, served

HEADLINES = {
    VerdictKind.BETTER: "Better than before training ({:+.0f} points).",
    VerdictKind.CANNOT_TELL: "Cannot tell yet: {:+.0f} points since baseline is within the usual ups and downs.",
    VerdictKind.COULD_NOT_TELL: "Could not tell: all checks are done, and {:+.0f} points since baseline is within the "
    "usual ups and downs.",
    VerdictKind.WORSE: "Worse than before training ({:+.0f} points).",
}
WITHOUT_PRACTICE = {
    VerdictKind.BETTER: "it would still be better than before training",
    VerdictKind.CANNOT_TELL: "nothing could be said of change",
    VerdictKind.WORSE: "it would be worse than before training",
}


@pytest.fixture(scope="module")
def page(clinic: DemoClinic) -> Iterator[AppTest]:
    """The patient's page at NOW, with the plan's tab open."""
    with pytest.MonkeyPatch.context() as patch, served(clinic.store):
        patch.setattr("core.services.clinic.record.now", lambda: NOW)
        at = AppTest.from_file(str(ROOT / "pages/clinician/patient.py"), default_timeout=60)
        at.query_params["patient"] = clinic.patient
        at.session_state[f"tabs-{clinic.patient}"] = "Plan"
        at.session_state["course-table"] = True
        at.session_state["lexithymia"] = AppState(token=clinic.token)
        yield at.run()


def said(page: AppTest) -> str:
    assert not page.exception
    return "\n".join(one.value for one in (*page.header, *page.markdown))


def figure(page: AppTest, name: str) -> tuple[str, str]:
    """A figure of the head with the small print below it."""
    below = page.markdown[[one.value for one in page.markdown].index(f":small[:gray[{name}]]") + 1]
    return next(one.value for one in page.metric if one.label == name), below.value


def small(sentence: str) -> str:
    return f":small[:gray[{sentence}]]"


def test_the_headline_is_the_verdict_with_its_gain_and_day(
    page: AppTest, trials: pd.DataFrame, before: Pair, latest: Pair, highest: float
) -> None:
    kind = by_hand.called(by_hand.z(latest, before), highest, trials["check"].nunique())
    gain = 100 * (latest[0] / latest[1] - before[0] / before[1])
    last = pd.to_datetime(trials["started_at"], utc=True).max().tz_convert("Europe/Madrid")
    old = " This is older than four weeks." if (NOW.date() - last.date()).days > 28 else ""
    assert page.header[0].value == f"{HEADLINES[kind].format(gain)} Check of {last:%-d %b %Y}.{old}"


def test_the_first_figure_is_the_share_of_the_latest_check(page: AppTest, latest: Pair) -> None:
    low, high = proportion_confint(*latest, method="wilson")
    assert figure(page, "Named as meant, latest check") == (
        f"{100 * latest[0] / latest[1]:.0f} %",
        small(f"95 %: {100 * low:.0f} to {100 * high:.0f} %"),
    )


def test_the_second_figure_is_the_gain_beside_the_usual_ups_and_downs(
    page: AppTest, trials: pd.DataFrame, before: Pair, latest: Pair, highest: float
) -> None:
    start = before[0] / before[1]
    low, high = by_hand.band(int(trials.groupby("check").size().max()), before, highest)
    assert figure(page, "Since the baseline") == (
        f"{100 * (latest[0] / latest[1] - start):+.0f} points",
        small(f"{100 * (low - start):+.0f} to {100 * (high - start):+.0f}: ups and downs"),
    )


def test_the_third_figure_is_the_mean_hu_since_the_baseline(page: AppTest, trials: pd.DataFrame) -> None:
    counts = counts_of(trials[trials["check"] >= 2])
    low, high = by_hand.hu_intervals(counts)[0]
    enough = counts.sum(axis=1).min() >= 20
    assert figure(page, "Unbiased hit rate Hu") == (
        f"{by_hand.hu(counts).mean():.2f}" if enough else "–",
        small(f"95 %: {low:.2f} to {high:.2f}" if enough else "from 20 faces of each emotion on"),
    )


def test_the_fourth_figure_is_the_practice_of_four_weeks(page: AppTest, clinic: DemoClinic) -> None:
    recent = by_hand.practices(clinic.table(by_hand.RUNS), NOW)
    days = recent["from"].dt.date.nunique()
    assert figure(page, "Practice in four weeks") == (
        f"{recent['minutes'].sum():.0f} min",
        small(f"on {days} day" if days == 1 else f"on {days} days"),
    )


def test_the_course_names_the_baselines_difference_and_has_every_check_in_its_table(
    page: AppTest, trials: pd.DataFrame
) -> None:
    first, second = trials.groupby("check")["right"].mean().iloc[:2]
    assert f"Baseline: the first two checks, {100 * (second - first):+.0f} points apart" in said(page)
    table = next(one.value for one in page.table if "Practices before" in one.value.columns)
    for row, (_, own) in zip(table.to_dict("records"), trials.groupby("check"), strict=True):
        low, high = proportion_confint(own["right"].sum(), len(own), method="wilson")
        read = own[own["network"].notna()]
        assert row["Named as meant"] == f"{own['right'].sum()} of {len(own)}"
        assert row["This check: between"] == f"{100 * low:.0f}–{100 * high:.0f} %"
        assert row["The network"] == f"{100 * (read['network'] == read['target']).mean():.0f} %"


def test_a_table_under_a_chart_is_made_when_it_is_opened(page: AppTest) -> None:
    def shown() -> bool:
        return any("Practices before" in one.value.columns for one in page.table)

    assert shown()
    page.session_state["course-table"] = False
    page.run()
    assert not shown()
    page.session_state["course-table"] = True
    page.run()
    assert shown()


def test_the_matrix_in_words_names_the_three_most_frequent_confusions(page: AppTest, trials: pd.DataFrame) -> None:
    recent = trials[trials["check"] >= trials["check"].max() - 2]
    wrong = recent[~recent["right"] & (recent["said"] != "not_sure")]
    pairs = wrong.groupby(["target", "said"]).size().sort_values(ascending=False)
    shown = recent.groupby("target").size()
    sentences = [one.value for one in page.markdown if "was taken for" in one.value]
    assert len(sentences) == 3
    for sentence, times in zip(sentences, pairs.iloc[:3], strict=True):
        assert sentence in {
            f"**{NOUNS[target].capitalize()}** was taken for **{NOUNS[named]}** {times} times in {shown[target]}."
            for target, named in pairs[pairs == times].index
        }


def test_the_plans_tab_says_band_limit_power_and_what_practice_alone_would_leave(
    page: AppTest, found: Review, trials: pd.DataFrame, before: Pair, latest: Pair, highest: float
) -> None:
    low, high = by_hand.band(int(trials.groupby("check").size().max()), before, highest)
    finds = by_hand.power(before[0] / before[1], 0.15, found.plan.check_length, highest)
    without = by_hand.called(by_hand.z((latest[0] - 0.05 * latest[1], latest[1]), before), highest)
    words = said(page)
    assert f"below {100 * low:.0f} or above {100 * high:.0f} in 100 (|z| over {highest:.2f})" in words
    assert f"in about {100 * finds:.0f} of 100 such courses" in words
    assert f"If merely doing a check again gives 5 points, {WITHOUT_PRACTICE[without]}." in words
