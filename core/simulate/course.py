"""Simulated course: one person's months of training, as rows that the exercise would have written.

What is due, the forms, blueprints, faces and levels come from the product's own design code; only the answers, their
times and the days of practice are drawn. The chance of never coming back is the same after each visit (a geometric
drop-out); half of those who leave do so in the middle of a run.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import numpy as np

from core.config import VERSION
from core.domain.days import day_of, zone_or_utc
from core.domain.devices import Browser
from core.domain.emotions import Emotion
from core.domain.exercise import design
from core.domain.exercise.plan import ChangeRule, Plan, blueprint
from core.domain.exercise.trials import Answer, Kind, Response, Stimulus, Trial
from core.simulate.blocks import SimulatedBlocks
from core.simulate.expressions import Camera
from core.simulate.learner import BlockTruth, Learner
from core.simulate.trial_rows import planned_trial
from core.storage.queries.exercise_queries import SITTING
from core.storage.trials import score
from core.tasks.recognition.course_state import CourseDue
from core.tasks.recognition.drawing import due

Rows = list[dict[str, Any]]
_UNSEEN = 0.002
_STOPS, _HARD = 0.03, 0.08


@dataclass(frozen=True)
class SimulatedFaces:
    """The set in use: its row id, version, faces by role, and what the network says by picture hash."""

    set_id: int
    version: str
    pools: Mapping[str, Sequence[Stimulus]]
    network_id: int | None
    network: Mapping[str, Sequence[float]]


@dataclass(frozen=True)
class Habits:
    """When a person comes."""

    start: datetime
    days_between: float
    """On average (1 or more, geometric)."""
    leaves: float
    """The chance to leave for good after a visit."""
    away: tuple[datetime, datetime] | None = None
    """From and until when they do not come."""

    def back_at(self, visit: datetime) -> datetime:
        """When a visit is made that would be at `visit`."""
        return self.away[1] if self.away is not None and self.away[0] <= visit < self.away[1] else visit


@dataclass
class SimulatedCourse:
    """All rows of one person."""

    sessions: Rows = field(default_factory=list)
    blocks: Rows = field(default_factory=list)
    trials: Rows = field(default_factory=list)
    exposures: Counter[str] = field(default_factory=Counter)
    first_answers: Counter[tuple[str, str]] = field(default_factory=Counter)
    truth: list[BlockTruth] = field(default_factory=list)
    """For each block."""
    expressions: Rows = field(default_factory=list)
    """Blocks before the camera."""
    tries: Rows = field(default_factory=list)
    """Trials before the camera."""

    @property
    def runs(self) -> int:
        return len(self.blocks) + len(self.expressions)

    def finished(self, kind: Kind) -> list[dict[str, Any]]:
        return [row for row in self.blocks if row["kind"] == kind and row["ended_at"] and not row["stopped"]]


def simulate_course(
    person_id: str,
    learner: Learner,
    habits: Habits,
    plan: Plan,
    browser: Browser,
    faces: SimulatedFaces,
    until: datetime,
    random: np.random.Generator,
    plan_id: int | None = None,
    camera: Camera | None = None,
) -> SimulatedCourse:
    """The course of one person up to `until`. The same arguments give the same rows, ids included."""
    person = _Trainee(person_id, learner, plan, plan_id, browser, faces, random, camera)
    visit = habits.start
    while visit < until - timedelta(hours=1):
        leaves = random.random() < habits.leaves
        person.come(visit, runs=1 + (random.random() < 0.4), breaks_off=leaves and random.random() < 0.5)
        if leaves:
            break
        days = random.geometric(1 / habits.days_between)
        hour = float(np.clip(random.normal(17, 3), 8, 21.5))
        visit = (visit + timedelta(days=int(days))).replace(hour=0, minute=0, second=0) + timedelta(hours=hour)
        visit = habits.back_at(visit)
    return person.course


@dataclass
class _Trainee:
    id: str
    learner: Learner
    plan: Plan
    plan_id: int | None
    browser: Browser
    faces: SimulatedFaces
    random: np.random.Generator
    camera: Camera | None = None
    course: SimulatedCourse = field(default_factory=SimulatedCourse)
    level: int | None = None
    blocks: SimulatedBlocks = field(init=False)

    def __post_init__(self) -> None:
        self.blocks = SimulatedBlocks(self.plan)

    def come(self, at: datetime, runs: int, breaks_off: bool) -> None:
        """One visit: what is due, once or twice, and with a camera perhaps a run of expressions."""
        day = float(self.random.normal())
        answered = 0
        for run in range(runs):
            last = breaks_off and run == runs - 1
            due = self._due(at)
            if due.kind is None:
                break
            at, done = self._run(at, due, day, answered, last)
            answered += done
            at += timedelta(seconds=float(self.random.uniform(20, 90)))
        if self.camera is not None and not breaks_off and self.camera.is_on():
            block, tries = self.camera.run(at, self.id, self.browser, self._sitting(at), self.course.exposures)
            self.course.expressions.append({**block, "number": self.course.runs + 1})
            self.course.tries += tries

    def _due(self, at: datetime) -> CourseDue:
        """What is due, by the rule of the plan."""
        today = day_of(at, zone_or_utc(self.browser.time_zone))
        if self.plan.rule is ChangeRule.BLOCKS:
            return self.blocks.due(today)
        checks, practices = self.course.finished(Kind.CHECK), self.course.finished(Kind.PRACTICE)
        latest = checks[-1]["number"] if checks else 0
        since = sum(practice["number"] > latest for practice in practices)
        kind, _ = due(self.plan, len(checks), since, measures=True)
        return CourseDue(kind, None, 0, today, 0)

    def _run(self, at: datetime, due: CourseDue, day: float, answered: int, breaks_off: bool) -> tuple[datetime, int]:
        kind, practices = Kind(due.kind or ""), self.course.finished(Kind.PRACTICE)
        seed = int(self.random.integers(2**31))
        block: dict[str, Any] = {
            "id": self.random.bytes(16).hex(),
            "person_id": self.id,
            "session_id": self._sitting(at),
            "plan_id": self.plan_id,
            "set_id": self.faces.set_id,
            "task": "recognition",
            "kind": kind.value,
            "blueprint": None,
            "form": None,
            "seed": seed,
            "number": self.course.runs + 1,
            "started_at": at,
            "ended_at": None,
            "stopped": False,
            "hard": None,
            "baseline": None,
            "part": due.part,
            "phase": due.phase if due.part else None,
            "own_day": due.day if due.part and kind is Kind.CHECK else None,
        }
        if kind is Kind.CHECK:
            form = design.form_for(len(self.course.finished(Kind.CHECK)), self.id)
            asked = blueprint(self.plan, self.faces.version, self.browser.language, self.browser.device)
            block |= {"form": form, "blueprint": asked.key, "design": asked.to_json()}
            drawn = design.draw_check(self.faces.pools[form], asked, seed)
        elif due.part is not None:
            block["design"] = replace(self.plan, programme=None).to_json()
            drawn = design.draw_warm_up(self.faces.pools["practice"], self.plan, seed)
        else:
            self.level = self.level or design.first_level(self.plan)
            block["design"] = {"level": self.level, **replace(self.plan, programme=None).to_json()}
            drawn = design.draw_practice(self.faces.pools["practice"], self.plan, self.level, seed)
        block["length"] = len(drawn)
        self.course.blocks.append(block)
        self.course.truth.append({"block": block["id"], "day": day, "practices": len(practices), "before": answered})
        return self._answer(block, due, drawn, day, answered, breaks_off, len(practices))

    def _answer(
        self,
        block: dict[str, Any],
        due: CourseDue,
        drawn: Sequence[Stimulus],
        day: float,
        answered: int,
        breaks_off: bool,
        practices: int,
    ) -> tuple[datetime, int]:
        kind, stops = Kind(block["kind"]), not breaks_off and self.random.random() < _STOPS
        at, done, right, shown = block["started_at"], len(drawn), 0, 0
        if breaks_off or stops:
            done = int(self.random.integers(1, len(drawn)))
        for place, face in enumerate(drawn):
            row = planned_trial(block["id"], place + 1, face)
            if place < done:
                response, guess = self._respond(face, kind, practices, day, answered + place)
                painted = at + timedelta(seconds=0.5)
                trial = Trial(place + 1, face, answer=Answer(response, 0.0, painted, painted, guess))
                seconds = self.learner.seconds(self.random, bool(trial.correct), practices)
                at = painted + timedelta(seconds=seconds)
                row |= {**self._filled(block, face, response, guess, painted, seconds), **score(trial)}
                right += bool(trial.correct)
                shown += trial.correct is not None
                if kind is Kind.PRACTICE:  # the feedback is read
                    at += timedelta(seconds=float(self.random.lognormal(1.2, 0.4)))
            self.course.trials.append(row)
        if not breaks_off:
            block["ended_at"], block["stopped"] = at, stops
            block["hard"] = True if self.random.random() < _HARD else None
            self.blocks.ended(due, block["id"], block["blueprint"] or "", right, shown, stops)
            if kind is Kind.PRACTICE and not stops and due.part is None:
                self.level = design.next_level(self.plan, self.level or 100, right, shown)
        return at, done

    def _respond(
        self, face: Stimulus, kind: Kind, practices: int, day: float, before: int
    ) -> tuple[Response, Emotion | None]:
        if self.random.random() < _UNSEEN:
            return Response.CANNOT_SEE, None
        chances = self.learner.answers(face.target, face.intensity, practices, day, before)
        named = Emotion(int(self.random.choice(len(Emotion), p=chances)))
        if named is not face.target and self.random.random() < self.learner.unsure:
            return Response.NOT_SURE, named if kind is Kind.CHECK else None
        return Response[named.name], None

    def _filled(
        self,
        block: dict[str, Any],
        face: Stimulus,
        response: Response,
        guess: Emotion | None,
        painted: datetime,
        seconds: float,
    ) -> dict[str, Any]:
        who = f"{self.faces.set_id}:{face.identity}"
        met = self.course.exposures
        row = {
            "session_id": block["session_id"],
            "painted_at": painted,
            "answered_at": painted + timedelta(seconds=seconds),
            "response": response.value,
            "best_guess": guess.word if guess is not None else None,
            "response_time_ms": round(1000 * seconds, 1),
            "focus_lost": bool(self.random.random() < 0.01),
            "earlier_face": met[face.hash],
            "earlier_identity": met[who],
            "network_id": self.faces.network_id,
            "network_probabilities": self.faces.network.get(face.hash),
            "language": self.browser.language,
            "window": "390x844@3" if self.browser.device == "phone" else "1440x900@1",
            "device": self.browser.device,
            "software": VERSION,
        }
        if not met[face.hash]:
            self.course.first_answers[face.hash, response.value] += 1
        met.update((face.hash, who))
        return row

    def _sitting(self, at: datetime) -> str:
        last = self.course.sessions[-1] if self.course.sessions else None
        if last is not None and at - last["last_at"] < SITTING:
            last["last_at"] = at
            return str(last["id"])
        row = {"id": self.random.bytes(16).hex(), "person_id": self.id, "started_at": at, "last_at": at}
        self.course.sessions.append({**row, **asdict(self.browser), "software": VERSION, "in_room": False})
        return str(row["id"])
