"""What every stimulus set is read into: faces, a description of the set, one kind of error.

A reader returns `(SetInfo, list[Face])`; nothing here knows a database or a screen.
"""

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from core.domain.emotions import Emotion
from core.domain.language import Sentence, ToldError, Value

Progress = Callable[[int, int], None]
"""Called with (done, of how many) while a set is read; the last call has both equal."""

ROLES = ("practice", "A", "B")
VOTE_COLUMNS = (
    "neutral",
    "happiness",
    "surprise",
    "sadness",
    "anger",
    "disgust",
    "fear",
    "contempt",
    "unknown",
    "NF",
)
"""The columns of FER+ in its file's order; NF is "not a face"."""


class StimulusError(ToldError):
    """A file of faces that cannot be used: where, what was found, what was expected, what to do."""

    def __init__(self, where: Value, found: Sentence, expected: Value, remedy: Sentence) -> None:
        super().__init__(
            Sentence(
                "{where}: {found}; expected {expected}. {remedy}",
                where=where,
                found=found,
                expected=expected,
                remedy=remedy,
            )
        )


@dataclass(frozen=True)
class Face:
    """One picture to show, and all that is known about it."""

    file: str
    picture: bytes
    """A whole file of type `media_type`."""
    media_type: str
    hash: str
    """SHA-256 of `picture`."""
    target: Emotion
    """What an answer is compared with."""
    identity: str | None = None
    role: str | None = None
    """One of ROLES."""
    intensity: int | None = None
    """Percent of the full movement."""
    sex: str | None = None
    skin: float | None = None
    """From 0 (very light) to 7 (very dark)."""
    variant: str | None = None
    muscles: dict[str, float] | None = None
    """A muscle shape's weight, by its name."""
    label: Emotion | None = None
    """FER-2013's own."""
    votes: tuple[int, ...] | None = None
    """FER+'s ten raters, in VOTE_COLUMNS' order."""
    split: str | None = None
    """FER-2013's `Usage`."""
    checkable: bool = False
    """Only such faces may be served in forms A and B."""


@dataclass(frozen=True)
class SetInfo:
    """A stimulus set as a whole."""

    name: str
    title: str
    version: str
    """Follows from its content."""
    source: str
    licence: str
    has_identities: bool
    has_roles: bool
    """Its faces are divided into practice and the forms A and B, so that checks are possible."""
    has_intensities: bool
    has_votes: bool
    notes: tuple[Sentence, ...]
    """What the set lacks, what was left out of it."""


@dataclass(frozen=True)
class LeftOut:
    """Files that are no part of a set."""

    sentence: str
    """Why, to be translated where it is shown."""
    number: int
    """How many."""
    first: str
    """The name of the first."""


def set_hash(faces: Iterable[Face]) -> str:
    """sha256 of all that is known about every face, the pictures by their own hash."""
    lines = sorted(json.dumps(vars(face) | {"picture": None}, sort_keys=True) for face in faces)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def set_version(faces: Iterable[Face]) -> str:
    """The version people read: the first eight characters of the set's hash."""
    return set_hash(faces)[:8]


def cell(column: str, content: str) -> Sentence:
    """What stands in a cell of a table."""
    return Sentence("{column} {cell}", column=column, cell=shown(content))


def counted(numbers: Iterable[tuple[str, int]]) -> tuple[Sentence, ...]:
    """Names with how often each is there, as they stand in a sentence."""
    return tuple(Sentence("{name} ({number})", name=name, number=number) for name, number in numbers)


def shown(value: object, longest: int = 40) -> str:
    """`value` as an error message shows it: quoted, control characters escaped, cut to `longest`."""
    text = repr(value)
    return text if len(text) <= longest else f"{text[:longest]}…"


def tail(path: Path) -> str:
    """The file's name with its folder's: enough to find it, not the whole path."""
    return "/".join(path.parts[-2:])
