import pytest

from core.stimuli.fer2013 import Arrays, read_arrays
from tests.stimuli.generated import SHARED


@pytest.fixture(scope="session")
def fer2013() -> Arrays:
    """FER-2013 itself: pictures, labels, splits; without it beside this checkout the test is skipped."""
    if not SHARED.exists():
        pytest.skip("FER-2013 is not beside this checkout")
    return read_arrays(SHARED / "fer2013.csv.gz")
