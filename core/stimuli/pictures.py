"""Pictures as bytes: their type and size from the first bytes, decoding within bounds, grey PNGs.

WebP, PNG and JPEG are known by their magic numbers, whatever a file is called. Sizes are read from the
header, so that a picture of a billion pixels is refused before anything is decoded.
"""

import struct
import zlib

import cv2
import numpy as np
from numpy.typing import NDArray

from core.stimuli.records import StimulusError, shown

MAX_BYTES = 8_000_000
MAX_SIDE = 4_096
MAX_SCANS = 100
"""Of a progressive JPEG, which has about ten; each is decoded over the whole picture."""

_CONVERT = "Convert it, for example with: magick picture.tif picture.png"


def probe(data: bytes, where: str) -> tuple[str, int, int]:
    """(media type, width, height) of a picture; StimulusError if it is none of ours or too large."""
    if len(data) > MAX_BYTES:
        raise StimulusError(
            where, f"{len(data):,} bytes", f"at most {MAX_BYTES:,}", "Scale the picture down; 384×384 is plenty."
        )
    try:
        if data.startswith(b"\x89PNG\r\n\x1a\n"):
            media_type, size, whole = "image/png", _png_size(data), b"IEND" in data[-64:]
        elif data.startswith(b"\xff\xd8\xff"):
            media_type, size, whole = "image/jpeg", _jpeg_size(data), data.rstrip(b"\0\r\n ").endswith(b"\xff\xd9")
        elif data[:4] == b"RIFF" and data[8:12] == b"WEBP":
            media_type, size = "image/webp", _webp_size(data)
            whole = len(data) >= 8 + int.from_bytes(data[4:8], "little")
        else:
            raise StimulusError(
                where, f"the file begins with {shown(data[:8])}", "a WebP, PNG or JPEG picture", _CONVERT
            )
    except (struct.error, IndexError):
        whole = False
    if not whole:
        raise StimulusError(where, "the picture is cut off", "a whole picture", "Copy the file again from its source.")
    if media_type == "image/jpeg" and (scans := data.count(b"\xff\xda")) > MAX_SCANS:
        raise StimulusError(where, f"a JPEG of {scans:,} scans", f"at most {MAX_SCANS}", _CONVERT.replace("tif", "jpg"))
    width, height = size
    if not (0 < width <= MAX_SIDE and 0 < height <= MAX_SIDE):
        raise StimulusError(
            where,
            f"{width}×{height} pixels",
            f"from 1×1 to {MAX_SIDE}×{MAX_SIDE}",
            "Scale the picture down; 384×384 is plenty.",
        )
    return media_type, width, height


def decode_grey(data: bytes, where: str) -> NDArray[np.uint8]:
    """The picture's grey levels, uint8[height, width]; StimulusError if it does not decode."""
    probe(data, where)
    grey = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_GRAYSCALE)
    if grey is None:
        raise StimulusError(
            where, "the picture does not decode", "a whole picture", "Copy the file again from its source."
        )
    return np.asarray(grey, np.uint8)


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


def _png_size(data: bytes) -> tuple[int, int]:
    width, height = struct.unpack_from(">II", data, 16)
    return width, height


def _jpeg_size(data: bytes) -> tuple[int, int]:
    """From the first start-of-frame segment (markers C0–CF but C4, C8, CC)."""
    at = 2
    while True:
        marker, length = data[at + 1], struct.unpack_from(">H", data, at + 2)[0]
        if data[at] != 0xFF or length < 2:
            raise IndexError("no marker where one is due")
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack_from(">HH", data, at + 5)
            return width, height
        at += 2 + length


def _webp_size(data: bytes) -> tuple[int, int]:
    kind = data[12:16]
    if kind == b"VP8 ":
        width, height = struct.unpack_from("<HH", data, 26)
        return width & 0x3FFF, height & 0x3FFF
    if kind == b"VP8L":
        (bits,) = struct.unpack_from("<I", data, 21)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8X":
        return int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
    raise IndexError("unknown WebP chunk")
