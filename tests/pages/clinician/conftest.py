"""Seeded synthetic patients: half a year of training, drawn from learners whose truth is known."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
import pandas as pd
import pytest
from sqlalchemy import text

from core.commands.demo import answers
from core.domain.statistics.change import VerdictKind
from core.services.accounts import demonstration
from core.services.clinic.record import Review, in_care, review
from core.simulate.demonstration import make
from core.storage.database import Store
from core.vision.rater import default_card
from tests.pages.clinician import by_hand
from tests.pages.clinician.by_hand import WORDS, most_likely

Pair = tuple[int, int]

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
_OF_CHECKS = "block_id IN (SELECT id FROM blocks WHERE kind = 'check' AND part IS NULL)"
"""By the rule of the latest check: what was found of a block stays, whatever becomes of its rows."""
_UNSCORED = "best_guess = NULL, scored = NULL, correct = NULL"
_OF_ONE = "SELECT id FROM blocks WHERE kind = 'check' AND person_id = (SELECT id FROM people WHERE code = 'P-008')"
"""Checks of who turns out worse."""
ROUGH = (
    "UPDATE people_answers SET people = people * 7",  # of some faces ten people have spoken, of others not
    f"UPDATE trials SET response = 'not_sure', {_UNSCORED} WHERE number % 14 = 5 AND {_OF_CHECKS}",
    f"UPDATE trials SET response = 'cannot_see', {_UNSCORED} WHERE number = 11 AND block_id IN (SELECT id FROM blocks "
    "b WHERE kind = 'check' AND part IS NULL AND started_at = (SELECT max(started_at) FROM blocks WHERE person_id = "
    "b.person_id AND kind = 'check'))",
    f"UPDATE trials SET response = target, {_UNSCORED} WHERE number % 14 NOT IN (1, 2, 3, 4, 5, 11) AND block_id IN "
    f"({_OF_ONE} ORDER BY started_at LIMIT 2)",
    f"UPDATE trials SET response = 'neutral', {_UNSCORED} WHERE number % 14 NOT IN (5, 11) AND block_id IN "
    f"({_OF_ONE} ORDER BY started_at DESC LIMIT 1)",
    f"UPDATE trials SET response_time_ms = 150 WHERE number % 20 = 3 AND {_OF_CHECKS}",
    f"UPDATE trials SET focus_lost = 1 WHERE number % 17 = 4 AND {_OF_CHECKS}",
    f"UPDATE trials SET network_probabilities = NULL WHERE number % 19 = 6 AND {_OF_CHECKS}",
    "UPDATE blocks SET right_count = NULL, shown_count = NULL",  # as of checks that nobody has counted yet
)
"""What happens now and then, and a dozen invented patients do not do by themselves."""


@dataclass(frozen=True)
class DemoClinic:
    """A demonstration of a few patients, and the sign-in of the clinician who cares for `patient`."""

    store: Store
    token: str
    patient: str

    @classmethod
    def of(cls, store: Store, code: str) -> "DemoClinic":
        """With the patient of this code, and one of the two clinicians."""
        for who in "01":
            token = demonstration.sign_in_as(store, who)
            for patient, found in in_care(store, token).items():
                if found == code:
                    return cls(store, token, patient)
        raise LookupError(code)

    def table(self, query: str) -> pd.DataFrame:
        """Rows of the patient, straight from the database; times as UTC."""
        with self.store.begin() as db:
            found = db.execute(text(query), {"person": self.patient})
            return pd.DataFrame(found.mappings().all())


@pytest.fixture(scope="package")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = Store(f"sqlite:///{tmp_path_factory.mktemp('clinic') / 'lexithymia.db'}")
    make(store, NOW, seed=1, patients=20, network=(default_card().network, answers()))
    with store.begin() as db:
        for statement in ROUGH:
            db.execute(text(statement))
    yield store
    store.close()


LATEST = {
    "P-003": VerdictKind.BETTER,
    "P-009": VerdictKind.CANNOT_TELL,
    "P-016": VerdictKind.COULD_NOT_TELL,
    "P-008": VerdictKind.WORSE,
}
"""Patients by the rule of the latest check, one in each state."""


@pytest.fixture(scope="package", params=LATEST)
def clinic(store: Store, request: pytest.FixtureRequest) -> DemoClinic:
    return DemoClinic.of(store, request.param)


@pytest.fixture(scope="package")
def found(clinic: DemoClinic) -> Iterator[Review]:
    """All of the page, read at NOW."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("core.services.clinic.record.now", lambda: NOW)
        yield review(clinic.store, clinic.token, clinic.patient)


@pytest.fixture(scope="package")
def answered(clinic: DemoClinic) -> pd.DataFrame:
    """Every trial of a finished check, with `check` counted from 0, `said`, the answer that counts, `network`, what the
    network answered (None where it was not asked), and whether the answer was `shared` with others."""
    rows = clinic.table(
        "SELECT b.id, b.started_at, t.*, s.picture_hash FROM blocks b JOIN trials t ON t.block_id = b.id "
        "JOIN stimuli s ON s.id = t.stimulus_id WHERE b.person_id = :person AND b.kind = 'check' "
        "AND b.ended_at IS NOT NULL AND NOT b.stopped AND t.void IS NULL ORDER BY b.started_at, t.number"
    )
    rows["check"] = rows["started_at"].rank(method="dense").astype(int) - 1
    rows["said"] = rows["response"].where(rows["response"] != "not_sure", rows["best_guess"].fillna("not_sure"))
    rows["right"] = rows["said"] == rows["target"]
    yes = clinic.table("SELECT at, decision FROM consents WHERE person_id = :person AND purpose = 'norms' ORDER BY at")
    rows["shared"] = [(yes[yes["at"] <= began]["decision"].iloc[-1:] == "yes").any() for began in rows["started_at"]]
    rows["network"] = rows["network_probabilities"].map(most_likely, na_action="ignore")
    return rows


@pytest.fixture(scope="package")
def trials(answered: pd.DataFrame) -> pd.DataFrame:
    """Those of `answered` whose face could be seen."""
    seen = answered[answered["response"] != "cannot_see"]
    assert set(seen["said"]) <= {*WORDS, "not_sure"}
    assert np.all(seen.groupby("check").size() > 0)
    return seen


@pytest.fixture(scope="package")
def before(trials: pd.DataFrame) -> Pair:
    """The first two checks together as (named as meant, shown)."""
    own = trials[trials["check"] < 2]["right"]
    return int(own.sum()), len(own)


@pytest.fixture(scope="package")
def latest(trials: pd.DataFrame) -> Pair:
    own = trials[trials["check"] == trials["check"].max()]["right"]
    return int(own.sum()), len(own)


@pytest.fixture(scope="package")
def highest(found: Review, trials: pd.DataFrame) -> float:
    """The limit of the plan, once more."""
    looks = max(found.plan.checks_planned, int(trials["check"].max()) - 1)
    return by_hand.limit(looks, int(trials.groupby("check").size().max()))
