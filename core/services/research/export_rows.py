"""Export rows from database rows: names, moved dates, seconds, and why a row may not count. Pure."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from core.domain.devices import device_in_words
from core.domain.emotions import Emotion
from core.domain.exercise.plan import Plan
from core.domain.exercise.trials import Kind, Response
from core.domain.network.votes import COLUMN
from core.export.dataset import ExportedRun, ExportedScore, ExportedSitting
from core.storage.tables import EXPRESSION, RECOGNITION

PASSED_ON = {"builtin"}
"""Sets whose pictures go along: their licence allows it."""
_WORDS = [emotion.word for emotion in Emotion]
_NO_SHARES = (None,) * len(Emotion)


@dataclass(frozen=True)
class StudyPart:
    """A person's part in a study; `number` and `seed` are None while the study enrols."""

    study_id: str
    study: str
    arm: str
    number: int | None
    seed: int | None
    since: datetime
    until: datetime | None

    def covers(self, at: datetime) -> bool:
        return self.since <= at and (self.until is None or at < self.until)


@dataclass
class Scribe:
    """Writes one person's blocks down as runs, and notes the sittings, scores and plans that it met on the way."""

    participant: str
    shift: timedelta
    parts: Sequence[StudyPart]
    sittings: Sequence[Any]
    networks: Mapping[int, tuple[str, str, str]]
    met: dict[str, ExportedSitting] = field(default_factory=dict)
    scores: list[ExportedScore] = field(default_factory=list)
    plans: dict[str, Plan] = field(default_factory=dict)
    _runs: dict[tuple[str, str], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._sitting = {row.id: (f"{place:04d}", row) for place, row in enumerate(self.sittings, 1)}
        self._browsers = {row.id: device_in_words(row.user_agent or "") for row in self.sittings}

    def block(self, number: int, block: Any, trials: Sequence[Any]) -> Iterator[ExportedRun]:
        """The runs of the person's block number `number`: one for each sitting in which it was answered."""
        state = "open" if block.ended_at is None else "stopped" if block.stopped else "finished"
        pieces: list[tuple[str, list[tuple[Any, ...]]]] = []
        for row in trials:
            session = row.session_id or (pieces[-1][0] if pieces else block.session_id)
            if not pieces or pieces[-1][0] != session:
                pieces.append((session, []))
            pieces[-1][1].append(self._row(block, state, row, self._browsers.get(session)))
        if block.kind == Kind.CHECK and state == "finished":
            self._score(block, [row for _, rows in pieces for row in rows])
        for session, rows in pieces:
            yield self._run(number, block, state, session, rows)

    def _run(self, number: int, block: Any, state: str, session: str, rows: list[tuple[Any, ...]]) -> ExportedRun:
        label, sitting = self._sitting[session]
        started = sitting.started_at + self.shift
        self.met.setdefault(label, ExportedSitting(label, started))
        run = self._runs[label, block.task] = self._runs.get((label, block.task), 0) + 1
        part = next((part for part in self.parts if part.covers(block.started_at)), None)
        rest = (block.baseline or {}).get("probabilities")
        cells = (
            f"sub-{self.participant}",
            f"ses-{label}",
            run,
            started,
            part and part.study,
            part and part.arm,
            part and part.number,
            part and part.seed,
            block.task,
            block.kind,
            number,
            block.started_at + self.shift,
            state,
            block.length,
            block.seed,
            block.blueprint,
            block.form,
            self._plan(block),
            block.design.get("level"),
            block.set_name,
            block.set_version,
            block.set_hash,
            block.hard,
            *(rest or _NO_SHARES),
        )
        return ExportedRun(self.participant, label, block.task, run, cells, rows)

    def _row(self, block: Any, state: str, row: Any, browser: str | None) -> tuple[Any, ...]:
        shares = row.network_probabilities
        seen = _WORDS[shares.index(max(shares))] if shares else None
        stimulus = row.file and f"{block.set_name}/{block.set_version}/{row.file}"
        scored = row.response if row.response in _WORDS else row.best_guess
        if block.task == EXPRESSION:
            scored = None
        return (
            row.number,
            stimulus,
            stimulus if block.set_name in PASSED_ON else None,
            row.picture_hash,
            row.identity,
            row.sex,
            row.skin,
            row.intensity,
            row.votes[COLUMN[Emotion.from_word(row.target)]] if row.votes else None,
            row.target,
            None if row.exposure_ms is None else row.exposure_ms / 1000,
            row.painted_at and row.painted_at + self.shift,
            row.answered_at and row.answered_at + self.shift,
            row.response,
            row.best_guess,
            scored,
            _correct(block.task, row, scored, seen),
            None if row.response_time_ms is None else row.response_time_ms / 1000,
            row.focus_lost,
            _exclusion(block, state, row),
            row.earlier_face,
            row.earlier_identity,
            *self.networks.get(row.network_id, (None, None, None)),
            seen,
            *(shares or _NO_SHARES),
            row.frames,
            row.way,
            row.language,
            row.device,
            browser,
            row.window,
            row.software,
        )

    def _plan(self, block: Any) -> str | None:
        """The hash of the plan in force, which is the default one where no clinician had set any."""
        if block.task != RECOGNITION:
            return None
        plan = Plan() if block.plan is None else Plan.from_json(block.plan)
        key = hashlib.sha256(json.dumps(plan.to_json(), sort_keys=True).encode()).hexdigest()
        self.plans[key] = plan
        return key

    def _score(self, block: Any, rows: list[tuple[Any, ...]]) -> None:
        counted = [row[CORRECT] for row in rows if row[EXCLUSION] is None and row[CORRECT] is not None]
        if counted:
            label = self._sitting[block.session_id][0]
            at = block.started_at + self.shift
            self.scores.append(
                ExportedScore(self.participant, label, at, sum(counted), len(counted), block.blueprint or "")
            )


CORRECT, EXCLUSION = 16, 19
"""Places in a row, which a test holds against the columns."""


def _correct(task: str, row: Any, scored: str | None, seen: str | None) -> bool | None:
    """ "Not sure" without a best guess is not right; what was never answered, or could not be seen, is neither."""
    if row.void is not None or row.target is None:
        return None
    if task == EXPRESSION:
        return None if seen is None else bool(seen == row.target)
    if row.response is None or row.response == Response.CANNOT_SEE:
        return None
    return bool(scored == row.target)


def _exclusion(block: Any, state: str, row: Any) -> str | None:
    if row.void is not None:
        return str(row.void).replace(" ", "_")
    if row.answered_at is None:
        return "not_answered"
    if row.response == Response.CANNOT_SEE:
        return "cannot_see"
    return "check_not_finished" if block.kind == Kind.CHECK and state != "finished" else None
