"""Overview for researchers, in figures about many: of people who agreed, and never about fewer than five."""

import time
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from core.domain.emotions import Emotion
from core.domain.patient.consent import Purpose
from core.domain.people import Role
from core.domain.statistics.across import FEWEST, PeopleMean, across
from core.services.gate.access import require
from core.services.privacy import consents
from core.storage.database import Store
from core.storage.queries import overview_queries
from core.storage.tables import now

_KEPT = 300.0
"""Seconds for which the figures of one filter are not counted anew: many trials take the database a moment."""
_known: dict[tuple[str, str | None, str | None], tuple[float, "Overview"]] = {}


@dataclass(frozen=True)
class MonthCounts:
    """One month (YYYY-MM, UTC). Without people (fewer than FEWEST) nothing is said."""

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
    """Who did anything, None for fewer than FEWEST, and then there is nothing else."""
    sessions: int
    """Of the months that are shown."""
    faces: int
    """Of the months that are shown."""
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
    agreed = consents.agreed(db, Purpose.RESEARCH)
    runs = [row for row in overview_queries.runs(db, study_id, set_name) if row.person_id in agreed]
    people = len({row.person_id for row in runs})
    if people < FEWEST:
        return Overview(None, 0, 0, (), (None,) * len(Emotion), None, now())
    faces = [row for row in overview_queries.faces_of_checks(db, study_id, set_name) if row.person_id in agreed]
    rates: dict[str | None, list[float]] = defaultdict(list)
    for row in faces:
        if row.shown:
            rates[row.target].append(row.right / row.shown)
    months: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for run in runs:
        months[run.month].append((run.sessions, run.faces))
    line = tuple(_month(month, some) for month, some in sorted(months.items()))
    return Overview(
        people=people,
        sessions=sum(one.sessions or 0 for one in line),
        faces=sum(one.faces or 0 for one in line),
        months=line,
        emotions=tuple(across(rates[emotion.word]) for emotion in Emotion),
        missing=MissingCounts(
            planned=sum(row.shown + row.missed + row.void for row in faces),
            not_sure=sum(row.not_sure for row in faces),
            missed=sum(row.missed for row in faces),
            void=sum(row.void for row in faces),
        )
        if len({row.person_id for row in faces}) >= FEWEST
        else None,
        at=now(),
    )


def _month(month: str, some: list[tuple[int, int]]) -> MonthCounts:
    """One pair (sittings, faces) for each person."""
    if len(some) < FEWEST:
        return MonthCounts(month, None, None, None)
    return MonthCounts(month, len(some), sum(sessions for sessions, _ in some), sum(faces for _, faces in some))
