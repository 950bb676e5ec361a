"""A lesson shows, asks and closes; the first answer counts; what was kept comes back as a short review."""

from collections import Counter

import pytest

from core.domain.exercise.events import NotUnderstood
from core.domain.people import NotAllowed, Refusal
from core.services.exercise import beside, runs, shelf
from core.storage.database import Store
from core.storage.queries import exercise_queries
from core.storage.tables import BlockRow
from core.tasks.lesson.lessons import LESSONS
from tests.support import BROWSER, earlier, new_patient
from tests.tasks.steps import do_lesson, do_step, other, steps_of

FIRST, *_ = LESSONS


def days_later(store: Store, token: str, days: int) -> None:
    """As if what was done so far had been done so many days earlier."""
    with store.begin() as db:
        for row in db.query(BlockRow):
            row.started_at = earlier(row.started_at, days)


@pytest.mark.parametrize("name", [name for name, lesson in LESSONS.items() if lesson.pair])
def test_a_contrast_shows_four_people_then_asks_six_times_and_closes_two_sentences(
    store: Store, patient: str, name: str
) -> None:
    run_id = shelf.begin(store, patient, BROWSER, name)
    steps = list(steps_of(store, patient, run_id).values())
    assert [step.step for step in steps] == ["watch"] * 2 + ["choose"] * 6 + ["close"] * 2
    pair = LESSONS[name].pair
    assert pair is not None
    assert Counter(step.asked for step in steps if step.asked is not None) == dict.fromkeys(pair, 3)
    for step in steps[:8]:
        assert {side.emotion for side in step.sides} == set(pair)
        assert all(side.outline for side in step.sides)
    for step in steps[2:8]:
        assert step.sides[step.target == "right"].emotion is step.asked
    with store.begin() as db:
        items = exercise_queries.run_items(db, run_id)
    assert len({face for item in items[:2] for face in (item.more["lesson_left"], item.more["lesson_right"])}) == 4


@pytest.mark.both_databases
def test_all_lessons_can_be_done_in_both_languages_and_are_kept(store: Store, patient: str) -> None:
    for name in LESSONS:
        run_id = shelf.begin(store, patient, BROWSER, name)
        for step in steps_of(store, patient, run_id).values():
            english, spanish = step.data("en"), step.data("es")
            assert english.keys() == spanish.keys()
            assert {part: english[part] for part in ("sentence", "question", "begin") if english[part]} != {
                part: spanish[part] for part in ("sentence", "question", "begin") if spanish[part]
            }
        do_lesson(store, patient, name)
    assert all(one.state.kept for one in shelf.shelf(store, patient))


def test_the_first_answer_counts_and_a_second_one_changes_nothing(store: Store, patient: str) -> None:
    run_id = shelf.begin(store, patient, BROWSER, "fear_surprise")
    steps = steps_of(store, patient, run_id)
    for number in (1, 2):
        do_step(store, patient, run_id, number, "seen")
    do_step(store, patient, run_id, 3, other(steps[3].target))
    do_step(store, patient, run_id, 3, steps[3].target)
    for number in range(4, 11):
        do_step(store, patient, run_id, number, steps[number].target)
    score = beside.score(store, patient, run_id)
    assert score is not None
    assert (score.right, score.shown) == (7, 8)
    assert score.hardest is steps[3].asked, "the one that was not found"


def test_only_the_answers_of_a_step_are_taken(store: Store, patient: str) -> None:
    run_id = shelf.begin(store, patient, BROWSER, "fear_surprise")
    for response in ("left", "first", "fear", ""):
        with pytest.raises(NotUnderstood):
            do_step(store, patient, run_id, 1, response)
    do_step(store, patient, run_id, 1, "seen")


def test_a_lesson_that_was_not_kept_is_offered_again_after_two_days_and_a_kept_one_as_a_review(
    store: Store, patient: str
) -> None:
    do_lesson(store, patient, "fear_surprise", mistakes=2)
    lessons = {one.name: one for one in shelf.shelf(store, patient)}
    assert (lessons["fear_surprise"].state.kept, lessons["fear_surprise"].due) == (False, False)
    days_later(store, patient, 2)
    suggested = shelf.suggested(shelf.shelf(store, patient))
    assert suggested is not None
    assert (suggested.name, suggested.due) == ("fear_surprise", True)
    do_lesson(store, patient, "fear_surprise", mistakes=1)
    days_later(store, patient, 2)
    run_id = shelf.begin(store, patient, BROWSER, "fear_surprise")
    assert [step.step for step in steps_of(store, patient, run_id).values()] == ["choose"] * 4


def test_the_first_lesson_is_suggested_first_and_one_that_was_begun_before_all(store: Store, patient: str) -> None:
    first = shelf.suggested(shelf.shelf(store, patient))
    assert first is not None
    assert first.name == FIRST
    begun = shelf.begin(store, patient, BROWSER, "limits")
    again = shelf.suggested(shelf.shelf(store, patient))
    assert again is not None
    assert (again.name, again.begun) == ("limits", True)
    assert shelf.begin(store, patient, BROWSER, "limits") == begun
    assert shelf.begin(store, patient, BROWSER, "sad_angry") != begun


def test_faces_that_move_are_fetched_still_by_still_and_nobody_elses(
    store: Store, clinician: str, patient: str
) -> None:
    run_id = shelf.begin(store, patient, BROWSER, "sad_neutral")
    stills = [runs.picture(store, patient, run_id, 1, part)[1] for part in range(6)]
    assert len(set(stills)) == 6
    assert runs.picture(store, patient, run_id, 1, 6)[1] not in stills, "the neutral face of the other person"
    for number, part in ((1, 7), (1, 12), (1, None), (3, 2), (9, 0)):
        with pytest.raises(NotAllowed):
            runs.picture(store, patient, run_id, number, part)
    stranger = new_patient(store, clinician, "P-02")
    with pytest.raises(NotAllowed):
        runs.picture(store, stranger, run_id, 1, 0)


def test_what_is_no_lesson_is_refused(store: Store, patient: str) -> None:
    with pytest.raises(Refusal):
        shelf.begin(store, patient, BROWSER, "envy")
