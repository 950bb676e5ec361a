"""“My data”, as a patient sees it."""

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from core.config import ROOT
from core.domain.patient.consent import Purpose
from core.services.privacy import consents
from core.storage.database import Store
from pages.shared.state import AppState
from tests.support import new_patient, served

pytestmark = pytest.mark.parametrize("stocked", ["sqlite"], indirect=True)


@pytest.fixture(autouse=True)
def _this_server(store: Store) -> Iterator[None]:
    with served(store):
        yield


def test_a_yes_to_the_earlier_text_that_still_counts_is_said_and_can_be_taken_back(
    store: Store, clinician: str, request: pytest.FixtureRequest
) -> None:
    patient = new_patient(store, clinician, shares_answers=True)
    request.getfixturevalue("second_version")
    at = AppTest.from_file(str(ROOT / "pages/account/my_data.py"), default_timeout=30)
    at.session_state["lexithymia"] = AppState(token=patient)
    at.run()
    still = "Your yes to the earlier text still counts."
    assert [one.value for one in at.markdown].count(still) == 1
    assert {"read-treatment", "no-treatment", "read-norms", "no-norms", "read-research"} == {
        one.key for one in at.button if one.key
    }
    at.button(key="no-norms").click().run()
    assert not at.exception
    assert still not in [one.value for one in at.markdown]
    with store.begin() as db:
        assert consents.agreed(db, Purpose.NORMS) == set()
