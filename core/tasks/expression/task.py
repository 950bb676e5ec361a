"""Expression as a task. The pages of the camera play it; its attempts come with a reading instead of an answer."""

import random
from collections.abc import Sequence

from core.domain.camera.expression import LENGTH, PAIR, PAIR_LENGTH, ExpressionKind
from core.domain.emotions import Emotion
from core.domain.exercise.items import PlannedItem
from core.domain.exercise.trials import Stimulus
from core.storage.queries import face_queries
from core.storage.tables import EXPRESSION
from core.storage.trials import StoredTrial, try_of
from core.tasks.task import Drawing, Drawn, Task
from core.translations import N_


class Expression(Task):
    """An emotion is asked for and shown, or shown and named."""

    name = EXPRESSION
    title = N_("Showing emotions")
    about = "The person shows an emotion to a camera, and a network says what it sees. No picture is kept."
    instructions = "Show this emotion with your face. Hold it for a moment."
    kinds = {  # noqa: RUF012  (a class of constants)
        ExpressionKind.SHOW.value: "expression: an emotion was asked for and shown to the camera",
        ExpressionKind.NAME.value: "expression: the person showed what they liked and named it",
    }

    def draw(self, drawing: Drawing) -> Drawn:
        """Show it plans every emotion once, or two of them in turn, with a clear face of each; Name it nothing."""
        kind, design = ExpressionKind(drawing.kind or ExpressionKind.SHOW), dict(drawing.options)
        if kind is ExpressionKind.NAME:
            return Drawn(kind, (), LENGTH, design)
        shown = face_queries.newest_set(drawing.db, "builtin")
        clear = face_queries.clear(drawing.pool(shown.id, "practice", False)) if shown is not None else []
        rng = random.Random(drawing.seed)
        pair = [Emotion.from_word(word) for word in design.get(PAIR, "").split(",") if word]
        asked = rng.sample(pair, len(pair)) * (PAIR_LENGTH // 2) if pair else rng.sample(list(Emotion), LENGTH)
        items = [_planned(emotion, clear, rng) for emotion in asked]
        return Drawn(kind, items, len(items), design, shown.id if shown is not None else None)

    def score(self, row: StoredTrial) -> tuple[str | None, bool | None]:
        return None, try_of(row, {}).correct


def _planned(asked: Emotion, clear: Sequence[Stimulus], rng: random.Random) -> PlannedItem:
    """An emotion with one clear face of it, of any person of the practice."""
    fitting = [face for face in clear if face.target is asked]
    example = rng.choice(fitting) if fitting else None
    return PlannedItem(target=asked.word) if example is None else PlannedItem(example.id, asked.word, example.intensity)


TASK = Expression()
