"""Faces of an adapted run: slots and strengths of one person's skill, met by the faces that there are."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from random import Random

from core.domain.emotions import Emotion
from core.domain.exercise.design import Cell, in_order, spread
from core.domain.exercise.plan import Plan
from core.domain.exercise.run_mix import USUAL, RunMix
from core.domain.exercise.trials import Stimulus
from core.domain.language import Sentence, ToldError
from core.domain.network.votes import COLUMN
from core.domain.practice.planning import Served, Slot, Why, plan_run, serve
from core.domain.practice.skill import Skill

UNKNOWN = 70
"""Percent that stand for a face of which neither strength nor votes are known."""
_BY_VOTES = {10: 100, 9: 90, 8: 80, 7: 65, 6: 50}
_FEW_VOTES = 35
Cells = dict[Cell, list[Stimulus]]


@dataclass(frozen=True)
class PracticeFace:
    """A face of an adapted run, with the reasons for it."""

    face: Stimulus
    slot: Slot
    served: Served


def strength(target: Emotion, intensity: int | None, votes: Sequence[int] | None) -> int:
    """How plainly a face shows its emotion, in percent: its intensity, or what stands for it. Neutral: 0."""
    if target is Emotion.NEUTRAL:
        return 0
    if intensity is not None:
        return intensity
    return UNKNOWN if votes is None else _BY_VOTES.get(votes[COLUMN[target]], _FEW_VOTES)


def strength_of(face: Stimulus) -> int:
    return strength(face.target, face.intensity, face.votes)


def draw_adapted(
    stimuli: Sequence[Stimulus],
    plan: Plan,
    skill: Skill,
    seed: int,
    day: int,
    recent: Collection[str] = (),
    mix: RunMix = USUAL,
) -> list[PracticeFace]:
    """A run of practice for one person on their own `day`, in order. `recent`: hashes of faces that were shown a short
    while ago, which come only where there is no other. Raises ValueError where there are too few faces."""
    random = Random(seed)
    cells = faces_by_cell(stimuli, plan, mix)
    slots = plan_run(skill, plan.practice_length, day, random, plan.emotions, plan.pairs, mix)
    left = {cell: len(faces) for cell, faces in cells.items()}
    wanted: dict[Cell, list[tuple[Slot, Served]]] = {}
    for slot in slots:
        fitting = _with_faces(slot, left, plan.emotions)
        strengths = [x or 0 for target, x in _free(left) if target is fitting.target]
        served = serve(skill, fitting, strengths, plan.emotions, mix.aim)
        cell: Cell = (fitting.target, served.strength)
        left[cell] -= 1
        wanted.setdefault(cell, []).append((fitting, served))
    for cell, asked in wanted.items():
        fresh = [face for face in cells[cell] if face.hash not in recent]
        cells[cell] = fresh if len(fresh) >= len(asked) else cells[cell]
    faces = in_order(spread([cell for cell, asked in wanted.items() for _ in asked], cells, random), random)
    for asked in wanted.values():
        random.shuffle(asked)
    return [PracticeFace(face, *wanted[face.target, strength_of(face)].pop()) for face in faces]


def faces_by_cell(stimuli: Sequence[Stimulus], plan: Plan, mix: RunMix = USUAL) -> Cells:
    """The faces of the plan's and the mix's strengths, or of the plan's votes, by target and strength; of an emotion
    without any, all it has."""
    least, most = mix.within(plan.practice_intensities)
    few, many = plan.practice_votes
    cells: Cells = {}
    for emotion in plan.emotions:
        own = sorted((face for face in stimuli if face.target is emotion), key=lambda face: face.id)
        within = [
            face
            for face in own
            if (face.votes is None or few <= face.votes[COLUMN[emotion]] <= many)
            and (face.intensity is None or emotion is Emotion.NEUTRAL or least <= face.intensity <= most)
        ]
        for face in within or own:
            cells.setdefault((emotion, strength_of(face)), []).append(face)
    return cells


def _free(left: dict[Cell, int]) -> list[Cell]:
    return [cell for cell, faces in left.items() if faces > 0]


def _with_faces(slot: Slot, left: dict[Cell, int], emotions: Collection[Emotion]) -> Slot:
    """The slot, or an even one of the emotion of most faces where its own has none left."""
    having = {target for target, _ in _free(left)}
    if slot.target in having:
        return slot
    if not having:
        raise ToldError(
            Sentence(
                "the run needs more faces of {emotions} than there are. Import more faces, or plan a shorter practice.",
                emotions=tuple(one.noun for one in emotions),
            )
        )
    most = max(sorted(having), key=lambda one: sum(n for (target, _), n in left.items() if target is one))
    return Slot(most, None, Why.EVEN)
