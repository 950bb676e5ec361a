"""Show it and Name it in the database: asked, held, kept, gone on with, ended; permission and consent at each step."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from core.config import VERSION
from core.domain.camera.expression import Attempt, ExpressionKind
from core.domain.camera.hold import Reading
from core.domain.camera.ladder import Way
from core.domain.emotions import Emotion
from core.domain.network.rating import NetworkId
from core.domain.people import NotAllowed, NotSaved
from core.services.exercise import expression, expression_progress
from core.storage.database import Store
from core.storage.tables import BlockRow, ExposureRow, SessionRow, StimulusRow, StimulusSetRow, TrialRow, now
from tests.databases import let_nothing_be_written
from tests.services.exercise.expression.acting import NETWORK, attempt, begin, neutral, show_all


@pytest.mark.both_databases
def test_show_it_asks_for_each_emotion_once_with_a_clear_built_in_face_of_the_practice(
    store: Store, patient: str
) -> None:
    run = begin(store, patient)
    assert sorted(one.meant for one in run.tries if one.meant is not None) == list(Emotion)
    with store.begin() as db:
        for one in run.tries:
            face = db.get_one(StimulusRow, one.example)
            assert db.get_one(StimulusSetRow, face.set_id).name == "builtin"
            assert (face.role, face.target) == ("practice", one.meant.word if one.meant is not None else None)
            assert face.intensity == (0 if one.meant is Emotion.NEUTRAL else 100)
    shown = expression.examples(store, patient, run.id)
    assert sorted(shown) == [one.number for one in run.tries]
    assert all(picture.startswith(b"RIFF") for _kind, picture in shown.values())


def test_a_try_says_all_that_a_researcher_needs_and_holds_no_picture(store: Store, patient: str) -> None:
    run = begin(store, patient)
    expression.set_baseline(store, patient, run.id, neutral(), Way.STREAM, NETWORK)
    asked = run.tries[0].meant
    run = expression.record(store, patient, run.id, 1, attempt(asked, Emotion.FEAR, frames=31))
    with store.begin() as db:
        row = db.scalars(select(TrialRow).where(TrialRow.number == 1)).one()
        block = db.get_one(BlockRow, row.block_id)
    assert asked is not None
    assert (row.target, row.response, row.frames, row.way) == (asked.word, None, 31, "stream")
    assert row.network_probabilities == [0.05, 0.05, 0.7, 0.05, 0.05, 0.05, 0.05]
    assert (row.earlier_face, row.earlier_identity) == (0, 0)
    assert (row.language, row.device, row.software) == ("en", "computer", VERSION)
    assert row.network_id is not None
    assert row.answered_at is not None
    assert (block.task, block.kind, block.design) == ("expression", "show", {"way": "stream"})
    assert block.baseline == {
        "probabilities": [0.05] * 6 + [0.7],
        "frames": 20,
        "way": "stream",
        "network": {"name": NETWORK.name, "version": NETWORK.version, "hash": NETWORK.hash},
    }
    assert run.tries[0].reading == Reading((0.05, 0.05, 0.7, 0.05, 0.05, 0.05, 0.05), 31)
    assert run.baseline == neutral()


def test_the_last_try_ends_the_run_and_the_example_counts_as_met(store: Store, patient: str) -> None:
    run = show_all(store, patient)
    assert (run.ended, run.stopped, run.current, len(run.made)) == (True, False, None, 7)
    with store.begin() as db:
        faces = [db.get_one(StimulusRow, one.example).picture_hash for one in run.tries]
        met = set(db.scalars(select(ExposureRow.times).where(ExposureRow.what.in_(faces))))
    assert met == {1}


def test_an_attempt_that_is_sent_twice_or_late_changes_nothing(store: Store, patient: str) -> None:
    run = begin(store, patient)
    asked = run.tries[0].meant
    first = expression.record(store, patient, run.id, 1, attempt(asked, Emotion.HAPPY))
    again = expression.record(store, patient, run.id, 1, attempt(asked, Emotion.SAD))
    assert first == again
    assert again.current is not None
    assert again.current.number == 2
    expression.stop(store, patient, run.id)
    late = expression.record(store, patient, run.id, 2, attempt(run.tries[1].meant, Emotion.SAD))
    assert (len(late.made), late.stopped) == (1, True)


def test_name_it_keeps_the_persons_own_word_or_that_they_were_not_sure(store: Store, patient: str) -> None:
    run = begin(store, patient, ExpressionKind.NAME)
    run = expression.record(store, patient, run.id, 1, attempt(Emotion.ANGRY, Emotion.DISGUST))
    run = expression.record(store, patient, run.id, 1, attempt(Emotion.SAD, Emotion.SAD))
    run = expression.record(store, patient, run.id, 2, attempt(None, Emotion.HAPPY))
    with store.begin() as db:
        rows = db.execute(select(TrialRow.target, TrialRow.response, TrialRow.stimulus_id).order_by(TrialRow.number))
        assert [tuple(row) for row in rows] == [("angry", "angry", None), (None, "not_sure", None)]
    assert not run.ended
    assert expression.finish(store, patient, run.id).ended
    found = expression_progress.matrix(store, patient)[0]
    assert (found.counts.sum(), found.counts[Emotion.ANGRY, Emotion.DISGUST], found.not_sure) == (1, 1, 1)


def test_an_emotion_can_be_skipped_and_then_counts_neither_way(store: Store, patient: str) -> None:
    run = begin(store, patient)
    run = expression.skip(store, patient, run.id, 1)
    run = expression.skip(store, patient, run.id, 1)
    assert run.current is not None
    assert (run.current.number, run.made) == (2, ())
    expression.stop(store, patient, run.id)
    assert expression_progress.matrix(store, patient) == ()
    assert expression_progress.last(store, patient) is None


def test_the_neutral_face_can_be_taken_again_until_the_first_attempt(store: Store, patient: str) -> None:
    run = begin(store, patient)
    expression.set_baseline(store, patient, run.id, attempt(None, Emotion.SAD).reading, Way.STREAM, NETWORK)
    run = expression.set_baseline(store, patient, run.id, neutral(), Way.STREAM, NETWORK)
    assert run.baseline == neutral()
    expression.record(store, patient, run.id, 1, attempt(run.tries[0].meant, Emotion.HAPPY))
    late = expression.set_baseline(store, patient, run.id, attempt(None, Emotion.SAD).reading, Way.STREAM, NETWORK)
    assert late.baseline == neutral()


def test_a_run_is_gone_on_with_in_the_same_sitting_and_another_task_ends_it(store: Store, patient: str) -> None:
    run = begin(store, patient)
    expression.record(store, patient, run.id, 1, attempt(run.tries[0].meant, Emotion.HAPPY))
    again = begin(store, patient)
    assert (again.id, again.position) == (run.id, 2)
    other = begin(store, patient, ExpressionKind.NAME)
    assert other.id != run.id
    left = expression.run(store, patient, run.id)
    assert (left.ended, left.stopped, len(left.made)) == (True, True, 1)
    with store.begin() as db:
        assert db.scalar(select(func.count()).where(BlockRow.ended_at.is_(None))) == 1


def test_what_was_left_half_an_hour_ago_ends_and_a_new_face_at_rest_is_taken(store: Store, patient: str) -> None:
    run = begin(store, patient)
    expression.set_baseline(store, patient, run.id, neutral(), Way.STREAM, NETWORK)
    with store.begin() as db:
        db.execute(update(SessionRow).values(last_at=now() - timedelta(minutes=31)))
    later = begin(store, patient)
    assert later.id != run.id
    assert later.baseline is None
    assert expression.run(store, patient, run.id).stopped


@pytest.mark.both_databases
def test_two_tabs_at_the_same_moment_have_one_run_and_one_attempt(store: Store, patient: str) -> None:
    with ThreadPoolExecutor(4) as tabs:
        runs = set(tabs.map(lambda _tab: begin(store, patient, ExpressionKind.NAME).id, range(4)))
        assert len(runs) == 1
        said = (Emotion.ANGRY, Emotion.SAD, None, Emotion.FEAR)
        made = [
            tabs.submit(expression.record, store, patient, run, 1, attempt(meant, Emotion.SAD))
            for run in runs
            for meant in said
        ]
        kept = {one.result().tries[0].meant for one in made}
    assert len(kept) == 1, "each tab is told of the one that was kept"


def test_readings_that_are_none_and_attempts_at_something_else_are_errors(store: Store, patient: str) -> None:
    run = begin(store, patient)
    asked = run.tries[0].meant
    other = next(e for e in Emotion if e is not asked)
    with pytest.raises(ValueError, match="asks for"):
        expression.record(store, patient, run.id, 1, attempt(other, other))
    broken = Attempt(asked, Reading((0.5, 0.5), 3), Way.FILE, NETWORK)
    with pytest.raises(ValueError, match="seven probabilities"):
        expression.record(store, patient, run.id, 1, broken)
    assert expression.run(store, patient, run.id).made == ()


def test_what_another_network_saw_is_a_matrix_of_its_own(store: Store, patient: str) -> None:
    show_all(store, patient)
    newer = NetworkId("fake", "2", "e" * 64)
    show_all(store, patient, newer)
    found = expression_progress.matrix(store, patient)
    assert [(one.network, one.counts.sum()) for one in found] == [(newer, 7), (NETWORK, 7)]


def test_a_result_is_there_only_when_the_run_is_over(store: Store, patient: str) -> None:
    run = begin(store, patient)
    with pytest.raises(NotAllowed):
        expression_progress.result(store, patient, run.id)
    expression.stop(store, patient, run.id)
    assert expression_progress.result(store, patient, run.id).stopped


def test_an_attempt_that_cannot_be_saved_is_said_and_nothing_acknowledged_is_lost(store: Store, patient: str) -> None:
    let_nothing_be_written(store)
    acknowledged: list[int] = []

    def go_on(runs: int) -> None:
        for _ in range(runs):
            run = begin(store, patient)
            for one in run.tries:
                expression.record(store, patient, run.id, one.number, attempt(one.meant, Emotion.HAPPY))
                acknowledged.append(one.number)

    with pytest.raises(NotSaved):
        go_on(100)
    with store.begin() as db:
        assert db.scalar(select(func.count()).where(TrialRow.answered_at.is_not(None))) == len(acknowledged)
