"""From an encoded picture to the 48×48 face, and what is refused on the way."""

import io
import struct
import zlib

import numpy as np
import pytest
from PIL import Image

from core.domain.files import MOST_PIXELS
from core.media.decoder import decode
from core.stimuli.builtin import FOLDER, read_builtin
from core.vision.boxes import Box
from core.vision.crop import crop, prepare
from core.vision.faces import find_face

NEUTRAL = sorted(FOLDER.glob("*/neutral_000.webp"))


def encoded(pixels: np.ndarray, form: str = "PNG") -> bytes:
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, form, quality=95)
    return file.getvalue()


def png_that_claims(width: int, height: int, rows: bytes = bytes(1000)) -> bytes:
    """A PNG whose head names that size, with hardly a pixel to it unless there are more `rows`."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(rows))


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


@pytest.mark.parametrize("form", ["PNG", "WEBP", "JPEG"])
def test_any_served_picture_becomes_48_by_48_grey_levels(form: str) -> None:
    with Image.open(NEUTRAL[0]) as image:
        face = prepare(encoded(np.asarray(image.convert("RGB")), form))
    assert face.shape == (48, 48)
    assert face.dtype == np.uint8


def test_a_picture_of_that_size_passes_untouched() -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (48, 48)).astype(np.uint8)
    assert np.array_equal(prepare(encoded(pixels)), pixels)


def test_the_face_is_found_in_every_built_in_person_whatever_the_skin() -> None:
    boxes = [find_face(decode(path.read_bytes())) for path in NEUTRAL]
    assert len(boxes) == 53
    assert all(box.found for box in boxes)
    assert all(0.55 < box.side / 384 < 0.85 for box in boxes)


def test_the_crop_follows_the_face_through_the_picture() -> None:
    grey = decode(NEUTRAL[0].read_bytes())
    wide = np.pad(grey, ((150, 66), (480, 36)), mode="edge")
    moved, still = find_face(wide), find_face(grey)
    assert moved.found
    assert abs(moved.left - still.left - 480) < 20
    assert abs(moved.top - still.top - 150) < 20


def test_without_a_face_the_central_square_is_taken() -> None:
    assert find_face(np.full((100, 160), 128, np.uint8)) == Box(30, 0, 100, found=False)


def test_a_small_square_is_enlarged() -> None:
    assert crop(np.zeros((30, 40), np.uint8), Box(5, 0, 30, found=False)).shape == (48, 48)


@pytest.mark.parametrize(
    ("picture", "says"),
    [
        (b"", "no picture"),
        (b"GIF89a and so on", "no picture: expected one of WEBP, PNG, JPEG"),
        (NEUTRAL[0].read_bytes()[:2000], "broken"),
        (encoded(np.zeros((60, 60), np.uint8), "JPEG")[:300], "broken"),
        (png_that_claims(100_000, 100_000), f"larger than {MOST_PIXELS:,} pixels"),
        (png_that_claims(9_000, 9_000), f"larger than {MOST_PIXELS:,} pixels"),
        (png_that_claims(0, 7), "broken|no picture"),
    ],
)
def test_what_is_no_picture_is_refused_in_words(picture: bytes, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        prepare(picture)


def test_every_built_in_face_is_a_picture_that_can_be_prepared() -> None:
    for face in read_builtin()[1][::100]:
        assert prepare(face.picture).shape == (48, 48)
