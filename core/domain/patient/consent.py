"""Consent: purposes, answers given and withdrawn, and the consent state they come to. Pure."""

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
    FEELINGS = "feelings"


FIRST = (Purpose.TREATMENT, Purpose.NORMS, Purpose.RESEARCH)
"""Asked, in this order, before the first exercise. The camera and the diary of feelings are asked about where
they are first used."""


class AnsweredBy(StrEnum):
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


class ConsentState(StrEnum):
    """Consent state: what a person's answers come to; only AGREED lets anything happen."""

    NOT_ASKED = "not_asked"
    AGREED = "agreed"
    DECLINED = "declined"
    GUARDIAN_NOT_ASKED = "guardian_not_asked"
    GUARDIAN_DECLINED = "guardian_declined"


class NotAgreed(Refusal):
    """Something needs a consent that does not stand."""


@dataclass(frozen=True)
class ConsentText:
    """What a person is asked, as it was shown."""

    purpose: Purpose
    version: str
    language: str
    title: str
    body: str
    hash: str
    """SHA-256 of the file (UTF-8)."""


@dataclass(frozen=True)
class ConsentAnswer:
    """One yes, no or withdrawal, and the text it answers."""

    purpose: Purpose
    by: AnsweredBy
    decision: Decision
    version: str
    language: str
    at: datetime
    relation: Relation | None = None
    """A guardian's."""
    signed_on: date | None = None
    """The date on a guardian's paper, None when the answer was given on the device."""


def last(
    words: Sequence[ConsentAnswer], purpose: Purpose, by: AnsweredBy, version: str | None = None
) -> ConsentAnswer | None:
    """The newest word (`words` are oldest first), among those on `version` of the text if one is given."""
    fitting = (w for w in reversed(words) if w.purpose is purpose and w.by is by and version in (None, w.version))
    return next(fitting, None)


def consent_state(
    words: Sequence[ConsentAnswer], purpose: Purpose, minor: bool, version: str | None = None
) -> ConsentState:
    """What `words` (oldest first) come to. With `version`, words on other versions of the text do not count: they
    are to be asked again. For a minor both yeses are needed, and either no is enough to stop."""
    own = last(words, purpose, AnsweredBy.PERSON, version)
    if own is None:
        return ConsentState.NOT_ASKED
    if own.decision is not Decision.YES:
        return ConsentState.DECLINED
    if not minor:
        return ConsentState.AGREED
    guardian = last(words, purpose, AnsweredBy.GUARDIAN, version)
    if guardian is None:
        return ConsentState.GUARDIAN_NOT_ASKED
    return ConsentState.AGREED if guardian.decision is Decision.YES else ConsentState.GUARDIAN_DECLINED
