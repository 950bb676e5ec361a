"""Who uses the product and who may see whom."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Role(StrEnum):
    PATIENT = "patient"
    CLINICIAN = "clinician"
    RESEARCHER = "researcher"


@dataclass(frozen=True)
class SignInLifetime:
    """How long a sign-in lasts."""

    idle: timedelta
    """Without a click."""
    at_most: timedelta
    """Whatever happens."""


STAFF_SIGN_IN = SignInLifetime(idle=timedelta(minutes=45), at_most=timedelta(hours=12))
SIGN_IN_LASTS = {
    Role.PATIENT: SignInLifetime(idle=timedelta(days=14), at_most=timedelta(days=30)),
    Role.CLINICIAN: STAFF_SIGN_IN,
    Role.RESEARCHER: STAFF_SIGN_IN,
}


class AccountEvent(StrEnum):
    """What is written down when it happens to an account."""

    MADE = "made"
    INVITED = "invited"
    TAKEN_INTO_CARE = "taken-into-care"
    CARE_SHARED = "care-shared"
    CARE_ENDED = "care-ended"
    JOINED = "joined"
    SIGNED_IN = "signed-in"
    SIGNED_OUT = "signed-out-everywhere"
    PASSWORD = "password-changed"
    RIGHT_GIVEN = "right-given"
    RIGHT_TAKEN = "right-taken"
    DEACTIVATED = "deactivated"
    REACTIVATED = "reactivated"
    FACTOR_ADDED = "factor-added"
    FACTOR_REMOVED = "factor-removed"
    RECOVERY_CODE = "recovery-code-used"
    SIGN_IN_REFUSED = "sign-in-refused"
    OLD_PASSWORD_REFUSED = "old-password-refused"
    ONE_TIME_CODE_REFUSED = "one-time-code-refused"
    LINK_REFUSED = "link-refused"
    TAKE_BACK_REFUSED = "take-back-refused"
    KEPT_OUT = "kept-out"


REFUSALS = frozenset(
    {
        AccountEvent.SIGN_IN_REFUSED,
        AccountEvent.OLD_PASSWORD_REFUSED,
        AccountEvent.ONE_TIME_CODE_REFUSED,
        AccountEvent.LINK_REFUSED,
        AccountEvent.TAKE_BACK_REFUSED,
        AccountEvent.KEPT_OUT,
    }
)
"""What somebody tried who did not get in; counted by person, kind, place and hour."""


class EntryPlace(StrEnum):
    """From what kind of place somebody tried to get in. No address is kept."""

    KNOWN_BROWSER = "known-browser"
    """At which the person signed in before."""
    NEW_BROWSER = "new-browser"
    THIS_MACHINE = "this-machine"
    """A program on the server itself."""
    SIGNED_IN = "signed-in"
    """A page on which the person is signed in."""


@dataclass(frozen=True)
class Person:
    """A signed-in person. `code` stands for a name; an administrator is a clinician with that right."""

    id: str
    code: str
    role: Role
    administrator: bool
    language: str
    time_zone: str | None = None
    """The name of the last one known, by which their days are counted."""


class Refusal(Exception):
    """Something a person asked for and cannot have; `sentence` is a msgid, `values` fill its braces."""

    def __init__(self, sentence: str, **values: object) -> None:
        super().__init__(sentence.format(**values))
        self.sentence = sentence
        self.values = values


class NotSignedIn(Refusal):
    """The sign-in ended, expired or never was."""


class NotAllowed(Refusal):
    """The person is signed in, and this is not theirs to see or do."""


class NotSaved(Refusal):
    """The storage could not take or give something: it is full, locked or gone. Trying again is safe."""
