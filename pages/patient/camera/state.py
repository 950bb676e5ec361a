"""State of a tab in the expression exercise."""

import time
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from core.domain.camera.expression import ExpressionRun
from core.domain.camera.hold import Hold, Reading
from core.domain.camera.ladder import Preflight, Reason, Way, way
from core.domain.camera.shape import FaceShape
from pages.shared.state import tab_state

if TYPE_CHECKING:
    from pages.patient.camera.live_view import LiveView

PATIENCE = 25.0
"""Seconds until a stream without a frame counts as blocked. WebRTC tries its ways one after the other."""


class CameraScreen(StrEnum):
    """What is on the screen once the way is known."""

    CHOICE = "choice"
    MIRROR = "mirror"
    RUN = "run"


@dataclass(frozen=True)
class BrowserCameras:
    """What the browser said: whether the page is one in which cameras are allowed, the permission, how many cameras
    there are, the id of the chosen one (empty: no choice), and all of them as (id, name)."""

    secure: bool
    permission: str
    cameras: int
    device: str
    devices: tuple[tuple[str, str], ...] = ()


@dataclass
class CameraState:
    """Where a tab stands in the expression exercise."""

    noticed: bool = False
    """The notice was read in this tab."""
    found: BrowserCameras | None = None
    """What the browser said of its cameras."""
    gave_way: frozenset[Way] = frozenset()
    """Ways that broke off or were not wanted."""
    way: Way | None = None
    """How faces get to the network, once that is decided."""
    why: Reason | None = None
    """Why not by a live stream."""
    view: "LiveView | None" = None
    """The live stream."""
    asked_at: float = field(default_factory=time.monotonic)
    """When the stream was asked for."""
    allowed_at: float = field(default_factory=time.monotonic)
    """When the person was last known to agree to it."""
    step: CameraScreen = CameraScreen.CHOICE
    run: ExpressionRun | None = None
    hold: Hold | None = None
    """The attempt before the camera."""
    shapes: dict[int, FaceShape] = field(default_factory=dict)
    """Of this run's face at rest and tries, by their numbers; kept nowhere else."""
    reading: Reading | None = None
    """What Name it has read and not yet told."""
    told: int | None = None
    """Number of the try that is spoken about."""

    @property
    def waited(self) -> bool:
        """Whether a stream that brings nothing has been waited for long enough."""
        return time.monotonic() - self.asked_at > PATIENCE

    def stream_ended(self, left: bool) -> bool:
        """Whether the page was `left`, or the connection dropped: then the camera is asked for anew."""
        return self.view is not None and not self.view.taken and (left or self.view.over)

    def facts(self) -> Preflight:
        """What is known now."""
        cameras, view = self.found, self.view
        seen = view.seen if view is not None else None
        return Preflight(
            secure=cameras is None or cameras.secure,
            permission=cameras.permission if cameras is not None else "none",
            cameras=cameras.cameras if cameras is not None else 0,
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


def express_state() -> CameraState:
    """Where the tab that is running this script stands before the camera."""
    return tab_state(CameraState, "lexithymia camera")
