"""Fallback ladder of the camera: live stream → single snapshot → picture from a file → not today. Pure.

What a preflight found decides, and the first thing that stands in the way is the reason that is said to the person.
"""

from dataclasses import dataclass
from enum import StrEnum

LEAST_LIGHT = 0.12
"""Mean grey level of a face, from 0 (black) to 1. The darkest of the built-in faces in even light has .26."""
LEAST_FACE = 0.15
"""Height of a face as a share of the picture's: 72 of 480 lines, half as many again as the network's 48."""
LEAST_FRAMES = 5.0
"""Frames a second, under which two seconds hold too few to average."""


class Way(StrEnum):
    """The ladder, best first."""

    STREAM = "stream"
    SNAPSHOT = "snapshot"
    FILE = "file"
    NOT_TODAY = "not_today"


class Permission(StrEnum):
    """What the browser says of the camera; NONE: it does not know cameras."""

    GRANTED = "granted"
    DENIED = "denied"
    PROMPT = "prompt"
    NONE = "none"


class Reason(StrEnum):
    """Why it is not the live stream."""

    INSECURE = "insecure"
    NO_CAMERA = "no_camera"
    DENIED = "denied"
    NOT_ANSWERED = "not_answered"
    NO_PLACE = "no_place"
    """As many stream as the server takes."""
    STREAM_BLOCKED = "stream_blocked"
    TOO_SLOW = "too_slow"
    TOO_DARK = "too_dark"
    NO_FACE = "no_face"
    TWO_FACES = "two_faces"
    TOO_SMALL = "too_small"
    GAVE_WAY = "gave_way"


class Tick(StrEnum):
    """The four things a person sees ticked off."""

    CAMERA = "camera"
    LIGHT = "light"
    FACE = "face"
    SPEED = "speed"


@dataclass(frozen=True)
class Preflight:
    """What was found of the camera and the picture; None: not known."""

    secure: bool
    """The page is one in which browsers allow cameras."""
    permission: str
    cameras: int
    stream: bool | None
    """Frames arrived at the server."""
    frames_per_second: float | None
    light: float | None
    """Mean grey level, 0 to 1."""
    faces: int | None
    face_size: float | None
    """Height of the largest face as a share of the picture's."""
    gave_way: frozenset[Way] = frozenset()
    """Ways that were tried and broke off, or that the person does not want."""


def way(facts: Preflight) -> tuple[Way, Reason | None]:
    """The best way that is open, and why it is not the live stream (None where it is)."""
    best, why = _by_facts(facts)
    steps = list(Way)
    while best in facts.gave_way and best is not Way.NOT_TODAY:
        best, why = steps[steps.index(best) + 1], why or Reason.GAVE_WAY
    return best, why


def _by_facts(facts: Preflight) -> tuple[Way, Reason | None]:
    if not facts.secure:
        return Way.FILE, Reason.INSECURE
    if facts.permission == Permission.DENIED:
        return Way.FILE, Reason.DENIED
    if facts.cameras == 0 or facts.permission == Permission.NONE:
        return Way.FILE, Reason.NO_CAMERA
    if facts.permission == Permission.PROMPT:
        return Way.FILE, Reason.NOT_ANSWERED
    if not facts.stream:
        return Way.SNAPSHOT, Reason.STREAM_BLOCKED
    if facts.light is not None and facts.light < LEAST_LIGHT:
        return Way.FILE, Reason.TOO_DARK
    if facts.frames_per_second is not None and facts.frames_per_second < LEAST_FRAMES:
        return Way.SNAPSHOT, Reason.TOO_SLOW
    unfit = _face(facts)
    return (Way.STREAM, None) if unfit is None else (Way.SNAPSHOT, unfit)


def _face(facts: Preflight) -> Reason | None:
    if not facts.faces:
        return Reason.NO_FACE
    if facts.faces > 1:
        return Reason.TWO_FACES
    return Reason.TOO_SMALL if facts.face_size is not None and facts.face_size < LEAST_FACE else None


def ticks(facts: Preflight) -> dict[Tick, bool | None]:
    """The four ticks in the order they are shown; None: cannot be said yet."""
    camera = facts.secure and facts.cameras > 0 and facts.permission == Permission.GRANTED
    light, frames = facts.light, facts.frames_per_second
    ticked = {
        Tick.LIGHT: None if light is None else light >= LEAST_LIGHT,
        Tick.FACE: None if facts.faces is None else _face(facts) is None,
        Tick.SPEED: None if frames is None else frames >= LEAST_FRAMES,
    }
    return {Tick.CAMERA: camera, **{tick: fits if camera and facts.stream else None for tick, fits in ticked.items()}}
