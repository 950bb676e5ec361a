"""Consent: purposes, texts and their points, answers given and withdrawn, and the consent state they come to. Pure."""

import re
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
"""Asked of everybody, in this order: the record before the first exercise, the others after it. The camera and the
diary of feelings are asked about where they are first used."""
_POINT = re.compile(r"(\*\*[^*]+\*\*)\s*(.*)", re.DOTALL)
_SENTENCE_ENDS = re.compile(r"(?<=[.?!])\s+")


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

    def points(self, also: str) -> tuple["ConsentPoint", ...]:
        """The paragraphs of the body, each with what is read at once: of the first point, the last and the one headed
        `also` their first sentence, of the others the heading. Where no point has that heading, of every point the
        first sentence. What is not headed is read whole."""
        found = [_POINT.fullmatch(paragraph) for paragraph in self.body.split("\n\n")]
        headed = [match[1].strip("*. ") for match in found if match]
        at_once = {*headed[:1], also, *headed[-1:]} if also in headed else set(headed)
        return tuple(
            ConsentPoint(paragraph) if match is None else _point(match, match[1].strip("*. ") in at_once)
            for paragraph, match in zip(self.body.split("\n\n"), found, strict=True)
        )


@dataclass(frozen=True)
class ConsentPoint:
    """A paragraph of a text, in Markdown."""

    first: str
    """Read at once."""
    more: str = ""
    """Unfolds."""


def _point(match: re.Match[str], at_once: bool) -> ConsentPoint:
    heading, words = match[1], match[2]
    if not at_once:
        return ConsentPoint(heading.replace(".**", "**"), words)
    sentence, *rest = _SENTENCE_ENDS.split(words, maxsplit=1)
    return ConsentPoint(f"{heading} {sentence}", "".join(rest))


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
