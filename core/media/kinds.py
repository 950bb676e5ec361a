"""What a file is, read from its first bytes: a still or moving picture, a film, or something that is not read here.

Pictures of a phone and films share one container (ISO base media): the brand in its first box tells them apart.
"""

import struct
from typing import Literal

from core.domain.files import MOST_BYTES, refused

Kind = Literal["picture", "video"]

ENDINGS = (
    *(".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".apng", ".webp"),
    *(".heic", ".heif", ".hif", ".avif", ".tif", ".tiff", ".bmp", ".gif"),
)
"""What names of pictures end with, in small letters; only to tell a folder's pictures from its other files."""

_PICTURE_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"mif2", b"msf1", b"avif", b"avis"}
_FILM_BOXES = {b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot", b"uuid"}
"""With one of these an old QuickTime film begins that has no brand."""
_OTHER_FILMS = (
    (0, b"0&\xb2u\x8ef\xcf\x11"),  # WMV, ASF
    (0, b"FLV"),
    (8, b"AVI "),
    (0, b"\x00\x00\x01\xba"),  # MPEG
    (0, b"\x00\x00\x01\xb3"),
    (0, b".RMF"),
    (0, b"OggS"),
)
_OTHER_PICTURES = (
    (0, b"8BPS"),  # Photoshop
    (0, b"\xff\x0a"),  # JPEG XL
    (4, b"JXL "),
    (4, b"jP  "),  # JPEG 2000
    (0, b"\xff\x4f\xff\x51"),
    (0, b"FUJIFILMCCD-RAW"),
    (0, b"%PDF"),
    (0, b"<svg"),
    (0, b"<?xml"),
)


def kind_of(content: bytes) -> Kind:
    """Whether the first bytes are a picture's or a film's; raises FileRefused for anything that is not read here."""
    if len(content) > MOST_BYTES:
        raise refused("bytes")
    if content[:4] == b"\x1aE\xdf\xa3":
        return "video"
    if _is_picture(content):
        return "picture"
    box = content[4:8]
    if box == b"ftyp":
        return "picture" if _is_picture_brand(content) else "video"
    if box in _FILM_BOXES and _box_at(content, 0) is not None:
        return "video"
    if any(content.startswith(magic, at) for at, magic in _OTHER_FILMS) or _is_transport_stream(content):
        raise refused("video-kind")
    if any(content.startswith(magic, at) for at, magic in _OTHER_PICTURES):
        raise refused("picture-kind")
    raise refused("kind")


def _is_picture(content: bytes) -> bool:
    return (
        content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*"))
        or (content[:4] == b"RIFF" and content[8:12] == b"WEBP")
        or (content[:2] == b"BM" and content[6:10] == bytes(4) and len(content) > 26)
    )


def _is_picture_brand(content: bytes) -> bool:
    """The main brand decides; where it says nothing of either, the others do, unless there is a film in the file."""
    size = struct.unpack_from(">I", content)[0]
    if content[8:12] in _PICTURE_BRANDS:
        return True
    others = {content[at : at + 4] for at in range(16, min(size, len(content), 1_000) - 3, 4)}
    return bool(others & _PICTURE_BRANDS) and b"moov" not in _boxes(content)


def _boxes(content: bytes) -> set[bytes]:
    """The names of the outermost boxes."""
    names: set[bytes] = set()
    at = 0
    while len(names) < 100 and (end := _box_at(content, at)) is not None:
        names.add(content[at + 4 : at + 8])
        at = end
    return names


def _box_at(content: bytes, at: int) -> int | None:
    """Where the box that begins at `at` ends; None where none begins there."""
    if at + 8 > len(content):
        return None
    size = struct.unpack_from(">I", content, at)[0]
    if size == 1 and at + 16 <= len(content):
        size = struct.unpack_from(">Q", content, at + 8)[0]
    if size == 0:
        return len(content)
    return at + int(size) if size >= 8 else None


def _is_transport_stream(content: bytes) -> bool:
    """MPEG's packets of 188 bytes, or a camcorder's of 192."""
    return any(
        len(content) > at + 2 * step and content[at] == content[at + step] == 0x47 for at, step in ((0, 188), (4, 192))
    )
