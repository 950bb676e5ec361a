"""What is said of a step of a lesson: the question, what is on each side, and the sentence of the difference."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.domain.emotions import Emotion
from core.domain.exercise.items import RunItem
from core.domain.exercise.places import Ellipse, FacePlace
from core.stimuli.places import places
from core.storage.tables import StimulusRow
from core.tasks.lesson.columns import ASKED, LEFT, PART, RIGHT, STEP
from core.tasks.lesson.lessons import Closing, Lesson
from core.tasks.lesson.words import CLOSE, WHICH
from core.translations import say, told


@dataclass(frozen=True)
class LessonSide:
    """One of the faces."""

    emotion: Emotion
    strength: int
    """Percent at which the movement ends."""
    outline: Ellipse | None


@dataclass(frozen=True)
class LessonFeedback:
    """Of one step."""

    step: str
    target: str
    """The right answer."""
    sides: tuple[LessonSide, ...]
    sentence: str = ""
    """In English."""
    asked: Emotion | None = None
    closing: Closing | None = None

    def data(self, language: str) -> dict[str, object]:
        closing = self.closing
        question = WHICH[self.asked] if self.asked is not None else CLOSE if closing else ""
        ends = [closing.right, closing.wrong] if closing else []
        return {
            "step": self.step,
            "target": self.target,
            "question": say(language, question) if question else "",
            "sentence": say(language, self.sentence) if self.sentence else "",
            "begin": say(language, closing.begin) if closing else "",
            "ends": [say(language, end) for end in (ends if self.target == "first" else ends[::-1])],
            "sides": [
                {
                    "emotion": side.emotion.word,
                    "label": told(language, side.emotion.noun),
                    "strength": side.strength,
                    "outline": side.outline and vars(side.outline),
                }
                for side in self.sides
            ],
        }


def lesson_feedback(db: Session, lesson: Lesson, items: Sequence[RunItem]) -> dict[int, LessonFeedback]:
    """Of each item, by number."""
    ids = {int(id_) for item in items for id_ in _ids(item)}
    rows = {row.id: row for row in db.scalars(select(StimulusRow).where(StimulusRow.id.in_(ids)))}
    return {item.number: _feedback(lesson, item, rows) for item in items}


def _ids(item: RunItem) -> list[int]:
    return [int(id_) for name in (LEFT.name, RIGHT.name) if (id_ := item.more.get(name)) is not None]


def _feedback(lesson: Lesson, item: RunItem, rows: Mapping[int, StimulusRow]) -> LessonFeedback:
    step, part = str(item.more[STEP.name]), int(item.more[PART.name] or 0)
    view, target = lesson.views[part if step == "watch" else 0], item.target or ""
    place = view.place if step == "watch" or lesson.pair else None
    sides = tuple(_side(rows[id_], place) for id_ in _ids(item))
    if step == "close":
        return LessonFeedback(step, target, (), closing=lesson.closings[part])
    asked = item.more[ASKED.name]
    if asked is None:
        return LessonFeedback(step, target, sides, view.sentence)
    emotion = Emotion.from_word(str(asked))
    sentence = view.sentence if lesson.pair else next(v.sentence for v in lesson.views if emotion in v.emotions)
    return LessonFeedback(step, target, sides, sentence, emotion)


def _side(row: StimulusRow, place: FacePlace | None) -> LessonSide:
    own = places().get(row.identity or "", {})
    return LessonSide(Emotion.from_word(row.target), row.intensity or 0, own.get(place) if place else None)
