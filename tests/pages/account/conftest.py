"""A clinic with a clinician and a patient, as the tests of accounts have it."""

from tests.services.accounts.conftest import clinician, patient, store

__all__ = ["clinician", "patient", "store"]
