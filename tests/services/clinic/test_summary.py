"""A patient's line in the list says what the exercise and the verdict say, whenever something happened."""

from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from core.domain.days import day_of
from core.domain.exercise.plan import Plan
from core.domain.exercise.trials import Kind, Response
from core.domain.statistics.change import CheckScore, verdict
from core.domain.statistics.dose import PracticeRun, minutes
from core.domain.statistics.result import summarise
from core.services.accounts import accounts
from core.services.exercise import plans, progress, recognition, runs
from core.services.exercise.summary import refresh_missing_summaries
from core.storage.database import Store
from core.storage.queries import exercise_queries, summary_queries
from core.storage.queries.plan_queries import plan_in_force
from core.storage.tables import RECOGNITION, BlockRow, PersonRow, SummaryRow, TrainingDayRow
from tests.history import answer, mistaken, run_through
from tests.support import BROWSER, new_clinician, new_patient, says

pytestmark = pytest.mark.usefixtures("old_default")


def summary_row(store: Store, person_id: str) -> SummaryRow:
    with store.begin() as db:
        return db.get_one(SummaryRow, person_id)


def test_checks_are_counted_as_their_results_count_them(demo: Store) -> None:
    with demo.begin() as db:
        people = db.scalars(select(BlockRow.person_id).where(BlockRow.kind == Kind.CHECK).distinct()).all()
        for person_id in people:
            rows = exercise_queries.finished_blocks(db, person_id, Kind.CHECK)
            summaries = [summarise(exercise_queries.load_block(db, row).trials) for row in rows]
            counted = summary_queries.finished_checks(db, person_id)
            assert [(c.blueprint, c.began, c.right, c.shown) for c in counted] == [
                (row.blueprint, row.started_at, s.right, s.shown) for row, s in zip(rows, summaries, strict=True)
            ]
        assert len(people) > 8


def test_the_verdict_is_the_one_of_the_patients_page(demo: Store) -> None:
    with demo.begin() as db:
        kept = {row.person_id: row for row in db.scalars(select(SummaryRow))}
        found = {person_id: _verdict(db, person_id) for person_id in kept}
    assert len(kept) > 8
    for person_id, row in kept.items():
        kind, gain, checks = found[person_id]
        assert (row.verdict, row.gain, row.change["checks"]) == (kind, gain, checks)


def _verdict(db: Session, person_id: str) -> tuple[str, float | None, int]:
    """As core.services.exercise.progress makes it, from the trials themselves."""
    checks = exercise_queries.finished_blocks(db, person_id, Kind.CHECK)
    begun = [row.started_at for row in exercise_queries.finished_blocks(db, person_id, Kind.PRACTICE)]
    scores = []
    for row in checks:
        result = summarise(exercise_queries.load_block(db, row).trials)
        same = [other.started_at for other in checks if other.blueprint == row.blueprint]
        between = sum(same[1] < at < row.started_at for at in begun) if len(same) > 1 else 0
        scores.append(CheckScore(row.blueprint or "", result.right, result.shown, between))
    found = verdict(scores, plan_in_force(db, person_id)[1])
    return found.kind, found.gain, found.checks


def test_days_of_training_are_the_practices_that_are_over(demo: Store) -> None:
    with demo.begin() as db:
        rows = db.scalars(select(BlockRow).where(BlockRow.kind == Kind.PRACTICE, BlockRow.task == RECOGNITION)).all()
        over = [row for row in rows if row.ended_at is not None]
        kept = {(row.person_id, row.day): row.seconds for row in db.scalars(select(TrainingDayRow))}
    wanted: dict[object, float] = {}
    for row in over:
        key = (row.person_id, day_of(row.started_at, ZoneInfo("Europe/Madrid")))
        wanted[key] = wanted.get(key, 0.0) + 60 * minutes(PracticeRun(row.started_at, row.ended_at, row.length))
    assert kept.keys() == wanted.keys()
    assert all(abs(kept[key] - wanted[key]) < 1e-6 for key in wanted)  # type: ignore[index]


def test_a_database_from_before_gets_the_same_standings_when_a_server_starts(demo: Store) -> None:
    def everything() -> list[object]:
        with demo.begin() as db:
            tables = (SummaryRow.__table__, TrainingDayRow.__table__)
            return [db.execute(select(table).order_by(*table.primary_key)).all() for table in tables]

    before = everything()
    with demo.begin() as db:
        db.execute(delete(SummaryRow))
        db.execute(delete(TrainingDayRow))
    assert refresh_missing_summaries(demo) == len(before[0])  # type: ignore[arg-type]
    assert everything() == before
    assert refresh_missing_summaries(demo) == 0


def test_a_check_that_ends_is_in_the_standing_with_its_last_answer(store: Store, patient: str, patient_id: str) -> None:
    run_through(store, patient)
    first = summary_row(store, patient_id)
    assert (first.checks, first.verdict, first.line) == (1, "baseline_unfinished", [1.0])
    run_through(store, patient, mistaken)
    second = summary_row(store, patient_id)
    assert (second.checks, second.checks_left, second.verdict, second.line) == (2, 6, "baseline", [1.0, 0.0])
    assert second.last_practice is not None
    assert second.last_practice > first.last_practice  # type: ignore[operator]


def test_a_practice_that_is_over_is_a_day_of_training(store: Store, patient: str, patient_id: str) -> None:
    for _ in range(3):
        block = run_through(store, patient)
    with store.begin() as db:
        days = db.scalars(select(TrainingDayRow).where(TrainingDayRow.person_id == patient_id)).all()
        row = db.get_one(BlockRow, block.id)
        assert row.ended_at is not None
        took = (row.ended_at - row.started_at).total_seconds()
    assert [day.seconds for day in days] == [pytest.approx(took)]


def test_a_run_that_was_stopped_open_or_hard_is_known(store: Store, patient: str, patient_id: str) -> None:
    block = recognition.begin(store, patient, BROWSER)
    began = summary_row(store, patient_id)
    assert began.check_left_at == began.last_practice is not None
    trial = block.current
    assert trial is not None
    block = answer(store, patient, block, trial.number, says(Response.NOT_SURE), BROWSER)
    runs.stop(store, patient, block.id)
    runs.say_hard(store, patient, block.id, True)
    after = summary_row(store, patient_id)
    assert after.check_left_at is None
    assert after.check_stopped_at == after.hard_at == began.last_practice
    assert after.stopped_at is None, "a stopped check is not said twice"
    assert after.checks == 0


def test_a_new_plan_changes_the_standing(store: Store, clinician: str, patient_id: str) -> None:
    plans.set_plan(store, clinician, patient_id, Plan(checks_planned=9))
    assert summary_row(store, patient_id).checks_left == 11


def test_nobody_else_is_read_or_written(store: Store, clinician: str, patient: str, patient_id: str) -> None:
    run_through(store, new_patient(store, clinician, "P-02"))
    with store.begin() as db:
        other = db.scalars(select(PersonRow.id).where(PersonRow.code == "P-02")).one()
    before = summary_row(store, other)
    run_through(store, patient)
    assert summary_row(store, other).last_practice == before.last_practice
    with store.begin() as db:
        assert db.scalar(select(func.count()).select_from(SummaryRow)) == 2


@pytest.mark.both_databases
def test_standings_are_kept_on_both_databases(stocked: Store) -> None:
    clinician = new_clinician(stocked)
    patient = new_patient(stocked, clinician)
    for _ in range(3):
        run_through(stocked, patient)
    person_id = accounts.patients(stocked, clinician)[0].id
    row = summary_row(stocked, person_id)
    assert (row.checks, row.verdict, row.line) == (2, "baseline", [1.0, 1.0])
    assert progress.progress(stocked, clinician, person_id).verdict.kind == row.verdict
    with stocked.begin() as db:
        assert db.scalar(select(TrainingDayRow.seconds)) is not None
