"""Permission to have the faces of a picture or a video read. Nothing of it is stored."""

from core.domain.camera.expression import ClosedReason
from core.domain.patient.consent import Purpose
from core.domain.people import NotAllowed, Role
from core.services.exercise.expression import closed
from core.services.gate.access import who
from core.services.privacy.consents import require_agreed
from core.storage.database import Store


def require_files(store: Store, token: str) -> str:
    """The id of who may give files: anybody with an account, a patient with their consent to the camera, where the
    exercise is not closed.

    Raises NotSignedIn, NotAllowed or NotAgreed.
    """
    with store.begin() as db:
        person = who(db, token)
        why = closed()
        if why is ClosedReason.OFF:
            raise NotAllowed("The exercise with the camera is switched off here.")
        if why is not None:
            raise NotAllowed("At work and in education no feelings are read from a face. Files are closed here.")
        if person.role is Role.PATIENT:
            require_agreed(db, person.id, Purpose.CAMERA)
        return person.id
