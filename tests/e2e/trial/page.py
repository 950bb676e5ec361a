"""The page under test: one block of faces in the real component, on its own. No account, no database.

Query: `kind`, `exposure` (ms), `faces`; `lose`: how many events the page drops, as if they got lost; `slow`: how many
seconds it takes over each; `field`: a text field below. What the component sent is appended to TRIAL_LOGS/`run`.jsonl,
one JSON object a line.
"""

import json
import os
import time
from pathlib import Path

import streamlit as st

from core.domain.emotions import Emotion
from core.domain.exercise.trials import Block, Kind, Stimulus, Trial
from pages.shared.emotions import label
from pages.shared.pictures import data_url
from pages.shared.recognise.cues import cue
from pages.shared.recognise.events import AnswerEvent, NextEvent, PaintedEvent, StopEvent, TrialEvent
from pages.shared.recognise.trial import show_trial
from pages.shared.recognise.view import Bars, Feedback, HeatMap, MorphStep, OpinionRow, TrialView
from pages.shared.state import state

FACES = Path(__file__).parents[3] / "data" / "stimuli" / "builtin"


def picture(emotion: Emotion, intensity: int, number: int) -> str:
    folders = sorted(p for p in FACES.iterdir() if p.is_dir())
    name = f"{emotion.word}_{0 if emotion is Emotion.NEUTRAL else intensity:03d}.webp"
    return data_url((folders[(number * 5) % len(folders)] / name).read_bytes())


def new_block(kind: Kind, faces: int, exposure: int | None) -> Block:
    trials = [
        Trial(number, Stimulus(number, f"{number:064x}", Emotion((number * 3 + 2) % 7)), exposure)
        for number in range(faces)
    ]
    return Block(id="block", kind=kind, length=faces, trials=trials)


def feedback(block: Block, trial: Trial) -> Feedback:
    target = trial.stimulus.target
    said = trial.answer.scored if trial.answer else None
    guesses = [0.04] * 7
    guesses[target] = 0.76
    votes = [0] * 7
    votes[target], votes[Emotion.NEUTRAL] = 7, votes[Emotion.NEUTRAL] + 3
    return Feedback(
        target=target,
        sentence=f"Most people saw *{label(target)}*. You said *{label(said) if said is not None else '–'}*.",
        note="When the computer says this, it is right about 5 times in 10 on these faces.",
        rows=(
            OpinionRow("You", label(said) if said is not None else "not sure", said, said is target),
            OpinionRow("People", label(target), target, True, "7 of 10 saw it"),
            OpinionRow(
                "Computer", label(Emotion.SURPRISE), Emotion.SURPRISE, target is Emotion.SURPRISE, "fairly sure"
            ),
        ),
        bars=(
            Bars("The computer's guess", tuple(guesses), tuple(f"{round(100 * g)} %" for g in guesses)),
            Bars("What ten people said", tuple(v / 10 for v in votes), tuple(f"{v} of 10" for v in votes)),
        ),
        cues=(cue(target),),
        morph=tuple(
            MorphStep(picture(target if i else Emotion.NEUTRAL, i, trial.number), f"{i} %") for i in range(0, 101, 20)
        ),
        heat_map=HeatMap(
            values=bytes(24) + bytes((0, 90, 255, 255, 90, 0)) * 2,
            box=(0.1, 0.2, 0.75, 0.75),
            title="Where the computer looked",
            legend="The stronger the colour, the more this place spoke for *surprise* to the computer.",
            where="The strongest colour lies around the mouth.",
            toggle="Show the colour",
        ),
        last=len(block.answered) == block.length,
    )


def take(event: TrialEvent) -> None:
    mine = state()
    assert mine.block is not None
    time.sleep(float(st.query_params.get("slow", "0")))
    if record(event) <= int(st.query_params.get("lose", "0")):
        return
    match event:
        case AnswerEvent(number, answer):
            if mine.block.answer(number, answer) and mine.block.kind is not Kind.CHECK:
                mine.feedback_for = number
        case PaintedEvent(number):
            mine.block.trials[number].painted = True
        case NextEvent(number) if mine.feedback_for == number:
            mine.feedback_for = None
        case StopEvent():
            mine.block.stopped = True


def record(event: TrialEvent) -> int:
    """Write down what the component sent; how many events that makes."""
    row: dict[str, object] = {"type": type(event).__name__, "number": event.number}
    if isinstance(event, AnswerEvent):
        answer = event.answer
        row |= {
            "response": answer.response,
            "best_guess": None if answer.best_guess is None else answer.best_guess.word,
            "response_time_ms": answer.response_time_ms,
            "painted_at": answer.painted_at.isoformat(),
            "answered_at": answer.answered_at.isoformat(),
            "focus_lost": answer.focus_lost,
            "window": answer.window,
        }
    if isinstance(event, StopEvent):
        row["painted"] = event.painted
    log = Path(os.environ["TRIAL_LOGS"]) / f"{st.query_params['run']}.jsonl"
    with log.open("a") as file:
        file.write(json.dumps(row) + "\n")
    return len(log.read_text().splitlines())


def show(block: Block) -> None:
    number = state().feedback_for
    trial = block.current if number is None else block.trials[number]
    if trial is None:
        st.write("The block is over.")
        return
    view = TrialView(
        block=block.id,
        number=trial.number,
        position=block.trials.index(trial) + 1,
        of=block.length,
        picture=picture(trial.stimulus.target, 100, trial.number),
        kind=block.kind,
        preload=tuple(picture(t.stimulus.target, 100, t.number) for t in block.upcoming(trial)[:3]),
        exposure_ms=trial.exposure_ms,
        feedback=None if number is None else feedback(block, trial),
    )
    show_trial(view, key=block.id, on_event=take)


query, mine = st.query_params, state()
if mine.block is None:
    exposure = int(query["exposure"]) if "exposure" in query else None
    mine.block = new_block(Kind(query.get("kind", "check")), int(query.get("faces", "5")), exposure)
show(mine.block)
if "field" in query:
    st.text_input("A text field")
