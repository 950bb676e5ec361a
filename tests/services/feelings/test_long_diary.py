"""A diary of years: its pages read the latest part of it, and every entry can still be come to."""

import pytest
from sqlalchemy import event, select

from core.domain.days import day_of
from core.domain.feelings.check_in import RATED
from core.domain.feelings.diary import MOST_READ
from core.services.accounts import accounts
from core.services.feelings import diary, sharing
from core.services.feelings.diary import ON_A_PAGE
from core.storage.database import Store
from core.storage.feelings import feelings_queries
from core.storage.queries.people_queries import zone_of
from core.storage.tables import CheckInRow, PersonRow, now
from tests.services.feelings.acting import agree_to_diary, check_in
from tests.support import earlier, new_patient

BEFORE = MOST_READ + 15


@pytest.fixture
def patient(store: Store, clinician: str) -> str:
    """With one check-in today and BEFORE on the days before, of which the first is shown."""
    token = new_patient(store, clinician)
    agree_to_diary(store, token)
    check_in(store, token)
    with store.begin() as db:
        whose = db.scalars(select(PersonRow.id).where(PersonRow.code == "P-01")).one()
        for number in range(1, BEFORE + 1):
            at = earlier(now(), number)
            row = CheckInRow(
                person_id=whose, day=day_of(at, zone_of(db, whose)), at=at, told=["grid"], ended_at=at, words=["sad"]
            )
            row.ratings, row.shared = (
                {word: (number * place) % 5 for place, word in enumerate(RATED, 1)},
                number == BEFORE,
            )
            db.add(row)
            db.flush()
            if number == BEFORE:
                feelings_queries.fill(db, row, {"note": "the first of all"})
    return token


class Loaded:
    """Check-ins that are read meanwhile."""

    def __enter__(self) -> "Loaded":
        self.rows: list[object] = []
        event.listen(CheckInRow, "load", self._count)
        return self

    def _count(self, row: object, _context: object) -> None:
        self.rows.append(row)

    def __exit__(self, *_what: object) -> None:
        event.remove(CheckInRow, "load", self._count)


@pytest.mark.both_databases
def test_words_and_figures_are_of_the_latest_part_and_every_entry_can_be_read_and_deleted(
    store: Store, patient: str
) -> None:
    with Loaded() as loaded:
        mine = diary.mine(store, patient)
    assert (len(loaded.rows), len(mine.entries), mine.number) == (MOST_READ, MOST_READ, BEFORE + 1)
    assert mine.figures.entries == MOST_READ
    with Loaded() as loaded:
        [*_, oldest] = diary.page(store, patient, BEFORE)
    assert (len(loaded.rows), oldest.note) == (1, "the first of all")
    newest = diary.page(store, patient, 0)
    assert len(newest) == ON_A_PAGE
    assert [one.at for one in newest] == sorted((one.at for one in newest), reverse=True)
    assert newest[0].id == mine.entries[-1].id
    diary.delete(store, patient, oldest.id)
    assert diary.page(store, patient, BEFORE) == ()
    assert diary.mine(store, patient).number == BEFORE


@pytest.mark.both_databases
def test_what_is_shown_is_read_in_part_too_and_a_single_old_entry_is_among_it(
    store: Store, clinician: str, patient: str
) -> None:
    patient_id = accounts.patients(store, clinician)[0].id
    with Loaded() as loaded:
        shown = sharing.of_patient(store, clinician, patient_id)
    assert [one.note for one in shown.entries] == ["the first of all"]
    assert (len(loaded.rows), shown.number) == (1, 1)
    assert [times for _, times in shown.weeks] == [7] * sharing.WEEKS
    sharing.share_diary(store, patient, True)
    with Loaded() as loaded:
        shown = sharing.of_patient(store, clinician, patient_id)
    assert (len(loaded.rows), len(shown.entries), shown.number) == (MOST_READ, MOST_READ, BEFORE + 1)
