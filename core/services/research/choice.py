"""Whom and what a selection chooses: one answer for the overview, the preview and the export.

What somebody did lately is kept back, for a time that is the person's own secret: else two exports would tell on which
day it was done.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from core.domain.exercise.own_days import OwnDays, own_day
from core.domain.exercise.selection import Selection, bare_names
from core.domain.exercise.trials import Kind
from core.domain.patient.consent import Purpose
from core.domain.people import Refusal
from core.services.privacy import consents
from core.storage.queries import research_queries, study_queries
from core.storage.queries.pseudonym_queries import LONGEST_DELAY, delays, people_behind
from core.storage.queries.research_queries import ResearchRun, ResearchSitting
from core.storage.tables import RECOGNITION, StudyRow, now
from core.tasks import tasks


@dataclass(frozen=True)
class StudyPart:
    """A person's part in a study."""

    study_id: str
    study: str
    enrols: bool
    """Still: then no export says which arm it is."""
    allocated: str
    """The arm, also while the study enrols."""
    number: int
    """Place in the allocation sequence, from 1."""
    since: datetime
    until: datetime | None
    seed: int | None
    """Of the allocation; None while the study enrols."""

    @property
    def arm(self) -> str | None:
        """As an export may tell it."""
        return None if self.enrols else self.allocated

    def conceals(self, at: datetime) -> bool:
        """Whether what was done then was done by a plan that tells the arm, which nobody is to know yet."""
        return self.enrols and self.since <= at

    def covers(self, at: datetime) -> bool:
        return self.since <= at and (self.until is None or at < self.until)


@dataclass(frozen=True)
class ChosenPerson:
    """One person of a choice."""

    id: str
    code: str
    language: str
    days: OwnDays
    parts: Sequence[StudyPart]
    began: Mapping[str, str]
    """The sitting in which each block began, of all blocks that any export of this study can hold; in their order."""
    lengths: Sequence[int]
    """How many faces of each of these were to be answered."""
    runs: Sequence[ResearchRun] = field(repr=False)
    """Those blocks that are chosen."""

    @property
    def finished(self) -> list[ResearchRun]:
        """The runs of recognition that were answered to the end, as far as an export may tell it."""
        return [
            run
            for run in self.runs
            if run.task == RECOGNITION and not run.stopped and self.days.over(run.ended_at, run.time_zone)
        ]

    @property
    def finished_checks(self) -> list[ResearchRun]:
        return [run for run in self.finished if run.kind == Kind.CHECK]

    def part_in(self, study: str | None) -> StudyPart | None:
        return next((part for part in self.parts if part.study_id == study), None)


@dataclass(frozen=True)
class ChoiceCounts:
    """How much there is: `trials` are those that were planned; a few more come where faces had to be replaced."""

    people: int
    sessions: int
    blocks: int
    trials: int


def chosen(db: Session, selection: Selection, at: datetime) -> dict[str, ChosenPerson]:
    """Who of those who agree to research is in `selection`, and with what, by id. Raises Refusal where its study is
    gone, or its last day before the first one."""
    selection.check_days()
    if selection.study is not None:
        _study(db, selection.study)
    return among(db, consents.agreed(db, Purpose.RESEARCH), selection, at)


def among(db: Session, ids: Collection[str], selection: Selection, at: datetime) -> dict[str, ChosenPerson]:
    """The same of certain people, whether they agree or not. Nobody of whom all is still kept back is in it."""
    parts = study_parts(db, ids)
    if selection.study is not None:
        parts = {id_: own for id_, own in parts.items() if any(part.study_id == selection.study for part in own)}
    accounts, late = research_queries.accounts(db, parts), delays(db, parts)
    runs = research_queries.runs(db, parts, selection.study)
    people = {}
    for id_, account in accounts.items():
        own = runs.get(id_, [])
        zone = own[0].time_zone if own else None
        first = own_day(own[0].started_at, zone) if own else None
        until = own_day(at - late[id_], zone)
        days = OwnDays(first if first is not None and first < until else None, until, zone)
        person = ChosenPerson(
            id=id_,
            code=account.code,
            language=account.language,
            days=days,
            parts=parts[id_],
            began={run.id: run.session_id for run in own},
            lengths=[run.length for run in own],
            runs=[run for run in own if _holds(selection, days, run)],
        )
        part = person.part_in(selection.study)
        if days.over(part.since if part else account.created_at, zone):
            people[id_] = person
    return people


def study_parts(db: Session, ids: Iterable[str]) -> dict[str, list[StudyPart]]:
    """The parts of these people in studies, by id."""
    parts: dict[str, list[StudyPart]] = {id_: [] for id_ in sorted(ids)}
    for row in research_queries.enrolments(db):
        if row.person_id in parts:
            enrols = row.closed_at is None
            parts[row.person_id].append(
                StudyPart(
                    study_id=row.study_id,
                    study=row.study,
                    enrols=enrols,
                    allocated=row.arm,
                    number=row.place + 1,
                    since=row.enrolled_at,
                    until=row.withdrawn_at,
                    seed=None if enrols else row.seed,
                )
            )
    return parts


def sittings(db: Session, people: Mapping[str, ChosenPerson]) -> dict[str, list[ResearchSitting]]:
    """The sittings of each person in what is chosen."""
    began = {run.id: run.session_id for person in people.values() for run in person.runs}
    found = research_queries.sittings(db, people, began)
    return {
        id_: [row for row in own if people[id_].days.over(row.started_at, row.time_zone)] for id_, own in found.items()
    }


def counts(db: Session, people: Mapping[str, ChosenPerson]) -> ChoiceCounts:
    runs = [run for person in people.values() for run in person.runs]
    sessions = sum(len(own) for own in sittings(db, people).values())
    return ChoiceCounts(len(people), sessions, len(runs), sum(run.length for run in runs))


def _holds(selection: Selection, days: OwnDays, run: ResearchRun) -> bool:
    return (
        days.over(run.started_at, run.time_zone)
        and (not selection.tasks or run.task in selection.tasks)
        and (not selection.sets or run.set_name in selection.sets)
        and selection.holds(days.number(run.started_at, run.time_zone))
    )


def every_series(db: Session) -> list[Selection]:
    """A selection for all pseudonyms under which anything can have been exported."""
    names = ["", *sorted(research_queries.series_names(db))]
    studies = [None, *(row.id for row in study_queries.studies(db))]
    return [Selection(study=study, series=name) for study in studies for name in names]


def choice_in_words(db: Session, selection: Selection) -> dict[str, str]:
    """What is asked for, as exports and the audit log say it. Raises Refusal where its study is gone."""
    first, last = ("any" if day is None else str(day) for day in (selection.first_day, selection.last_day))
    series = {"series": selection.series} if selection.series else {}
    return {
        "study": "any or none" if selection.study is None else _study(db, selection.study).name,
        "first day": first,
        "last day": last,
        "tasks": ", ".join(selection.tasks or tasks()),
        "sets": ", ".join(selection.sets) or "all",
        "people": "who agreed to research",
        **series,
    }


def _study(db: Session, study_id: str) -> StudyRow:
    row = db.get(StudyRow, study_id)
    if row is None:
        raise Refusal("There is no such study any more.")
    return row


def behind(db: Session, participants: Sequence[str]) -> dict[str, ChosenPerson]:
    """Who is behind pseudonyms of any export, which may begin with "sub-" as there. Raises Refusal for one that is
    nobody's."""
    names = bare_names(participants)
    people: dict[str, ChosenPerson] = {}
    for selection in every_series(db):
        ids = people_behind(db, names - set(people), selection.purpose)
        found = among(db, ids.values(), selection, now() + LONGEST_DELAY)
        people |= {name: found[id_] for name, id_ in ids.items()}
    if unknown := sorted(names - set(people)):
        raise Refusal(
            "Nobody here is behind {names}. Look for a mistake in it; who was deleted cannot be found any more.",
            names=", ".join(unknown),
        )
    return people
