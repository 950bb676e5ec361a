"""Scores stand beside the answers: those of an older database are filled in by the migration, and those of a server of
an older release, which goes on for a while beside this one, when they are first read."""

import csv
import io
import json
import zipfile

import pytest
from sqlalchemy import select, update

from core.domain.camera.expression import Attempt, ExpressionKind
from core.domain.camera.hold import Reading
from core.domain.camera.ladder import Way
from core.domain.emotions import Emotion
from core.domain.exercise.events import Painted
from core.domain.exercise.trials import Response
from core.domain.people import Role
from core.services.exercise import expression, progress, recognition
from core.services.exercise.summary import refresh_missing_summaries
from core.services.privacy import my_data
from core.storage.database import Store
from core.storage.migrate import downgrade, upgrade
from core.storage.queries import overview_queries, summary_queries
from core.storage.queries.exercise_queries import load_block
from core.storage.queries.expression_queries import load
from core.storage.tables import BlockRow, PersonRow, SummaryRow, TrialRow
from tests.history import answer, tell
from tests.services.exercise.expression.acting import NETWORK, agree, attempt
from tests.support import BROWSER, new_clinician, new_patient_before_blocks, says

pytestmark = pytest.mark.both_databases
HAPPY, FEAR = Emotion.HAPPY, Emotion.FEAR
ANSWERS: list[tuple[Response, Emotion | None, str | None, bool | None]] = [
    (Response.HAPPY, None, "happy", True),
    (Response.FEAR, None, "fear", False),
    (Response.NOT_SURE, HAPPY, "happy", True),
    (Response.NOT_SURE, FEAR, "fear", False),
    (Response.NOT_SURE, None, None, False),
    (Response.CANNOT_SEE, None, None, None),
    (Response.HAPPY, FEAR, "happy", True),
    (Response.FEAR, HAPPY, "fear", False),
    (Response.CANNOT_SEE, HAPPY, None, None),
]
"""Response and best guess to a happy face, then what counts and whether it is right. The last three are written by no
page: there the release before took the best guess in one place and the response in another."""


@pytest.fixture
def patient(stocked: Store) -> str:
    return new_patient_before_blocks(stocked, new_clinician(stocked))


def begin_check(store: Store, patient: str) -> str:
    """A check whose first faces are happy ones."""
    block = recognition.begin(store, patient, BROWSER)
    with store.begin() as db:
        first = TrialRow.number <= len(ANSWERS)
        db.execute(update(TrialRow).where(TrialRow.block_id == block.id, first).values(target="happy"))
    return block.id


def answer_upto(store: Store, patient: str, upto: int) -> None:
    """Answer the open check up to a face, the first ones by ANSWERS and all others as meant."""
    block = recognition.begin(store, patient, BROWSER)
    while (trial := block.current) is not None and trial.number <= upto:
        response, guess = trial.stimulus.target, None
        given = says(response)
        if trial.number <= len(ANSWERS):
            said, guess, *_ = ANSWERS[trial.number - 1]
            given = says(said, best_guess=guess if said is Response.NOT_SURE else None)
        block = answer(store, patient, block, trial.number, given, BROWSER)
        if guess is not None and given.best_guess is None:  # as nobody tells it, but a database may hold it
            with store.begin() as db:
                own = (TrialRow.block_id == block.id, TrialRow.number == trial.number)
                db.execute(update(TrialRow).where(*own).values(best_guess=guess.word))


def scores(store: Store) -> list[tuple[str | None, bool | None]]:
    with store.begin() as db:
        rows = select(TrialRow.scored, TrialRow.correct).join(BlockRow, BlockRow.id == TrialRow.block_id)
        return [(row.scored, row.correct) for row in db.execute(rows.order_by(BlockRow.started_at, TrialRow.number))]


def forget_scores(store: Store) -> None:
    """As a server of the release before leaves them."""
    with store.begin() as db:
        db.execute(update(TrialRow).values(scored=None, correct=None))
        db.execute(update(BlockRow).values(right_count=None, shown_count=None))


def test_an_answer_is_stored_with_what_counts_of_it(stocked: Store, patient: str) -> None:
    begin_check(stocked, patient)
    answer_upto(stocked, patient, len(ANSWERS))
    assert scores(stocked)[: len(ANSWERS)] == [(scored, correct) for *_, scored, correct in ANSWERS]
    assert set(scores(stocked)[len(ANSWERS) :]) == {(None, None)}


def test_an_older_database_gets_the_scores_that_the_domain_gives(stocked: Store, patient: str) -> None:
    block_id = begin_check(stocked, patient)
    answer_upto(stocked, patient, 42)
    agree(stocked, patient)
    run = expression.begin(stocked, patient, BROWSER, ExpressionKind.NAME, Way.STREAM)
    for number, (meant, seen) in enumerate([(HAPPY, HAPPY), (FEAR, HAPPY), (None, HAPPY)], start=1):
        expression.record(stocked, patient, run.id, number, attempt(meant, seen))
    block = recognition.begin(stocked, patient, BROWSER)
    tell(stocked, patient, block, Painted(1))
    with stocked.begin() as db:
        db.execute(update(TrialRow).where(TrialRow.block_id == block.id, TrialRow.number == 1).values(void="skipped"))
    as_answered = scores(stocked)
    line = progress.progress(stocked, patient).checks
    assert [correct for scored, correct in as_answered if scored is None][:5] == [False, None, None, True, False]

    downgrade(stocked, "0010")
    upgrade(stocked)
    assert scores(stocked) == as_answered
    assert progress.progress(stocked, patient).checks == line
    with stocked.begin() as db:
        stored = load_block(db, db.get_one(BlockRow, block_id))
        assert all(
            (t.scored, t.correct) == (t.answer.scored, t.answer.correct(t.stimulus.target))
            for t in stored.trials
            if t.answer
        )
        tries = load(db, db.get_one(BlockRow, run.id)).tries
        assert [one.correct for one in tries] == [True, False, None]


def test_an_expression_is_scored_by_the_numbers_that_are_stored(stocked: Store, patient: str) -> None:
    agree(stocked, patient)
    run = expression.begin(stocked, patient, BROWSER, ExpressionKind.NAME, Way.STREAM)
    close = Reading((0.05, 0.05, 0.30001, 0.30004, 0.1, 0.1, 0.09995), 20)
    expression.record(stocked, patient, run.id, 1, Attempt(HAPPY, close, Way.STREAM, NETWORK))
    assert scores(stocked) == [(None, False)], "by four digits happy is no more than fear, which comes first"


def test_summaries_that_another_rule_counted_are_made_anew(stocked: Store, patient: str) -> None:
    begin_check(stocked, patient)
    answer_upto(stocked, patient, 42)
    with stocked.begin() as db:
        [before] = db.scalars(select(SummaryRow)).all()
        before.line = [0.0]
    downgrade(stocked, "0010")
    upgrade(stocked)
    assert refresh_missing_summaries(stocked) == 1
    with stocked.begin() as db:
        [after] = db.scalars(select(SummaryRow)).all()
        right, shown = 42 - len(ANSWERS) + 3, 42 - 2
        assert after.line == [round(right / shown, 4)]


def test_answers_that_a_server_of_the_release_before_took_count_wherever_they_are_read(
    stocked: Store, patient: str
) -> None:
    block_id = begin_check(stocked, patient)
    answer_upto(stocked, patient, 42)
    known = scores(stocked)
    with stocked.begin() as db:
        person = db.scalars(select(PersonRow.id).where(PersonRow.role == Role.PATIENT)).one()
        whole = load_block(db, db.get_one(BlockRow, block_id))
    line = progress.progress(stocked, patient).checks

    forget_scores(stocked)
    with stocked.begin() as db:
        assert load_block(db, db.get_one(BlockRow, block_id)) == whole
    assert progress.progress(stocked, patient).checks == line
    assert scores(stocked) == known

    forget_scores(stocked)
    with stocked.begin() as db:
        found = overview_queries.faces_of_checks(db, [block_id])
        assert (sum(row.right for row in found), sum(row.shown for row in found)) == (line[0].right, line[0].shown)
        assert {row.unscored for row in found} == {0}
        assert [check.id for check in summary_queries.finished_checks(db, person)] == [block_id]
    assert scores(stocked) == known

    forget_scores(stocked)
    with zipfile.ZipFile(io.BytesIO(my_data.copy_of(stocked, patient))) as packed:
        copied = json.loads(packed.read("json/trials.json"))
        assert [(row["scored"], row["correct"]) for row in copied] == known
        first = next(csv.DictReader(io.StringIO(packed.read("csv/trials.csv").decode())))
        assert (first["scored"], first["correct"]) == ("happy", "True")
