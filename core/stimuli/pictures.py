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
from core.domain.language import Sentence, Value
from core.media.decoder import Decoder
from core.media.kinds import kind_of
from core.stimuli.records import StimulusError, shown

MAX_BYTES = 8_000_000
MAX_SIDE = 4_096

_SCALE = Sentence("Scale the picture down; 384×384 is plenty.")
_CONVERT = Sentence("Convert it, for example with: magick picture.xyz picture.png")
_MOST = Sentence("at most {most}", most=MAX_BYTES)
_REMEDY = {
    "broken": Sentence("Copy the file again from its source."),
    "pixels": _SCALE,
    "side": _SCALE,
    "bytes": _SCALE,
}
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


def media_type_of(content: bytes, where: Value) -> str:
    """Of a WebP, PNG or JPEG, by its first bytes."""
    found = next((media for magic, media in _MAGIC.items() if content.startswith(magic)), None)
    if found is None:
        begins = Sentence("the file begins with {bytes}", bytes=shown(content[:8]))
        raise StimulusError(where, begins, Sentence("a WebP, PNG or JPEG"), _CONVERT)
    return found


def read_picture(content: bytes, where: Value, decoder: Decoder) -> KeptPicture:
    """A picture that somebody gave; StimulusError where it is none, not whole or too large."""
    if len(content) > MAX_BYTES:
        raise StimulusError(where, Sentence("{number} bytes", number=len(content)), _MOST, _SCALE)
    try:
        if kind_of(content) != "picture":
            remedy = Sentence("Save one picture of it.")
            raise StimulusError(where, Sentence("a film"), Sentence("a picture"), remedy)
        decoded = decoder.decode(content, "kept")
    except FileRefused as refusal:
        remedy = _REMEDY.get(refusal.name, _CONVERT)
        raise StimulusError(where, _found(refusal, content), Sentence("a whole picture"), remedy) from None
    grey = decoded.frames[0][1]
    height, width = grey.shape
    if max(height, width) > MAX_SIDE:
        found = Sentence("{size} pixels", size=f"{width}×{height}")
        raise StimulusError(where, found, Sentence("from 1×1 to {size}", size=f"{MAX_SIDE}×{MAX_SIDE}"), _SCALE)
    kept = decoded.kept or content
    if len(kept) > MAX_BYTES:
        raise StimulusError(where, Sentence("{number} bytes as a PNG", number=len(kept)), _MOST, _SCALE)
    converted = decoded.form if decoded.kept else ""
    return KeptPicture(kept, media_type_of(kept, where), grey, converted, decoded.pictures)


def _found(refusal: FileRefused, content: bytes) -> Sentence:
    if refusal.name in ("kind", "picture-kind", "video-kind"):
        return Sentence("the file begins with {bytes}, which is no picture that is read here", bytes=shown(content[:8]))
    said = {
        "broken": Sentence("the picture is damaged or cut off"),
        "work": Sentence("the picture takes too long to decode"),
        "pixels": Sentence("a picture of too many pixels"),
        "side": Sentence("a picture that is too long"),
    }.get(refusal.name)
    return said or Sentence(refusal.sentence, **{name: str(value) for name, value in refusal.values.items()})


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
