"""Record of one patient for the clinician's page, in one call. It reads that patient's rows and nobody else's."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Any

from propcache.api import cached_property
from sqlalchemy.orm import Session

from core.domain.days import day_of
from core.domain.emotions import Emotion
from core.domain.exercise.plan import Plan, asks_for, differences
from core.domain.exercise.trials import Kind
from core.domain.patient.attention import RECENT, Attention, RunFacts, attention
from core.domain.patient.suggestion import Suggestion, suggest
from core.domain.patient.summary import FinishedCheck, begins_anew, checks_left, comparable, measured, shown
from core.domain.people import Role
from core.domain.statistics.change import BASELINE_CHECKS, Outlook, VerdictKind, outlook
from core.domain.statistics.compare import EmotionChange, emotion_changes
from core.domain.statistics.course import Course
from core.domain.statistics.course_parts import ClosedPart, CoursePart
from core.domain.statistics.dose import WEEKS, Dose, PracticeRun, dose
from core.domain.statistics.series import CheckRecord, CheckSeries, CurvePoint, pooled, pooled_point
from core.services.exercise.progress import CheckProgress, progress_of
from core.services.gate.access import require, require_patient_of
from core.storage.database import Store
from core.storage.queries import people_queries, plan_queries, record_queries, summary_queries
from core.storage.queries.face_queries import newest_set
from core.storage.queries.plan_queries import plan_in_force
from core.storage.queries.record_queries import RunRow
from core.storage.queries.study_queries import enrolments_of
from core.storage.tables import RECOGNITION, PersonRow, now
from core.tasks.recognition.feedback import chose_target, shared_at

MOST_PRACTICES = 200
FEW_FACES = {"fer2013": (Emotion.DISGUST, Emotion.FEAR)}
"""By set: emotions that are never called changed by themselves, so few and so doubtful are their faces."""


@dataclass(frozen=True)
class Review:
    """One patient as of `at`, for the clinician."""

    id: str
    code: str
    active: bool
    """False: the patient is archived."""
    at: datetime
    plan: Plan
    plan_since: datetime | None
    """None where nobody has set one."""
    study: str | None
    """The one they take part in."""
    set_title: str
    measured_title: str
    """The faces of `series`."""
    design: Mapping[str, Any]
    """What the checks of `series` have in common."""
    anew: bool
    """The plan asks for other checks than there are."""
    graded: bool
    """The faces of the latest check say how strong their expression is."""
    progress: CheckProgress
    dose: Dose
    attention: tuple[Attention, ...]
    checks: tuple[CheckRecord, ...]
    """The finished ones that are shown, oldest first."""
    series: CheckSeries | None
    """Those on which the verdict rests, None before the first."""
    practices: tuple[PracticeRun, ...]
    """The latest MOST_PRACTICES that are over, stopped ones among them, the latest first."""

    @property
    def zone(self) -> tzinfo:
        """The patient's own."""
        return self.progress.zone

    @cached_property
    def changes(self) -> tuple[EmotionChange, ...]:
        """The latest check against the baseline, emotion by emotion; nothing is called changed below the dose. Of a
        course the checks of its end against those of its baseline, once."""
        if self.progress.course is not None:
            return self._changes_of(self.progress.course)
        if self.series is None:
            return ()
        early = self.progress.verdict.kind is VerdictKind.BELOW_DOSE
        silent = tuple(Emotion) if early else FEW_FACES.get(self.design["set_name"], ())
        return self.series.changes(self.progress.verdict.looks, silent)

    @cached_property
    def last_part(self) -> ClosedPart | None:
        """The last part of the course that is over and has checks of its own."""
        course = self.progress.course
        return next((part for part in reversed(course.closed) if part.own), None) if course else None

    @cached_property
    def latest(self) -> CurvePoint | None:
        """The latest check; of a course all checks of the last part."""
        if self.series is None:
            return None
        if self.progress.course is None:
            return self.series.latest
        return self.series.block(self.last_part.checks) if self.last_part else None

    @cached_property
    def blocks(self) -> tuple[tuple[CoursePart | None, CheckSeries], ...]:
        """The baseline and the last part of the phase that was judged last, each alone: figures are never pooled over
        both. Before a follow-up also the end. Without a course the first two checks and (None) all that came since.
        Nothing before the baseline is over."""
        course = self.progress.course
        if self.series is None:
            return ()
        if course is None:
            first, since = self.series.checks[:BASELINE_CHECKS], self.series.checks[BASELINE_CHECKS:]
            before = [(CoursePart.BASELINE, CheckSeries(first))] if len(first) == BASELINE_CHECKS else []
            return (*before, *([(None, CheckSeries(since))] if since else []))
        phase = course.said.phase if course.said else course.phase
        own = [part for part in course.closed if part.checks and part.phase == phase]
        last = 2 if own and own[-1].part is CoursePart.FOLLOW_UP else 1
        known = [
            (part.part, [c for c in self.series.checks if c.id in part.checks]) for part in (*own[:1], *own[1:][-last:])
        ]
        return tuple((part, CheckSeries(tuple(checks))) for part, checks in known if checks)

    @cached_property
    def told_apart(self) -> CurvePoint | None:
        """The last of `blocks` as one check, for the mean Hu; None before there is one."""
        return pooled_point(self.blocks[-1][1].checks) if self.blocks else None

    def _changes_of(self, course: Course) -> tuple[EmotionChange, ...]:
        ends = [part for part in course.closed if part.part is CoursePart.END]
        if not ends or self.series is None:
            return ()
        before = next(p for p in course.closed if p.phase == ends[-1].phase and p.part is CoursePart.BASELINE)
        by_id = {check.id: check for check in self.series.checks}
        earlier, later = (
            pooled([by_id[one] for one in part.checks if one in by_id]).summary.matrix for part in (before, ends[-1])
        )
        return emotion_changes(earlier, later, FEW_FACES.get(self.design["set_name"], ()))

    @cached_property
    def outlook(self) -> Outlook:
        """What checks by the plan in force can show."""
        verdict = self.progress.verdict
        goes_on = verdict.baseline is not None and asks_for(self.plan, self.design)
        later = verdict.checks - BASELINE_CHECKS if goes_on else 0
        return outlook(self.plan, verdict.baseline if goes_on else None, later)

    @cached_property
    def suggestion(self) -> Suggestion:
        if self.series is None:
            return Suggestion(self.plan, enough=False)
        return suggest(self.series.recent.summary.matrix, self.plan, self.graded)


def in_care(store: Store, token: str, archived_too: str | None = None) -> dict[str, str]:
    """The codes of the signed-in clinician's patients by id, ordered by code; of those who are archived only the one
    with the id `archived_too`."""
    with store.begin() as db:
        mine = people_queries.patients_of(db, require(db, token, Role.CLINICIAN).id)
        return {row.id: row.code for row in mine if row.active or row.id == archived_too}


def review(store: Store, token: str, patient_id: str) -> Review:
    """The patient `patient_id`, for a clinician who cares for them; raises NotAllowed for anybody else."""
    with store.begin() as db:
        require_patient_of(db, token, patient_id)
        person = db.get_one(PersonRow, patient_id)
        plan_id, plan = plan_in_force(db, patient_id)
        since = None if plan_id is None else plan_queries.set_at(db, plan_id)
        faces = newest_set(db, plan.set_name)
        at = now()
        checks, groups = summary_queries.finished_checks(db, patient_id), summary_queries.check_groups(db, patient_id)
        records = _records(db, shown(checks), shared_at(db, patient_id))
        progress = progress_of(db, patient_id, plan, checks)
        noted = record_queries.noted_runs(db, patient_id, at - RECENT)
        today = day_of(at, progress.zone)
        trained = summary_queries.training_days(db, patient_id, today - timedelta(weeks=WEEKS))
        practices = summary_queries.latest_practices(db, patient_id, MOST_PRACTICES)
        study = next((of.name for row, of, _ in enrolments_of(db, patient_id) if row.withdrawn_at is None), None)
        counted = comparable(measured(checks, plan))
        design = counted[-1].design if counted else {}
        measured_with = newest_set(db, design["set_name"]) if counted else faces
    used = {check.id for check in counted}
    series = tuple(check for check in records if check.id in used)
    by_block = {check.id: check for check in records}
    sittings = [_sitting(run, by_block.get(run.id), design) for run in noted]
    return Review(
        id=patient_id,
        code=person.code,
        active=person.active,
        at=at,
        plan=plan,
        plan_since=since,
        study=study,
        set_title=faces.title if faces else plan.set_name,
        measured_title=measured_with.title if measured_with else design.get("set_name", plan.set_name),
        design=design,
        anew=progress.course is None and begins_anew(groups, plan, faces is not None and faces.has_roles),
        graded=bool(series) and any(trial.stimulus.intensity for trial in series[-1].trials),
        progress=progress,
        dose=dose(trained, today),
        attention=attention(
            sittings,
            person.created_at,
            at,
            (progress.course.left if progress.course else checks_left(groups, plan)) == 0,
        ),
        checks=records,
        series=CheckSeries(series) if series else None,
        practices=tuple(practices),
    )


def _records(
    db: Session, checks: Sequence[FinishedCheck], shared: Callable[[datetime], bool]
) -> tuple[CheckRecord, ...]:
    """Finished checks with all that stands beside their trials. `shared`: as `feedback.shared_at`."""
    trials = record_queries.trials(db, [check.id for check in checks])
    seen = {trial.stimulus.hash for found in trials.values() for trial, _ in found if not trial.stimulus.votes}
    said = record_queries.people_on(db, seen)
    return tuple(
        CheckRecord(
            id=check.id,
            when=check.began,
            form=check.form,
            blueprint=check.blueprint,
            minutes=check.minutes,
            practices=check.practices,
            trials=tuple(trial for trial, _ in trials[check.id]),
            network={trial.number: rated for trial, rated in trials[check.id] if rated},
            people={
                trial.number: line
                for trial, _ in trials[check.id]
                if (line := chose_target(said.get(trial.stimulus.hash, {}), trial, own))
            },
        )
        for check in checks
        for own in [shared(check.began)]
    )


def _sitting(run: RunRow, check: CheckRecord | None, latest: Mapping[str, Any]) -> RunFacts:
    """`check`: the record of this run, if it is a finished check; `latest`: the design of the latest that counts."""
    return RunFacts(
        kind=Kind(run.kind) if run.task == RECOGNITION else None,
        started_at=run.started_at,
        ended_at=run.ended_at,
        stopped=run.stopped,
        hard=run.hard,
        void=check.void if check else 0,
        unseen=check.unseen if check else 0,
        differs=differences(run.design, latest) if check and latest else (),
    )
