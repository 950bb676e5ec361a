"""Where a tab stands in the expression exercise."""

import time
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from core.domain.camera.expression import ExpressionRun
from core.domain.camera.hold import Hold, Reading
from core.domain.camera.ladder import Preflight, Reason, Way, way
from pages.shared.state import tab_state

if TYPE_CHECKING:
    from pages.patient.camera.live_view import LiveView

PATIENCE = 25.0
"""Seconds until a stream without a frame counts as blocked. WebRTC tries its ways one after the other."""

AWAY = 5.0
"""Seconds after which a stream that has not begun and that nobody looks at counts as left."""


class Step(StrEnum):
    """What is on the screen once the way is known."""

    CHOICE = "choice"
    MIRROR = "mirror"
    RUN = "run"


@dataclass(frozen=True)
class Found:
    """What the browser said: whether the page is one in which cameras are allowed, the permission, how many cameras
    there are, the id of the chosen one (empty: no choice), and all of them as (id, name)."""

    secure: bool
    permission: str
    cameras: int
    device: str
    devices: tuple[tuple[str, str], ...] = ()


@dataclass
class Express:
    """`noticed`: the notice was read in this tab. `found`: what the browser said of its cameras. `gave_way`: ways that
    broke off or were not wanted. `way`: how faces get to the network, once that is decided, and `why` not by a live
    stream. `view`: the live stream, asked for at `asked_at` and last looked at by the page at `watched_at`; the person
    was last known to agree to it at `allowed_at`. In a run: `hold` is the attempt before the camera, `reading` what
    Name it has read and not yet told, `told` the number of the try that is spoken about."""

    noticed: bool = False
    found: Found | None = None
    gave_way: frozenset[Way] = frozenset()
    way: Way | None = None
    why: Reason | None = None
    view: "LiveView | None" = None
    asked_at: float = field(default_factory=time.monotonic)
    watched_at: float = field(default_factory=time.monotonic)
    allowed_at: float = field(default_factory=time.monotonic)
    step: Step = Step.CHOICE
    run: ExpressionRun | None = None
    hold: Hold | None = None
    reading: Reading | None = None
    told: int | None = None

    @property
    def waited(self) -> bool:
        """Whether a stream that brings nothing has been waited for long enough."""
        return time.monotonic() - self.asked_at > PATIENCE

    @property
    def stream_ended(self) -> bool:
        """Whether the page was left, or the connection dropped: then the camera is asked for anew."""
        if self.view is None or self.view.taken:
            return False
        left = not self.view.began and time.monotonic() - self.watched_at > AWAY
        return self.view.over or left

    def facts(self) -> Preflight:
        """What is known now."""
        found, view = self.found, self.view
        seen = view.seen if view is not None else None
        return Preflight(
            secure=found is None or found.secure,
            permission=found.permission if found is not None else "none",
            cameras=found.cameras if found is not None else 0,
            stream=True if seen is not None else False if self.waited else None,
            frames_per_second=view.frames_per_second if view is not None else None,
            light=seen.light if seen is not None else None,
            faces=len(seen.faces) if seen is not None else None,
            face_size=seen.faces[0].box[3] if seen is not None and seen.faces else None,
            gave_way=self.gave_way,
        )

    def go(self, way: Way, why: Reason | None) -> None:
        """From now on by `way`, and not by a live stream because of `why`."""
        self.way, self.why, self.hold = way, why, None
        if way is not Way.STREAM:
            self.drop_view()

    def step_down(self, from_way: Way, why: Reason) -> None:
        """`from_way` broke off, or is not wanted: the next one down."""
        self.gave_way |= {from_way}
        self.go(way(self.facts())[0], why)

    def drop_view(self) -> None:
        if self.view is not None:
            self.view.end()
        self.view = None

    def begin_again(self) -> None:
        """Back to the check of the camera; a run that is under way stays."""
        self.drop_view()
        self.found = self.way = self.why = self.hold = None
        self.gave_way = frozenset()
        self.asked_at = time.monotonic()


def express_state() -> Express:
    """Where the tab that is running this script stands before the camera."""
    return tab_state(Express, "lexithymia camera")
