"""What a file is, by its brand and never by its name; what is not read is named for what it is."""

import struct

import numpy as np
import pytest
from PIL import Image

from core.domain.files import FileRefused
from core.media.decoder import decoder
from core.media.kinds import kind_of
from tests.media.made import HEIGHT, WIDTH, pattern, saved


def branded(brand: bytes, *others: bytes, then: bytes = b"meta") -> bytes:
    """The first boxes of a file of this brand."""
    body = brand + bytes(4) + b"".join(others)
    return struct.pack(">I", 8 + len(body)) + b"ftyp" + body + struct.pack(">I", 16) + then + bytes(8)


@pytest.mark.parametrize("brand", [b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"heim", b"avif", b"avis"])
def test_a_picture_of_a_phone_is_no_film_though_it_begins_as_one(brand: bytes) -> None:
    assert kind_of(branded(brand)) == "picture"


@pytest.mark.parametrize("brand", [b"isom", b"mp42", b"qt  ", b"M4V ", b"3gp4", b"avc1", b"dash", b"iso6"])
def test_a_film_is_one_whatever_its_brand(brand: bytes) -> None:
    assert kind_of(branded(brand, then=b"moov")) == "video"
    assert kind_of(branded(brand, b"mif1", then=b"moov")) == "video"


def test_other_brands_decide_where_the_main_one_says_nothing() -> None:
    assert kind_of(branded(b"1pic", b"mif1", b"heic")) == "picture"
    assert kind_of(branded(b"jpeg", b"miaf", b"avif")) == "picture"


@pytest.mark.parametrize("box", [b"wide", b"moov", b"mdat", b"free", b"skip"])
def test_an_old_quicktime_film_has_no_brand(box: bytes) -> None:
    assert kind_of(struct.pack(">I", 8) + box + bytes(40)) == "video"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"0&\xb2u\x8ef\xcf\x11" + bytes(50), "video-kind"),
        (b"FLV\x01" + bytes(50), "video-kind"),
        (b"RIFF\x00\x10\x00\x00AVI LIST" + bytes(50), "video-kind"),
        (b"\x00\x00\x01\xba" + bytes(50), "video-kind"),
        ((b"G" + bytes(187)) * 4, "video-kind"),
        ((bytes(4) + b"G" + bytes(187)) * 4, "video-kind"),
        (b"8BPS\x00\x01" + bytes(50), "picture-kind"),
        (b"\xff\x0a" + bytes(50), "picture-kind"),
        (b"\x00\x00\x00\x0cjP  \r\n" + bytes(50), "picture-kind"),
        (b"%PDF-1.7" + bytes(50), "picture-kind"),
        (b"RIFF\x00\x10\x00\x00WAVEfmt " + bytes(50), "kind"),
        (b"PK\x03\x04" + bytes(50), "kind"),
    ],
)
def test_what_is_not_read_is_named(content: bytes, name: str) -> None:
    with pytest.raises(FileRefused) as caught:
        kind_of(content)
    assert caught.value.name == name
    assert ("ffmpeg -i" in str(caught.value)) == (name == "video-kind")


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "HEIF", "AVIF", "TIFF", "BMP", "GIF"])
def test_every_format_is_known_by_its_first_bytes_and_read(form: str) -> None:
    grey = Image.fromarray(pattern()).convert("L")
    content = saved(grey, form)
    assert kind_of(content) == "picture"
    with decoder() as own:
        decoded = own.decode(content)
    assert (decoded.form, decoded.pictures, decoded.moves) == (form, 1, False)
    levels = decoded.frames[0][1].astype(int)
    assert levels.shape == (HEIGHT, WIDTH)
    assert np.abs(levels - np.asarray(grey)).mean() < 3
