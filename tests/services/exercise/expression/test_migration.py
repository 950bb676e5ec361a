"""Migration 0007 with people's runs in the database: recognition survives both directions, expressions one."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from core.domain.camera.expression import ExpressionKind
from core.domain.camera.ladder import Way
from core.domain.emotions import Emotion
from core.services.exercise import expression, recognition
from core.storage.database import Store
from core.storage.migrate import differences, downgrade, upgrade
from tests.history import answer
from tests.services.exercise.expression.acting import agree, attempt
from tests.support import BROWSER, new_clinician, new_patient, says

pytestmark = pytest.mark.usefixtures("old_default")

COUNT = text("SELECT (SELECT count(*) FROM blocks), (SELECT count(*) FROM trials)")
SECOND = text(
    "INSERT INTO blocks (id, person_id, session_id, set_id, task, kind, design, seed, length, started_at, stopped) "
    "SELECT 'second', person_id, session_id, set_id, task, kind, design, seed, length, started_at, stopped "
    "FROM blocks WHERE task = 'recognition'"
)


def counts(store: Store) -> tuple[int, int]:
    with store.engine.connect() as connection:
        blocks, trials = connection.execute(COUNT).one()
        return blocks, trials


@pytest.mark.both_databases
def test_recognition_survives_down_and_up_and_expressions_go_with_their_tables(stocked: Store) -> None:
    patient = new_patient(stocked, new_clinician(stocked))
    agree(stocked, patient)
    block = recognition.begin(stocked, patient, BROWSER)
    answer(stocked, patient, block, 1, says(Emotion.FEAR), BROWSER)
    run = expression.begin(stocked, patient, BROWSER, ExpressionKind.NAME, Way.STREAM)
    expression.record(stocked, patient, run.id, 1, attempt(None, Emotion.HAPPY))
    assert counts(stocked) == (2, 43)

    downgrade(stocked, "0006")
    assert counts(stocked) == (1, 42)
    with pytest.raises(IntegrityError), stocked.engine.begin() as connection:
        connection.execute(SECOND)  # one open run of a person, as before

    upgrade(stocked)
    assert differences(stocked) == []
    again = recognition.begin(stocked, patient, BROWSER)
    assert (again.id, len(again.answered)) == (block.id, 1)
    assert expression.begin(stocked, patient, BROWSER, ExpressionKind.NAME, Way.STREAM).made == ()
    with pytest.raises(IntegrityError), stocked.engine.begin() as connection:
        connection.execute(SECOND)  # still one of a task
