"""What was handed out to a person: sign-ins, half-in ones too, one-time links, and a second factor not yet turned on.

Whatever changes how somebody gets in, or what they may do then, ends all that was handed out before: who took a link
or came half in with the old password is out.
"""

from sqlalchemy.orm import Session

from core.storage.queries import invitation_queries, sign_in_queries
from core.storage.tables import PersonRow, now


def end_handed_out(db: Session, person_id: str, but: str = "") -> None:
    """End it, at a change of password, role or second factor; `but` is the token of the sign-in that goes on.

    Where none goes on, no browser is known any more either.
    """
    hold(db, person_id)
    at = now()
    sign_in_queries.end_sign_ins(db, person_id, at, but)
    invitation_queries.end_invitations(db, person_id, at)
    sign_in_queries.forget_unconfirmed_factor(db, person_id)
    if not but:
        sign_in_queries.forget_browsers_of(db, person_id)


def hold(db: Session, person_id: str) -> PersonRow:
    """The person as they are now; until this transaction ends no other changes them or hands something out to them."""
    return db.get_one(PersonRow, person_id, with_for_update=True)
