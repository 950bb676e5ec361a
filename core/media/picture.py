"""Pictures as a browser shows them: upright by EXIF alone, in sRGB, over white, of whatever depth.

`tests/e2e/test_same_as_browser.py` compares with Chromium, pixel by pixel. Of a phone's HEIC and of AVIF the turn
stands in the container, which is believed before EXIF; browsers do not turn a WebP.
"""

import io
import struct
import zlib
from collections.abc import Iterator
from contextlib import suppress
from functools import cache

import numpy as np
from numpy.typing import NDArray
from PIL import AvifImagePlugin, Image, ImageCms, UnidentifiedImageError

from core.domain.files import MOST_PIXELS, MOST_SECONDS, MOST_SIDE

FORMATS = ("WEBP", "PNG", "JPEG")
"""What browsers show: a picture that is kept is one of these."""
ALL_FORMATS = (*FORMATS, "HEIF", "AVIF", "TIFF", "BMP", "GIF")
STEP = 0.2  # seconds from one picture of a moving one that is read to the next, as of a film
READ_AT = 1280  # pixels of the longer side to which each of them is reduced

_MOVING = {"WEBP", "PNG", "GIF", "AVIF"}
"""Of other formats several pictures in one file are pages, or the parts of one photograph."""
_TURNED_BY_EXIF = {"JPEG", "PNG", "AVIF"}
_ORIENTATION = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_BROKEN = (
    *(OSError, SyntaxError, ValueError, RuntimeError, TypeError, LookupError, OverflowError, EOFError),
    *(struct.error, zlib.error, ImageCms.PyCMSError),
)


class Undecodable(ValueError):
    """What is wrong with a picture; `name` is that of a refusal in `core.domain.files`."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(message)
        self.name = name


class OpenedPicture:
    """An encoded picture whose head was read: nothing is decoded yet. Raises Undecodable, also from its methods;
    nothing larger than `MOST_PIXELS` is decoded."""

    def __init__(self, content: bytes, formats: tuple[str, ...] = ALL_FORMATS) -> None:
        self._said = f"the picture of {len(content)} bytes"
        if "HEIF" in formats:
            _know_heif()
        try:
            self._image = Image.open(io.BytesIO(content), formats=formats)
        except UnidentifiedImageError:
            expected = f"expected one of {', '.join(formats)}"
            raise Undecodable("broken", f"{len(content)} bytes that are no picture: {expected}") from None
        except Image.DecompressionBombError:
            raise self._too_large() from None
        except _BROKEN as error:
            raise self._broken(error) from error
        self._turned_in_container = b"irot" in content[:100_000] or b"imir" in content[:100_000]
        self.form = "JPEG" if self._image.format == "MPO" else str(self._image.format)
        if self._image.width * self._image.height > MOST_PIXELS:
            raise self._too_large()
        if max(self._image.size) > MOST_SIDE:
            size = f"{self._image.width}×{self._image.height}"
            raise Undecodable(
                "side", f"{self._said} says it is {size}: no side may be longer than {MOST_SIDE:,} pixels"
            )

    @property
    def pictures(self) -> int:
        """How many pictures lie in the file."""
        return int(getattr(self._image, "n_frames", 1))

    @property
    def moves(self) -> bool:
        """Whether a browser shows one picture after the other."""
        return self.form in _MOVING and self.pictures > 1

    def grey(self) -> NDArray[np.uint8]:
        """The grey levels of the first picture, [height, width]."""
        return np.asarray(self._shown().convert("L"), dtype=np.uint8)

    def as_png(self) -> bytes:
        """The first picture, in colour where it has some, for who keeps it."""
        file = io.BytesIO()
        self._shown().save(file, "PNG")
        return file.getvalue()

    def moving(self) -> Iterator[tuple[float, NDArray[np.uint8]]]:
        """A picture every `STEP` seconds or the next after: seconds from the first, grey levels, reduced; the last one
        has none and says when the whole ends. What is beyond `MOST_PIXELS` or `MOST_SECONDS` in all is left out."""
        at, next_at, pixels = 0.0, 0.0, 0
        for number in range(1 if self._image.info.get("default_image") else 0, self.pictures):
            try:
                self._image.seek(number)
                if at >= next_at:
                    shown = self._shown()
                    shown.thumbnail((READ_AT, READ_AT), Image.Resampling.BOX)
                    next_at, pixels = at + STEP - 0.001, pixels + shown.width * shown.height
                    if pixels > MOST_PIXELS or at > MOST_SECONDS:
                        break
                    yield at, np.asarray(shown.convert("L"), dtype=np.uint8)
            except _BROKEN as error:
                raise self._broken(error) from error
            lasts = self._image.info.get("duration", 0)
            at += lasts / 1000 if lasts > 10 else 0.1  # as browsers do
        yield at, np.zeros((0, 0), np.uint8)

    def _shown(self) -> Image.Image:
        """The picture where the file stands: mode L or RGB."""
        try:
            self._image.load()
            image = _over_white(self._image)
            turn = _TURNS.get(self._orientation())
            return image if turn is None else image.transpose(turn)
        except Undecodable:
            raise
        except Image.DecompressionBombError:
            raise self._too_large() from None
        except _BROKEN as error:
            raise self._broken(error) from error

    def _orientation(self) -> int:
        """1 to 8 as EXIF numbers them: how the decoded picture still has to be turned."""
        exif = self._image.info.get("exif")
        if not exif:
            return 1
        if self.form == "HEIF" and not self._turned_in_container and _ORIENTATION in _read_exif(exif):
            return int(self._image.info.get("original_orientation") or 1)
        return int(_read_exif(exif).get(_ORIENTATION, 1)) if self.form in _TURNED_BY_EXIF else 1

    def _too_large(self) -> Undecodable:
        return Undecodable("pixels", f"{self._said} says it is larger than {MOST_PIXELS:,} pixels: make it smaller")

    def _broken(self, error: Exception) -> Undecodable:
        return Undecodable("broken", f"{self._said} is broken ({error}): save it again as PNG or JPEG")


@cache
def _know_heif() -> None:
    import pillow_heif

    AvifImagePlugin.DEFAULT_MAX_THREADS = 1
    pillow_heif.register_heif_opener(decode_threads=1, thumbnails=False, aux_images=False, depth_images=False)


def _read_exif(exif: bytes) -> Image.Exif:
    """Nothing where it cannot be read."""
    said = Image.Exif()
    with suppress(*_BROKEN):
        said.load(exif)
    return said


def _over_white(image: Image.Image) -> Image.Image:
    """In sRGB, mode L or RGB, what is transparent over white."""
    if image.mode.startswith("I"):
        image = _scaled(image)
    elif image.mode == "F":
        raise Undecodable("broken", "a picture of fractions: save it with 8 or 16 bits for each point")
    alpha = None
    if image.has_transparency_data:
        image = image.convert("LA" if image.mode in ("L", "LA") else "RGBA")
        alpha = image.getchannel("A")
        image = image.convert("L" if image.mode == "LA" else "RGB")
    elif image.mode not in ("L", "RGB", "CMYK"):
        image = image.convert("L" if image.mode == "1" else "RGB")
    image = _in_srgb(image, image.info)
    if alpha is not None:
        white = Image.new(image.mode, image.size, 255 if image.mode == "L" else (255, 255, 255))
        image = Image.composite(image, white, alpha)
    return image


def _scaled(image: Image.Image) -> Image.Image:
    """16 bits of grey as 8."""
    levels = np.asarray(image).astype(np.int64)
    if levels.min() < 0 or levels.max() > 65_535:
        raise Undecodable("broken", "a picture of 32 bits for each point: save it with 8 or 16")
    grey = Image.fromarray(((levels + 128) // 257).astype(np.uint8))
    grey.info = {name: value for name, value in image.info.items() if name != "transparency"}
    return grey


def _in_srgb(image: Image.Image, info: dict[str | tuple[int, int], object]) -> Image.Image:
    """By the profile that the picture carries, or a PNG's gamma; one that cannot be read counts for nothing."""
    profile = info.get("icc_profile")
    if isinstance(profile, bytes) and profile:
        with suppress(*_BROKEN):
            given, srgb = ImageCms.ImageCmsProfile(io.BytesIO(profile)), _srgb()
            space = given.profile.xcolor_space.strip()
            if space == {"L": "GRAY", "RGB": "RGB", "CMYK": "CMYK"}[image.mode]:
                changed = ImageCms.profileToProfile(image, given, srgb, outputMode="RGB")
                assert changed is not None
                return changed
    elif (
        isinstance(gamma := info.get("gamma"), float)
        and _needs_curve(gamma)
        and "srgb" not in info
        and image.mode != "CMYK"
    ):
        return image.point(_curve(gamma) * len(image.getbands()))
    return image.convert("RGB") if image.mode == "CMYK" else image


def _needs_curve(gamma: float) -> bool:
    """Nearly all PNGs that say one say 1/2.2, and browsers take that for sRGB."""
    return gamma > 0 and abs(gamma - 1 / 2.2) > 0.001


@cache
def _srgb() -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


@cache
def _curve(gamma: float) -> list[int]:
    """Level to level in sRGB, for a PNG that was written with this gamma (IEC 61966-2-1)."""
    light = (np.arange(256) / 255) ** (1 / gamma)
    coded = np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)
    return [int(level) for level in np.round(255 * coded)]
