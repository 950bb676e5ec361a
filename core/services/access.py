"""Who is asking, and may they? Every service call receives the sign-in's token and begins with one of these.

An open page keeps the cookie it began with, so the sign-in's row is read again for each call: rights end when the
row says so.
"""

from sqlalchemy.orm import Session

from core.domain.people import NotAllowed, NotSignedIn, Person, Role
from core.storage import people
from core.storage.tables import now


def who(db: Session, token: str) -> Person:
    """The person behind `token`. Raises NotSignedIn when it is empty, unknown, ended or expired."""
    row = people.signed_in(db, token, now()) if token else None
    if row is None:
        raise NotSignedIn("You are not signed in. Please sign in again.")
    return people.person(row)


def require(db: Session, token: str, *roles: Role) -> Person:
    """The person behind `token`, who has one of `roles`; raises NotSignedIn or NotAllowed."""
    person = who(db, token)
    if person.role not in roles:
        raise NotAllowed("This page belongs to another role. Nothing was changed.")
    return person


def require_administrator(db: Session, token: str) -> Person:
    """The clinician behind `token`, who may also add staff and import sets of faces."""
    person = require(db, token, Role.CLINICIAN)
    if not person.administrator:
        raise NotAllowed("Only an administrator can do this. Please ask the clinician who set this up.")
    return person


def require_patient_of(db: Session, token: str, patient_id: str) -> Person:
    """The clinician behind `token`, who cares for `patient_id`.

    A patient of somebody else and a patient who does not exist get the same refusal.
    """
    person = require(db, token, Role.CLINICIAN)
    if not people.cares_for(db, person.id, patient_id):
        raise NotAllowed("You can only see people who are in your care.")
    return person
