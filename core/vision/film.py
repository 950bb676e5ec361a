"""Films to grey frames, decoded in a process of its own that can be ended.

    python -m core.vision.film SECONDS LENGTH PIXELS < FILM     writes a head and the grey levels of each frame, and
                                                                last a head without levels that says when it ends

Of containers only MP4 and WebM are opened: others (playlists) make a reader fetch further files.
"""

import io
import struct
import subprocess
import sys
from collections.abc import Generator, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from threading import Thread, Timer
from typing import IO, TYPE_CHECKING, cast

import numpy as np
from numpy.typing import NDArray

from core.domain.files import MOST_SECONDS, MOST_VIDEO_PIXELS, MOST_WORK
from core.media.confined import WHERE, command, confine, leave, refusal_of

if TYPE_CHECKING:
    from av.packet import Packet
    from av.sidedata.sidedata import SideDataContainer
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

Grey = NDArray[np.uint8]
STEP = 0.2  # seconds from one frame that is read to the next
READ_AT = 1280  # pixels of the longer side to which a frame is reduced
FRAMES_A_SECOND = 120  # a file may claim that a million frames lie in one second
CODECS = {"h264", "hevc", "vp8", "vp9", "av1", "libdav1d", "libvpx", "libvpx-vp9", "mpeg4"}
ALL_SHOWN = {"h264", "hevc", "mpeg4"}
"""Codecs of which every packet is one frame that is shown."""
_MATRIX = struct.Struct("=9i")
_HEAD = struct.Struct(">dd??II")
"""Of a frame: seconds, share of the film, whether the film is damaged there, and just before, height, width."""


@dataclass(frozen=True)
class FilmFrame:
    """One frame that was read."""

    at: float
    """Seconds from the first one."""
    lasts: float
    """Seconds until the next one that was read, or the end."""
    share: float
    """How much of the film is done by then, 0 to 1."""
    grey: Grey
    """Grey levels, [height, width], as a player shows them: turned and mirrored."""
    damaged: bool
    """The film is damaged here, or where this frame's picture comes from, or before the next."""


def frames(film: bytes) -> Generator[FilmFrame]:
    """A frame every `STEP` seconds. Raises FileRefused, perhaps after some frames."""
    limits = command("core.vision.film", MOST_WORK, MOST_SECONDS, MOST_VIDEO_PIXELS)
    with subprocess.Popen(limits, stdin=subprocess.PIPE, stdout=subprocess.PIPE, **WHERE) as decoder:
        assert decoder.stdin is not None
        assert decoder.stdout is not None
        late = Timer(MOST_WORK, decoder.kill)
        late.start()
        giving = Thread(target=_give, args=(decoder.stdin, film), daemon=True)
        giving.start()
        read = decoder.stdout.read
        before: FilmFrame | None = None
        try:
            while len(head := read(_HEAD.size)) == _HEAD.size:
                at, share, damaged, hole, height, width = _HEAD.unpack(head)
                if len(levels := read(height * width)) < height * width:
                    break
                if before is not None:
                    yield replace(before, lasts=max(0.0, at - before.at), damaged=before.damaged or hole)
                    before = None
                if levels:
                    grey = np.frombuffer(levels, np.uint8).reshape(height, width)
                    before = FilmFrame(at, STEP, share, grey, damaged)
            if before is not None:  # it was cut off
                yield before
            status = decoder.wait()
        finally:
            decoder.kill()  # where whoever reads has gone
            late.cancel()
            giving.join()
    if status:
        raise refusal_of(status)


def _give(place: IO[bytes], film: bytes) -> None:
    with suppress(BrokenPipeError), place:
        place.write(film)


@dataclass(frozen=True)
class _Decoded:
    """A frame of the decoder; without `frame` it says when the film ends."""

    at: float
    share: float
    damaged: bool
    hole: bool
    """What lies between the frame before and this one could not be decoded."""
    frame: "VideoFrame | None"


def _decoded(film: bytes, most_seconds: float, most_pixels: float) -> Iterator[_Decoded]:
    """Every frame from the first on."""
    import av  # 30 MB that no other process needs

    file = io.BytesIO(film)
    container_format = "webm" if film[:4] == b"\x1aE\xdf\xa3" else "mp4"
    try:
        options = {"enable_drefs": "0"}  # a film that refers to other files stays without them
        with av.open(file, "r", format=container_format, options=options, metadata_errors="replace") as container:
            if not container.streams.video:
                leave("empty")
            stream = container.streams.video[0]
            context = stream.codec_context
            if context is None or context.name not in CODECS:
                leave("codec")
            if context.width * context.height > most_pixels:
                leave("wide")
            length = (container.duration or 0) / 1_000_000
            if length > most_seconds + 1:
                leave("long")
            context.options = {"max_pixels": str(round(most_pixels))}
            context.thread_count = 1
            first, before, least, lasts = None, 0.0, MOST_SECONDS, STEP
            sound = _Soundness(hidden=context.name not in ALL_SHOWN)
            for number, frame in enumerate(sound.frames(container.demux(stream))):
                if frame.time is None:
                    continue
                first = frame.time if first is None else first
                at = frame.time - first
                if at > most_seconds + 1 or number > FRAMES_A_SECOND * most_seconds:
                    leave("long")
                least = min(least, at - before) if at > before else least
                lasts = float(frame.duration * frame.time_base) if frame.duration and frame.time_base else lasts
                before = max(before, at)
                yield _Decoded(
                    at, min(1.0, at / length if length else file.tell() / len(film)), sound.damaged, sound.hole(), frame
                )
            if first is None:
                raise av.error.InvalidDataError(0, "no frame can be decoded")
            # containers say too short a time of the last frame: it stays at least as long as the shortest before it
            end = before + max(lasts, least if least < MOST_SECONDS else 0.0)
            yield _Decoded(end, 1.0, damaged=False, hole=sound.hole(), frame=None)
    except (av.error.FFmpegError, UnicodeError):
        leave("broken" if container_format == "webm" or film[4:8] == b"ftyp" else "video-kind")
    except MemoryError:
        leave("work")


class _Soundness:
    """What a damaged film lacks. `hidden`: this codec has packets of which nothing is shown."""

    def __init__(self, hidden: bool) -> None:
        self._hidden = hidden
        self._awaited: set[int] = set()
        self._first: int | None = None
        self._hole = False
        self.damaged = False
        """The frame that was given last is damaged: one from what cannot be decoded to the next that needs none
        before it."""

    def hole(self) -> bool:
        """Whether something before the frame that was given last could not be decoded; once."""
        hole, self._hole = self._hole, False
        return hole

    def frames(self, packets: "Iterator[Packet[VideoStream]]") -> "Iterator[VideoFrame]":
        import av

        for packet in packets:
            if packet.pts is not None and not packet.is_discard and not self._hidden:
                self._awaited.add(packet.pts)
            try:
                for frame in packet.decode():
                    self._note(frame)
                    yield frame
            except av.error.InvalidDataError:
                self.damaged = self._hole = True
        self._hole = self._hole or (self._first is not None and any(pts > self._first for pts in self._awaited))

    def _note(self, frame: "VideoFrame") -> None:
        if frame.pts is not None:
            if self._first is None:
                self._first = frame.pts
            passed = {pts for pts in self._awaited if pts <= frame.pts}
            self._awaited -= passed
            lost = any(self._first < pts < frame.pts for pts in passed)
            self._hole, self.damaged = self._hole or lost, self.damaged or lost
        self.damaged = frame.is_corrupt or (self.damaged and not frame.key_frame)


def _grey(frame: "VideoFrame") -> Grey:
    """The grey levels of a frame, reduced, as a player shows it."""
    scale = min(1.0, READ_AT / max(frame.width, frame.height))
    width, height = (max(2, 2 * round(side * scale / 2)) for side in (frame.width, frame.height))
    grey = np.asarray(frame.to_ndarray(format="gray", width=width, height=height), np.uint8)
    return np.ascontiguousarray(_turned(grey, _display_matrix(frame)))


def _display_matrix(frame: "VideoFrame") -> tuple[int, ...]:
    """(a, b, c, d): x and y of the stored picture go to a·x + c·y and b·x + d·y."""
    container = cast("SideDataContainer", frame.side_data)  # the library declares it as something else
    data = next((data for data in container if data.type.name == "DISPLAYMATRIX"), None)
    if data is None or len(content := bytes(data)) < _MATRIX.size:
        return 1, 0, 0, 1
    a, b, _, c, d, *_ = _MATRIX.unpack_from(content)
    return a, b, c, d


def _turned(grey: Grey, matrix: tuple[int, ...]) -> Grey:
    """`grey` as the matrix says, to the nearest quarter turn: a mirror in it is no turn."""
    a, b, c, d = matrix
    if abs(a) + abs(d) < abs(b) + abs(c):
        grey, a, d = grey.T, c, b
    return grey[:: -1 if d < 0 else 1, :: -1 if a < 0 else 1]


def main() -> None:
    seconds, most_seconds, most_pixels = map(float, sys.argv[1:])
    confine(seconds)
    out, next_at, done, damage, hole = sys.stdout.buffer, 0.0, 0.0, False, False
    for one in _decoded(sys.stdin.buffer.read(), most_seconds, most_pixels):
        damage, hole = damage or one.damaged, hole or one.hole
        if one.frame is None:
            out.write(_HEAD.pack(one.at, 1.0, False, hole, 0, 0))
        elif one.at >= next_at:
            grey = _grey(one.frame)
            done, next_at = max(done, one.share), one.at + STEP - 0.001
            out.write(_HEAD.pack(one.at, done, damage, hole, *grey.shape) + grey.tobytes())
            damage = hole = False
        out.flush()


if __name__ == "__main__":
    main()
