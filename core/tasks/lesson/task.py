"""A lesson as a task: look at two feelings side by side, choose between faces, close a sentence."""

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from core.domain.exercise.events import Given, not_understood
from core.domain.exercise.items import RunItem
from core.storage.tables import StimulusRow
from core.tasks.lesson.columns import ASKED, COLUMNS, LEFT, RIGHT, STEP
from core.tasks.lesson.drawing import NAME, draw
from core.tasks.lesson.feedback import LessonFeedback, lesson_feedback
from core.tasks.lesson.lessons import LESSONS
from core.tasks.lesson.words import TITLE, WORDS
from core.tasks.recognition.feedback import further_picture
from core.tasks.task import Drawing, Drawn, Task

_ANSWERS = {"watch": ("seen",), "choose": ("left", "right"), "close": ("first", "second")}
STILLS = 6
"""Of each face that moves, from neutral to full: its first addresses are the left one's, the following the right's."""


class LessonTask(Task):
    """What tells two feelings apart: seen moving, then chosen, then said."""

    name = NAME
    title = TITLE
    about = "Two people show two emotions that are often mixed up; then the person chooses, and closes a sentence."
    instructions = "Look at the faces, choose the one that is asked for, and close the sentence."
    kinds = {  # noqa: RUF012  (a class of constants)
        name: f"lesson: {lesson.title.lower()}" for name, lesson in LESSONS.items()
    }
    responses = {  # noqa: RUF012
        "seen": "went on after looking",
        "left": "the face on the left",
        "right": "the face on the right",
        "first": "the first end of the sentence",
        "second": "the second end of the sentence",
    }
    columns = COLUMNS
    step = "lesson"
    words = WORDS

    def draw(self, drawing: Drawing) -> Drawn:
        return draw(drawing)

    def answer(self, kind: str, item: RunItem, given: Given) -> dict[str, object]:
        """The first answer counts; that the right one was chosen after it is not told."""
        if given.response not in _ANSWERS[str(item.more[STEP.name])] or given.best_guess is not None or given.more:
            raise not_understood("response", given.response)
        if given.response == "seen":
            return {"response": given.response}
        return {"response": given.response, "scored": given.response, "correct": given.response == item.target}

    def feedback(self, db: Session, kind: str, items: Sequence[RunItem]) -> Mapping[int, LessonFeedback]:
        return lesson_feedback(db, LESSONS[kind], items)

    def emotion(self, item: RunItem) -> str | None:
        return None if (asked := item.more.get(ASKED.name)) is None else str(asked)

    def faces(self, item: RunItem) -> Sequence[int]:
        return [int(id_) for column in (LEFT, RIGHT) if (id_ := item.more.get(column.name)) is not None]

    def picture(self, db: Session, kind: str, item: RunItem, part: int | None) -> StimulusRow | None:
        """Of faces that move the stills of both; of two to choose from these two. Neutral faces have one still."""
        shown = self.faces(item)
        if part is None or not shown:
            return None
        moves = item.more[STEP.name] == "watch"
        side, still = divmod(part, STILLS) if moves else (part, 0)
        face = db.get(StimulusRow, shown[side]) if 0 <= side < len(shown) else None
        if face is None or not moves:
            return face
        return further_picture(db, face, still)


TASK = LessonTask()
