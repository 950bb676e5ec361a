"""Approvals: where the installation asks for it, a second person says yes to each export and un-blinding before it.

An approval holds for one act, for the same people, by who asked for it, once, within `APPROVAL_LASTS`. Commands need
none: who runs the installation can read its database, and the audit log says that it was a command.
"""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, exists, or_, select, update
from sqlalchemy.orm import Session

from core.config import settings
from core.domain.audit import Act
from core.domain.clocks import recent
from core.domain.exercise.approval import APPROVAL_LASTS, NEEDS_APPROVAL, Approval, ApprovalState
from core.domain.exercise.selection import Selection, Whom, whom_from_json, whom_in_json
from core.domain.people import NotAllowed, Person, Refusal, Role
from core.services.gate import audit
from core.services.gate.access import require, require_administrator
from core.services.research.choice import behind, choice_in_words
from core.storage.database import Store
from core.storage.tables import ApprovalRow, PersonRow, now

LEAST_REASON = 10


def needed() -> bool:
    """Whether this installation asks for approvals."""
    return settings().second_approval


def require_reason(reason: str) -> None:
    """Raises Refusal where nothing is said."""
    if len(reason.strip()) < LEAST_REASON:
        raise Refusal("Please say in a sentence why this is needed. It is kept.")


def ask(store: Store, token: str, act: Act, whom: Whom, reason: str) -> None:
    """Ask for an approval of `act`, which is one of `NEEDS_APPROVAL`. Raises Refusal where the same was asked for and
    waits or is approved, where nobody else is here who may approve it, and for pseudonyms that are nobody's."""
    with store.begin() as db:
        by = _require_actor(db, token, act)
        require_reason(reason)
        asks = whom_in_json(whom)
        choice = choice_in_words(db, whom) if isinstance(whom, Selection) else {"people": str(len(behind(db, whom)))}
        _sweep(db, now())
        if not _another_decides(db, by, act):
            raise Refusal("Nobody else here may approve this. An administrator can add a colleague who may.")
        if any(row.used_at is None and row.approved is not False for row in _same(db, by, act, asks)):
            raise Refusal("You asked for this already. It waits for a second person, or is approved.")
        row = ApprovalRow(act=act, asks=asks, reason=reason.strip(), asked_by=by.id)
        db.add(row)
        db.flush()
        audit.note(db, by, Act.ASK_APPROVAL, approval=row.id, what=str(act), choice=choice, reason=reason.strip())


def requests(store: Store, token: str) -> list[Approval]:
    """One's own requests, and those of others that one may decide and nobody has; newest first."""
    with store.begin() as db:
        by = _require_party(db, token)
        rows = db.execute(
            select(ApprovalRow, PersonRow.code)
            .join(PersonRow, PersonRow.id == ApprovalRow.asked_by)
            .order_by(ApprovalRow.asked_at.desc(), ApprovalRow.id)
        )
        seen = [(row, code) for row, code in rows if recent(row.asked_at, now(), APPROVAL_LASTS)]
        return [_approval(db, by, row, code) for row, code in seen if row.asked_by == by.id or _may_decide(by, row)]


def decide(store: Store, token: str, approval_id: str, yes: bool) -> None:
    """Approve another's request, or decline it. Raises NotAllowed for one's own and where the role may not, Refusal
    where it is over or somebody has decided."""
    with store.begin() as db:
        by = _require_party(db, token)
        row = db.get(ApprovalRow, approval_id)
        if row is None or not recent(row.asked_at, now(), APPROVAL_LASTS):
            raise Refusal("This request is not here any more. It has to be made again.")
        if row.asked_by == by.id:
            raise NotAllowed("You asked for this yourself. A second person has to decide.")
        if not _may_decide(by, row) and row.decided_at is None:
            raise NotAllowed("This request is for another role to decide. Nothing was changed.")
        taken = (
            update(ApprovalRow)
            .where(ApprovalRow.id == row.id, ApprovalRow.decided_at.is_(None))
            .values(decided_by=by.id, decided_at=now(), approved=yes)
            .returning(ApprovalRow.id)
        )
        if db.scalar(taken) is None:
            raise Refusal("Somebody has decided on this request already. Nothing was changed.")
        audit.note(db, by, Act.APPROVE if yes else Act.DECLINE, approval=row.id, what=row.act)


def spend(db: Session, by: Person, act: Act, whom: Whom) -> dict[str, str]:
    """Use an approval up; returns what the audit log says of it, nothing where none is needed. Raises Refusal without
    one."""
    if not needed():
        return {}
    for row in _same(db, by, act, whom_in_json(whom)):
        used = (
            update(ApprovalRow)
            .where(ApprovalRow.id == row.id, ApprovalRow.approved.is_(True), ApprovalRow.used_at.is_(None))
            .values(used_at=now())
            .returning(ApprovalRow.id)
        )
        if db.scalar(used) is not None:
            return {"approval": row.id}
    raise Refusal("This needs the approval of a second person. Ask for it, and do it once it is approved.")


def give_back(store: Store, spent: Mapping[str, str]) -> None:
    """What `spend` used up serves again: what it was for did not come to its end."""
    if spent:
        with store.begin() as db:
            db.execute(update(ApprovalRow).where(ApprovalRow.id == spent["approval"]).values(used_at=None))


def _require_actor(db: Session, token: str, act: Act) -> Person:
    """Who may do `act`."""
    if act not in NEEDS_APPROVAL:
        raise ValueError(f"{act!r} needs no approval; expected one of {sorted(NEEDS_APPROVAL)}")
    return require(db, token, Role.RESEARCHER) if act is Act.EXPORT else require_administrator(db, token)


def _require_party(db: Session, token: str) -> Person:
    """A researcher or an administrator."""
    person = require(db, token, Role.RESEARCHER, Role.CLINICIAN)
    return person if person.role is Role.RESEARCHER else require_administrator(db, token)


def _may_decide(by: Person, row: ApprovalRow) -> bool:
    """An administrator on all that is another's, a researcher on exports only: un-blinding is not theirs to see."""
    return row.asked_by != by.id and row.decided_at is None and (by.administrator or row.act == Act.EXPORT)


def _another_decides(db: Session, by: Person, act: Act) -> bool:
    """Whether somebody else is here who may."""
    researches = PersonRow.role == Role.RESEARCHER
    may = or_(PersonRow.administrator, researches) if act is Act.EXPORT else PersonRow.administrator
    return bool(db.scalar(select(exists().where(PersonRow.id != by.id, PersonRow.active, may))))


def _same(db: Session, by: Person, act: Act, asks: Mapping[str, object]) -> list[ApprovalRow]:
    """This person's requests for the same, newest first."""
    query = select(ApprovalRow).where(ApprovalRow.asked_by == by.id, ApprovalRow.act == act)
    rows = db.scalars(query.order_by(ApprovalRow.asked_at.desc(), ApprovalRow.id))
    return [row for row in rows if row.asks == asks and recent(row.asked_at, now(), APPROVAL_LASTS)]


def _sweep(db: Session, at: datetime) -> None:
    """What has ended is in the audit log, and not here."""
    db.execute(delete(ApprovalRow).where(ApprovalRow.asked_at < at - APPROVAL_LASTS))


def _state(row: ApprovalRow) -> ApprovalState:
    if row.used_at is not None:
        return ApprovalState.USED
    if row.approved is None:
        return ApprovalState.WAITING
    return ApprovalState.APPROVED if row.approved else ApprovalState.DECLINED


def _approval(db: Session, by: Person, row: ApprovalRow, code: str) -> Approval:
    whom = whom_from_json(row.asks)
    return Approval(
        id=row.id,
        act=Act(row.act),
        whom=whom,
        choice=choice_in_words(db, whom) if isinstance(whom, Selection) else {},
        reason=row.reason,
        asked_by=code,
        asked_at=row.asked_at,
        own=row.asked_by == by.id,
        state=_state(row),
    )
