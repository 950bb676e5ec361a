"""FER-2013 as a table: fer2013.csv, icml_face_data.csv and train.csv, a row at a time.

Columns are found by name, so their order and the blanks before them do not matter: `pixels` (2,304
grey levels, row by row) and `emotion` (0–6) are required; without `Usage` every row is Training, as in
the challenge's train.csv. The challenge's test.csv has no labels and cannot be used.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.stimuli.records import StimulusError, shown

SIDE = 48
PIXELS = SIDE * SIDE
USAGES = ("Training", "PublicTest", "PrivateTest")

_EMOTIONS = {b"%d" % number: number for number in range(7)}
_USAGES = {usage.encode(): usage for usage in USAGES}
_AGAIN = "Download the file again."


@dataclass(frozen=True)
class Fer2013Row:
    """One picture of FER-2013: `name` within its source, label 0–6, split, uint8[48, 48]."""

    name: str
    emotion: int
    usage: str
    pixels: NDArray[np.uint8]
    votes_row: int | None = None
    """The row of FER+ that belongs to it, where its name says so."""


def table_rows(lines: Iterator[bytes], where: str) -> Iterator[Fer2013Row]:
    """The rows of a table whose lines are given; named fer0000000.png on, as FER+ names them."""
    header = next(lines, b"")
    separator = max((b",", b";", b"\t"), key=header.count)
    names = [
        _bare(field).decode("utf-8", "replace").lower()
        for field in _fields(header.removeprefix(b"\xef\xbb\xbf"), separator)
    ]
    emotion_at, pixels_at, usage_at = _columns(names, where)
    count = 0
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        at = f"{where}, row {number} (line {number + 1})"
        fields = _fields(line, separator)
        if len(fields) != len(names):
            raise StimulusError(
                at, f"{len(fields)} columns in {shown(line[:40])}", f"{len(names)}: {', '.join(names)}", _AGAIN
            )
        yield Fer2013Row(
            name=f"fer{number - 1:07d}.png",
            emotion=_emotion(_bare(fields[emotion_at]), at),
            usage=USAGES[0] if usage_at is None else _usage(_bare(fields[usage_at]), at),
            pixels=_pixels(_bare(fields[pixels_at]), at),
        )
        count += 1
    if not count:
        raise StimulusError(where, "no rows below the header", "FER-2013's pictures", _AGAIN)


def _fields(line: bytes, separator: bytes) -> list[bytes]:
    return line.split(separator)


def _bare(field: bytes) -> bytes:
    return field.strip(b' \t\r"')


def _columns(names: list[str], where: str) -> tuple[int, int, int | None]:
    """Where `emotion`, `pixels` and, if there is one, `usage` stand."""
    if "pixels" in names and "emotion" in names:
        return names.index("emotion"), names.index("pixels"), names.index("usage") if "usage" in names else None
    if "pixels" in names:
        raise StimulusError(
            where,
            "no column emotion (like the challenge's test.csv, whose labels were never given out)",
            "pictures with labels",
            "Give fer2013.csv, icml_face_data.csv or train.csv instead.",
        )
    present = ", ".join(names)
    raise StimulusError(
        where,
        "the file is empty" if present == "" else f"the columns {shown(present, 80)}",
        "a csv file with the columns emotion, pixels and Usage",
        "Give FER-2013's fer2013.csv; an archive inside an archive must be unpacked first.",
    )


def _emotion(field: bytes, at: str) -> int:
    emotion = _EMOTIONS.get(field)
    if emotion is None:
        raise StimulusError(
            at,
            f"emotion {shown(field.decode('utf-8', 'replace'))}",
            "a label from 0 (angry) to 6 (neutral)",
            f"This is not FER-2013's labelling. {_AGAIN}",
        )
    return emotion


def _usage(field: bytes, at: str) -> str:
    usage = _USAGES.get(field)
    if usage is None:
        raise StimulusError(at, f"Usage {shown(field.decode('utf-8', 'replace'))}", " or ".join(USAGES), _AGAIN)
    return usage


def _pixels(field: bytes, at: str) -> NDArray[np.uint8]:
    """2,304 numbers from 0 to 255 as uint8[48, 48].

    What is not a digit or a blank is refused beforehand: numpy would take a sign, and stop at a letter.
    """
    if field.translate(None, b"0123456789 "):
        wrong = next(value for value in field.split() if not value.isdigit())
        raise _bad_pixel(wrong.decode("utf-8", "replace"), at)
    levels = np.fromstring(field, dtype=np.int64, sep=" ")
    if levels.size != PIXELS:
        raise StimulusError(at, f"{levels.size:,} pixels", f"{PIXELS:,} (48 rows of 48)", _AGAIN)
    if int(levels.max()) > 255:
        raise _bad_pixel(str(levels[levels > 255][0]), at)
    return np.asarray(levels, np.uint8).reshape(SIDE, SIDE)


def _bad_pixel(value: str, at: str) -> StimulusError:
    return StimulusError(at, f"pixel {shown(value)}", "grey levels from 0 to 255", _AGAIN)
