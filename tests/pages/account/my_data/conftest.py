"""A clinic whose patients have consented, as the tests of consent have it."""

from tests.services.privacy.conftest import clinician, second_version, store

__all__ = ["clinician", "second_version", "store"]
