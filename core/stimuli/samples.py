"""Samples of a set that is only looked at: small grey pictures, made from what the confined decoder read."""

from collections.abc import Sequence
from io import BytesIO

from PIL import Image

from core.domain.emotions import Emotion
from core.domain.files import FileRefused
from core.media.decoder import decoder
from core.stimuli.records import Face

_SIDE = 192


def samples(faces: Sequence[Face]) -> list[tuple[Emotion, bytes]]:
    """One face of each emotion that the set shows, the fullest expression of another person each time where it can, as
    PNG of at most 192×192."""
    found: list[tuple[Emotion, bytes]] = []
    seen: set[str | None] = set()
    with decoder() as own:
        for emotion in Emotion:
            of_it = [face for face in faces if face.target is emotion]
            if not of_it:
                continue
            best = max(of_it, key=lambda face: (face.identity not in seen, face.intensity or 0))
            seen.add(best.identity)
            try:
                picture = Image.fromarray(own.decode(best.picture).frames[0][1])
            except FileRefused:
                continue
            picture.thumbnail((_SIDE, _SIDE))
            png = BytesIO()
            picture.save(png, "PNG")
            found.append((emotion, png.getvalue()))
    return found
