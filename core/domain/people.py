"""Who uses the product and who may see whom."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    PATIENT = "patient"
    CLINICIAN = "clinician"
    RESEARCHER = "researcher"


@dataclass(frozen=True)
class Person:
    """A signed-in person. `code` stands for a name; an administrator is a clinician with that right."""

    id: str
    code: str
    role: Role
    administrator: bool
    language: str


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
