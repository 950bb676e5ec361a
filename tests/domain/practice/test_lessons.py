from core.domain.practice.lessons import LessonRun, lesson_state


def test_a_lesson_that_was_never_done_is_not_due() -> None:
    state = lesson_state([])
    assert (state.seen, state.kept, state.is_due(10**6)) == (None, False, False)


def test_with_two_mistakes_it_comes_again_after_two_days() -> None:
    state = lesson_state([LessonRun(10, 2)])
    assert (state.kept, state.due) == (False, 12)
    assert not state.is_due(11)
    assert state.is_due(12)


def test_a_kept_lesson_is_reviewed_after_two_and_after_seven_days_and_then_rests() -> None:
    runs = [LessonRun(10, 1)]
    dues = [lesson_state(runs).due]
    for day in (12, 19):
        runs.append(LessonRun(day, 0, review=True))
        dues.append(lesson_state(runs).due)
    assert dues == [12, 19, None]
    assert lesson_state(runs).kept


def test_a_review_with_mistakes_brings_the_whole_lesson_back() -> None:
    state = lesson_state([LessonRun(10, 0), LessonRun(12, 2, review=True)])
    assert (state.kept, state.due, state.reviews) == (False, 14, 0)
    again = lesson_state([LessonRun(10, 0), LessonRun(12, 2, review=True), LessonRun(14, 0)])
    assert (again.kept, again.due) == (True, 16)
