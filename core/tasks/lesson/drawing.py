"""A lesson, or its review, drawn from faces of practice."""

from collections.abc import Mapping, Sequence
from random import Random

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.domain.days import day_of
from core.domain.emotions import Emotion
from core.domain.exercise.items import PlannedItem, Value
from core.domain.exercise.trials import Stimulus
from core.domain.people import Refusal
from core.domain.practice.lessons import LessonRun, LessonState, lesson_state
from core.storage.queries import face_queries
from core.storage.queries.people_queries import zone_of
from core.storage.tables import IN_ORDER, BlockRow, TrialRow, now
from core.tasks.lesson.columns import ASKED, LEFT, PART, RIGHT, STEP
from core.tasks.lesson.lessons import LESSONS, Lesson
from core.tasks.task import Drawing, Drawn

NAME = "lesson"
CHOICES, REVIEW = 6, 4
CLEAR, FAINT = 100, 60
Cast = Mapping[str, Mapping[tuple[Emotion, int], Stimulus]]
"""The faces of each person, by emotion and strength; of neutral, 0."""


def lesson_states(db: Session, person_id: str) -> dict[str, LessonState]:
    """Where the person stands with each lesson, by name."""
    wrong = select(func.count()).where(TrialRow.block_id == BlockRow.id, TrialRow.correct.is_(False)).scalar_subquery()
    rows = db.execute(
        select(BlockRow.kind, BlockRow.started_at, BlockRow.design, wrong)
        .where(BlockRow.person_id == person_id, BlockRow.task == NAME)
        .where(BlockRow.ended_at.is_not(None), BlockRow.stopped.is_(False))
        .order_by(*IN_ORDER)
    )
    zone, done = zone_of(db, person_id), dict[str, list[LessonRun]]()
    for kind, began, design, mistakes in rows:
        run = LessonRun(day_of(began, zone).toordinal(), mistakes, bool(design.get("review")))
        done.setdefault(kind, []).append(run)
    return {name: lesson_state(done.get(name, [])) for name in LESSONS}


def own_day(db: Session, person_id: str) -> int:
    return day_of(now(), zone_of(db, person_id)).toordinal()


def draw(drawing: Drawing) -> Drawn:
    """The lesson that is asked for; where it was kept and is due, a short review of it."""
    db, kind = drawing.db, drawing.kind or next(iter(LESSONS))
    source = face_queries.newest_set(db, "builtin")
    if source is None or kind not in LESSONS:
        raise Refusal("There is no such lesson here.")
    lesson, random = LESSONS[kind], Random(drawing.seed)
    state = lesson_states(db, drawing.person_id)[kind]
    review = state.kept and lesson.chooses
    people = _people(drawing.practice_only(source.id), random)
    choices = _choices(lesson, people, random, REVIEW if review else CHOICES) if lesson.chooses else []
    items = choices if review else [*_views(lesson, people), *choices, *_closings(lesson, random)]
    return Drawn(kind, items, len(items), {"review": review}, source.id)


def _people(faces: Sequence[Stimulus], random: Random) -> Cast:
    """By lot, one after the other as unlike as can be: a woman, a man, skins light and dark in turn."""
    own: dict[str, dict[tuple[Emotion, int], Stimulus]] = {}
    for face in faces:
        if face.identity is not None:
            own.setdefault(face.identity, {})[face.target, face.intensity or 0] = face
    whole = {name: shown for name, shown in own.items() if len(shown) == max(map(len, own.values()))}
    first = {name: next(iter(shown.values())) for name, shown in whole.items()}
    by_skin = sorted(whole, key=lambda name: (first[name].skin or 0.0, name))
    halves = [by_skin[: len(by_skin) // 2], by_skin[len(by_skin) // 2 :]]
    for half in halves:
        random.shuffle(half)
    chosen = list[str]()
    while any(halves):
        sexes = [first[name].sex for name in chosen]
        half = halves[len(chosen) % 2] or halves[1 - len(chosen) % 2]
        chosen.append(min(half, key=lambda name: sexes.count(first[name].sex)))
        half.remove(chosen[-1])
    return {name: whole[name] for name in chosen}


def _views(lesson: Lesson, people: Cast) -> list[PlannedItem]:
    """Two people side by side at full strength, then two others fainter; of one emotion always the same person."""
    cast, views = list(people), list[PlannedItem]()
    for part, view in enumerate(lesson.views):
        two = len(view.emotions) == 2
        who = cast[2 * part : 2 * part + 2] if two else cast[:1]
        strength = FAINT if two and part else CLEAR
        shown = [_face(people[name], emotion, strength) for name, emotion in zip(who, view.emotions, strict=True)]
        views.append(_item("watch", "seen", shown, part, strength))
    return views


def _choices(lesson: Lesson, people: Cast, random: Random, times: int) -> list[PlannedItem]:
    """Two faces of one person, each emotion asked as often; the first half in full, the others fainter."""
    cast = list(people)[2:]
    asked = _asked(lesson, random, times)
    items = []
    for number, (emotion, other) in enumerate(asked):
        strength = CLEAR if number < len(asked) / 2 else FAINT
        shown = [_face(people[cast[number % len(cast)]], one, strength) for one in (emotion, other)]
        left = random.random() < 0.5
        items.append(
            _item("choose", "left" if left else "right", shown if left else shown[::-1], 0, strength, emotion.word)
        )
    return items


def _asked(lesson: Lesson, random: Random, times: int) -> list[tuple[Emotion, Emotion]]:
    """The emotion to be chosen and the one beside it, for each time."""
    if lesson.pair is not None:
        turns = [lesson.pair[number % 2] for number in range(times)]
        random.shuffle(turns)
        return [(one, lesson.pair[1 - lesson.pair.index(one)]) for one in turns]
    shown = [view.emotions[0] for view in lesson.views]
    random.shuffle(shown)
    return [(shown[n % len(shown)], shown[(n + 1) % len(shown)]) for n in range(times)]


def _closings(lesson: Lesson, random: Random) -> list[PlannedItem]:
    return [_item("close", random.choice(("first", "second")), [], part, None) for part in range(len(lesson.closings))]


def _face(of_one: Mapping[tuple[Emotion, int], Stimulus], emotion: Emotion, strength: int) -> Stimulus:
    return of_one[emotion, 0 if emotion is Emotion.NEUTRAL else strength]


def _item(
    step: str, right: str, shown: Sequence[Stimulus], part: int, strength: int | None, asked: str | None = None
) -> PlannedItem:
    ids = [face.id for face in shown]
    more: dict[str, Value] = {
        STEP.name: step,
        LEFT.name: ids[0] if ids else None,
        RIGHT.name: ids[1] if len(ids) > 1 else None,
        ASKED.name: asked,
        PART.name: part,
    }
    return PlannedItem(ids[0] if ids else None, right, strength, more=more)
