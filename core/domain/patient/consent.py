"""What a person agreed to: purposes, words given and taken back, and what stands at the end. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from core.domain.people import Refusal


class Purpose(StrEnum):
    """What a consent is for; each is asked, given and taken back by itself."""

    TREATMENT = "treatment"
    NORMS = "norms"
    RESEARCH = "research"
    CAMERA = "camera"


FIRST = (Purpose.TREATMENT, Purpose.NORMS, Purpose.RESEARCH)
"""Asked, in this order, before the first exercise. The camera is asked about where it is first used."""


class By(StrEnum):
    """Whose word it is. For a minor both count: the person's own and a guardian's."""

    PERSON = "person"
    GUARDIAN = "guardian"


class Decision(StrEnum):
    YES = "yes"
    NO = "no"
    WITHDRAWN = "withdrawn"


class Relation(StrEnum):
    """What a guardian is to a minor. Their name is not kept."""

    PARENT = "parent"
    GUARDIAN = "legal_guardian"


class Standing(StrEnum):
    """What a person's words come to; only AGREED lets anything happen."""

    NOT_ASKED = "not_asked"
    AGREED = "agreed"
    DECLINED = "declined"
    GUARDIAN_NOT_ASKED = "guardian_not_asked"
    GUARDIAN_DECLINED = "guardian_declined"


class NotAgreed(Refusal):
    """Something needs a consent that does not stand."""


@dataclass(frozen=True)
class Text:
    """What a person is asked, as it was shown: `hash` is the SHA-256 of the file (UTF-8)."""

    purpose: Purpose
    version: str
    language: str
    title: str
    body: str
    hash: str


@dataclass(frozen=True)
class Word:
    """One yes, no or withdrawal, and the text it answers. `relation` and `signed_on` are a guardian's;
    `signed_on` is the date on paper, None when the word was given on the device."""

    purpose: Purpose
    by: By
    decision: Decision
    version: str
    language: str
    at: datetime
    relation: Relation | None = None
    signed_on: date | None = None


def last(words: Sequence[Word], purpose: Purpose, by: By, version: str | None = None) -> Word | None:
    """The newest word (`words` are oldest first), among those on `version` of the text if one is given."""
    fitting = (w for w in reversed(words) if w.purpose is purpose and w.by is by and version in (None, w.version))
    return next(fitting, None)


def standing(words: Sequence[Word], purpose: Purpose, minor: bool, version: str | None = None) -> Standing:
    """What `words` (oldest first) come to. With `version`, words on other versions of the text do not count: they
    are to be asked again. For a minor both yeses are needed, and either no is enough to stop."""
    own = last(words, purpose, By.PERSON, version)
    if own is None:
        return Standing.NOT_ASKED
    if own.decision is not Decision.YES:
        return Standing.DECLINED
    if not minor:
        return Standing.AGREED
    guardian = last(words, purpose, By.GUARDIAN, version)
    if guardian is None:
        return Standing.GUARDIAN_NOT_ASKED
    return Standing.AGREED if guardian.decision is Decision.YES else Standing.GUARDIAN_DECLINED
