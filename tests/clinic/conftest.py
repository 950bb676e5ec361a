"""A seeded synthetic patient: half a year of training, drawn from a learner whose truth is known."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pandas as pd
import pytest
from sqlalchemy import text

from core.commands.demo import answers
from core.services import demonstration
from core.services.review import Review, in_care, review
from core.simulate.demonstration import make
from core.storage.database import Store
from core.vision.rater import default_card

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Clinic:
    """A demonstration of a few patients, and the sign-in of the clinician who cares for `patient`."""

    store: Store
    token: str
    patient: str

    def read(self) -> Review:
        return review(self.store, self.token, self.patient)

    def table(self, query: str) -> pd.DataFrame:
        """Rows of the patient, straight from the database; times as UTC."""
        with self.store.begin() as db:
            found = db.execute(text(query), {"person": self.patient})
            return pd.DataFrame(found.mappings().all())


@pytest.fixture(scope="package")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clinic]:
    store = Store(f"sqlite:///{tmp_path_factory.mktemp('clinic') / 'lexithymia.db'}")
    make(store, NOW, seed=5, patients=12, network=(default_card().network, answers()))
    token = demonstration.sign_in_as(store, "0")
    patient = next(person for person, code in in_care(store, token).items() if code == "P-003")
    yield Clinic(store, token, patient)
    store.close()
