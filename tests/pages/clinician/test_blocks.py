"""All that is said of a course of checks in blocks, in each of its states, is what the stored rows give, to 1e-9: on
the clinician's page, in the report, in the list and on My progress."""

from collections.abc import Iterator

import numpy as np
import pytest
from scipy.stats import fisher_exact, hypergeom, norm
from sqlalchemy import select
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint
from streamlit.testing.v1 import AppTest

from core.config import ROOT
from core.domain.statistics.change import VerdictKind
from core.domain.statistics.course import Course
from core.domain.statistics.course_parts import CoursePart
from core.services.accounts import demonstration
from core.services.clinic.caseload import caseload
from core.services.clinic.record import Review, in_care, review
from core.services.exercise.course import begin_next_phase, close_part
from core.services.exercise.summary import refresh_summary
from core.storage.database import Store
from core.storage.tables import PersonRow, base
from pages.clinician.record.report import make_report
from pages.shared.format import day
from pages.shared.state import AppState
from tests.pages.clinician import blocks_by_hand
from tests.pages.clinician.by_hand import counts_of, exactly, hu, hu_intervals
from tests.pages.clinician.conftest import NOW, DemoClinic
from tests.pages.clinician.stored_blocks import (
    LENGTH,
    StandingClock,
    StoredPart,
    agrees,
    closed,
    closed_in,
    limits,
    stored_parts,
)
from tests.services.clinic.printed import texts
from tests.support import served

PLANNED = {CoursePart.BASELINE: 7, CoursePart.MIDDLE: 2, CoursePart.END: 14, CoursePart.FOLLOW_UP: 6}
STATES = {
    "P-010": VerdictKind.BASELINE_UNFINISHED,
    "P-015": VerdictKind.BASELINE,  # and the middle has not come
    "P-006": VerdictKind.CANNOT_TELL,  # after the middle
    "P-007": VerdictKind.BETTER,
    "P-011": VerdictKind.COULD_NOT_TELL,  # and its next phase is begun
    "P-014": VerdictKind.WORSE,
    "P-018": VerdictKind.NO_ROOM,
    "P-019": VerdictKind.BETTER,  # and its follow-up is closed, early
}
HEADLINES = {
    VerdictKind.BETTER: "Better than before training: {gain} points ({low} to {high}), end of {date}.",
    VerdictKind.WORSE: "Worse than before training: {gain} points ({low} to {high}), end of {date}.",
    VerdictKind.COULD_NOT_TELL: "These checks could not tell: {gain} points ({low} to {high}), end of {date}.",
    VerdictKind.NO_ROOM: "No verdict: the baseline left no room for a gain, end of {date}.",
    VerdictKind.CANNOT_TELL: "Cannot tell yet: {gain} points ({low} to {high}), half-way, {date}.",
}
LEAST = 20


@pytest.fixture(scope="module")
def at_now() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(base, "datetime", StandingClock)
        yield


@pytest.fixture(scope="module")
def further(store: Store, at_now: None) -> Store:
    """One follow-up is closed with the checks that are made, and one next phase is begun."""
    token = demonstration.sign_in_as(store, "0")
    mine = {code: person for person, code in in_care(store, token).items()}
    close_part(store, token, mine["P-019"])
    begin_next_phase(store, token, mine["P-011"])
    with store.begin() as db:
        for person in db.scalars(select(PersonRow.id).where(PersonRow.code.in_(STATES))):
            refresh_summary(db, person)
    return store


@pytest.fixture(scope="module", params=STATES)
def clinic(further: Store, request: pytest.FixtureRequest) -> DemoClinic:
    return DemoClinic.of(further, request.param)


@pytest.fixture(scope="module")
def found(clinic: DemoClinic, at_now: None) -> Review:
    return review(clinic.store, clinic.token, clinic.patient)


@pytest.fixture(scope="module")
def course(found: Review) -> Course:
    assert found.progress.course is not None
    return found.progress.course


@pytest.fixture(scope="module")
def stored(clinic: DemoClinic) -> dict[CoursePart, StoredPart]:
    return stored_parts(clinic)


def test_each_course_is_in_its_state(clinic: DemoClinic, found: Review, course: Course) -> None:
    assert course.kind is STATES[found.code]


def test_a_part_is_over_on_the_day_of_its_last_check_and_rests_on_one_check_a_day(
    course: Course, stored: dict[CoursePart, StoredPart]
) -> None:
    for part, own in stored.items():
        assert len(set(own.days)) == len(own.days)
        one = closed(course, part)
        if len(own.days) < PLANNED[part] and part is not CoursePart.FOLLOW_UP:
            assert (one, course.open, course.made, course.planned) == (None, part, len(own.days), PLANNED[part])
            continue
        assert one is not None
        assert one.checks == own.ids
        assert one.by_clinician is (part is CoursePart.FOLLOW_UP)
        assert one.on == (NOW.date() if one.by_clinician else own.days[-1])


def test_what_each_look_says_is_the_moderated_t_against_simulated_courses(
    course: Course, stored: dict[CoursePart, StoredPart]
) -> None:
    for part in (CoursePart.MIDDLE, CoursePart.END):
        one = closed(course, part)
        if one is not None:
            last = part is CoursePart.END
            agrees(one.verdict, stored[CoursePart.BASELINE], stored[part], limits(7, 2, 14)[last], last)
    baseline = closed(course, CoursePart.BASELINE)
    assert baseline is None or baseline.verdict is None


def test_a_follow_up_is_held_against_the_end_and_against_the_baseline(
    course: Course, stored: dict[CoursePart, StoredPart]
) -> None:
    one = closed(course, CoursePart.FOLLOW_UP)
    assert (one is None) is (CoursePart.FOLLOW_UP not in stored)
    if one is None:
        return
    own, end, before = (stored[part] for part in (CoursePart.FOLLOW_UP, CoursePart.END, CoursePart.BASELINE))
    made = len(own.days)
    assert made < PLANNED[CoursePart.FOLLOW_UP]
    agrees(one.verdict, end, own, limits(14, 0, made)[0], needs_room=False)
    agrees(one.still, before, own, limits(7, 0, made)[0], needs_room=False)


def test_the_next_phase_begins_with_the_end(
    found: Review, course: Course, stored: dict[CoursePart, StoredPart]
) -> None:
    begun = closed(course, CoursePart.BASELINE, phase=2)
    assert (begun is not None) is (found.code == "P-011")
    if begun is not None:
        assert begun.checks == stored[CoursePart.END].ids


def test_the_means_of_the_parts_on_my_progress_have_the_intervals_of_students_t(
    found: Review, stored: dict[CoursePart, StoredPart]
) -> None:
    assert [part.part for part in found.progress.parts] == [part for part in stored if closed_in(found, part)]
    for part in found.progress.parts:
        own = stored[part.part]
        mean, interval = blocks_by_hand.mean_of(own.counts)
        assert (part.share.mean, part.share.interval) == (exactly(mean), exactly(interval))


def test_each_emotion_is_described_for_each_block_alone(found: Review, stored: dict[CoursePart, StoredPart]) -> None:
    for part, series in found.blocks:
        assert part is not None
        trials = stored[part].trials
        counts = counts_of(trials)
        _, spread = hu_intervals(counts)
        each = counts.sum(axis=1)
        for one in series.emotions:
            hits, shown, answered = counts[one.emotion, one.emotion], each[one.emotion], counts[:, one.emotion].sum()
            assert (one.right, one.shown, one.answered) == (hits, shown, answered)
            assert one.interval == exactly(proportion_confint(hits, shown, method="wilson"))
            if shown < LEAST:
                assert np.isnan([one.hu, one.hu_chance, one.hu_high]).all()
                continue
            assert one.hu == exactly(hu(counts)[one.emotion])
            assert one.hu_interval == exactly(spread[one.emotion])
            chance, k = hypergeom(len(trials), shown, answered), np.arange(shown + 1)
            assert one.hu_chance == exactly((chance.pmf(k) * k**2).sum() / (shown * answered) if answered else 0)
            assert one.hu_high == exactly(chance.ppf(0.95) ** 2 / (shown * answered) if answered else 0)
        whole = counts_of(trials.groupby("run").filter(lambda own: len(own) == LENGTH))
        faces = whole[0].sum()
        for one in series.emotions:
            if faces < LEAST:
                assert one.detection is None
                continue
            hits = whole[one.emotion, one.emotion]
            false = whole[:, one.emotion].sum() - hits
            hit, alarm = norm.ppf((hits + 0.5) / (faces + 1)), norm.ppf((false + 0.5) / (6 * faces + 1))
            assert one.detection is not None
            assert one.detection.d_prime == exactly(hit - alarm)
            assert one.detection.criterion == exactly(-(hit + alarm) / 2)


def test_an_emotion_is_called_changed_at_the_end_alone_by_fisher_newcombe_and_holm(
    found: Review, course: Course, stored: dict[CoursePart, StoredPart]
) -> None:
    if closed(course, CoursePart.END) is None:
        assert found.changes == ()
        return
    p = []
    for one in found.changes:
        (a, n), (b, m) = (
            (int(own["right"].sum()), len(own))
            for part in (CoursePart.END, CoursePart.BASELINE)
            for own in [stored[part].trials[stored[part].trials["target"] == one.emotion.word]]
        )
        assert (one.after, one.before) == ((a, n), (b, m))
        p.append(fisher_exact([[a, n - a], [b, m - b]]).pvalue)
        theirs = confint_proportions_2indep(a, n, b, m, method="newcomb", compare="diff", alpha=0.05 / 7)
        assert (one.p, one.interval) == (exactly(p[-1]), exactly(theirs))
    assert [one.corrected for one in found.changes] == exactly(multipletests(p, method="holm")[1])


def test_the_list_has_the_same_verdict_gain_and_day(clinic: DemoClinic, course: Course) -> None:
    line = next(one for one in caseload(clinic.store, clinic.token).lines if one.id == clinic.patient)
    assert line.verdict is course.kind
    said = course.said
    assert line.gain == (None if said is None or said.verdict is None else exactly(said.verdict.gain))


def test_page_and_report_say_the_figures_of_the_rows(
    clinic: DemoClinic, found: Review, course: Course, stored: dict[CoursePart, StoredPart], at_now: None
) -> None:
    with served(clinic.store):
        page = AppTest.from_file(str(ROOT / "pages/clinician/patient.py"), default_timeout=60)
        page.query_params["patient"] = clinic.patient
        page.session_state[f"tabs-{clinic.patient}"] = "Details"
        page.session_state["lexithymia"] = AppState(token=clinic.token)
        page.run()
    assert not page.exception
    first, second = (
        " ".join(text.split()) for text in texts(make_report(clinic.store, clinic.token, clinic.patient, "en"))
    )
    words = "\n".join(one.value for one in page.markdown)
    headline = page.header[0].value
    assert headline in first
    said = course.said
    if said is None:
        assert headline.startswith(("Baseline: 4 of 7 checks", "The baseline is made", "Half-way: 0 of 2 checks"))
        assert not any(sign in headline for sign in ("points", "%"))
    else:
        before, after = stored[CoursePart.BASELINE], stored[said.part]
        own = blocks_by_hand.compared(before.counts, after.counts)
        edges = limits(7, 2, 14)[said.part is CoursePart.END]
        shown = {
            "gain": f"{100 * own.gain:+.0f}",
            "low": f"{100 * (own.gain - edges[0] * own.se):+.0f}",
            "high": f"{100 * (own.gain + edges[1] * own.se):+.0f}",
            "date": day(after.days[-1]),
        }
        expected = HEADLINES[course.kind].format(**shown)
        old = " This is older than four weeks." if (NOW.date() - after.days[-1]).days > 28 else ""
        assert headline == expected + old
        rests = (
            f"It rests on {len(after.trials)} faces on {len(after.days)} days against {len(before.trials)} on "
            f"{len(before.days)}."
        )
        assert rests in words
        assert rests in first
        assert next(one.value for one in page.metric if one.label == "Since the baseline") == f"{shown['gain']} points"
    if found.blocks:
        part, _ = found.blocks[-1]
        assert part is not None
        counts = counts_of(stored[part].trials)
        enough = counts.sum(axis=1).min() >= LEAST
        mean = f"{hu(counts).mean():.2f}" if enough else "–"
        assert next(one.value for one in page.metric if one.label == "Unbiased hit rate Hu") == mean
        share = np.trace(counts) / counts.sum()
        assert next(one.value for one in page.metric if one.label == "Named as meant") == f"{100 * share:.0f} %"
        assert f"{100 * share:.0f} %" in first
        for emotion in range(7):
            right, of = counts[emotion, emotion], counts[emotion].sum()
            low, high = proportion_confint(right, of, method="wilson")
            own_hu = f"{hu(counts)[emotion]:.2f}" if of >= LEAST else "–"
            assert f"{right} of {of} {100 * low:.0f}–{100 * high:.0f} % {own_hu}" in second
