"""My patients: one page of lines of those in a clinician's care, fast with thousands."""

from dataclasses import dataclass, replace
from datetime import datetime

from core.domain.audit import Act
from core.domain.patient.attention import Concern
from core.domain.patient.caseload import Show, Wish
from core.domain.patient.summary import Change, Dates, concerns
from core.domain.people import Role
from core.domain.statistics.change import VerdictKind
from core.services.gate.access import require
from core.services.gate.audit import viewed
from core.storage.database import Store
from core.storage.queries import caseload_queries, people_queries
from core.storage.queries.caseload_queries import Found
from core.storage.queries.invitation_queries import invitations_of
from core.storage.tables import now

PAGE = 50


@dataclass(frozen=True)
class Line:
    """One patient: `verdict` with the figures behind it (None before the first run), the `gain` in shares, `line` the
    shares of the checks that can be compared, and the dose of four weeks. `joined`: has come in at least once;
    `invited_until` is the end of an open link; `at_provider`: signs in at an OpenID provider; `finished`: every planned
    check is done."""

    id: str
    code: str
    active: bool
    joined: bool
    at_provider: bool
    finished: bool
    invited_until: datetime | None
    last_practice: datetime | None
    checks: int
    minutes: float
    days: int
    verdict: VerdictKind
    gain: float | None
    change: Change | None
    concerns: tuple[Concern, ...]
    erasure_asked: bool
    line: tuple[float, ...]


@dataclass(frozen=True)
class Caseload:
    """One page of the list. `wish` is what was asked, with a page that exists; `matching` patients are on all pages,
    `in_care` without any filter and search."""

    lines: tuple[Line, ...]
    wish: Wish
    pages: int
    matching: int
    in_care: int


def caseload(store: Store, token: str, wish: Wish = Wish(), size: int = PAGE) -> Caseload:  # noqa: B008 (frozen)
    """The patients of the signed-in clinician that `wish` asks for."""
    with store.begin() as db:
        clinician = require(db, token, Role.CLINICIAN)
        viewed(db, clinician, None, Act.LIST)
        at = now()
        in_care = caseload_queries.count(db, clinician.id, Wish(), at)
        whole = wish.show is Show.ALL and not wish.search.strip()
        matching = in_care if whole else caseload_queries.count(db, clinician.id, wish, at)
        pages = max(1, -(-matching // size))
        wish = replace(wish, page=min(max(0, wish.page), pages - 1))
        found = caseload_queries.page(db, clinician.id, wish, size, at)
        ids = [one.person.id for one in found]
        links, identified = invitations_of(db, ids, at), people_queries.identified(db, ids)
        return Caseload(
            tuple(_line(one, links.get(one.person.id), one.person.id in identified, at) for one in found),
            wish,
            pages,
            matching,
            in_care,
        )


def anybody(store: Store, token: str) -> bool:
    """Whether anybody who is not archived is in the signed-in clinician's care."""
    with store.begin() as db:
        clinician = require(db, token, Role.CLINICIAN)
        return caseload_queries.anybody(db, clinician.id, now())


def _line(found: Found, invited_until: datetime | None, identified: bool, at: datetime) -> Line:
    person, row = found.person, found.standing
    finished = row is not None and row.checks_left == 0
    return Line(
        id=person.id,
        code=person.code,
        active=person.active,
        joined=person.password_hash is not None or identified,
        at_provider=identified,
        finished=finished,
        invited_until=invited_until,
        last_practice=row.last_practice if row else None,
        checks=row.checks if row else 0,
        minutes=found.seconds / 60,
        days=found.days,
        verdict=VerdictKind(row.verdict) if row else VerdictKind.BASELINE_UNFINISHED,
        gain=row.gain if row else None,
        change=Change.from_json(row.change) if row else None,
        concerns=concerns(_dates(found), finished, at) if person.active else (),
        erasure_asked=found.erasure_asked,
        line=tuple(row.line) if row else (),
    )


def _dates(found: Found) -> Dates:
    row, since = found.standing, found.person.created_at
    if row is None:
        return Dates(since, None, None, None, None, None)
    return Dates(since, row.last_practice, row.hard_at, row.stopped_at, row.check_stopped_at, row.check_left_at)
