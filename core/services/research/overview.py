"""Overview for researchers, in figures about many: of people who agreed, and never about fewer than five."""

import time
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from core.domain.emotions import Emotion
from core.domain.exercise.own_days import own_day
from core.domain.exercise.selection import Selection
from core.domain.people import Role
from core.domain.statistics.across import FEWEST, PeopleMean, across
from core.services.gate.access import require
from core.services.research.choice import ChosenPerson, chosen, sittings
from core.storage.database import Store
from core.storage.queries import overview_queries
from core.storage.queries.research_queries import ResearchRun, ResearchSitting
from core.storage.tables import now

_KEPT = 300.0
"""Seconds for which the figures of one filter are not counted anew: many trials take the database a moment."""
_known: dict[tuple[str, str | None, str | None], tuple[float, "Overview"]] = {}


@dataclass(frozen=True)
class MonthCounts:
    """One month (YYYY-MM) of people's own days: sittings, and faces of runs of recognition that were answered to the
    end. Without people nothing is said."""

    month: str
    people: int | None
    sessions: int | None
    faces: int | None


@dataclass(frozen=True)
class MissingCounts:
    """Of `planned` faces in finished checks: answered with "not sure" first, could not be seen, void."""

    planned: int
    not_sure: int
    missed: int
    void: int


@dataclass(frozen=True)
class Overview:
    """Figures about everybody who agreed to research. What is hidden cannot be subtracted."""

    people: int | None
    """As many as an export would hold; None where fewer than FEWEST did anything, and then there is nothing else."""
    sessions: int
    """As many as an export would hold."""
    faces: int
    """Of runs of recognition that were answered to the end."""
    months: tuple[MonthCounts, ...]
    emotions: tuple[PeopleMean | None, ...]
    """Share named as meant in finished checks, across people; None where too few people saw it."""
    missing: MissingCounts | None
    at: datetime


def overview(store: Store, token: str, study_id: str | None = None, set_name: str | None = None) -> Overview:
    """The figures of everybody who agreed to research, or of one study, or on one set of faces; up to five minutes
    old."""
    with store.begin() as db:
        require(db, token, Role.RESEARCHER)
        key = (str(store), study_id, set_name)
        kept = _known.get(key)
        if kept is not None and time.monotonic() - kept[0] < _KEPT:
            return kept[1]
        figures = _count(db, study_id, set_name)
    _known[key] = (time.monotonic(), figures)
    return figures


def _count(db: Session, study_id: str | None, set_name: str | None) -> Overview:
    """Of whom and what an export with this choice would hold."""
    at = now()
    people = chosen(db, Selection(study=study_id, sets=() if set_name is None else (set_name,)), at)
    if sum(bool(one.runs) for one in people.values()) < FEWEST:
        return Overview(None, 0, 0, (), (None,) * len(Emotion), None, at)
    faces = overview_queries.faces_of_checks(db, [run.id for one in people.values() for run in one.finished_checks])
    rates: dict[str | None, list[float]] = defaultdict(list)
    for row in faces:
        if row.shown:
            rates[row.target].append(row.right / row.shown)
    met = sittings(db, people)
    return Overview(
        people=len(people),
        sessions=sum(map(len, met.values())),
        faces=sum(run.length for one in people.values() for run in one.finished),
        months=_months(people, met),
        emotions=tuple(across(rates[emotion.word]) for emotion in Emotion),
        missing=MissingCounts(
            planned=sum(row.shown + row.missed + row.void for row in faces),
            not_sure=sum(row.not_sure for row in faces),
            missed=sum(row.missed for row in faces),
            void=sum(row.void for row in faces),
        )
        if len({row.person_id for row in faces}) >= FEWEST
        else None,
        at=at,
    )


def _months(
    people: Mapping[str, ChosenPerson], met: Mapping[str, Sequence[ResearchSitting]]
) -> tuple[MonthCounts, ...]:
    """Every month in which there was anything. Those with fewer people than FEWEST say nothing, and so do as many
    others, the smallest first, until what the sums have besides is of FEWEST people too."""
    sat: dict[str, Counter[str]] = defaultdict(Counter)
    seen: Counter[str] = Counter()
    for id_, person in people.items():
        for row in met.get(id_, []):
            sat[_month_of(row)][id_] += 1
        for run in person.finished:
            sat[_month_of(run)][id_] += 0
            seen[_month_of(run)] += run.length
    order = sorted(sat, key=lambda month: (len(sat[month]), month))
    told = sum(len(sat[month]) < FEWEST for month in order)
    while 0 < told < len(order) and len({id_ for month in order[:told] for id_ in sat[month]}) < FEWEST:
        told += 1
    hidden = set(order[:told])
    return tuple(
        MonthCounts(month, None, None, None)
        if month in hidden
        else MonthCounts(month, len(sat[month]), sat[month].total(), seen[month])
        for month in sorted(sat)
    )


def _month_of(row: ResearchSitting | ResearchRun) -> str:
    return own_day(row.started_at, row.time_zone).isoformat()[:7]
