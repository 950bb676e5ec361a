"""A demonstration is one because its database says so; its people can be entered, and nobody else's."""

from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path

import pytest
from sqlalchemy import func, select

from core.commands import demo
from core.domain.exercise.allocation import sequence
from core.domain.exercise.programme import FollowUp
from core.domain.exercise.trials import Kind
from core.domain.people import NotAllowed, Refusal, Role
from core.domain.statistics.change import VerdictKind
from core.domain.statistics.course_parts import CoursePart
from core.services.accounts import accounts
from core.services.accounts.demonstration import invented, sign_in_as
from core.services.clinic import notes, questionnaires
from core.services.clinic.record import in_care
from core.services.exercise import progress, recognition
from core.services.gate.access import who
from core.services.privacy import consents
from core.services.research import studies
from core.simulate.cast import cast
from core.simulate.demonstration import DemonstrationTruth, make
from core.storage.database import Store
from core.storage.queries.plan_queries import plan_in_force
from core.storage.tables import RECOGNITION, BlockRow, EnrolmentRow, StudyRow, SummaryRow, TrialRow
from tests.support import new_clinician, new_store

NOW = datetime.now(UTC)


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> tuple[Store, DemonstrationTruth]:
    store = Store(f"sqlite:///{tmp_path_factory.mktemp('demo') / 'demo.db'}")
    return store, make(store, NOW, seed=1, patients=8)


def test_every_story_can_be_entered_and_is_at_its_place(shown: tuple[Store, DemonstrationTruth]) -> None:
    store, _ = shown
    tokens = {one.story: sign_in_as(store, str(one.place)) for one in invented(store)}
    assert list(tokens) == ["administrator", "clinician", "researcher", "new", "middle", "finished", "weeks"]
    with store.begin() as db:
        assert who(db, tokens["administrator"]).administrator
        assert who(db, tokens["researcher"]).role is Role.RESEARCHER
    assert len(accounts.patients(store, tokens["administrator"])) >= 3
    assert recognition.today(store, tokens["new"]).checks_done == 0
    assert not consents.mine(store, tokens["middle"]).to_ask
    middle, finished = (progress.progress(store, tokens[story]) for story in ("middle", "finished"))
    assert 2 < len(middle.checks) < 2 + middle.plan.checks_planned
    assert len(finished.checks) == 2 + finished.plan.checks_planned


@pytest.mark.parametrize("seed", [1, 3])
def test_every_verdict_on_blocks_is_there_with_a_day_of_the_last_weeks(tmp_path: Path, seed: int) -> None:
    store = Store(f"sqlite:///{tmp_path / 'demo.db'}")
    noon = NOW.replace(hour=12) - timedelta(days=1)  # in an evening somebody has done a check more
    make(store, noon, seed, patients=30)
    with store.begin() as db:
        found = [row for row in db.scalars(select(SummaryRow)) if row.change["in_blocks"]]
        later = db.execute(
            select(BlockRow.person_id, func.count())
            .where(BlockRow.part == CoursePart.FOLLOW_UP)
            .group_by(BlockRow.person_id)
        ).all()
    judged = {
        VerdictKind.BETTER,
        VerdictKind.WORSE,
        VerdictKind.CANNOT_TELL,
        VerdictKind.COULD_NOT_TELL,
        VerdictKind.NO_ROOM,
    }
    assert {row.verdict for row in found} == judged | {VerdictKind.BASELINE, VerdictKind.BASELINE_UNFINISHED}
    assert [0 < checks < FollowUp().checks for _, checks in later] == [True], "one person is in the middle of it"
    lately = [row for row in found if row.verdict in judged and row.person_id != later[0].person_id]
    days = [date.fromisoformat(row.change["found_on"]) for row in lately]
    assert min(days) > (noon - timedelta(weeks=5)).date()
    assert sum(day > (noon - timedelta(weeks=4)).date() for day in days) >= len(days) - 1


def test_nothing_lies_in_the_future_and_every_answered_block_is_whole(shown: tuple[Store, DemonstrationTruth]) -> None:
    store, _ = shown
    with store.begin() as db:
        last = db.scalar(select(func.max(TrialRow.answered_at)))
        assert last is not None
        assert last <= datetime.now(UTC)
        for row in db.scalars(select(BlockRow).where(BlockRow.ended_at.is_not(None), BlockRow.stopped.is_(False))):
            given = select(func.count()).where(TrialRow.block_id == row.id, TrialRow.answered_at.is_not(None))
            assert db.scalar(given) == row.length == (14 if row.kind != Kind.CHECK else 21 if row.part else 42)


def test_the_study_took_in_agreeing_adults_by_its_allocation_and_changed_no_plan(
    shown: tuple[Store, DemonstrationTruth],
) -> None:
    store, _ = shown
    (study,) = studies.studies(store, sign_in_as(store, "2"))
    assert (study.closed_at, study.withdrawn) == (None, 1)
    assert study.enrolled >= 3
    invented_people = {patient.id: patient for patient in cast(8, NOW, 1)}
    with store.begin() as db:
        seed = db.get_one(StudyRow, study.id).seed
        rows = db.scalars(select(EnrolmentRow).order_by(EnrolmentRow.place)).all()
        assert [row.arm for row in rows] == list(islice(sequence(seed, len(study.arms)), study.enrolled))
        assert [row.enrolled_at for row in rows] == sorted(row.enrolled_at for row in rows)
        for row in rows:
            patient = invented_people[row.person_id]
            assert patient.research
            assert not patient.minor
            first = db.scalar(select(func.min(BlockRow.started_at)).where(BlockRow.person_id == row.person_id))
            assert patient.joined < row.enrolled_at < (first or NOW)
        for person_id, patient in invented_people.items():
            number, plan = plan_in_force(db, person_id)
            assert plan == patient.plan
            used = db.scalars(
                select(BlockRow.plan_id).where(BlockRow.person_id == person_id, BlockRow.task == RECOGNITION)
            )
            assert set(used) <= {number}


def test_the_patients_of_the_sign_in_have_totals_notes_and_events(shown: tuple[Store, DemonstrationTruth]) -> None:
    store, _ = shown
    tokens = {one.story: sign_in_as(store, str(one.place)) for one in invented(store)}
    for story, totals, events in (("new", 1, 0), ("middle", 1, 1), ("finished", 2, 2)):
        with store.begin() as db:
            person = who(db, tokens[story]).id
        token = next(t for t in (tokens["administrator"], tokens["clinician"]) if person in in_care(store, t))
        assert len(questionnaires.scores(store, token, person)) == totals
        assert len(notes.events(store, token, person)) == events
        written = notes.notes(store, token, person)
        assert written
        assert all(note.at <= NOW for note in written)


def test_the_same_seed_gives_the_same_people(shown: tuple[Store, DemonstrationTruth], tmp_path: Path) -> None:
    _, truth = shown
    assert make(Store(f"sqlite:///{tmp_path / 'again.db'}"), NOW, seed=1, patients=8) == truth


def test_a_real_database_offers_nobody_and_is_never_filled_or_removed(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    new_clinician(store)
    assert invented(store) == ()
    for place in ("0", "1", "-1", "", "9" * 40, "0 OR 1=1"):
        with pytest.raises(NotAllowed):
            sign_in_as(store, place)
    with pytest.raises(Refusal):
        make(store, NOW)
    with pytest.raises(Refusal):
        demo.make_room(tmp_path / "lexithymia.db")
    assert (tmp_path / "lexithymia.db").exists()


def test_the_shipped_answers_are_the_shipped_network_s() -> None:
    assert len(demo.answers()) == 1643, "another network ships: bring its answers along by `python -m core demo --look`"
