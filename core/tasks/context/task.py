"""Situations as a task: what does this face show, and what may its person feel?"""

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from core.domain.emotions import Emotion
from core.domain.exercise.events import Given, not_understood
from core.domain.exercise.items import RunItem, Value
from core.domain.exercise.trials import Kind, Response
from core.tasks.context.columns import ASK, COLUMNS, FELT, LIKELY, STORY, TIME
from core.tasks.context.drawing import CONTEXT, draw
from core.tasks.context.feedback import ContextFeedback, context_feedback, offered_words
from core.tasks.context.vignettes import VIGNETTES
from core.tasks.context.words import TITLE, WORDS
from core.tasks.recognition.task import Recognition, answer_of
from core.tasks.task import Drawing, Drawn, Task


class Situations(Task):
    """One or two sentences and a face; two questions."""

    name = CONTEXT
    title = TITLE
    about = (
        "A sentence tells what happened, and a face is shown; the person names the emotion of the face, then chooses "
        "what its person may feel. In half of them the face does not show what the situation makes likely."
    )
    instructions = "What does this face show? And what may this person feel? More than one word may fit."
    kinds = {Kind.PRACTICE.value: Recognition.kinds[Kind.PRACTICE.value]}  # noqa: RUF012  (a class of constants)
    columns = COLUMNS
    step = "vignette"
    words = WORDS
    offered = True

    def draw(self, drawing: Drawing) -> Drawn:
        return draw(drawing)

    def answer(self, kind: str, item: RunItem, given: Given) -> dict[str, object]:
        """What the face was said to show is right or not; of what is felt it is only told whether it is likely."""
        if given.best_guess is not None:
            raise not_understood("best_guess", given.best_guess)
        said = answer_of(given, more=(FELT.name, TIME.name))
        scored = said.scored
        return {
            "response": said.response,
            "scored": None if scored is None else scored.word,
            "correct": said.correct(Emotion.from_word(item.target or "")),
            "more": {**item.more, **_felt(item, said.response, given.more)},
        }

    def feedback(self, db: Session, kind: str, items: Sequence[RunItem]) -> Mapping[int, ContextFeedback]:
        return {item.number: context_feedback(item) for item in items}


def _felt(item: RunItem, response: Response, told: Mapping[str, Value]) -> dict[str, Value]:
    """The second answer; who cannot see the face is not asked."""
    if response is Response.CANNOT_SEE:
        if told:
            raise not_understood("more", dict(told))
        return {}
    felt, took = told.get(FELT.name), told.get(TIME.name)
    words = felt.split(" ") if isinstance(felt, str) else []
    if not words or len(set(words)) < len(words) or not set(words) <= {*offered_words(item), ASK}:
        raise not_understood(FELT.name, felt)
    if isinstance(took, bool) or not isinstance(took, int | float) or took < 0:
        raise not_understood(TIME.name, took)
    likely, named = VIGNETTES[str(item.more[STORY.name])].felt, set(words) - {ASK}
    return {FELT.name: felt, TIME.name: took, LIKELY.name: named <= set(likely) if likely and named else None}


TASK = Situations()
