"""Encoded pictures of every format, depth, orientation and profile, made of one colourful pattern and its grey."""

import io
import struct
import zlib
from collections.abc import Iterator

import numpy as np
import pillow_heif
from numpy.typing import NDArray
from PIL import Image

WIDTH, HEIGHT = 48, 32
WIDE, STEEP = "wide", "steep"
XMP_TURNED = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<rdf:Description xmlns:tiff="http://ns.adobe.com/tiff/1.0/" tiff:Orientation="6"/></rdf:RDF></x:xmpmeta>'
)
pillow_heif.register_heif_opener(decode_threads=1)


def pattern() -> NDArray[np.uint8]:
    """uint8 [HEIGHT, WIDTH, 3]: no two corners are alike."""
    down, across = np.mgrid[0:HEIGHT, 0:WIDTH]
    colours = np.dstack([across * 255 // (WIDTH - 1), down * 255 // (HEIGHT - 1), (across * 4 + down * 2) % 256])
    colours[:8, :12] = (255, 40, 0)
    return np.asarray(colours, np.uint8)


def saved(image: Image.Image, form: str, **more: object) -> bytes:
    file = io.BytesIO()
    image.save(file, form, **more)
    return file.getvalue()


def turned_by_exif(number: int) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = number
    return exif


def png_of_16_bits(levels: NDArray[np.uint16], kind: int) -> bytes:
    """`kind`: 0 grey, 2 colour, 4 grey with alpha, 6 colour with alpha, as PNG numbers them."""
    head = struct.pack(">IIBBBBB", levels.shape[1], levels.shape[0], 16, kind, 0, 0, 0)
    rows = b"".join(b"\0" + row.astype(">u2").tobytes() for row in levels)
    chunks = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def with_chunk(png: bytes, name: bytes, body: bytes) -> bytes:
    """`png` with a chunk after its head."""
    return png[:33] + chunk(name, body) + png[33:]


def icc(kind: str) -> bytes:
    """An ICC profile (version 2): WIDE, colours further apart than sRGB's; STEEP, grey levels that are light itself."""

    def xyz(*values: float) -> bytes:
        return b"XYZ " + bytes(4) + struct.pack(">3i", *(round(value * 65536) for value in values))

    def curve(gamma: float) -> bytes:
        return b"curv" + bytes(4) + struct.pack(">IH", 1, round(gamma * 256)) + bytes(2)

    white = xyz(0.9642, 1.0, 0.8249)
    text = b"text" + bytes(4) + b"none\0" + bytes(3)
    named = b"desc" + bytes(4) + struct.pack(">I", 5) + b"made\0" + bytes(78)
    tags = {b"desc": named + bytes(-len(named) % 4), b"cprt": text, b"wtpt": white}
    if kind == WIDE:
        tags |= {b"rXYZ": xyz(0.6097, 0.3111, 0.0195), b"gXYZ": xyz(0.2053, 0.6257, 0.0609)}
        tags |= {b"bXYZ": xyz(0.1492, 0.0632, 0.7446), **dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve(1.8))}
    else:
        tags |= {b"kTRC": curve(1.0)}
    table, body, at = b"", b"", 128 + 4 + 12 * len(tags)
    for name, value in tags.items():
        table += name + struct.pack(">II", at + len(body), len(value))
        body += value
    space = b"RGB " if kind == WIDE else b"GRAY"
    head = struct.pack(">I4sI4s4s4s", at + len(body), bytes(4), 0x02100000, b"mntr", space, b"XYZ ")
    head += struct.pack(">6H", 2026, 1, 1, 0, 0, 0) + b"acsp" + bytes(24)
    head += bytes(4) + white[8:]
    return head + bytes(128 - len(head)) + struct.pack(">I", len(tags)) + table + body


def pictures() -> Iterator[tuple[str, str, bytes]]:
    """(what it is, its media type, the file) for all that a browser shows."""
    colour = Image.fromarray(pattern())
    grey, cmyk, palette = colour.convert("L"), colour.convert("CMYK"), colour.quantize(64)
    alpha = np.asarray(np.mgrid[0:HEIGHT, 0:WIDTH][1] * 5 % 256, np.uint8)
    clear = Image.fromarray(np.dstack([pattern(), alpha]))
    fine = np.mgrid[0:HEIGHT, 0:WIDTH][1].astype(np.uint16) * 1394
    for form, quality in (
        ("JPEG", {"quality": 95}),
        ("PNG", {}),
        ("WEBP", {"lossless": True}),
        ("AVIF", {"quality": 95}),
    ):
        media = f"image/{form.lower()}"
        yield f"{form} colour", media, saved(colour, form, **quality)
        yield f"{form} grey", media, saved(grey, form, **quality)
        for number in range(2, 9):
            yield f"{form} turned {number}", media, saved(colour, form, exif=turned_by_exif(number), **quality)
        yield f"{form} wide", media, saved(colour, form, icc_profile=icc(WIDE), **quality)
        if form != "AVIF":  # Chromium refuses such a one
            yield f"{form} broken profile", media, saved(colour, form, icc_profile=icc(WIDE)[:200], **quality)
    for form, media in (("JPEG", "image/jpeg"), ("PNG", "image/png")):
        yield f"{form} grey profile", media, saved(grey, form, icc_profile=icc(STEEP))
        yield f"{form} turned and wide", media, saved(colour, form, icc_profile=icc(WIDE), exif=turned_by_exif(6))
    yield "JPEG CMYK", "image/jpeg", saved(cmyk, "JPEG", quality=95)
    yield "JPEG progressive", "image/jpeg", saved(colour, "JPEG", quality=95, progressive=True)
    yield "JPEG turned by XMP alone", "image/jpeg", saved(colour, "JPEG", quality=95, xmp=XMP_TURNED)
    for what, rest in trailers().items():
        yield f"JPEG with {what}", "image/jpeg", with_trailer(saved(colour, "JPEG", quality=95), rest)
    yield "PNG 1 bit", "image/png", saved(grey.convert("1"), "PNG")
    yield "PNG 16 bits grey", "image/png", png_of_16_bits(fine, 0)
    yield "PNG 16 bits colour", "image/png", png_of_16_bits(pattern().astype(np.uint16) * 257, 2)
    yield "PNG 16 bits grey, clear", "image/png", png_of_16_bits(np.dstack([fine, 65_535 - fine]), 4)
    yield "PNG 16 bits colour, clear", "image/png", png_of_16_bits(np.asarray(clear).astype(np.uint16) * 257, 6)
    yield "PNG clear", "image/png", saved(clear, "PNG")
    yield "PNG grey, clear", "image/png", saved(clear.convert("LA"), "PNG")
    yield "PNG palette", "image/png", saved(palette, "PNG")
    yield "PNG palette, one clear", "image/png", saved(palette, "PNG", transparency=3)
    yield "PNG one grey clear", "image/png", saved(grey, "PNG", transparency=30)
    yield "PNG one colour clear", "image/png", saved(colour, "PNG", transparency=(255, 40, 0))
    for gamma in (45_455, 55_556, 100_000):
        for what, image in (("colour", colour), ("grey", grey)):
            png = with_chunk(saved(image, "PNG"), b"gAMA", struct.pack(">I", gamma))
            yield f"PNG {what} of gamma {gamma}", "image/png", png
    yield "WebP clear", "image/webp", saved(clear, "WEBP", lossless=True)
    yield "WebP lossy", "image/webp", saved(colour, "WEBP", quality=95)
    yield "AVIF 4:4:4", "image/avif", saved(colour, "AVIF", quality=95, subsampling="4:4:4")
    yield "GIF", "image/gif", saved(palette, "GIF")
    yield "BMP", "image/bmp", saved(colour, "BMP")
    yield "BMP grey", "image/bmp", saved(grey, "BMP")


def trailers() -> dict[str, bytes]:
    """What cameras and programs write after a JPEG's end; and fill bytes before its first table."""
    return {"a camera's trailer": b"SEFT" + bytes(range(256)), "zeros": bytes(500), "fill bytes": b""}


def with_trailer(jpeg: bytes, rest: bytes) -> bytes:
    if rest:
        return jpeg + rest
    table = jpeg.index(b"\xff\xdb")
    return jpeg[:table] + 7 * b"\xff" + jpeg[table:]
