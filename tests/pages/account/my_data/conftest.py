"""A clinic whose patients have consented, as the tests of consent have it."""

from tests.conftest import clinician, store
from tests.services.privacy.conftest import second_version

__all__ = ["clinician", "second_version", "store"]
