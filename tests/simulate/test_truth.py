"""What is drawn follows the truth that is told, and the product's verdicts find no change where there is none."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from core.domain.emotions import Emotion
from core.domain.exercise.trials import Kind, Response
from core.domain.statistics.change import CheckScore, VerdictKind, verdict
from core.simulate.course import SimulatedCourse
from core.simulate.learner import SHOWN, Learner, draw
from tests.simulate.living import SHORT, course, scored


@pytest.mark.parametrize("seed", range(5))
def test_a_true_matrix_has_rows_of_probabilities_and_rises_with_intensity_and_practice(seed: int) -> None:
    learner = draw(np.random.default_rng(seed), gain=1.0)
    for level in SHOWN:
        matrix = learner.sensitivity(level, 0)
        assert matrix.shape == (7, 7)
        np.testing.assert_allclose(matrix.sum(axis=1), 1)
        assert (learner.sensitivity(level, 20).diagonal() > matrix.diagonal()).all()
    faint, full = (learner.sensitivity(level, 0).diagonal()[: Emotion.NEUTRAL] for level in (40, 100))
    assert (full > faint).all()


def check_answers(lived: SimulatedCourse, learner: Learner) -> Iterator[tuple[dict[str, Any], np.ndarray]]:
    """Every answer of a check that counts, with the probabilities it was drawn from."""
    truth = {one["block"]: one for one in lived.truth}
    kinds = {block["id"]: block["kind"] for block in lived.blocks}
    for trial in lived.trials:
        known = truth[trial["block_id"]]
        if kinds[trial["block_id"]] == Kind.CHECK and trial["response"] not in (None, Response.CANNOT_SEE):
            target = Emotion.from_word(trial["target"])
            before = known["before"] + trial["number"] - 1
            yield trial, learner.answers(target, trial["intensity"], known["practices"], known["day"], before)


def test_answers_of_checks_recover_the_true_hit_rates_and_confusions() -> None:
    hits, wanted, spread = Counter[tuple[str, int]](), Counter[tuple[str, int]](), Counter[tuple[str, int]]()
    for seed in range(25):
        learner = draw(np.random.default_rng(seed))
        for trial, chances in check_answers(course(learner, seed), learner):
            for answer in Emotion:
                cell = trial["target"], int(answer)
                hits[cell] += scored(trial) is answer
                wanted[cell] += chances[answer]
                spread[cell] += chances[answer] * (1 - chances[answer])
    z = {cell: (hits[cell] - wanted[cell]) / spread[cell] ** 0.5 for cell in wanted if spread[cell] > 5}
    assert len(z) > 30
    assert max(map(abs, z.values())) < 4
    assert 0.7 < np.std(list(z.values())) < 1.3


def test_times_to_answer_are_log_normal_and_shorter_with_practice() -> None:
    learner, random = draw(np.random.default_rng(1), quicker=0.1), np.random.default_rng(2)
    first, later = (np.log([learner.seconds(random, same=True, practices=n) for _ in range(2000)]) for n in (0, 30))
    assert np.std(first) == pytest.approx(0.35, abs=0.03)
    assert np.mean(first) == pytest.approx(learner.log_seconds, abs=0.04)
    assert np.mean(first) - np.mean(later) == pytest.approx(0.1 * np.log(31), abs=0.05)


def verdicts(lived: SimulatedCourse) -> list[VerdictKind]:
    """The verdict after each check of a course."""
    right, shown = Counter[str](), Counter[str]()
    for trial in lived.trials:
        if trial["response"] not in (None, Response.CANNOT_SEE):
            shown[trial["block_id"]] += 1
            right[trial["block_id"]] += scored(trial) is Emotion.from_word(trial["target"])
    scores: list[CheckScore] = []
    practised = 0
    for block in lived.blocks:
        if block["ended_at"] is None or block["stopped"]:
            continue
        if block["kind"] == Kind.PRACTICE:
            practised += len(scores) >= 2
            continue
        scores.append(CheckScore(block["blueprint"], right[block["id"]], shown[block["id"]], practised))
    return [verdict(scores[:n], SHORT).kind for n in range(3, len(scores) + 1)]


@pytest.mark.slow
def test_who_does_not_learn_is_called_better_at_some_time_in_at_most_one_course_of_twenty() -> None:
    courses = 120
    better = worse = 0
    for seed in range(courses):
        learner = draw(np.random.default_rng(seed), gain=0.0, fatigue=0.0)
        said = verdicts(course(learner, seed))
        assert len(said) == SHORT.checks_planned
        better += VerdictKind.BETTER in said
        worse += VerdictKind.WORSE in said
    assert better + worse <= 13, f"{better} better and {worse} worse: 13 of 120 is the 99.5 % quantile at 5 %"


def test_who_learns_much_is_called_better_in_most_courses() -> None:
    learners = [draw(np.random.default_rng(seed), ability=-0.5, gain=3.0, pace=2.0) for seed in range(20)]
    said = [verdicts(course(learner, seed))[-1] for seed, learner in enumerate(learners)]
    assert said.count(VerdictKind.BETTER) >= 15
