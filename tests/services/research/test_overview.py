"""The overview is of people who agreed, equals what their rows say, and says nothing about fewer than five."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from scipy import stats

from core.domain.emotions import Emotion
from core.domain.exercise.selection import Selection
from core.domain.people import NotAllowed, NotSignedIn
from core.domain.statistics.across import FEWEST, across
from core.services.accounts import accounts
from core.services.clinic.record import review
from core.services.exercise import recognition
from core.services.research import export, overview, studies
from tests.history import answer
from tests.services.research.conftest import ResearchClinic
from tests.services.research.later import move_back
from tests.support import BROWSER, says


def test_the_mean_and_its_interval_are_scipys() -> None:
    rates = [0.5, 0.61, 0.72, 0.7, 0.55, 0.9]
    found = across(rates)
    assert found is not None
    low, high = stats.t.interval(0.95, len(rates) - 1, sum(rates) / 6, stats.sem(rates))
    assert found.mean == pytest.approx(sum(rates) / 6, abs=1e-12)
    assert list(found.interval) == pytest.approx([low, high], abs=1e-9)


@pytest.mark.both_databases
def test_nothing_is_said_of_fewer_than_five(clinic: ResearchClinic) -> None:
    assert across([0.5] * (FEWEST - 1)) is None
    study = clinic.study()
    for number in range(FEWEST):
        patient, token = clinic.patient(f"P-{number}")
        if number < FEWEST - 1:
            studies.enrol(clinic.store, clinic.clinician, patient, study)
        clinic.check(token, right=20 + number)
    _, token = clinic.patient("P-no", agrees=False)
    clinic.check(token)
    few = overview.overview(clinic.store, clinic.researcher, study)
    assert (few.people, few.months, set(few.emotions), few.missing) == (None, (), {None}, None)
    assert overview.overview(clinic.store, clinic.researcher, None, "nowhere").people is None
    found = overview.overview(clinic.store, clinic.researcher)
    assert (found.people, found.sessions, found.faces) == (FEWEST, FEWEST, FEWEST * 42)
    assert [(one.people, one.faces) for one in found.months] == [(FEWEST, FEWEST * 42)]
    assert found.missing is not None
    assert (found.missing.planned, found.missing.void) == (FEWEST * 42, 0)
    rates = []
    for number in range(FEWEST):
        id_ = clinic.id_of(f"P-{number}")
        matrix = review(clinic.store, clinic.clinician, id_).checks[-1].summary.matrix
        rates.append(matrix[Emotion.FEAR, Emotion.FEAR] / matrix[Emotion.FEAR].sum())
    assert found.emotions[Emotion.FEAR] == across(rates)


def test_overview_preview_and_export_count_people_and_sittings_alike(clinic: ResearchClinic, tmp_path: Path) -> None:
    """Also who never began, is archived, left a run open, or went on with it at another browser."""
    store = clinic.store
    for number in range(FEWEST + 1):
        _, token = clinic.patient(f"P-{number}")
        for _ in range(min(number, 3)):
            clinic.check(token)
    block = recognition.begin(store, token, BROWSER)
    elsewhere = replace(BROWSER, device="phone")
    block = recognition.begin(store, token, elsewhere)
    trial = block.current
    assert trial is not None
    answer(store, token, block, trial.number, says(trial.stimulus.target), elsewhere)
    accounts.set_active(store, clinic.clinician, clinic.id_of("P-3"), False)
    seen = overview.overview(store, clinic.researcher)
    expected = export.preview(store, clinic.researcher, Selection())
    written = export.export(store, clinic.researcher, Selection(), tmp_path / "export", lambda rows: True)
    assert (seen.people, seen.sessions) == (expected.people, expected.sessions) == (written.people, written.sessions)
    assert (written.people, written.sessions) == (FEWEST + 1, FEWEST + 1), "nobody's first one, and one elsewhere"


def test_what_a_hidden_month_has_cannot_be_subtracted(clinic: ResearchClinic) -> None:
    for number in range(FEWEST + 2):
        id_, token = clinic.patient(f"P-{number}")
        clinic.check(token)
        if number < 2:
            move_back(clinic.store, id_, timedelta(days=70))
    found = overview.overview(clinic.store, clinic.researcher)
    assert (found.people, found.sessions) == (FEWEST + 2, FEWEST + 2)
    assert [one.people for one in found.months] == [None, None], "two people would be what the others leave"


def test_only_researchers_see_it(clinic: ResearchClinic) -> None:
    with pytest.raises(NotAllowed):
        overview.overview(clinic.store, clinic.clinician)
    with pytest.raises(NotSignedIn):
        overview.overview(clinic.store, "")
