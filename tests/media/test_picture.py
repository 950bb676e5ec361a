"""Pictures of phones and laboratories: turned by their container, of tiles, of 16 bits, moving, of several pages."""

import io
from contextlib import suppress

import numpy as np
import pillow_heif
import pytest
from PIL import Image

from core.domain.files import FileRefused
from core.media.decoder import DecodedPicture, Wanted, decoder
from tests.media.made import HEIGHT, WIDTH, pattern, png_of_16_bits, saved, turned_by_exif

COLOUR = Image.fromarray(pattern())
GREY = COLOUR.convert("L")


def decoded(content: bytes, wanted: Wanted = "first") -> DecodedPicture:
    with decoder() as own:
        return own.decode(content, wanted)


def like(levels: np.ndarray, image: Image.Image, bound: float = 3) -> bool:
    expected = np.asarray(image.convert("L"), int)
    return levels.shape == expected.shape and bool(np.abs(levels - expected).mean() < bound)


def heic_turned_by_its_container(number: int) -> bytes:
    file, exif = io.BytesIO(), turned_by_exif(number).tobytes()
    pillow_heif.encode("RGB", COLOUR.size, COLOUR.tobytes(), file, exif=exif, quality=95)
    assert b"irot" in file.getvalue() or b"imir" in file.getvalue()
    return file.getvalue()


def test_a_phone_s_picture_is_upright_whether_its_container_or_its_exif_says_how() -> None:
    turns = {2: 0, 3: 3, 4: 1, 5: 5, 6: 4, 7: 6, 8: 2}
    with decoder() as own:
        for number, turn in turns.items():
            upright = COLOUR.transpose(Image.Transpose(turn))
            exif = turned_by_exif(number)
            for content in (
                heic_turned_by_its_container(number),
                saved(COLOUR, "HEIF", exif=exif, quality=95),
                saved(COLOUR, "AVIF", exif=exif, quality=95),
            ):
                assert like(own.decode(content).frames[0][1], upright), number


def test_a_phone_s_picture_of_tiles_is_read_whole() -> None:
    large = COLOUR.resize((640, 560), Image.Resampling.BICUBIC)
    file = io.BytesIO()
    pillow_heif.from_pillow(large).save(file, quality=80, tile_size=512)
    assert like(decoded(file.getvalue()).frames[0][1], large)


@pytest.mark.parametrize("form", ["PNG", "TIFF"])
def test_16_bits_of_grey_are_scaled(form: str) -> None:
    levels = np.linspace(0, 65_535, 200).astype(np.uint16).reshape(10, 20)
    content = png_of_16_bits(levels, 0) if form == "PNG" else saved(Image.fromarray(levels), "TIFF")
    assert np.abs(decoded(content).frames[0][1] - levels / 257).max() < 1


@pytest.mark.parametrize("form", ["WEBP", "PNG", "GIF", "AVIF"])
def test_every_picture_of_one_that_moves_is_read(form: str) -> None:
    frames = [GREY, GREY.transpose(Image.Transpose.FLIP_LEFT_RIGHT), GREY.point(lambda level: 255 - level)]
    more = {"lossless": True} if form == "WEBP" else {}
    content = saved(frames[0], form, save_all=True, append_images=frames[1:], duration=500, **more)
    found = decoded(content, "every")
    assert (found.moves, found.pictures, found.lasts) == (True, 3, 1.5)
    assert [at for at, _ in found.frames] == [0, 0.5, 1]
    assert all(like(levels, frame) for (_, levels), frame in zip(found.frames, frames, strict=True))
    assert len(decoded(content).frames) == 1


def test_of_one_that_moves_fast_or_for_long_a_picture_is_read_five_times_a_second() -> None:
    frames = [GREY.rotate(5 * number) for number in range(30)]
    found = decoded(saved(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=50), "every")
    assert (found.pictures, round(found.lasts, 3)) == (30, 1.5)
    assert [round(at, 2) for at, _ in found.frames] == [0, 0.2, 0.4, 0.6, 0.8, 1, 1.2, 1.4]


def test_several_pages_are_counted_and_the_first_is_read() -> None:
    found = decoded(saved(GREY, "TIFF", save_all=True, append_images=[GREY, GREY]), "every")
    assert (found.moves, found.pictures, len(found.frames)) == (False, 3, 1)


@pytest.mark.parametrize("form", ["HEIF", "TIFF", "BMP", "GIF", "AVIF"])
def test_what_is_kept_of_a_format_that_not_every_browser_shows_is_a_png(form: str) -> None:
    kept = decoded(saved(COLOUR, form, quality=95), "kept").kept
    with Image.open(io.BytesIO(kept)) as image:
        assert (image.format, image.size) == ("PNG", (WIDTH, HEIGHT))
    assert decoded(saved(COLOUR, "PNG"), "kept").kept == b""


@pytest.mark.parametrize("form", ["HEIF", "AVIF", "TIFF", "GIF", "PNG", "WEBP", "JPEG", "BMP"])
def test_a_picture_cut_off_is_broken_and_the_next_is_read(form: str) -> None:
    whole = saved(COLOUR, form)
    with decoder() as own:
        for length in (len(whole) // 2, 30):
            with pytest.raises(FileRefused) as caught:
                own.decode(whole[:length])
            assert caught.value.name == "broken"
        assert own.decode(whole).form == form


def test_noise_in_a_picture_ends_no_decoder_for_the_next() -> None:
    chance = np.random.default_rng(3)
    with decoder() as own:
        for form in ("HEIF", "AVIF", "TIFF", "GIF"):
            whole = saved(COLOUR, form)
            for _ in range(10):
                noisy = bytearray(whole)
                for place in chance.integers(0, len(whole), 12):
                    noisy[int(place)] = int(chance.integers(256))
                with suppress(FileRefused):
                    own.decode(bytes(noisy), "every")
        assert own.decode(saved(COLOUR, "PNG")).form == "PNG"
