"""Runner of a block of faces: show the current face or its feedback, hand what the person does to a service.

The same loop serves a patient, whose answers are stored, and a visitor, of whom nothing is.
"""

from collections.abc import Callable
from typing import Protocol

from core.domain.exercise.trials import Answer, Block, Kind, Trial
from core.services.exercise import feedback, recognition, tryout
from core.services.exercise.feedback import Opinions
from core.services.exercise.recognition import Browser
from core.storage.database import Store
from core.web import metrics
from pages.shared.flash import flash_refusals, show_flash
from pages.shared.pictures import data_url
from pages.shared.recognise.events import AnswerEvent, NextEvent, PaintedEvent, StopEvent, TrialEvent
from pages.shared.recognise.feedback_words import in_words
from pages.shared.recognise.trial import show_trial
from pages.shared.recognise.view import TrialView
from pages.shared.state import state

PRELOADED = 2


class RunnerService(Protocol):
    """Where answers go and where pictures and opinions come from."""

    def answer(self, block: Block, number: int, given: Answer) -> Block: ...

    def painted(self, block: Block, number: int) -> None: ...

    def feedback(self, block: Block, number: int) -> Opinions: ...

    def pictures(self, block: Block, hashes: list[str]) -> dict[str, tuple[str, bytes]]: ...


class PatientRunnerService:
    """Everything goes through the exercise service and is stored."""

    def __init__(self, store: Store, token: str, browser: Browser) -> None:
        self._store, self._token, self._browser = store, token, browser

    def answer(self, block: Block, number: int, given: Answer) -> Block:
        return recognition.answer(self._store, self._token, block, number, given, self._browser)

    def painted(self, block: Block, number: int) -> None:
        recognition.painted(self._store, self._token, block, number)

    def feedback(self, block: Block, number: int) -> Opinions:
        return feedback.feedback(self._store, self._token, block, number)

    def pictures(self, block: Block, hashes: list[str]) -> dict[str, tuple[str, bytes]]:
        return recognition.pictures(self._store, self._token, block, hashes)


class VisitorRunnerService:
    """Answers stay in this tab."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def answer(self, block: Block, number: int, given: Answer) -> Block:
        block.answer(number, given)
        return block

    def painted(self, block: Block, number: int) -> None:
        """A try-out is never timed."""

    def feedback(self, block: Block, number: int) -> Opinions:
        return feedback.tryout_feedback(self._store, block, number)

    def pictures(self, block: Block, hashes: list[str]) -> dict[str, tuple[str, bytes]]:
        return tryout.pictures(self._store, block, hashes)


def run(block: Block, taker: RunnerService) -> None:
    """Show where the block stands. When its last face is done, it goes to `state().over`."""
    trial = _on_screen(block)
    if trial is None:
        return
    show_flash()
    ahead = block.upcoming(trial)[:PRELOADED]
    shown = taker.pictures(block, [t.stimulus.hash for t in (trial, *ahead)])
    done = len(block.answered)
    view = TrialView(
        block=block.id,
        number=trial.number,
        position=done if trial.answer else block.position,
        of=block.length,
        picture=data_url(shown[trial.stimulus.hash][1]),
        kind=block.kind,
        preload=tuple(data_url(shown[t.stimulus.hash][1]) for t in ahead),
        exposure_ms=trial.exposure_ms,
        feedback=in_words(taker.feedback(block, trial.number), last=block.done) if trial.answer else None,
    )
    show_trial(view, key=f"trial-{block.id}", on_event=_handler(taker))
    metrics.face_sent()


def _on_screen(block: Block) -> Trial | None:
    spoken_about = state().feedback_for
    if spoken_about is not None:
        return next(t for t in block.trials if t.number == spoken_about)
    return block.current


def _handler(taker: RunnerService) -> Callable[[TrialEvent], None]:
    def take(event: TrialEvent) -> None:
        with flash_refusals():
            _take(event, taker)

    return take


def _take(event: TrialEvent, taker: RunnerService) -> None:
    app = state()
    if app.block is None:
        return
    match event:
        case AnswerEvent(number, given) if app.feedback_for is None:
            metrics.answer_arrived()
            app.block = taker.answer(app.block, number, given)
            spoken_about = app.block.kind is not Kind.CHECK and any(t.number == number for t in app.block.answered)
            app.feedback_for = number if spoken_about else None
        case PaintedEvent(number):
            taker.painted(app.block, number)
        case NextEvent(number) if number == app.feedback_for:
            app.feedback_for = None
        case StopEvent():
            app.paused, app.block, app.feedback_for = True, None, None
            return
    if app.block.done and app.feedback_for is None:
        app.over, app.block = app.block, None
