"""Practice that adapts, beside practice at one strength and at random: simulated learners answer runs that the product
itself draws from the faces that ship; a face that was missed comes back, and faces ahead follow, as they do there."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from random import Random

import numpy as np
from numpy.typing import NDArray

from core.domain.emotions import Emotion
from core.domain.exercise import design
from core.domain.exercise.plan import LEVELS
from core.domain.exercise.trials import Stimulus
from core.domain.practice.drawing import draw_adapted, faces_by_cell, strength_of
from core.domain.practice.following import LAGS
from core.domain.practice.reviews import Pair
from core.domain.practice.skill import REMEMBERED, STRENGTHS, PracticeAnswer, Skill
from core.simulate.learner import Learner, draw
from core.stimuli.builtin import read_builtin
from core.stimuli.records import Face
from tests.bench.figure import BenchFigure
from tests.bench.run_ahead import PLAN, ShownFace, coming_back, following

LEARNERS, RUNS, EARLY = 96, 30, 10
"""The first runs teach the engine; the figures are of those after it."""
PAIRS = list(combinations(Emotion, 2))
RECENT_DAYS = 3


@dataclass
class Trained:
    """One learner after all runs."""

    learner: Learner
    chance: list[float] = field(default_factory=list)
    """Of a right answer to each later face, truly."""
    right: list[bool] = field(default_factory=list)
    expected: list[tuple[float, bool]] = field(default_factory=list)
    """Of each later face that did not come back: the chance that the engine gave, and whether the answer was right."""
    emotions: NDArray[np.float64] = field(default_factory=lambda: np.zeros(len(Emotion)))
    """Later faces of each emotion."""
    found: float = 0.0
    """Of the three pairs that cost this learner most, the share among the engine's three after the first runs."""
    by_emotion: NDArray[np.float64] = field(default_factory=lambda: np.zeros(len(Emotion)))
    """Faces of each emotion in all runs."""
    after_misses: list[bool] = field(default_factory=list)
    """Whether the answers to the third to sixth face after two misses running were right."""
    followed: int = 0
    """Faces that another one stood in for, by the answers of their own run."""


Drawer = Callable[[list[Stimulus], list[PracticeAnswer], int, int, list[set[str]]], list[ShownFace]]
"""A run: of the faces there are, by earlier answers, number of the run, seed, and hashes shown in each run before."""


def engine_figures(learners: int = LEARNERS) -> Iterator[BenchFigure]:
    """Lines of the table. The baseline is practice at one strength; of gains also practice at random."""
    _, faces = read_builtin()
    stimuli = {
        role: [_stimulus(n, one) for n, one in enumerate(faces) if one.role == role] for role in ("practice", "A")
    }
    practice, check = stimuli["practice"], stimuli["A"]
    ours, theirs = (_cohort(drawer, practice, learners) for drawer in (_adapted, _present))
    both = (ours, theirs)
    who = {"learners": True, "those who never learn": False}
    for name, learns in who.items():
        rights = [_flat([one.right for one in all_ if learns is (one.learner.gain > 0)]) for all_ in both]
        yield _row(f"answers right, {name}", [*map(_percent, rights)], "80 % ± 2" if learns else "–")
    relieved = [_percent(_flat([one.after_misses for one in all_])) for all_ in both]
    yield _row("answers right, third to sixth face after two misses running", relieved, "–")
    for name, learns in who.items():
        chances = [_flat([one.chance for one in all_ if learns is (one.learner.gain > 0)]) for all_ in both]
        near = [_percent((one >= 0.7) & (one <= 0.9)) for one in chances]
        yield _row(f"faces with a true chance of .70 to .90, {name}", near, "≥ 70 %" if learns else "–")
        low = [_percent(one < 0.5) for one in chances]
        yield _row(f"faces with a true chance below .50, {name}", low, "≤ 3 %" if learns else "–")
    came_back = [1 - sum(len(one.expected) for one in ours) / sum(len(one.right) for one in ours)]
    followed = [sum(one.followed for one in ours) / sum(one.by_emotion.sum() for one in ours)]
    yield _row("faces that came back after a miss", [_percent(came_back), "–"], "–")
    yield _row("faces that another one stood in for, by the answers of the same run", [_percent(followed), "–"], "–")
    yield _row("need of an emotion and its share of faces, r", [f"{_follows(all_):.2f}" for all_ in both], "≥ .7")
    found = [_percent([one.found for one in ours]), "14 % by chance"]
    yield _row("three worst pairs, found after ten runs", found, "≥ 70 %")
    yield _row("expected and seen share of right answers apart, by tenths", [f"{_calibration(ours):.3f}", "–"], "–")
    gains = [_gains(_cohort(drawer, practice, learners, False), check) for drawer in (_adapted, _at_random)]
    apart = gains[0] - gains[1]
    yield _row(
        f"gain at a check in points, where a face teaches its own emotion only (apart {_with_interval(apart, 2)})",
        [_with_interval(gains[0]), f"{_with_interval(gains[1])} at random"],
        "not below by more than the interval",
    )


def _cohort(drawer: Drawer, faces: list[Stimulus], learners: int, alike: bool = True) -> list[Trained]:
    return [_train(drawer, faces, draw(np.random.default_rng(seed)), seed, alike) for seed in range(learners)]


def _train(drawer: Drawer, faces: list[Stimulus], learner: Learner, seed: int, alike: bool) -> Trained:
    """A run a day; `alike`: every face teaches all emotions, else only its own."""
    random = np.random.default_rng([seed, 1])
    done, answers, shown = Trained(learner), list[PracticeAnswer](), list[set[str]]()
    cells = faces_by_cell(faces, PLAN)
    for run in range(RUNS):
        drawn = drawer(faces, answers, run, seed * RUNS + run, shown)
        waiting = dict[int, ShownFace]()
        came_back, rights, skill = set[int](), list[bool](), Skill(answers[-REMEMBERED:])
        mood = float(random.normal())
        if run == EARLY:
            done.found = _found(Skill(answers), learner, run)
        recent = set[str]().union(*shown[-RECENT_DAYS:])
        fresh = list[PracticeAnswer]()
        for place in range(len(drawn)):
            one = drawn[place] = waiting.get(place, drawn[place])
            target = one.face.target
            practices = run if alike else _practices(done, target)
            chances = learner.answers(target, one.face.intensity, practices, mood, place)
            usual = learner.answers(target, one.face.intensity, practices)
            if one.rival is not None:
                chances, usual = (_of_two(p, target, one.rival) for p in (chances, usual))
            response = Emotion(int(random.choice(len(Emotion), p=chances)))
            unsure = response is not target and random.random() < learner.unsure
            said = None if unsure else response
            fresh.append(PracticeAnswer(target, strength_of(one.face), said, run, one.rival))
            rights.append(said is target)
            if said is not target and place not in came_back:
                followed = waiting.keys() - came_back
                back = coming_back(faces, drawn, place, came_back, followed, seed * RUNS + run + place)
                came_back |= back.keys()
                waiting |= back
            skill.take(fresh[-1])
            for later in [place + lag for lag in LAGS if place + lag not in waiting][:1]:
                other = following(cells, skill, drawn, later, rights, seed * RUNS + run + place, recent)
                done.followed += len(other)
                waiting |= other
            if run >= EARLY:
                _count(done, one, float(usual[target]), response is target)
        for second in range(1, len(rights)):
            if run >= EARLY and not any(rights[second - 1 : second + 1]):
                done.after_misses += rights[second + 3 : second + 7]
        answers += fresh
        shown.append({one.face.hash for one in drawn})
        for one in drawn:
            done.by_emotion[one.face.target] += 1
    return done


def _count(done: Trained, shown: ShownFace, chance: float, right: bool) -> None:
    done.chance.append(chance)
    done.right.append(right)
    done.emotions[shown.face.target] += 1
    if shown.expected is not None:
        done.expected.append((shown.expected, right))


def _of_two(chances: NDArray[np.float64], target: Emotion, rival: Emotion) -> NDArray[np.float64]:
    """Luce: what is left of the seven answers when two can be given."""
    two = np.zeros_like(chances)
    two[[target, rival]] = chances[[target, rival]]
    return np.asarray(two / two.sum(), dtype=np.float64)


def _needs(learner: Learner, practices: int) -> dict[Pair, float]:
    """What each pair truly costs."""
    errors = np.mean([learner.sensitivity(strength, practices) for strength in STRENGTHS], axis=0)
    return {(a, b): float(errors[a, b] + errors[b, a]) for a, b in PAIRS}


def _top(needs: dict[Pair, float]) -> set[Pair]:
    return set(sorted(needs, key=lambda pair: -needs[pair])[:3])


def _found(skill: Skill, learner: Learner, practices: int) -> float:
    return len(_top(skill.needs()) & _top(_needs(learner, practices))) / 3


def _follows(cohort: list[Trained]) -> float:
    """Over the emotions of each learner: how what its pairs cost halfway goes with its share of later faces."""
    found = []
    for one in cohort:
        needs = _needs(one.learner, (EARLY + RUNS) // 2)
        cost = [sum(need for pair, need in needs.items() if emotion in pair) for emotion in Emotion]
        even = float(np.ptp(one.emotions)) == 0
        found.append(0.0 if even else float(np.corrcoef(cost, one.emotions)[0, 1]))
    return float(np.mean(found))


def _calibration(cohort: list[Trained]) -> float:
    """Mean distance of expected and seen share over tenths of the expected one, each counted by its faces."""
    expected, right = np.array([told for one in cohort for told in one.expected]).T
    tenth = np.minimum((expected * 10).astype(int), 9)
    apart = expected - right
    return float(sum(abs(np.sum(apart[tenth == n])) for n in range(10)) / len(apart))


def _gains(cohort: list[Trained], check: list[Stimulus]) -> NDArray[np.float64]:
    """Points that each learner names more of all faces of a form, on a day like any other."""
    gains = []
    for one in cohort:
        if one.learner.gain == 0:
            continue
        points = [
            one.learner.right(face.target, face.intensity, _practices(one, face.target))
            - one.learner.right(face.target, face.intensity, 0)
            for face in check
        ]
        gains.append(100 * float(np.mean(points)))
    return np.array(gains)


def _practices(done: Trained, emotion: Emotion) -> int:
    """So many runs that are even over the emotions show it as often as it was shown."""
    return round(float(done.by_emotion[emotion]) * len(Emotion) / PLAN.practice_length)


def _adapted(
    faces: list[Stimulus], answers: list[PracticeAnswer], run: int, seed: int, shown: list[set[str]]
) -> list[ShownFace]:
    recent = set[str]().union(*shown[-RECENT_DAYS:])
    drawn = draw_adapted(faces, PLAN, Skill(answers[-REMEMBERED:]), seed, run, recent)
    return [ShownFace(one.face, one.served.rival, one.served.expected, one.slot) for one in drawn]


def _present(
    faces: list[Stimulus], answers: list[PracticeAnswer], run: int, seed: int, shown: list[set[str]]
) -> list[ShownFace]:
    """One strength for all, a step at a time."""
    level = design.first_level(PLAN)
    for at in range(0, len(answers), PLAN.practice_length):
        of_run = answers[at : at + PLAN.practice_length]
        level = design.next_level(PLAN, level, sum(one.response is one.target for one in of_run), len(of_run))
    return [ShownFace(face) for face in design.draw_practice(faces, PLAN, level, seed)]


def _at_random(
    faces: list[Stimulus], answers: list[PracticeAnswer], run: int, seed: int, shown: list[set[str]]
) -> list[ShownFace]:
    """Emotions evenly, a run at a strength by lot."""
    level = Random(seed).choice([step for step in LEVELS if step >= PLAN.practice_intensities[0]])
    return [ShownFace(face) for face in design.draw_practice(faces, PLAN, level, seed)]


def _flat(lists: Sequence[Sequence[float]]) -> NDArray[np.float64]:
    return np.array([one for each in lists for one in each], dtype=np.float64)


def _with_interval(points: NDArray[np.float64], digits: int = 1) -> str:
    """The mean, and half its 95 % interval over learners."""
    half = 1.96 * float(np.std(points, ddof=1)) / len(points) ** 0.5
    return f"{np.mean(points):.{digits}f} ± {half:.{digits}f}"


def _percent(values: Sequence[float] | NDArray[np.float64] | NDArray[np.bool_]) -> str:
    return f"{100 * float(np.mean(values)):.1f} %"


def _row(name: str, figures: Sequence[str], target: str) -> BenchFigure:
    product, baseline = figures
    return BenchFigure(name, product, baseline, "–", target)


def _stimulus(number: int, face: Face) -> Stimulus:
    return Stimulus(number, face.hash, face.target, face.identity, face.intensity, None, face.sex, face.skin)
