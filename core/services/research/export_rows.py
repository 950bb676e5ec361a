"""Export rows from database rows: names, own days, seconds, and why a row may not count. Pure."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from core.domain.devices import browser_kind, window_kind
from core.domain.emotions import Emotion
from core.domain.exercise.own_days import OwnDays, day_part
from core.domain.exercise.plan import Plan
from core.domain.exercise.trials import Response
from core.domain.network.rating import NetworkId
from core.domain.network.votes import COLUMN
from core.export.dataset import ExportedScore, ExportedSitting
from core.export.records import RunRecord, TrialRecord
from core.services.research.choice import StudyPart
from core.storage.queries.research_queries import ResearchBlock, ResearchSitting
from core.storage.trials import StoredTrial, not_yet_shown
from core.tasks import tasks

PASSED_ON = {"builtin"}
"""Sets whose pictures go along: their licence allows it."""
_WORDS = [emotion.word for emotion in Emotion]
_NO_SHARES = (None,) * len(Emotion)


@dataclass
class Scribe:
    """Writes one person's blocks down as runs, and notes the sittings, scores and plans that it met on the way.

    What happened later than may be told (`OwnDays.over`) is not written: a block is as it was before.
    """

    participant: str
    days: OwnDays
    parts: Sequence[StudyPart]
    numbers: Mapping[str, int]
    """Of the person's blocks, from 1."""
    sittings: Sequence[ResearchSitting]
    networks: Mapping[int, NetworkId]
    met: dict[str, ExportedSitting] = field(default_factory=dict)
    scores: list[ExportedScore] = field(default_factory=list)
    plans: dict[str, Plan] = field(default_factory=dict)
    _runs: dict[tuple[str, str], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._sitting = {row.id: (f"{place:04d}", row) for place, row in enumerate(self.sittings, 1)}

    def block(self, block: ResearchBlock, rows: Sequence[StoredTrial]) -> Iterator[tuple[RunRecord, list[TrialRecord]]]:
        """The runs of one of the person's blocks: one for each sitting in which it was answered."""
        zone = self._sitting[block.session_id][1].time_zone
        over = self.days.over(block.ended_at, zone)
        state = "open" if not over else "stopped" if block.stopped else "finished"
        self._meet(block.session_id)
        pieces: list[tuple[str, list[StoredTrial]]] = []
        for row in self._told(block, rows, zone):
            session = row.session_id or (pieces[-1][0] if pieces else block.session_id)
            if not pieces or pieces[-1][0] != session:
                pieces.append((session, []))
            pieces[-1][1].append(row)
        written = [(session, self._trials(block, state, session, own)) for session, own in pieces]
        if _measured(block) and state == "finished":
            self._score(block, zone, [trial for _, trials in written for trial in trials])
        for session, trials in written:
            yield self._run(block, state, session), trials

    def _told(self, block: ResearchBlock, rows: Sequence[StoredTrial], zone: str | None) -> list[StoredTrial]:
        """The rows as they were when all that may be told had happened."""
        told = []
        for row in rows:
            at = row.answered_at or row.painted_at
            later = at is not None and not self.days.over(at, zone)
            told.append(not_yet_shown(row) if later else row)
        return told[: block.length + sum(row.void is not None for row in told)]

    def _meet(self, session: str) -> str:
        """Label of a sitting, which is noted."""
        label, sitting = self._sitting[session]
        if label not in self.met:
            at, zone = sitting.started_at, sitting.time_zone
            self.met[label] = ExportedSitting(label, self.days.number(at, zone), day_part(at, zone))
        return label

    def _run(self, block: ResearchBlock, state: str, session: str) -> RunRecord:
        label = self._meet(session)
        zone = self._sitting[block.session_id][1].time_zone
        run = self._runs[label, block.task] = self._runs.get((label, block.task), 0) + 1
        part = next((part for part in self.parts if part.covers(block.started_at)), None)
        told = not self._concealed(block)
        return RunRecord(
            participant_id=f"sub-{self.participant}",
            session_id=f"ses-{label}",
            run=run,
            session_day=self.met[label].day,
            session_day_part=self.met[label].part,
            in_room=self._sitting[session][1].in_room,
            study=part.study if part else None,
            arm=part.arm if part else None,
            allocation_seed=part.seed if part else None,
            task=block.task,
            kind=block.kind,
            block=self.numbers[block.id],
            block_day=self.days.number(block.started_at, zone),
            block_day_part=day_part(block.started_at, zone),
            block_state=state,
            block_length=block.length if told else None,
            item_seed=block.seed,
            blueprint=block.blueprint if told else None,
            form=block.form,
            plan=self._plan(block) if told else None,
            level=block.design.get("level") if told else None,
            course_part=block.part if told else None,
            course_phase=block.phase if told else None,
            stimulus_set=block.set_name,
            stimulus_set_version=block.set_version,
            stimulus_set_hash=block.set_hash,
            hard=None if state == "open" else block.hard,
            **_shares("neutral_p_", block.baseline["probabilities"] if block.baseline else None),
        )

    def _concealed(self, block: ResearchBlock) -> bool:
        """Whether nothing may be told of the plan by which a block was drawn."""
        return any(part.conceals(block.started_at) for part in self.parts)

    def _trials(self, block: ResearchBlock, state: str, session: str, rows: Sequence[StoredTrial]) -> list[TrialRecord]:
        """The trials of one run."""
        browser = browser_kind(self._sitting[session][1].user_agent)
        times = [row.painted_at or row.answered_at for row in rows]
        first = min((at for at in times if at is not None), default=None)
        return [
            self._trial(
                block, state, row, browser, None if at is None or first is None else (at - first).total_seconds()
            )
            for row, at in zip(rows, times, strict=True)
        ]

    def _trial(
        self, block: ResearchBlock, state: str, row: StoredTrial, browser: str | None, onset: float | None
    ) -> TrialRecord:
        stimulus = row.file and f"{block.set_name}/{block.set_version}/{row.file}"
        shares, by = row.network_probabilities, row.network_id
        network = None if by is None else self.networks.get(by)
        scored, correct = tasks()[block.task].score(row)
        under, target, votes = row.conditions, row.target, row.votes
        return TrialRecord(
            trial=row.number,
            stimulus=stimulus,
            stim_file=stimulus if block.set_name in PASSED_ON else None,
            stimulus_hash=row.picture_hash,
            identity=row.identity,
            stimulus_sex=row.sex,
            stimulus_skin=row.skin,
            intensity=row.intensity,
            target_votes=votes[COLUMN[Emotion.from_word(target)]] if votes and target else None,
            target=target,
            exposure=None if row.exposure_ms is None or self._concealed(block) else row.exposure_ms / 1000,
            onset=onset,
            response=row.response,
            best_guess=row.best_guess,
            scored=scored,
            correct=correct,
            response_time=None if row.response_time_ms is None else row.response_time_ms / 1000,
            focus_lost=row.focus_lost,
            page_translated=under["translated"] if under else None,
            line_off=under["line_off"] if under else None,
            quick_keys=under["quick_keys"] if under else None,
            zoom=under["zoom"] if under else None,
            exclusion=_exclusion(block, state, row),
            earlier_face=row.earlier_face,
            earlier_identity=row.earlier_identity,
            network=network.name if network else None,
            network_version=network.version if network else None,
            network_hash=network.hash if network else None,
            network_response=_WORDS[shares.index(max(shares))] if shares else None,
            **_shares("network_p_", shares),
            frames=row.frames,
            way=row.way,
            language=row.language,
            device=row.device,
            browser=browser,
            window=window_kind(row.window),
            software=row.software,
            more={} if tasks()[block.task].planned and self._concealed(block) else row.more or {},
        )

    def _plan(self, block: ResearchBlock) -> str | None:
        """The hash of the plan in force, which is the default one where no clinician had set any."""
        if not tasks()[block.task].planned:
            return None
        plan = Plan() if block.plan is None else Plan.from_json(block.plan)
        key = hashlib.sha256(json.dumps(plan.to_json(), sort_keys=True).encode()).hexdigest()
        self.plans[key] = plan
        return key

    def _score(self, block: ResearchBlock, zone: str | None, trials: Sequence[TrialRecord]) -> None:
        counted = [trial.correct for trial in trials if trial.exclusion is None and trial.correct is not None]
        if counted:
            number, day = self.numbers[block.id], self.days.number(block.started_at, zone)
            told = not self._concealed(block)
            self.scores.append(
                ExportedScore(
                    self.participant,
                    number,
                    day,
                    sum(counted),
                    len(counted),
                    block.blueprint or "" if told else "",
                    tasks()[block.task].measure,
                    block.part if told else None,
                    block.phase if told else None,
                )
            )


def _shares(prefix: str, shares: Sequence[float] | None) -> dict[str, float | None]:
    """Seven probabilities under the names of their columns."""
    return {f"{prefix}{word}": share for word, share in zip(_WORDS, shares or _NO_SHARES, strict=True)}


def _exclusion(block: ResearchBlock, state: str, row: StoredTrial) -> str | None:
    if row.void is not None:
        return row.void.replace(" ", "_")
    if row.answered_at is None:
        return "not_answered"
    if row.response == Response.CANNOT_SEE:
        return "cannot_see"
    return "check_not_finished" if _measured(block) and state != "finished" else None


def _measured(block: ResearchBlock) -> bool:
    return block.kind in tasks()[block.task].measured
