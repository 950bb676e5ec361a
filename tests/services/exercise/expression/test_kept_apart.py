"""Recognition and expression in one database: nothing that is said of the one counts the other."""

import csv
import io
import json
import zipfile

import pytest

from core.domain.camera.expression import ExpressionKind
from core.domain.camera.ladder import Way
from core.domain.emotions import Emotion
from core.domain.exercise.trials import Block, Kind
from core.domain.people import NotAllowed
from core.services.clinic.caseload import caseload
from core.services.clinic.record import review
from core.services.exercise import expression, expression_progress, progress, recognition, runs
from core.services.privacy import my_data
from core.storage.database import Store
from tests.history import run_through
from tests.services.exercise.expression.acting import attempt, show_all, which
from tests.support import BROWSER, says

pytestmark = pytest.mark.usefixtures("old_default")


def answer_all(store: Store, token: str) -> Block:
    return run_through(store, token, lambda trial: says(Emotion.SAD))


def test_a_run_of_each_task_can_be_open_at_once_and_neither_is_taken_for_the_other(store: Store, patient: str) -> None:
    shown = expression.begin(store, patient, BROWSER, ExpressionKind.SHOW, Way.STREAM)
    assert recognition.today(store, patient).left is None, "nothing of recognition has begun"
    block = recognition.begin(store, patient, BROWSER)
    assert (block.kind, block.length) == (Kind.CHECK, 42)
    assert expression.begin(store, patient, BROWSER, ExpressionKind.SHOW, Way.STREAM).id == shown.id
    assert recognition.begin(store, patient, BROWSER).id == block.id
    with pytest.raises(NotAllowed):
        expression.run(store, patient, block.id)
    with pytest.raises(NotAllowed):
        runs.stop(store, patient, shown.id)
    assert not expression.run(store, patient, shown.id).ended


@pytest.mark.both_databases
def test_expressions_are_in_no_result_no_line_no_matrix_and_no_plan_of_recognition(
    store: Store, clinician: str, patient: str
) -> None:
    shown = show_all(store, patient)
    person = which(store, clinician, "P-01")
    assert progress.last_result(store, patient) is None
    with pytest.raises(NotAllowed):
        progress.result(store, patient, shown.id)
    line = progress.progress(store, patient)
    assert (line.checks, line.practised, line.verdict.checks) == ((), (), 0)
    assert review(store, clinician, person).series is None
    in_list = caseload(store, clinician).lines[0]
    assert (in_list.checks, in_list.days, in_list.check_shares) == (0, 0, ())
    assert recognition.today(store, patient).checks_done == 0

    check = answer_all(store, patient)
    show_all(store, patient)
    last = progress.last_result(store, patient)
    assert last is not None
    assert last.block.id == check.id
    series = review(store, clinician, person).series
    assert series is not None
    counts = series.whole.summary.matrix
    assert (len(series.checks), counts.sum(), counts[:, Emotion.SAD].sum()) == (1, 42, 42)
    seen = expression_progress.matrix(store, clinician, person)[0]
    assert (seen.counts.sum(), seen.counts[:, Emotion.SAD].sum()) == (14, 2)


def test_recognition_is_in_no_matrix_and_no_line_of_expressions(store: Store, patient: str) -> None:
    answer_all(store, patient)
    assert expression_progress.matrix(store, patient) == ()
    assert expression_progress.progress(store, patient) == ()
    assert expression_progress.last(store, patient) is None


def test_the_persons_copy_holds_both_and_no_picture(store: Store, patient: str) -> None:
    answer_all(store, patient)
    show_all(store, patient)
    name = expression.begin(store, patient, BROWSER, ExpressionKind.NAME, Way.SNAPSHOT)
    expression.record(store, patient, name.id, 1, attempt(None, Emotion.HAPPY, frames=1))
    with zipfile.ZipFile(io.BytesIO(my_data.copy_of(store, patient))) as packed:
        assert {file.rpartition(".")[2] for file in packed.namelist()} == {"txt", "csv", "json", "md"}
        trials = json.loads(packed.read("json/trials.json"))
        blocks = list(csv.DictReader(io.StringIO(packed.read("csv/blocks.csv").decode())))
    assert len(trials) == 42 + 7 + 1
    own = [row for row in trials if row["way"]]
    assert len(own) == 8
    assert all(len(row["network_probabilities"]) == 7 for row in own)
    assert (own[-1]["target"], own[-1]["response"], own[-1]["frames"], own[-1]["name"]) == (None, "not_sure", 1, None)
    assert [row["task"] for row in blocks] == ["recognition", "expression", "expression"]
    assert json.loads(blocks[1]["baseline"])["frames"] == 20
