"""Pictures are known by their first bytes, measured before they are decoded, and written the same everywhere."""

import struct

import cv2
import numpy as np
import pytest

from core.stimuli.pictures import decode_grey, grey_png, probe
from core.stimuli.records import StimulusError

NOISE = np.random.default_rng(0).integers(0, 256, (30, 50)).astype(np.uint8)
COLOUR = np.dstack([NOISE, NOISE // 2, NOISE])


@pytest.mark.parametrize(
    ("ending", "parameters", "media_type"),
    [
        (".png", [], "image/png"),
        (".jpg", [], "image/jpeg"),
        (".jpg", [cv2.IMWRITE_JPEG_PROGRESSIVE, 1], "image/jpeg"),
        (".webp", [cv2.IMWRITE_WEBP_QUALITY, 80], "image/webp"),
        (".webp", [cv2.IMWRITE_WEBP_QUALITY, 101], "image/webp"),
    ],
)
@pytest.mark.parametrize("pixels", [NOISE, COLOUR])
def test_type_and_size_are_read_and_a_cut_picture_is_refused(
    ending: str, parameters: list[int], media_type: str, pixels: np.ndarray
) -> None:
    data = cv2.imencode(ending, pixels, parameters)[1].tobytes()
    assert probe(data, "a picture") == (media_type, 50, 30)
    assert decode_grey(data, "a picture").shape == (30, 50)
    for length in (4, 20, len(data) // 2, len(data) - 20):
        with pytest.raises(StimulusError, match="a picture: "):
            probe(data[:length], "a picture")


def test_a_webp_with_transparency_is_measured() -> None:
    data = cv2.imencode(".webp", np.dstack([COLOUR, NOISE]), [cv2.IMWRITE_WEBP_QUALITY, 80])[1].tobytes()
    assert data[12:16] == b"VP8X"
    assert probe(data, "a picture") == ("image/webp", 50, 30)


def test_a_picture_of_a_billion_pixels_is_refused_before_it_is_decoded() -> None:
    data = grey_png(NOISE)
    huge = data[:16] + struct.pack(">II", 40_000, 40_000) + data[24:]
    with pytest.raises(StimulusError, match=r"40000×40000 pixels; expected from 1×1 to 4096×4096"):
        decode_grey(huge, "a picture")


def test_other_formats_are_refused_with_a_remedy() -> None:
    with pytest.raises(StimulusError, match=r"GIF89a.*Convert it"):
        probe(b"GIF89a" + bytes(100), "a picture")


def test_a_grey_png_keeps_every_level_and_is_the_same_bytes_on_every_machine() -> None:
    ramp = (np.arange(48 * 48) % 256).astype(np.uint8).reshape(48, 48)
    assert np.array_equal(decode_grey(grey_png(ramp), "a ramp"), ramp)
    tiny = grey_png(np.array([[0, 255]], np.uint8))
    assert tiny.hex() == (
        "89504e470d0a1a0a0000000d4948445200000002000000010800000000d14920560000000e49444154"
        "7801010300fcff0000ff01020100b7012ef70000000049454e44ae426082"
    )
