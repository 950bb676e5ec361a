"""A paired comparison as a task: fear beside surprise, the same person at the same strength."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from core.domain.emotions import Emotion
from core.domain.exercise.events import Given, not_understood
from core.domain.exercise.items import PlannedItem, RunItem
from core.domain.people import Refusal
from core.storage.queries import face_queries
from core.storage.tables import StimulusRow
from core.tasks.task import Drawing, Drawn, Task
from core.tasks.twofaces.columns import COLUMNS, LEFT, RIGHT
from core.tasks.twofaces.words import ANSWERS, SAID, TITLE, WORDS
from core.translations import say

PAIRS = 4


@dataclass(frozen=True)
class PairFeedback:
    """Which one it was, and how one can tell."""

    target: str

    def data(self, language: str) -> dict[str, object]:
        return {"sentence": f"{say(language, ANSWERS[self.target])}. {say(language, SAID)}"}


class Pairs(Task):
    """Which of two faces shows fear?"""

    name = "twofaces"
    title = TITLE
    about = "Two faces of one person are shown side by side, and the person says which of them shows fear."
    instructions = "Which face shows fear?"
    kinds = {"pair_practice": "pairs with feedback", "pair_check": "pairs without feedback"}  # noqa: RUF012
    measured = frozenset({"pair_check"})
    measure = ("twofaces", "Proportion of pairs in which fear was found, over a whole run")
    responses = {"left": "the face on the left", "right": "the face on the right"}  # noqa: RUF012
    columns = COLUMNS
    step = "pair"
    words = WORDS
    answers = ANSWERS
    offered = True

    def draw(self, drawing: Drawing) -> Drawn:
        source = face_queries.newest_set(drawing.db, "builtin")
        if source is None:
            raise Refusal("The faces “{name}” are not here any more. Please ask your clinician.", name="builtin")
        faces = {
            (face.identity, face.target): face.id
            for face in drawing.pool(source.id, "practice", False)
            if face.intensity == 100
        }
        rng = random.Random(drawing.seed)
        people = rng.sample(sorted({identity for identity, _ in faces if identity}), PAIRS)
        items = []
        for person in people:
            fear, surprise = faces[person, Emotion.FEAR], faces[person, Emotion.SURPRISE]
            target = rng.choice(("left", "right"))
            left, right = (fear, surprise) if target == "left" else (surprise, fear)
            items.append(PlannedItem(fear, target, 100, more={LEFT.name: left, RIGHT.name: right}))
        return Drawn(drawing.kind or "pair_practice", items, PAIRS, {}, source.id)

    def answer(self, kind: str, item: RunItem, given: Given) -> dict[str, Any]:
        if given.response not in ANSWERS:
            raise not_understood("response", given.response)
        return {"response": given.response, "scored": given.response, "correct": given.response == item.target}

    def feedback(self, db: Session, kind: str, items: Sequence[RunItem]) -> Mapping[int, PairFeedback]:
        return {item.number: PairFeedback(item.target or "") for item in items}

    def faces(self, item: RunItem) -> Sequence[int]:
        return [int(item.more[column.name] or 0) for column in COLUMNS]

    def picture(self, db: Session, kind: str, item: RunItem, part: int | None) -> StimulusRow | None:
        return db.get(StimulusRow, self.faces(item)[part]) if part in (0, 1) else None


TASK = Pairs()
