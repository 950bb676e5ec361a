"""A run of situations, each with a face of practice: those that the person has met least often come first."""

from collections import Counter
from collections.abc import Mapping, Sequence
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.domain.emotions import Emotion
from core.domain.exercise.items import PlannedItem, Value
from core.domain.exercise.trials import Kind, Stimulus
from core.domain.people import Refusal
from core.storage.queries import face_queries
from core.storage.tables import BlockRow, TrialRow
from core.tasks.context.columns import FIT, OFFERED, STORY
from core.tasks.context.vignettes import VIGNETTES, Fit, Vignette
from core.tasks.recognition.adapting import skill_of
from core.tasks.task import Drawing, Drawn

CONTEXT = "context"
OF_EACH: Mapping[Fit, int] = {Fit.AGREES: 3, Fit.STILL: 2, Fit.DIFFERS: 2, Fit.OPEN: 1}
"""Situations of a run."""
LENGTH = sum(OF_EACH.values())
EASY = 2
"""The run begins with so many in which face and situation agree; the others come by lot."""
FAINT, CLEAR, SEEN = 40, 60, 0.7
"""Percent: a face is faint where the person's practice says that they probably see it all the same."""
Faces = Mapping[tuple[str, Emotion, int], Stimulus]
"""By person, emotion and strength; of neutral, 0."""


def draw(drawing: Drawing) -> Drawn:
    """Raises Refusal where there are no faces for it."""
    source = face_queries.newest_set(drawing.db, "builtin")
    if source is None:
        raise Refusal("There are no faces here for this.")
    random = Random(drawing.seed)
    faces: dict[tuple[str, Emotion, int], Stimulus] = {}
    people: dict[str, list[str]] = {}
    for face in drawing.practice_only(source.id):
        if face.identity is not None and face.sex is not None:
            faces[face.identity, face.target, face.intensity or 0] = face
            if face.target is Emotion.NEUTRAL:
                people.setdefault(face.sex, []).append(face.identity)
    for of_one_sex in people.values():
        random.shuffle(of_one_sex)
    skill = skill_of(drawing.db, drawing.person_id)
    items = []
    for name in _stories(_met(drawing.db, drawing.person_id), random):
        vignette, turn = VIGNETTES[name], people[VIGNETTES[name].sex]
        turn.append(who := turn.pop(0))
        strength = FAINT if skill.expected(vignette.face, FAINT) >= SEEN else CLEAR
        face = faces[who, vignette.face, 0 if vignette.face is Emotion.NEUTRAL else strength]
        items.append(PlannedItem.of_face(face, more=_more(name, vignette, random)))
    return Drawn(Kind.PRACTICE, items, len(items), {}, source.id)


def _met(db: Session, person_id: str) -> Counter[str]:
    """How often the person answered to each situation."""
    rows = db.scalars(
        select(TrialRow.more)
        .join(BlockRow, BlockRow.id == TrialRow.block_id)
        .where(BlockRow.person_id == person_id, BlockRow.task == CONTEXT, TrialRow.response.is_not(None))
    )
    return Counter(str(more[STORY.name]) for more in rows if more)


def _stories(met: Mapping[str, int], random: Random) -> list[str]:
    """By name, in the order in which they come."""
    chosen: dict[Fit, list[str]] = {}
    for fit, times in OF_EACH.items():
        fitting = [name for name, vignette in VIGNETTES.items() if vignette.fit is fit]
        random.shuffle(fitting)
        chosen[fit] = sorted(fitting, key=lambda name: met.get(name, 0))[:times]
    first, rest = chosen[Fit.AGREES][:EASY], chosen[Fit.AGREES][EASY:]
    later = [*rest, *(name for fit in (Fit.STILL, Fit.DIFFERS, Fit.OPEN) for name in chosen[fit])]
    random.shuffle(later)
    return [*first, *later]


def _more(name: str, vignette: Vignette, random: Random) -> dict[str, Value]:
    offered: Sequence[str] = [*vignette.felt, *vignette.others]
    words = random.sample(offered, len(offered))
    return {STORY.name: name, FIT.name: vignette.fit.value, OFFERED.name: " ".join(words)}
