"""My progress on the first day, and once there is something to show."""

import pytest
from streamlit.testing.v1 import AppTest

from core.config import ROOT
from core.domain.exercise.trials import Kind
from core.services.exercise import recognition
from core.storage.database import Store
from pages.shared.state import AppState
from tests.history import answer_all, as_meant
from tests.support import BROWSER

pytestmark = pytest.mark.usefixtures("old_default", "served_here")


def progress_of(token: str, language: str = "en") -> AppTest:
    at = AppTest.from_file(str(ROOT / "pages" / "patient/progress.py"), default_timeout=60)
    at.session_state["lexithymia"] = AppState(token=token, language=language)
    at.run()
    assert not at.exception
    return at


@pytest.mark.parametrize(
    ("language", "comes"),
    [
        ("en", "Your first two checks show where you begin. From then on you see here what changes."),
        ("es", "Tus dos primeros controles muestran desde dónde empiezas. Después verás aquí qué cambia."),
    ],
)
def test_on_the_first_day_it_says_what_comes_and_nothing_of_what_is_missing(
    store: Store, patient: str, language: str, comes: str
) -> None:
    at = progress_of(patient, language)
    assert at.markdown[0].value == comes
    assert (len(at.header), len(at.get("plotly_chart"))) == (0, 0)


def test_the_first_check_stands_in_the_chart(store: Store, patient: str) -> None:
    answer_all(store, patient, recognition.begin(store, patient, BROWSER, Kind.CHECK), as_meant)
    at = progress_of(patient)
    assert at.markdown[0].value == "One more check, and there is a starting point to compare with."
    assert len(at.get("plotly_chart")) == 1
