"""How a face ahead in an adapted run follows what the person has just done: easier after misses, harder after hits."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from core.domain.emotions import Emotion
from core.domain.exercise.design import replacement
from core.domain.exercise.run_mix import AIM
from core.domain.exercise.trials import Stimulus
from core.domain.practice.again import EARLIEST, LATEST
from core.domain.practice.drawing import Cells, PracticeFace, strength_of
from core.domain.practice.planning import Slot, Why, serve
from core.domain.practice.skill import Skill

LAGS = range(EARLIEST, LATEST + 1)
"""Faces from the one that was answered: the nearest in whose place none comes back. What is nearer a browser has."""
MISSES, RELIEF = 2, 0.9
"""After so many misses running, the chance of a right answer that is aimed at."""
HITS, STRETCH = 6, 0.75
"""After so many hits running."""


@dataclass(frozen=True)
class FaceAhead:
    """A face of a run that is still to come, as it was drawn."""

    place: int
    slot: Slot
    two: bool
    """Only two answers can be given."""


def aim_after(run: Sequence[bool], usual: float = AIM) -> float:
    """The chance of a right answer to aim at; `run`: whether each answer so far was right."""
    if len(run) >= MISSES and not any(run[-MISSES:]):
        return max(usual, RELIEF)
    if len(run) >= HITS and all(run[-HITS:]):
        return min(usual, STRETCH)
    return usual


def follow(
    skill: Skill,
    aim: float,
    ahead: FaceAhead,
    shown: Mapping[int, Stimulus],
    cells: Cells,
    seed: int,
    recent: Collection[str] = (),
    usual: float = AIM,
    emotions: Collection[Emotion] = tuple(Emotion),
) -> PracticeFace | None:
    """The face that the skill as it is now would show in the place of the one ahead; None where that one will do.

    `shown`: all faces of the run by place; `cells`: the faces there are of its emotion; `recent` as in
    `draw_adapted`; `emotions`: what can be answered by the plan.
    """
    drawn, slot = shown[ahead.place], ahead.slot
    strengths = [strength or 0 for target, strength in cells if target is drawn.target]
    if not strengths:
        return None
    served = serve(skill, slot, strengths, emotions, aim)
    if (served.strength, served.rival is not None) == (strength_of(drawn), ahead.two):
        return None
    near = {shown[place].identity for place in (ahead.place - 1, ahead.place + 1) if place in shown}
    like = cells[drawn.target, served.strength]
    fresh = [face for face in like if face.hash not in recent] or like
    face = replacement(fresh, list(shown.values()), fresh[0], seed, apart=near - {None})
    return PracticeFace(face, replace(slot, why=Why.RELIEF) if aim > usual else slot, served)
