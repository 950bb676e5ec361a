"""Faces that move, as a task: practice as in recognition, on faces that go from neutral to a peak and stay there."""

from collections.abc import Mapping
from dataclasses import replace

from core.domain.emotions import Emotion
from core.domain.exercise.items import PlannedItem, RunItem, Value
from core.domain.exercise.plan import Plan
from core.domain.exercise.trials import Kind
from core.domain.people import Refusal
from core.storage.queries import face_queries
from core.tasks.moving.columns import COLUMNS, ONSET, PEAK
from core.tasks.recognition.adapting import MOVING, draw_for
from core.tasks.recognition.columns import EXPECTED
from core.tasks.recognition.drawing import FACES, mix_of
from core.tasks.recognition.task import Recognition
from core.tasks.recognition.words import WORDS
from core.tasks.task import Drawing, Drawn
from core.translations import N_

ONSETS = (1000, 700, 500)
"""How long a face takes to its peak, in ms: shorter where it is faint and seen all the same."""
FAINT, SEEN = (60, 40), 0.8


class Moving(Recognition):
    """A face moves from neutral to an emotion, and is named. Neutral faces do not move, so that none is asked."""

    name = MOVING
    title = N_("Faces that move")
    about = "A face moves from neutral to an emotion, at a peak and a speed; the person names it as in recognition."
    kinds = {Kind.PRACTICE.value: Recognition.kinds[Kind.PRACTICE.value]}  # noqa: RUF012  (a class of constants)
    measured = frozenset[str]()
    measure = ("", "")
    step = "moving"
    words = {  # noqa: RUF012
        **WORDS,
        "again": N_("Again, slowly"),
        "computed": N_("The faces and their movement are computed."),
        "result": N_("In {right} of {shown} faces that moved you named the emotion that they show."),
    }
    planned = False
    offered = True
    compared = False
    columns = COLUMNS
    looks_ahead = False  # its stills are fetched ahead, all of them

    def draw(self, drawing: Drawing) -> Drawn:
        source = face_queries.newest_set(drawing.db, "builtin")
        if source is None:
            raise Refusal("There are no faces here that can move.")
        faces = [one for one in drawing.practice_only(source.id) if one.target is not Emotion.NEUTRAL]
        plan = _plan(drawing)
        drawn = draw_for(drawing.db, drawing.person_id, faces, plan, drawing.seed, mix_of(drawing))
        items = [_item(one) for one in drawn]
        return Drawn(Kind.PRACTICE, items, len(items), {"adaptive": True}, source.id)

    def item(self, kind: str, item: RunItem) -> Mapping[str, Value]:
        """Also how far and how fast it moves, which tells nothing of what it shows."""
        return {**super().item(kind, item), **{one.name: item.more[one.name] for one in (PEAK, ONSET)}}


def _plan(drawing: Drawing) -> Plan:
    """The plan without neutral, and until the answer: a face that moves is not taken away."""
    plan = drawing.plan
    moving = tuple(one for one in plan.emotions if one is not Emotion.NEUTRAL)
    emotions = moving if len(moving) > 1 else tuple(one for one in Emotion if one is not Emotion.NEUTRAL)
    pairs = tuple(pair for pair in plan.pairs if set(pair) <= set(emotions))
    length = int(drawing.options.get(FACES, plan.practice_length))
    return replace(plan, emotions=emotions, pairs=pairs, exposure_ms=None, practice_length=length)


def _item(drawn: PlannedItem) -> PlannedItem:
    more = dict(drawn.more or {})
    peak, expected = drawn.intensity or 100, more[EXPECTED.name]
    seen = isinstance(expected, float) and expected >= SEEN
    faster = sum(peak <= faint for faint in FAINT) if seen else 0
    return replace(drawn, more={**more, PEAK.name: peak, ONSET.name: ONSETS[faster]})


TASK = Moving()
