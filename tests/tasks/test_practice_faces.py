"""Nothing that teaches or trains shows a face, or a person, of a check."""

from functools import partial

import pytest
from sqlalchemy import select

from core.domain.exercise.plan import Plan
from core.services.accounts import accounts
from core.services.faces import stimulus_sets
from core.storage.database import Store
from core.storage.tables import StimulusRow
from core.tasks import tasks
from core.tasks.recognition.drawing import set_of
from core.tasks.task import Drawing
from tests.history import mistaken, run_through

pytestmark = pytest.mark.usefixtures("old_default")

DRAWN = [
    (task.name, kind, adaptive)
    for task in tasks().values()
    if task.step
    for kind in task.kinds
    if kind not in task.measured
    for adaptive in ((True, False) if task.planned else (True,))
]


@pytest.mark.parametrize("times", [30, pytest.param(1000, marks=pytest.mark.slow)])
@pytest.mark.parametrize(("name", "kind", "adaptive"), DRAWN)
def test_every_kind_but_checks_is_drawn_from_people_of_the_practice_alone(
    store: Store, clinician: str, patient: str, name: str, kind: str, adaptive: bool, times: int
) -> None:
    for _ in range(3):
        run_through(store, patient, mistaken)
    task, plan = tasks()[name], Plan(adaptive=adaptive)
    person_id = accounts.patients(store, clinician)[0].id
    with store.begin() as db:
        set_id = set_of(db, plan).id
        rows = db.execute(
            select(StimulusRow.id, StimulusRow.role, StimulusRow.identity, StimulusRow.picture_hash).where(
                StimulusRow.set_id == set_id
            )
        ).all()
        checked = [row for row in rows if row.role in {"A", "B"}]
        people, hashes = {row.identity for row in checked}, {row.picture_hash for row in checked}
        faces = {row.id: row for row in rows}
        pool = partial(stimulus_sets.pool, db)
        shown = set[int]()
        for seed in range(times):
            drawn = task.draw(Drawing(db, pool, person_id, None, plan, seed, "en", "computer", kind))
            shown |= {item.stimulus_id for item in drawn.items if item.stimulus_id is not None}
    assert len(people) == 32
    assert len(shown) >= 14
    assert {faces[one].identity for one in shown} & people == set()
    assert {faces[one].picture_hash for one in shown} & hashes == set()
