"""Recognition as a task."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, replace

from sqlalchemy.orm import Session

from core.domain.emotions import Emotion
from core.domain.exercise import design
from core.domain.exercise.events import Given, not_understood
from core.domain.exercise.items import PlannedItem, RunItem, Value
from core.domain.exercise.trials import Answer, Kind, Response
from core.storage.queries import exercise_queries
from core.storage.queries.face_queries import stimulus
from core.storage.tables import RECOGNITION, BlockRow, StimulusRow
from core.storage.trials import StoredTrial, trial_of, two_answers
from core.tasks.recognition.ahead import stand_ins
from core.tasks.recognition.columns import COLUMNS, RIVAL, STAND_IN, of_stand_in, without_stand_in
from core.tasks.recognition.drawing import draw
from core.tasks.recognition.feedback import Opinions, further_picture, opinions
from core.tasks.recognition.words import WORDS
from core.tasks.task import Drawing, Drawn, Task

_WORDS = {emotion.word for emotion in Emotion}


class Recognition(Task):
    """A face is shown, and named with one of seven words."""

    name = RECOGNITION
    title = WORDS["title"]
    about = "A face is shown, and the person names one of seven emotions, or says that they are not sure."
    instructions = "Which emotion does this face show? Choose the word that fits best."
    kinds = {  # noqa: RUF012  (a class of constants)
        Kind.PRACTICE.value: "feedback after every face; never measures",
        Kind.CHECK.value: "no feedback; the only kind that measures change",
    }
    measured = frozenset({Kind.CHECK.value})
    measure = ("check", "Proportion of faces named as the emotion meant, over a whole check")
    step = "face"
    words = WORDS
    planned = True
    compared = True
    columns = COLUMNS
    looks_ahead = True
    """Other faces may be shown than those that were drawn, by the answers of the same run."""

    def draw(self, drawing: Drawing) -> Drawn:
        return draw(drawing)

    def answer(self, kind: str, item: RunItem, given: Given) -> dict[str, object]:
        said = answer_of(given)
        if said.response not in {Response.CANNOT_SEE, Response.NOT_SURE, *(_two(item) or Response)}:
            raise not_understood("response", given.response)
        scored = said.scored
        kept = without_stand_in(item.more)
        return {
            **({"more": kept or None} if len(kept) < len(item.more) else {}),
            "response": said.response,
            "best_guess": said.best_guess.word if said.best_guess is not None else None,
            "scored": None if scored is None else scored.word,
            "correct": said.correct(Emotion.from_word(item.target or "")),
        }

    def item(self, kind: str, item: RunItem) -> Mapping[str, Value]:
        """Of a face of practice with two answers only: which."""
        two = _two(item)
        return {"two": " ".join(two)} if two else {}

    def feedback(self, db: Session, kind: str, items: Sequence[RunItem]) -> Mapping[int, Opinions]:
        return opinions(db, {item.number: item.stimulus_id for item in items if item.stimulus_id is not None})

    def picture(self, db: Session, kind: str, item: RunItem, part: int | None) -> StimulusRow | None:
        face = db.get(StimulusRow, item.stimulus_id) if item.stimulus_id is not None else None
        if part is None or face is None:
            return face
        return None if kind in self.measured else further_picture(db, face, part)

    def replace(self, drawing: Drawing, row: BlockRow, items: Sequence[RunItem], void: RunItem) -> PlannedItem | None:
        """A face of the same target and strength, from the same form."""
        assert row.set_id is not None
        check = row.kind == Kind.CHECK
        shown = [trial.stimulus for trial in exercise_queries.load_block(drawing.db, row).trials]
        like = design.replacement(
            drawing.pool(row.set_id, row.form or "practice", check),
            shown,
            next(face for face in shown if face.id == void.stimulus_id),
            seed=drawing.seed,
            votes=tuple(row.design["votes" if check else "practice_votes"]),
        )
        return PlannedItem.of_face(like, void.exposure_ms, void.more or None)

    def after(
        self,
        drawing: Callable[[], Drawing],
        row: BlockRow,
        items: Sequence[RunItem],
        answered: RunItem,
        values: Mapping[str, object],
    ) -> Mapping[int, Mapping[str, Value]]:
        """A face of practice that was missed comes back on another person; those ahead follow the answers so far."""
        right, timed = values.get("correct"), answered.exposure_ms is not None
        if not isinstance(right, bool) or not self.looks_ahead or row.kind in self.measured or timed:
            return {}
        return stand_ins(drawing, row, items, answered, right)

    def stand_in(self, db: Session, item: RunItem) -> tuple[RunItem, Mapping[str, object]] | None:
        if STAND_IN not in item.more:
            return None
        face = stimulus(db.get_one(StimulusRow, item.more[STAND_IN]))
        planned = PlannedItem.of_face(face, None, of_stand_in(item.more))
        columns = {**asdict(planned), "votes": list(face.votes) if face.votes else None}
        return replace(item, stimulus_id=face.id, target=face.target.word, more=planned.more or {}), columns

    def counts_among_people(self, item: RunItem) -> bool:
        """Who had two answers chose otherwise than who had seven."""
        return _two(item) is None

    def score(self, row: StoredTrial) -> tuple[str | None, bool | None]:
        trial = trial_of(row)
        return None if trial.scored is None else trial.scored.word, trial.correct


def _two(item: RunItem) -> list[str] | None:
    """The two answers that can be given, in the order of the labels; None where all seven can."""
    if not two_answers(item.more):
        return None
    return [emotion.word for emotion in Emotion if emotion.word in {item.target, item.more[RIVAL.name]}]


def answer_of(given: Given, more: Collection[str] = ()) -> Answer:
    """An answer to a face; raises NotUnderstood for a word that is none. `more`: names of what else may be told."""
    if given.response not in set(Response):
        raise not_understood("response", given.response)
    guess = given.best_guess
    if guess is not None and not (given.response == Response.NOT_SURE and guess in _WORDS):
        raise not_understood("best_guess", guess)
    if set(given.more) - set(more):
        raise not_understood("more", dict(given.more))
    return Answer(
        response=Response(given.response),
        response_time_ms=given.response_time_ms,
        painted_at=given.painted_at,
        answered_at=given.answered_at,
        best_guess=None if guess is None else Emotion.from_word(guess),
        focus_lost=given.focus_lost,
        window=given.window,
    )


TASK = Recognition()
