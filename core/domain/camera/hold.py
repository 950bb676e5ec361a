"""Hold: the procedure of one attempt, a countdown, then two seconds with one face. Pure, without a clock.

next → show → update: `phase`, `remaining` and `filled` say what to show, `update` takes each frame as it comes. Time
is the frames' own, so a camera that stands still cannot fill the ring.
"""

from dataclasses import dataclass
from enum import StrEnum

from core.domain.camera.seen import SeenFrame
from core.domain.camera.shape import FaceShape, mean_of

COUNTDOWN = 3.0
HELD = 2.0
LARGEST_GAP = 0.5


class Phase(StrEnum):
    COUNTDOWN = "countdown"
    HOLDING = "holding"
    DONE = "done"


class Interruption(StrEnum):
    """Why the ring began anew."""

    NO_FACE = "no_face"
    TWO_FACES = "two_faces"
    GAP = "gap"


@dataclass(frozen=True)
class Reading:
    """What the network saw of one attempt."""

    probabilities: tuple[float, ...]
    """Seven, in the order of `Emotion`, the mean of each over the frames."""
    frames: int
    """1 for a snapshot or a file."""
    shape: FaceShape | None = None
    """The mean over the frames; None where nobody measured it, and of what is stored."""


class Hold:
    """One attempt. After an interruption the two seconds begin anew with the next frame of one face; the countdown
    can be had again at any time before the end. Half a second without a face is forgiven: detectors blink."""

    def __init__(self, countdown: float = COUNTDOWN, held: float = HELD) -> None:
        self._countdown, self._held = countdown, held
        self.interrupted: Interruption | None = None
        self.reading: Reading | None = None
        self.repeat()

    def repeat(self) -> None:
        """Count down again; nothing happens once it is done."""
        if self.reading is None:
            self._from: float | None = None
            self._at: float | None = None
            self._forget(None)

    @property
    def phase(self) -> Phase:
        if self.reading is not None:
            return Phase.DONE
        return Phase.COUNTDOWN if self.remaining > 0 else Phase.HOLDING

    @property
    def remaining(self) -> float:
        """Seconds of the countdown that are left."""
        passed = 0.0 if self._from is None or self._at is None else self._at - self._from
        return max(0.0, self._countdown - passed)

    @property
    def filled(self) -> float:
        """How much of the two seconds is held, from 0 to 1."""
        if self.reading is not None:
            return 1.0
        return min(1.0, (self._frames[-1][0] - self._frames[0][0]) / self._held) if self._frames else 0.0

    def update(self, seen: SeenFrame, shape: FaceShape | None = None) -> None:
        """Take a frame, and the shape of its face; one that is older than the last is passed over."""
        if self.reading is not None or (self._at is not None and seen.at < self._at):
            return
        before, self._at = self._at, seen.at
        if self._from is None:
            self._from = seen.at
        if self.remaining > 0:
            return
        if self._frames and seen.at - self._frames[-1][0] > LARGEST_GAP:
            self._forget(Interruption.GAP if before == self._frames[-1][0] else Interruption.NO_FACE)
        if len(seen.faces) > 1:
            self._forget(Interruption.TWO_FACES)
        elif seen.faces:
            self._frames.append((seen.at, seen.faces[0].raw))
            self._shapes += [shape] if shape is not None else []
            self.interrupted = None if self.filled > 0 else self.interrupted
            self._finish()
        elif not self._frames:
            self._forget(Interruption.NO_FACE)

    def _forget(self, why: Interruption | None) -> None:
        self._frames: list[tuple[float, tuple[float, ...]]] = []
        self._shapes: list[FaceShape] = []
        self.interrupted = why

    def _finish(self) -> None:
        if self._frames[-1][0] - self._frames[0][0] >= self._held:
            columns = zip(*(raw for _, raw in self._frames), strict=True)
            number = len(self._frames)
            self.reading = Reading(tuple(sum(column) / number for column in columns), number, mean_of(self._shapes))
