"""What may be shown in the place of faces ahead in a practice: one that was missed comes back, others follow the run so
far. The row of an open face holds its stand-in, which a browser shows where it has it in time."""

from collections.abc import Callable, Mapping, Sequence

from core.domain.emotions import Emotion
from core.domain.exercise.items import RunItem, Value
from core.domain.exercise.plan import Plan
from core.domain.exercise.run_mix import USUAL, RunMix
from core.domain.exercise.trials import Stimulus, Trial
from core.domain.practice.again import on_another_person, place_of_return
from core.domain.practice.drawing import PracticeFace, faces_by_cell
from core.domain.practice.following import LAGS, FaceAhead, aim_after, follow
from core.domain.practice.planning import Slot, Why
from core.storage.queries import exercise_queries
from core.storage.tables import BlockRow
from core.storage.trials import TWO, two_answers
from core.tasks.recognition.adapting import more_of, skill_in_run
from core.tasks.recognition.columns import (
    AGAIN,
    EXPECTED,
    FORMAT,
    REPEATS,
    RIVAL,
    STAND_IN,
    WHY,
    of_stand_in,
    with_stand_in,
)
from core.tasks.recognition.drawing import MIX
from core.tasks.task import Drawing


def stand_ins(
    drawing: Callable[[], Drawing], row: BlockRow, items: Sequence[RunItem], answered: RunItem, right: bool
) -> Mapping[int, Mapping[str, Value]]:
    """By number, the new `more` of the open items that get a stand-in now that `answered` has its answer."""
    ahead = {one.number: one for one in items if one.open and REPEATS.name not in of_stand_in(one.more)}
    taken = {number for number, one in ahead.items() if STAND_IN in one.more}
    place = None
    if not right and REPEATS.name not in answered.more:
        targets = [(number, one.target or "") for number, one in ahead.items()]
        place = place_of_return(answered.number, answered.target or "", targets, taken)
    near = [number for lag in LAGS if (number := answered.number + lag) in ahead.keys() - taken - {place}]
    follows = ahead[near[0]] if near and EXPECTED.name in ahead[near[0]].more else None
    if place is None and follows is None:
        return {}
    assert row.set_id is not None
    by, found = drawing(), dict[int, Mapping[str, Value]]()
    pool = by.practice_only(row.set_id)
    trials = exercise_queries.load_block(by.db, row).trials
    standing_in = {one.number: one.more[STAND_IN] for one in items if STAND_IN in one.more}
    by_id = {face.id: face for face in pool if face.id in standing_in.values()}
    waiting = {number: by_id.get(int(face or 0)) for number, face in standing_in.items()}
    shown = {trial.number: waiting.get(trial.number) or trial.stimulus for trial in trials}
    if place is not None:
        like = on_another_person(pool, shown, answered.number, place, by.seed, tuple(row.design["practice_votes"]))
        if like is not None:
            shown[place] = like
            found[place] = with_stand_in(ahead[place].more, like.id, _again(answered))
    if follows is not None:
        one = _following(by, row, follows, shown, pool, trials)
        if one is not None:
            found[follows.number] = with_stand_in(follows.more, one.face.id, more_of(one))
    return found


def _again(missed: RunItem) -> Mapping[str, Value]:
    more: dict[str, Value] = {WHY.name: AGAIN, REPEATS.name: missed.number}
    return {**more, FORMAT.name: TWO, RIVAL.name: missed.more[RIVAL.name]} if two_answers(missed.more) else more


def _following(
    by: Drawing,
    row: BlockRow,
    item: RunItem,
    shown: Mapping[int, Stimulus],
    pool: Sequence[Stimulus],
    trials: Sequence[Trial],
) -> PracticeFace | None:
    plan = Plan.from_json({name: value for name, value in row.design.items() if name != MIX})
    mix = RunMix.from_json(row.design[MIX]) if MIX in row.design else USUAL
    skill, recent = skill_in_run(by.db, row, trials)
    run = [trial.correct for trial in trials if trial.correct is not None]
    rival, why = item.more[RIVAL.name], Why(str(item.more[WHY.name]))
    slot = Slot(
        Emotion.from_word(item.target or ""),
        None if rival is None or why is Why.EVEN else Emotion.from_word(str(rival)),
        why,
    )
    ahead = FaceAhead(item.number, slot, two_answers(item.more))
    cells = faces_by_cell([face for face in pool if face.target is slot.target], plan, mix)
    return follow(skill, aim_after(run, mix.aim), ahead, shown, cells, by.seed, recent, mix.aim, plan.emotions)
