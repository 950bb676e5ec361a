"""Films to grey frames, decoded in a process of its own that can be ended.

    python -m core.vision.film SECONDS LENGTH PIXELS < FILM     writes a head and the grey levels of each frame

Of containers only MP4 and WebM are opened: others (playlists) make a reader fetch further files.
"""

import io
import struct
import subprocess
import sys
from collections.abc import Generator, Iterator
from contextlib import suppress
from threading import Thread, Timer
from typing import IO, TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.domain.files import MOST_SECONDS, MOST_VIDEO_PIXELS, MOST_WORK, refused
from core.vision.confined import WHERE, command, confine, leave, refusal_of

if TYPE_CHECKING:
    from av.video.frame import VideoFrame

Grey = NDArray[np.uint8]
STEP = 0.2  # seconds from one frame that is read to the next
READ_AT = 1280  # pixels of the longer side to which a frame is reduced
FRAMES_A_SECOND = 120  # a file may claim that a million frames lie in one second
CODECS = {"h264", "hevc", "vp8", "vp9", "av1", "libdav1d", "libvpx", "libvpx-vp9", "mpeg4"}
_HEAD = struct.Struct(">ddII")
"""Of a frame: seconds, share of the film, height, width."""


def frames(film: bytes) -> Generator[tuple[float, float, Grey]]:
    """A frame every `STEP` seconds: seconds from the first one, how much of the film is done by then (0 to 1), and its
    grey levels, [height, width], upright. Raises FileRefused, perhaps after some frames."""
    limits = command("core.vision.film", MOST_WORK, MOST_SECONDS, MOST_VIDEO_PIXELS)
    with subprocess.Popen(limits, stdin=subprocess.PIPE, stdout=subprocess.PIPE, **WHERE) as decoder:
        assert decoder.stdin is not None
        assert decoder.stdout is not None
        late = Timer(MOST_WORK, decoder.kill)
        late.start()
        giving = Thread(target=_give, args=(decoder.stdin, film), daemon=True)
        giving.start()
        read, empty = decoder.stdout.read, True
        try:
            while len(head := read(_HEAD.size)) == _HEAD.size:
                at, share, height, width = _HEAD.unpack(head)
                if len(levels := read(height * width)) < height * width:
                    break
                empty = False
                yield at, share, np.frombuffer(levels, np.uint8).reshape(height, width)
            status = decoder.wait()
        finally:
            decoder.kill()  # where whoever reads has gone
            late.cancel()
            giving.join()
    if status:
        raise refusal_of(status)
    if empty:
        raise refused("empty")


def _give(place: IO[bytes], film: bytes) -> None:
    with suppress(BrokenPipeError), place:
        place.write(film)


def _decoded(film: bytes, most_seconds: float, most_pixels: float) -> Iterator[tuple[float, float, "VideoFrame"]]:
    """Every frame with its time in seconds from the first one, and how much of the film lies before it."""
    import av  # 30 MB that no other process needs

    file = io.BytesIO(film)
    container_format = "mp4" if film[4:8] == b"ftyp" else "webm"
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
            first = None
            for number, frame in enumerate(container.decode(stream)):
                if frame.time is None:
                    continue
                first = frame.time if first is None else first
                at = frame.time - first
                if at > most_seconds + 1 or number > FRAMES_A_SECOND * most_seconds:
                    leave("long")
                yield at, min(1.0, at / length if length else file.tell() / len(film)), frame
    except (av.error.FFmpegError, UnicodeError):
        leave("broken")
    except MemoryError:
        leave("work")


def _grey(frame: "VideoFrame") -> Grey:
    """The grey levels of a frame, upright and reduced."""
    scale = min(1.0, READ_AT / max(frame.width, frame.height))
    width, height = (max(2, 2 * round(side * scale / 2)) for side in (frame.width, frame.height))
    grey = frame.to_ndarray(format="gray", width=width, height=height)
    return np.ascontiguousarray(np.rot90(grey, round(frame.rotation / 90)), dtype=np.uint8)


def main() -> None:
    seconds, most_seconds, most_pixels = map(float, sys.argv[1:])
    confine(seconds)
    out, next_at, done = sys.stdout.buffer, 0.0, 0.0
    for at, share, frame in _decoded(sys.stdin.buffer.read(), most_seconds, most_pixels):
        if at >= next_at:
            grey = _grey(frame)
            done, next_at = max(done, share), at + STEP - 0.001
            out.write(_HEAD.pack(at, done, *grey.shape) + grey.tobytes())
            out.flush()


if __name__ == "__main__":
    main()
