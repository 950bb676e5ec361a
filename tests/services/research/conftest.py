"""A clinic with a researcher, and patients who agreed to research or did not."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from core.domain.emotions import Emotion
from core.domain.exercise.plan import Plan
from core.domain.patient.consent import Purpose
from core.domain.people import Role
from core.services.accounts import accounts, invitations
from core.services.privacy import consents
from core.services.privacy.consent_texts import newest
from core.services.research import studies
from core.services.research.studies import Arm
from core.storage.database import Store
from tests.history import run_through
from tests.services.research.later import weeks_later
from tests.support import PASSWORD, new_clinician, new_patient_before_blocks, says

ARMS = (Arm("clear faces", Plan()), Arm("brief faces", Plan(exposure_ms=500)))


@dataclass
class ResearchClinic:
    """Sign-ins of the staff, and how to add patients."""

    store: Store
    clinician: str
    researcher: str

    def patient(self, code: str, agrees: bool = True) -> tuple[str, str]:
        """The id and the sign-in of a new patient."""
        token = new_patient_before_blocks(self.store, self.clinician, code)
        if agrees:
            consents.decide(self.store, token, Purpose.RESEARCH, newest(Purpose.RESEARCH), True)
        return self.id_of(code), token

    def id_of(self, code: str) -> str:
        return next(one.id for one in accounts.patients(self.store, self.clinician) if one.code == code)

    def study(self, name: str = "Brief or clear") -> str:
        return studies.make_study(self.store, self.researcher, name, "Two groups, six weeks.", ARMS)

    def check(self, token: str, right: int = 30) -> None:
        """A whole block of the patient: `right` faces named as meant, the rest called happy."""
        run_through(
            self.store, token, lambda trial: says(trial.stimulus.target if trial.number <= right else Emotion.HAPPY)
        )


def clinic_in(store: Store) -> ResearchClinic:
    """Its staff in a database with faces and nobody."""
    clinician = new_clinician(store)
    link = invitations.invite_colleague(store, clinician, "R. Lind", Role.RESEARCHER)
    return ResearchClinic(store, clinician, accounts.accept_invitation(store, link, PASSWORD, "en"))


@pytest.fixture(autouse=True)
def _weeks_later() -> Iterator[None]:
    with weeks_later():
        yield


@pytest.fixture
def clinic(stocked: Store) -> ResearchClinic:
    return clinic_in(stocked)
