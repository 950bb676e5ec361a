"""What the product puts in the place of faces ahead while a simulated learner's run goes on, in a browser that has each
in time."""

from collections.abc import Collection
from dataclasses import dataclass

from core.domain.emotions import Emotion
from core.domain.exercise.plan import Plan
from core.domain.exercise.trials import Stimulus
from core.domain.practice.again import on_another_person, place_of_return
from core.domain.practice.drawing import Cells
from core.domain.practice.following import FaceAhead, aim_after, follow
from core.domain.practice.planning import Slot
from core.domain.practice.skill import Skill

PLAN = Plan()


@dataclass(frozen=True)
class ShownFace:
    """A face as it was shown; `rival` where only two answers could be given."""

    face: Stimulus
    rival: Emotion | None = None
    expected: float | None = None
    slot: Slot | None = None
    """Of a face that was drawn by a skill."""


def coming_back(
    faces: list[Stimulus],
    drawn: list[ShownFace],
    missed: int,
    came_back: Collection[int],
    followed: Collection[int],
    seed: int,
) -> dict[int, ShownFace]:
    """The face that comes back for a missed one, by its place."""
    ahead = [(n, drawn[n].face.target.word) for n in range(missed + 1, len(drawn)) if n not in came_back]
    place = place_of_return(missed, drawn[missed].face.target.word, ahead, followed)
    if place is None:
        return {}
    by_place = {n: one.face for n, one in enumerate(drawn)}
    like = on_another_person(faces, by_place, missed, place, seed, PLAN.practice_votes)
    return {} if like is None else {place: ShownFace(like, drawn[missed].rival)}


def following(
    cells: Cells,
    skill: Skill,
    drawn: list[ShownFace],
    place: int,
    rights: list[bool],
    seed: int,
    recent: Collection[str],
) -> dict[int, ShownFace]:
    """The face that the answers so far put in the place of a later one, by its place."""
    slot = drawn[place].slot if place < len(drawn) else None
    if slot is None:
        return {}
    ahead = FaceAhead(place, slot, drawn[place].rival is not None)
    by_place = {n: one.face for n, one in enumerate(drawn)}
    found = follow(skill, aim_after(rights), ahead, by_place, cells, seed, recent)
    return {} if found is None else {place: ShownFace(found.face, found.served.rival, found.served.expected)}
