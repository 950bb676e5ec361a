"""OpenID sign-in: the provider's claims say who somebody is and which role they have here.

An account is found by issuer and subject, or made at the first visit. The provider's word opens one sign-in: shown
again, by whoever copied it, it opens none. A second factor is the provider's matter.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core.domain.people import AccountEvent, Role
from core.services.accounts.sign_in import NOWHERE, Visit, add_sign_in
from core.services.exercise.plans import give_standard_plan
from core.services.gate.problems import problem
from core.storage.database import Store
from core.storage.queries import people_queries
from core.storage.queries.account_event_queries import record
from core.storage.tables import IdentityRow, PersonRow, new_id, now

FRESH = timedelta(minutes=10)
"""How old a provider's word may be; it is used seconds after it was given."""


@dataclass(frozen=True)
class RoleClaim:
    """Which claim names roles ("groups", or a path: "realm_access.roles"), and what it says for each of ours."""

    claim: str = "groups"
    values: Mapping[str, Role] = field(default_factory=dict)

    def role(self, claims: Mapping[str, object]) -> Role | None:
        """The role that `claims` give; the first of `values` where there are several, None where there is none."""
        said: object = claims
        for step in self.claim.split("."):
            said = said.get(step) if isinstance(said, Mapping) else None
        named = said if isinstance(said, list) else [said]
        return next((role for value, role in self.values.items() if value in named), None)


def sign_in_with_openid(
    store: Store,
    claims: Mapping[str, object],
    roles: RoleClaim,
    language: str,
    visit: Visit = NOWHERE,
) -> str:
    """The token of a sign-in for whom the provider's `claims` name; their signature was checked before this.

    Raises Refusal when they are old or used, name no role or another than the account has, or the account is closed.
    """
    issuer, subject, issued = claims.get("iss"), claims.get("sub"), claims.get("iat")
    if not (isinstance(issuer, str) and isinstance(subject, str) and isinstance(issued, int | float)):
        raise problem("openid")
    if not 0 < len(issuer) <= 255 or not 0 < len(subject) <= 255 or now().timestamp() - issued > FRESH.total_seconds():
        raise problem("openid")
    role = roles.role(claims)
    word = people_queries.hashed("\n".join(f"{name}={claims[name]}" for name in sorted(claims)))
    try:
        with store.begin() as db:
            row = people_queries.with_identity(db, issuer, subject)
            if role is None or (row is not None and row.role != role):
                raise problem("openid-role")
            if row is None:
                row = _make(db, issuer, subject, role, _code(db, claims), language)
            if not row.active:
                raise problem("openid-off")
            record(db, row.id, row.id, AccountEvent.SIGNED_IN)
            token = add_sign_in(db, row, visit, openid_hash=word)
            db.flush()
            return token
    except IntegrityError as error:
        raise problem("openid") from error


def _make(db: Session, issuer: str, subject: str, role: Role, code: str, language: str) -> PersonRow:
    row = PersonRow(id=new_id(), code=code, role=role, language=language)
    db.add(row)
    db.flush()
    db.add(IdentityRow(issuer=issuer, subject=subject, person_id=row.id))
    record(db, None, row.id, AccountEvent.MADE)
    if role is Role.PATIENT:
        give_standard_plan(db, row.id)
    return row


def _code(db: Session, claims: Mapping[str, object]) -> str:
    """A code that nobody has: what the provider calls the person, with a number if need be."""
    said = (claims.get(name) for name in ("preferred_username", "email", "name", "sub"))
    name = next(text for text in said if isinstance(text, str) and text.strip())
    plain = "".join(sign for sign in name if sign.isprintable()).strip()[:50] or "?"
    number = 1
    while people_queries.with_code(db, code := plain if number == 1 else f"{plain} {number}") is not None:
        number += 1
    return code
