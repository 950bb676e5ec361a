"""Caseload: one page of the patients in a clinician's care, fast with thousands."""

from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from core.domain.audit import Act
from core.domain.days import zone_or_utc
from core.domain.patient.attention import Concern
from core.domain.patient.caseload import CaseloadFilter, CaseloadOptions
from core.domain.patient.summary import ChangeSummary, Dates, concerns
from core.domain.people import Role
from core.domain.statistics.change import VerdictKind
from core.services.gate.access import require
from core.services.gate.audit import viewed
from core.storage.database import Store
from core.storage.queries import caseload_queries, people_queries
from core.storage.queries.caseload_queries import PatientOverview
from core.storage.queries.invitation_queries import invitations_of
from core.storage.tables import now

PAGE = 50


@dataclass(frozen=True)
class CaseloadLine:
    """One patient in a clinician's list, with the dose of four weeks."""

    id: str
    code: str
    active: bool
    joined: bool
    """Has come in at least once."""
    at_provider: bool
    """Signs in at an OpenID provider."""
    finished: bool
    """Every planned check is done."""
    invited_until: datetime | None
    """The end of an open link."""
    last_practice: datetime | None
    zone: tzinfo
    """The patient's own."""
    checks: int
    minutes: float
    days: int
    verdict: VerdictKind
    gain: float | None
    """In shares."""
    change: ChangeSummary | None
    """The figures behind the verdict, None before the first run."""
    concerns: tuple[Concern, ...]
    erasure_asked: bool
    check_shares: tuple[float, ...]
    """Of the checks that can be compared, oldest first."""


@dataclass(frozen=True)
class Caseload:
    """One page of the list."""

    lines: tuple[CaseloadLine, ...]
    options: CaseloadOptions
    """What was asked, with a page that exists."""
    pages: int
    matching: int
    """Patients on all pages."""
    in_care: int
    """Patients without any filter and search."""


def caseload(store: Store, token: str, options: CaseloadOptions = CaseloadOptions(), size: int = PAGE) -> Caseload:  # noqa: B008 (frozen)
    """The patients of the signed-in clinician that `options` asks for."""
    with store.begin() as db:
        clinician = require(db, token, Role.CLINICIAN)
        viewed(db, clinician, None, Act.LIST)
        at = now()
        in_care = caseload_queries.count(db, clinician.id, CaseloadOptions(), at)
        whole = options.show is CaseloadFilter.ALL and not options.search.strip()
        matching = in_care if whole else caseload_queries.count(db, clinician.id, options, at)
        pages = max(1, -(-matching // size))
        options = replace(options, page=min(max(0, options.page), pages - 1))
        rows = caseload_queries.page(db, clinician.id, options, size, at)
        ids = [one.person.id for one in rows]
        links, identified = invitations_of(db, ids, at), people_queries.identified(db, ids)
        return Caseload(
            tuple(_line(one, links.get(one.person.id), one.person.id in identified, at) for one in rows),
            options,
            pages,
            matching,
            in_care,
        )


def anybody(store: Store, token: str) -> bool:
    """Whether anybody who is not archived is in the signed-in clinician's care."""
    with store.begin() as db:
        clinician = require(db, token, Role.CLINICIAN)
        return caseload_queries.anybody(db, clinician.id, now())


def _line(overview: PatientOverview, invited_until: datetime | None, identified: bool, at: datetime) -> CaseloadLine:
    person, row = overview.person, overview.summary
    finished = row is not None and row.checks_left == 0
    return CaseloadLine(
        id=person.id,
        code=person.code,
        active=person.active,
        joined=person.password_hash is not None or identified,
        at_provider=identified,
        finished=finished,
        invited_until=invited_until,
        last_practice=row.last_practice if row else None,
        zone=zone_or_utc(person.time_zone),
        checks=row.checks if row else 0,
        minutes=overview.seconds / 60,
        days=overview.days,
        verdict=VerdictKind(row.verdict) if row else VerdictKind.BASELINE_UNFINISHED,
        gain=row.gain if row else None,
        change=ChangeSummary.from_json(row.change) if row else None,
        concerns=concerns(_dates(overview), finished, at) if person.active else (),
        erasure_asked=overview.erasure_asked,
        check_shares=tuple(row.line) if row else (),
    )


def _dates(overview: PatientOverview) -> Dates:
    row, since = overview.summary, overview.person.created_at
    if row is None:
        return Dates(since, None, None, None, None, None)
    return Dates(since, row.last_practice, row.hard_at, row.stopped_at, row.check_stopped_at, row.check_left_at)
