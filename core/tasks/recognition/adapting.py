"""Practice that follows a person's own answers: their skill as it is now, and a run drawn by it."""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from copy import deepcopy
from datetime import datetime, timedelta, tzinfo
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.domain.days import day_of
from core.domain.emotions import Emotion
from core.domain.exercise.items import PlannedItem, Value
from core.domain.exercise.plan import Plan
from core.domain.exercise.run_mix import USUAL, RunMix
from core.domain.exercise.trials import Kind, Response, Stimulus, Trial
from core.domain.practice.drawing import PracticeFace, draw_adapted, strength, strength_of
from core.domain.practice.overview import PracticeOverview, overview
from core.domain.practice.reviews import Pair
from core.domain.practice.skill import REMEMBERED, PracticeAnswer, Skill
from core.storage.queries.people_queries import zone_of
from core.storage.tables import LATEST_FIRST, RECOGNITION, BlockRow, StimulusRow, TrialRow, now
from core.storage.trials import TWO, two_answers
from core.tasks.recognition.columns import EXPECTED, FORMAT, RIVAL, WHY

RECENT = timedelta(days=3)
"""For so long a picture is not shown again, where there is another."""


MOVING = "moving"
"""The task of faces that move: what it asks, the skill knows, and its answers tell of the same skill."""


RUNS_IN_MEMORY = 256
"""Of so many runs a process keeps what was known of the person before; some 10 kB each."""
_BEFORE: OrderedDict[str, tuple[Skill, frozenset[str]]] = OrderedDict()


class PracticeRow(NamedTuple):
    """A face of practice that was seen and answered."""

    began: datetime
    """When its run began."""
    picture_hash: str
    target: str
    intensity: int | None
    votes: Sequence[int] | None
    response: str
    rival: str | None
    """Where only two answers could be given: the other one."""
    expected: float | None
    """The chance of a right answer when it was drawn; None where it was drawn otherwise."""


def skill_of(db: Session, person_id: str) -> Skill:
    """What the person's answers in practice say of them, as of now."""
    return _skill(_answered(db, person_id), zone_of(db, person_id))


def skill_in_run(db: Session, row: BlockRow, trials: Iterable[Trial]) -> tuple[Skill, frozenset[str]]:
    """The skill while a run goes on, of which these are the trials, and the hashes of the faces that were shown a short
    while before it. What was answered before is folded once for a run in each process."""
    before = _BEFORE.get(row.id)
    zone = zone_of(db, row.person_id)
    if before is None:
        rows = _answered(db, row.person_id, but=row.id)
        before = _BEFORE[row.id] = (_skill(rows, zone), _recent(rows))
        if len(_BEFORE) > RUNS_IN_MEMORY:
            _BEFORE.popitem(last=False)
    skill, day = deepcopy(before[0]), day_of(row.started_at, zone).toordinal()
    for trial in trials:
        if trial.answer is not None and trial.correct is not None:
            face = trial.stimulus
            skill.take(PracticeAnswer(face.target, strength_of(face), trial.answer.response.emotion, day, trial.rival))
    return skill, before[1]


def overview_of(db: Session, person_id: str, plan: Plan, mix: RunMix = USUAL) -> PracticeOverview:
    """What the person's practice rests on, as of now; `mix`: of their next one."""
    rows, zone = _answered(db, person_id), zone_of(db, person_id)
    today = day_of(now(), zone).toordinal()
    return overview(_answers(rows, zone), [row.expected for row in rows], plan, today, mix)


def pair_in_need(db: Session, person_id: str, plan: Plan) -> Pair:
    """The pair that costs the person most, of all or of those that a clinician chose."""
    needs = skill_of(db, person_id).needs(plan.emotions)
    return max(plan.pairs or needs, key=lambda pair: needs[pair])


def draw_for(
    db: Session, person_id: str, faces: Sequence[Stimulus], plan: Plan, seed: int, mix: RunMix = USUAL
) -> list[PlannedItem]:
    """A run of practice for the person today."""
    answers, zone = _answered(db, person_id), zone_of(db, person_id)
    today = day_of(now(), zone).toordinal()
    drawn = draw_adapted(faces, plan, _skill(answers, zone), seed, today, _recent(answers), mix)
    return [PlannedItem.of_face(one.face, plan.exposure_ms, more_of(one)) for one in drawn]


def more_of(drawn: PracticeFace) -> dict[str, Value]:
    """The task's columns of a face that was drawn by a skill."""
    rival = drawn.served.rival or drawn.slot.rival
    return {
        RIVAL.name: None if rival is None else rival.word,
        FORMAT.name: "seven" if drawn.served.rival is None else TWO,
        EXPECTED.name: round(drawn.served.expected, 3),
        WHY.name: drawn.slot.why.value,
    }


def _recent(rows: Sequence[PracticeRow]) -> frozenset[str]:
    return frozenset(row.picture_hash for row in rows if row.began > now() - RECENT)


def _answered(db: Session, person_id: str, but: str | None = None) -> list[PracticeRow]:
    """The latest faces that a skill remembers, oldest first; `but`: none of this run."""
    rows = (
        select(
            BlockRow.started_at,
            StimulusRow.picture_hash,
            TrialRow.target,
            TrialRow.intensity,
            TrialRow.votes,
            TrialRow.response,
            TrialRow.more,
        )
        .join(BlockRow, BlockRow.id == TrialRow.block_id)
        .join(StimulusRow, StimulusRow.id == TrialRow.stimulus_id)
        .where(
            BlockRow.person_id == person_id, BlockRow.task.in_((RECOGNITION, MOVING)), BlockRow.kind == Kind.PRACTICE
        )
        .where(TrialRow.response.is_not(None), TrialRow.response != Response.CANNOT_SEE, TrialRow.void.is_(None))
        .order_by(*LATEST_FIRST, TrialRow.number.desc())
        .limit(REMEMBERED)
    )
    if but is not None:
        rows = rows.where(BlockRow.id != but)
    return [
        PracticeRow(
            began,
            face,
            target,
            intensity,
            votes,
            said,
            more[RIVAL.name] if two_answers(more) else None,
            (more or {}).get(EXPECTED.name),
        )
        for began, face, target, intensity, votes, said, more in reversed(db.execute(rows).all())
    ]


def _skill(rows: Sequence[PracticeRow], zone: tzinfo) -> Skill:
    return Skill(_answers(rows, zone))


def _answers(rows: Sequence[PracticeRow], zone: tzinfo) -> list[PracticeAnswer]:
    days = {began: day_of(began, zone).toordinal() for began in {row.began for row in rows}}
    return [_answer(row, days[row.began]) for row in rows]


def _answer(row: PracticeRow, day: int) -> PracticeAnswer:
    target = Emotion.from_word(row.target)
    rival = None if row.rival is None else Emotion.from_word(row.rival)
    shown = strength(target, row.intensity, row.votes)
    return PracticeAnswer(target, shown, Response(row.response).emotion, day, rival)
