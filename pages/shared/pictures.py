"""Pictures that travel inside the data: an address would give the answer of a face away, or a secret."""

from base64 import b64encode

import segno


def data_url(picture: bytes) -> str:
    """A picture file (WebP, PNG or JPEG) as a data: URL; raises ValueError for anything else."""
    if picture[:4] == b"RIFF" and picture[8:12] == b"WEBP":
        kind = "webp"
    elif picture[:8] == b"\x89PNG\r\n\x1a\n":
        kind = "png"
    elif picture[:3] == b"\xff\xd8\xff":
        kind = "jpeg"
    else:
        raise ValueError(f"a picture beginning with {picture[:8]!r}: expected WebP, PNG or JPEG; convert it first")
    return f"data:image/{kind};base64,{b64encode(picture).decode()}"


def qr_address(text: str) -> str:
    """`text` as a QR code for an <img>, black on white in every theme: cameras look for that. Drawn here: no service is
    asked."""
    return segno.make(text, error="m", micro=False).svg_data_uri(scale=4, border=3, dark="#000", light="#fff")
