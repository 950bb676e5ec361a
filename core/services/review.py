"""All that a clinician's page says of one patient, in one call. It reads that patient's rows and nobody else's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.domain.attention import Attention, Sitting, attention
from core.domain.change import BASELINE_CHECKS, CheckScore, VerdictKind, verdict
from core.domain.compare import EmotionChange
from core.domain.dose import Dose, Run, dose, minutes
from core.domain.emotions import Emotion
from core.domain.people import Role
from core.domain.plan import Plan
from core.domain.series import CheckRecord, Series
from core.domain.standing import practised_before
from core.domain.suggestion import Suggestion, suggest
from core.domain.trials import Kind, Trial
from core.services.access import require, require_patient_of
from core.services.feedback import ENOUGH_PEOPLE
from core.services.progress import CheckPoint, Progress
from core.storage import people
from core.storage import review as stored
from core.storage.database import Store
from core.storage.faces import newest_set
from core.storage.plans import plan_in_force
from core.storage.review import RunRow
from core.storage.tables import RECOGNITION, PersonRow, PlanRow, now

FEW_FACES = {"fer2013": (Emotion.DISGUST, Emotion.FEAR)}
"""By set: emotions that are never called changed by themselves, so few and so doubtful are their faces."""


@dataclass(frozen=True)
class Review:
    """One patient as of `at`. `checks` are all finished ones, oldest first; `series` those of the latest blueprint,
    None before the first. `days` are the days (UTC) of practice with its minutes. `plan_since` is None for the
    default plan. `graded`: the faces of the latest check say how strong
    their expression is."""

    id: str
    code: str
    at: datetime
    plan: Plan
    plan_since: datetime | None
    set_title: str
    graded: bool
    progress: Progress
    dose: Dose
    attention: tuple[Attention, ...]
    checks: tuple[CheckRecord, ...]
    series: Series | None
    practices: tuple[Run, ...]

    @cached_property
    def changes(self) -> tuple[EmotionChange, ...]:
        """The latest check against the baseline, emotion by emotion; nothing is called changed below the dose."""
        if self.series is None:
            return ()
        early = self.progress.verdict.kind is VerdictKind.BELOW_DOSE
        silent = tuple(Emotion) if early else FEW_FACES.get(self.plan.set_name, ())
        return self.series.changes(self.plan.checks_planned, silent)

    @cached_property
    def suggestion(self) -> Suggestion:
        if self.series is None:
            return Suggestion(self.plan, enough=False)
        return suggest(self.series.recent.summary.matrix, self.plan, self.graded)


def in_care(store: Store, token: str) -> dict[str, str]:
    """The codes of the signed-in clinician's patients by id, ordered by code; without those who are archived."""
    with store.begin() as db:
        mine = people.patients_of(db, require(db, token, Role.CLINICIAN).id)
        return {row.id: row.code for row in mine if row.active}


def review(store: Store, token: str, patient_id: str) -> Review:
    """The patient `patient_id`, for a clinician who cares for them; raises NotAllowed for anybody else."""
    with store.begin() as db:
        require_patient_of(db, token, patient_id)
        person = db.get_one(PersonRow, patient_id)
        plan_id, plan = plan_in_force(db, patient_id)
        since = db.scalar(select(PlanRow.created_at).where(PlanRow.id == plan_id)) if plan_id else None
        faces = newest_set(db, plan.set_name)
        runs = stored.runs(db, patient_id)
        records = _records(db, runs)
    at = now()
    series = tuple(check for check in records if check.blueprint == records[-1].blueprint)
    practices = [run for run in runs if run.task == RECOGNITION and run.kind == Kind.PRACTICE and run.ended_at]
    progress = _progress(plan, records, [run.started_at for run in practices if not run.stopped])
    finished = len(records) >= BASELINE_CHECKS + plan.checks_planned
    void = {check.when: check.void for check in records}
    latest = records[-1].blueprint if records else ""
    return Review(
        id=patient_id,
        code=person.code,
        at=at,
        plan=plan,
        plan_since=since,
        set_title=faces.title if faces else plan.set_name,
        graded=bool(series) and any(trial.stimulus.intensity for trial in series[-1].trials),
        progress=progress,
        dose=dose([_run(run) for run in practices], at),
        attention=attention([_sitting(run, void, latest) for run in runs], person.created_at, at, finished),
        checks=records,
        series=Series(series) if series else None,
        practices=tuple(map(_run, practices)),
    )


def _records(db: Session, runs: Sequence[RunRow]) -> tuple[CheckRecord, ...]:
    """The finished checks with all that stands beside their trials."""
    done = [run for run in runs if run.task == RECOGNITION and run.ended_at and not run.stopped]
    checks = [run for run in done if run.kind == Kind.CHECK]
    practices = [_run(run) for run in runs if run.kind == Kind.PRACTICE]
    trials = stored.trials(db, [check.id for check in checks])
    shown = {trial.stimulus.hash for found in trials.values() for trial, _ in found if not trial.stimulus.votes}
    said = stored.people_on(db, shown)
    return tuple(
        CheckRecord(
            when=check.started_at,
            form=check.form,
            blueprint=check.blueprint or "",
            minutes=sum(minutes(run) for run in practices if run.started_at < check.started_at),
            practices=sum(run.started_at < check.started_at for run in practices),
            trials=tuple(trial for trial, _ in trials[check.id]),
            network={trial.number: seen for trial, seen in trials[check.id] if seen},
            people={trial.number: line for trial, _ in trials[check.id] if (line := _people(trial, said))},
        )
        for check in checks
    )


def _people(trial: Trial, said: Mapping[str, Mapping[str, int]]) -> tuple[int, int] | None:
    """Consenting users who chose the target, of how many, from ENOUGH_PEOPLE on."""
    answers = said.get(trial.stimulus.hash, {})
    of = sum(answers.values())
    return (answers.get(trial.stimulus.target.word, 0), of) if of >= ENOUGH_PEOPLE else None


def _progress(plan: Plan, checks: Sequence[CheckRecord], practised: Sequence[datetime]) -> Progress:
    latest = checks[-1].blueprint if checks else ""
    scores = []
    for check in checks:
        same = [other.when for other in checks if other.blueprint == check.blueprint]
        found = check.summary
        before = practised_before(check.when, same, practised)
        scores.append(CheckScore(check.blueprint, found.right, found.shown, before))
    points = tuple(
        CheckPoint(c.when, c.summary.right, c.summary.shown, c.summary.interval, c.blueprint == latest) for c in checks
    )
    return Progress(plan, points, verdict(scores, plan), tuple(practised))


def _run(run: RunRow) -> Run:
    return Run(run.started_at, run.ended_at, run.length)


def _sitting(run: RunRow, void: Mapping[datetime, int], latest: str) -> Sitting:
    recognition = run.task == RECOGNITION
    return Sitting(
        kind=Kind(run.kind) if recognition else None,
        started_at=run.started_at,
        ended_at=run.ended_at,
        stopped=run.stopped,
        hard=run.hard,
        void=void.get(run.started_at, 0) if recognition else 0,
        comparable=run.blueprint == latest,
    )
