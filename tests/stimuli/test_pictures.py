"""Pictures of a set are known by their first bytes, decoded within bounds, kept as browsers show them."""

from collections.abc import Iterator

import numpy as np
import pytest
from PIL import Image

from core.media.decoder import Decoder, decode, decoder
from core.stimuli.pictures import grey_png, read_picture
from core.stimuli.records import StimulusError
from tests.media.made import pattern, saved, trailers, with_trailer
from tests.vision.test_crop import png_that_claims

NOISE = np.random.default_rng(0).integers(0, 256, (30, 50)).astype(np.uint8)
COLOUR = Image.fromarray(np.dstack([NOISE, NOISE // 2, NOISE]))


@pytest.fixture(scope="module")
def own() -> Iterator[Decoder]:
    with decoder() as process:
        yield process


@pytest.mark.parametrize(
    ("form", "more", "media_type"),
    [
        ("PNG", {}, "image/png"),
        ("JPEG", {}, "image/jpeg"),
        ("JPEG", {"progressive": True}, "image/jpeg"),
        ("WEBP", {"quality": 80}, "image/webp"),
        ("WEBP", {"lossless": True}, "image/webp"),
    ],
)
@pytest.mark.parametrize("image", [COLOUR.convert("L"), COLOUR])
def test_a_picture_that_browsers_show_stays_the_bytes_it_is_and_a_cut_one_is_refused(
    own: Decoder, form: str, more: dict[str, object], media_type: str, image: Image.Image
) -> None:
    data = saved(image, form, **more)
    kept = read_picture(data, "a picture", own)
    assert (kept.media_type, kept.content, kept.converted) == (media_type, data, "")
    assert kept.grey.shape == (30, 50)
    for length in (4, 20, len(data) // 2):
        with pytest.raises(StimulusError, match="a picture: "):
            read_picture(data[:length], "a picture", own)


@pytest.mark.parametrize("form", ["HEIF", "AVIF", "TIFF", "BMP", "GIF"])
def test_what_not_every_browser_shows_is_kept_as_a_png(own: Decoder, form: str) -> None:
    kept = read_picture(saved(Image.fromarray(pattern()), form, quality=95), "a picture", own)
    assert (kept.media_type, kept.converted) == ("image/png", form)
    assert np.abs(decode(kept.content).astype(int) - kept.grey).max() <= 1


@pytest.mark.parametrize("what", trailers())
def test_what_stands_after_a_jpeg_s_end_or_before_a_marker_cuts_nothing_off(own: Decoder, what: str) -> None:
    whole = saved(Image.fromarray(pattern()), "JPEG")
    kept = read_picture(with_trailer(whole, trailers()[what]), "a picture", own)
    assert np.array_equal(kept.grey, decode(whole))


def test_a_picture_of_a_billion_pixels_is_refused_before_it_is_decoded(own: Decoder) -> None:
    huge = png_that_claims(40_000, 40_000)
    with pytest.raises(StimulusError, match="too many pixels"):
        read_picture(huge, "a picture", own)
    with pytest.raises(StimulusError, match=r"5000×1 pixels; expected from 1×1 to 4096×4096"):
        read_picture(saved(Image.new("L", (5_000, 1)), "PNG"), "a picture", own)


def test_other_formats_are_refused_with_a_remedy(own: Decoder) -> None:
    for content in (b"%PDF-1.7" + bytes(100), b"GIF90a" + bytes(100), b"8BPS" + bytes(100)):
        with pytest.raises(StimulusError, match=r"no picture that is read here.*Convert it"):
            read_picture(content, "a picture", own)


def test_a_grey_png_keeps_every_level_and_is_the_same_bytes_on_every_machine() -> None:
    ramp = (np.arange(48 * 48) % 256).astype(np.uint8).reshape(48, 48)
    assert np.array_equal(decode(grey_png(ramp)), ramp)
    tiny = grey_png(np.array([[0, 255]], np.uint8))
    assert tiny.hex() == (
        "89504e470d0a1a0a0000000d4948445200000002000000010800000000d14920560000000e49444154"
        "7801010300fcff0000ff01020100b7012ef70000000049454e44ae426082"
    )
