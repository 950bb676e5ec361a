"""People who check in."""

from secrets import token_hex

import pytest

from tests.e2e.server import AppServer
from tests.support import new_patient


@pytest.fixture
def patient(server: AppServer, clinician: str) -> str:
    return new_patient(server.store, clinician, f"P-{token_hex(4)}")
