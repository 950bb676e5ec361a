"""The overview is of people who agreed, equals what their rows say, and says nothing about fewer than five."""

import pytest
from scipy import stats

from core.domain.emotions import Emotion
from core.domain.people import NotAllowed, NotSignedIn
from core.domain.statistics.across import FEWEST, across
from core.services.clinic.record import review
from core.services.research import overview, studies
from tests.services.research.conftest import ResearchClinic


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


def test_only_researchers_see_it(clinic: ResearchClinic) -> None:
    with pytest.raises(NotAllowed):
        overview.overview(clinic.store, clinic.clinician)
    with pytest.raises(NotSignedIn):
        overview.overview(clinic.store, "")
