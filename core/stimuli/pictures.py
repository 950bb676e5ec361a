"""Pictures of a set as bytes: known by their first bytes, decoded within bounds and kept as browsers show them.

WebP, PNG and JPEG are kept as the bytes they are; HEIC, AVIF, TIFF, BMP, GIF and what moves is kept as a PNG of its
first picture. `core.media` decodes, in a process of its own: it alone says whether a picture is whole.
"""

import struct
import zlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.domain.files import FileRefused
from core.media.decoder import Decoder
from core.media.kinds import kind_of
from core.stimuli.records import StimulusError, shown

MAX_BYTES = 8_000_000
MAX_SIDE = 4_096

_SCALE = "Scale the picture down; 384×384 is plenty."
_CONVERT = "Convert it, for example with: magick picture.xyz picture.png"
_REMEDY = {"broken": "Copy the file again from its source.", "pixels": _SCALE, "side": _SCALE, "bytes": _SCALE}
_MAGIC = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg", b"RIFF": "image/webp"}


@dataclass(frozen=True)
class KeptPicture:
    """A picture of a set."""

    content: bytes
    """A whole file of type `media_type`, which every browser shows."""
    media_type: str
    grey: NDArray[np.uint8]
    """[height, width]."""
    converted: str
    """From which format it was converted, or ""."""
    pictures: int
    """How many lie in the file that was given; the first is kept."""


def media_type_of(content: bytes, where: str) -> str:
    """Of a WebP, PNG or JPEG, by its first bytes."""
    found = next((media for magic, media in _MAGIC.items() if content.startswith(magic)), None)
    if found is None:
        raise StimulusError(where, f"the file begins with {shown(content[:8])}", "a WebP, PNG or JPEG", _CONVERT)
    return found


def read_picture(content: bytes, where: str, decoder: Decoder) -> KeptPicture:
    """A picture that somebody gave; StimulusError where it is none, not whole or too large."""
    if len(content) > MAX_BYTES:
        raise StimulusError(where, f"{len(content):,} bytes", f"at most {MAX_BYTES:,}", _SCALE)
    try:
        if kind_of(content) != "picture":
            raise StimulusError(where, "a film", "a picture", "Save one picture of it.")
        decoded = decoder.decode(content, "kept")
    except FileRefused as refusal:
        raise StimulusError(
            where, _found(refusal, content), "a whole picture", _REMEDY.get(refusal.name, _CONVERT)
        ) from None
    grey = decoded.frames[0][1]
    height, width = grey.shape
    if max(height, width) > MAX_SIDE:
        raise StimulusError(where, f"{width}×{height} pixels", f"from 1×1 to {MAX_SIDE}×{MAX_SIDE}", _SCALE)
    kept = decoded.kept or content
    if len(kept) > MAX_BYTES:
        raise StimulusError(where, f"{len(kept):,} bytes as a PNG", f"at most {MAX_BYTES:,}", _SCALE)
    converted = decoded.form if decoded.kept else ""
    return KeptPicture(kept, media_type_of(kept, where), grey, converted, decoded.pictures)


def _found(refusal: FileRefused, content: bytes) -> str:
    if refusal.name in ("kind", "picture-kind", "video-kind"):
        return f"the file begins with {shown(content[:8])}, which is no picture that is read here"
    return {
        "broken": "the picture is damaged or cut off",
        "work": "the picture takes too long to decode",
        "pixels": "a picture of too many pixels",
        "side": "a picture that is too long",
    }.get(refusal.name, str(refusal))


def grey_png(pixels: NDArray[np.uint8]) -> bytes:
    """uint8[height, width] as a PNG, the same bytes on every machine.

    The stream is stored, not deflated: a compressor's version would otherwise change the picture's
    hash, and with it every record kept by that hash. A 48×48 picture takes 2.4 KB this way.
    """
    height, width = pixels.shape
    rows = np.zeros((height, width + 1), np.uint8)  # each row begins with its filter: 0, none
    rows[:, 1:] = pixels
    raw = rows.tobytes()
    if len(raw) > 0xFFFF:
        raise ValueError(f"{width}×{height} pixels do not fit one stored block of 65,535 bytes")
    stored = b"\x78\x01\x01" + struct.pack("<HH", len(raw), len(raw) ^ 0xFFFF) + raw
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)),
            _chunk(b"IDAT", stored + struct.pack(">I", zlib.adler32(raw))),
            _chunk(b"IEND", b""),
        )
    )


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
