"""What every stimulus set is read into: faces, a description of the set, one kind of error.

A reader returns `(SetInfo, list[Face])`; nothing here knows a database or a screen.
"""

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from core.domain.emotions import Emotion

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


class StimulusError(ValueError):
    """A file of faces that cannot be used: where, what was found, what was expected, what to do."""

    def __init__(self, where: str, found: str, expected: str, remedy: str) -> None:
        super().__init__(f"{where}: {found}; expected {expected}. {remedy}")
        self.where = where
        self.found = found
        self.expected = expected
        self.remedy = remedy


@dataclass(frozen=True)
class Face:
    """One picture to show, and all that is known about it.

    `picture` is a whole file of type `media_type` and `hash` its sha256. `target` is what an answer
    is compared with; `label` and `votes` (ten raters, VOTE_COLUMNS' order) are FER-2013's and FER+'s
    own. `role` is one of ROLES; only faces that are `checkable` may be served in forms A and B.
    `intensity` is the percentage of the full movement, `skin` runs from 0 (very light) to 7 (very
    dark), `muscles` maps a muscle shape to its weight, `split` is FER-2013's `Usage`.
    """

    file: str
    picture: bytes
    media_type: str
    hash: str
    target: Emotion
    identity: str | None = None
    role: str | None = None
    intensity: int | None = None
    sex: str | None = None
    skin: float | None = None
    variant: str | None = None
    muscles: dict[str, float] | None = None
    label: Emotion | None = None
    votes: tuple[int, ...] | None = None
    split: str | None = None
    checkable: bool = False


@dataclass(frozen=True)
class SetInfo:
    """A stimulus set as a whole.

    `version` follows from its content. `has_roles`: its faces are divided into practice and the forms
    A and B, so that checks are possible. `notes` are plain English sentences: what the set lacks, what
    was left out of it.
    """

    name: str
    title: str
    version: str
    source: str
    licence: str
    has_identities: bool
    has_roles: bool
    has_intensities: bool
    has_votes: bool
    notes: tuple[str, ...]


def set_hash(faces: Iterable[Face]) -> str:
    """sha256 of all that is known about every face, the pictures by their own hash."""
    lines = sorted(json.dumps(vars(face) | {"picture": None}, sort_keys=True) for face in faces)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def set_version(faces: Iterable[Face]) -> str:
    """The version people read: the first eight characters of the set's hash."""
    return set_hash(faces)[:8]


def shown(value: object, longest: int = 40) -> str:
    """`value` as an error message shows it: quoted, control characters escaped, cut to `longest`."""
    text = repr(value)
    return text if len(text) <= longest else f"{text[:longest]}…"


def tail(path: Path) -> str:
    """The file's name with its folder's: enough to find it, not the whole path."""
    return "/".join(path.parts[-2:])
