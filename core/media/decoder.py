"""Encoded pictures to grey levels: ours at once, those that somebody gives in a process of its own that can be ended.

    python -m core.media.decoder SECONDS    reads pictures from its input, one after the other, and writes what they are

A small file can ask for hours or gigabytes: a progressive JPEG repeats a scan a thousand times, a PNG has one column.
Each picture has its own `SECONDS` of processor.
"""

import json
import os
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from select import select
from threading import Thread
from typing import IO, Literal

import numpy as np
from numpy.typing import NDArray

from core.domain.files import MOST_DECODING, refused
from core.media.confined import WHERE, allow_seconds, command, confine, leave, refusal_of
from core.media.picture import FORMATS, OpenedPicture, Undecodable

Grey = NDArray[np.uint8]
Wanted = Literal["first", "every", "kept"]
_FITS = 32_000  # bytes that a pipe takes at once
_ASKED = struct.Struct(">II")
"""What is wanted, by its place in `_WANTED`, and how long the picture is."""
_WANTED: tuple[Wanted, ...] = ("first", "every", "kept")


@dataclass(frozen=True)
class DecodedPicture:
    """A picture that somebody gave."""

    form: str
    """JPEG, PNG, WEBP, HEIF, AVIF, TIFF, BMP or GIF."""
    pictures: int
    """How many lie in the file."""
    moves: bool
    """A browser shows them one after the other."""
    frames: tuple[tuple[float, Grey], ...]
    """Seconds from the first one and grey levels, [height, width], as a browser shows them."""
    lasts: float
    """Seconds, of one that moves and of which every picture was wanted."""
    kept: bytes
    """Where this was wanted: the picture as a PNG, if browsers do not show its format or it moves."""


def decode(picture: bytes) -> Grey:
    """The grey levels of an encoded WebP, PNG or JPEG that was checked before, [height, width]; raises Undecodable."""
    return OpenedPicture(picture, FORMATS).grey()


def decode_given(picture: bytes) -> Grey:
    """The same of any picture that may be hostile: within `MOST_DECODING` and `confined.MOST_MEMORY`; raises
    FileRefused."""
    with decoder() as own:
        return own.decode(picture).frames[0][1]


class Decoder:
    """A process that decodes one picture after the other, within limits for each; begun again after one was ended."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def decode(self, picture: bytes, wanted: Wanted = "first") -> DecodedPicture:
        """`picture`: its first picture, every one, or what is to be kept of it. Raises FileRefused."""
        if self._process is None:
            alone = command("core.media.decoder", MOST_DECODING)
            self._process = subprocess.Popen(alone, stdin=subprocess.PIPE, stdout=subprocess.PIPE, **WHERE)
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        asked = _ASKED.pack(_WANTED.index(wanted), len(picture))
        giving = Thread(target=_give, args=(process.stdin, asked, picture), daemon=True)
        if len(picture) > _FITS:
            giving.start()
        else:
            giving.run()
        # the processor's time is limited, this is for one that waits; it answers when all is decoded
        answered, _, _ = select([process.stdout], [], [], 6 * MOST_DECODING)
        answer = _answer(process.stdout) if answered else None
        if answer is None:
            self._process = None
            raise refusal_of(_end(process))
        if giving.ident is not None:
            giving.join()
        return answer

    def close(self) -> None:
        if self._process is not None:
            self._process.kill()
            _end(self._process)
            self._process = None


@contextmanager
def decoder() -> Iterator[Decoder]:
    """A decoder that ends with the block."""
    own = Decoder()
    try:
        yield own
    finally:
        own.close()


def _end(process: "subprocess.Popen[bytes]") -> int:
    """How it ended, by itself or now."""
    try:
        status = process.wait(timeout=1)
    except subprocess.TimeoutExpired:
        process.kill()
        status = process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()
    return status


def _give(place: IO[bytes], asked: bytes, picture: bytes) -> None:
    with suppress(OSError):
        place.write(asked + picture)
        place.flush()


def _answer(place: IO[bytes]) -> DecodedPicture | None:
    """None where the process ended before all was said."""
    try:
        said = json.loads(place.readline())
    except ValueError:
        return None
    if "refused" in said:
        raise refused(said["refused"])
    frames = []
    for at, height, width in said["frames"]:
        levels = place.read(height * width)
        if len(levels) < height * width:
            return None
        frames.append((at, np.frombuffer(levels, np.uint8).reshape(height, width)))
    kept = place.read(said["kept"])
    if len(kept) < said["kept"]:
        return None
    return DecodedPicture(said["form"], said["pictures"], said["moves"], tuple(frames), said["lasts"], kept)


def main() -> None:
    seconds = float(sys.argv[1])
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # libraries write there what they think of a picture
    confine(seconds, again=True)
    source, out = sys.stdin.buffer, sys.stdout.buffer
    while len(asked := source.read(_ASKED.size)) == _ASKED.size:
        wanted, length = _ASKED.unpack(asked)
        allow_seconds(seconds)
        try:
            for part in _said(source.read(length), _WANTED[wanted]):
                out.write(part)
        except Undecodable as error:
            out.write(json.dumps({"refused": error.name}).encode() + b"\n")
        except MemoryError:
            leave("work")
        out.flush()


def _said(content: bytes, wanted: Wanted) -> Iterator[bytes]:
    opened = OpenedPicture(content)
    kept, lasts = b"", 0.0
    if wanted == "every" and opened.moves:
        *frames, (lasts, _) = opened.moving()
    else:
        frames = [(0.0, opened.grey())]
    if wanted == "kept" and (opened.moves or opened.form not in FORMATS):
        kept = opened.as_png()
    head = {
        "form": opened.form,
        "pictures": opened.pictures,
        "moves": opened.moves,
        "frames": [(at, *grey.shape) for at, grey in frames],
        "lasts": lasts,
        "kept": len(kept),
    }
    yield json.dumps(head).encode() + b"\n"
    yield from (grey.tobytes() for _, grey in frames)
    yield kept


if __name__ == "__main__":
    main()
