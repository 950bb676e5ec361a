"""FER-2013 as a table: fer2013.csv, icml_face_data.csv and train.csv, a row at a time.

Columns are found by name, so their order and the blanks before them do not matter: `pixels` (2,304 grey levels, row by
row, also as a list in brackets) and `emotion` (0–6, or a word for one) are required; without `Usage` every row is
Training, as in the challenge's train.csv. The challenge's test.csv has no labels and cannot be used.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from core.domain.emotions import Emotion
from core.domain.language import Sentence, Value
from core.stimuli.emotion_words import Answers, emotion_called, is_left_out, question
from core.stimuli.fer2013.splits import HELD_OUT, USAGES, are_apart, split_called
from core.stimuli.mistakes import Mistakes
from core.stimuli.records import StimulusError, cell, shown
from core.stimuli.streams import AGAIN
from core.stimuli.table import SEPARATORS

SIDE = 48
PIXELS = SIDE * SIDE
AROUND = ' \t\r"'
"""What may stand around a cell."""
ONE_OF_USAGES = Sentence("one of {usages}", usages=USAGES)

_LABELS = {b"%d" % number: Emotion(number) for number in range(7)}
_LIST = bytes.maketrans(b"[],", b"   ")


@dataclass(frozen=True)
class Fer2013Row:
    """One picture of FER-2013: `name` within its source, label 0–6, split, uint8[48, 48]."""

    name: str
    emotion: int
    usage: str
    pixels: NDArray[np.uint8]
    votes_row: int | None = None
    """The row of FER+ that belongs to it, where its name says so."""


def table_rows(lines: Iterator[bytes], where: Value, answers: Answers | None = None) -> Iterator[Fer2013Row]:
    """The rows of a table whose lines are given; named fer0000000.png on, as FER+ names them. Those of `test` and
    `validation` come last, when it is known whether there are both; words that are unknown end in one report."""
    header = next(lines, b"")
    separator = max(map(str.encode, SEPARATORS), key=header.count)
    names = [_bare(field).decode("utf-8", "replace").lower() for field in _fields(header, separator)]
    emotion_at, pixels_at, usage_at = _columns(names, where)
    count, held_out, mistakes = 0, list[tuple[str, Fer2013Row]](), Mistakes()
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        at = row_at(where, number)
        fields = _fields(line, separator)
        if len(fields) != len(names) and b'"' in line:
            fields = _quoted(line, separator)
        if len(fields) != len(names):
            found = Sentence("{number} columns in {line}", number=len(fields), line=shown(line[:40]))
            expected = Sentence("{number}: {columns}", number=len(names), columns=tuple(names))
            raise StimulusError(at, found, expected, AGAIN)
        count += 1
        emotion = _emotion(_bare(fields[emotion_at]), at, answers, mistakes)
        if emotion is None:
            continue
        word = USAGES[0] if usage_at is None else _bare(fields[usage_at]).decode("utf-8", "replace")
        usage, pixels = _usage(word, at), _pixels(_bare(fields[pixels_at]), at)
        row = Fer2013Row(name=f"fer{number - 1:07d}.png", emotion=int(emotion), usage=usage, pixels=pixels)
        if usage == HELD_OUT:
            held_out.append((word, row))
        else:
            yield row
    apart = are_apart(word for word, _ in held_out)
    for word, row in held_out:
        yield replace(row, usage=split_called(word, apart) or HELD_OUT)
    mistakes.refuse()
    if not count:
        raise StimulusError(where, Sentence("no rows below the header"), Sentence("FER-2013's pictures"), AGAIN)


def row_at(where: Value, number: int) -> Sentence:
    """Where a row below the header stands, counted from 1."""
    return Sentence("{file}, row {row} (line {line})", file=where, row=str(number), line=str(number + 1))


def _fields(line: bytes, separator: bytes) -> list[bytes]:
    return line.split(separator)


def _quoted(line: bytes, separator: bytes) -> list[bytes]:
    """The same where a cell in quotes holds separators."""
    text = line.decode("utf-8", "replace").replace("\r", " ")
    return [cell.encode() for cell in next(csv.reader([text], delimiter=separator.decode(), skipinitialspace=True))]


def _bare(field: bytes) -> bytes:
    return field.strip(AROUND.encode())


def _columns(names: list[str], where: Value) -> tuple[int, int, int | None]:
    """Where `emotion`, `pixels` and, if there is one, `usage` stand."""
    if "pixels" in names and "emotion" in names:
        return names.index("emotion"), names.index("pixels"), names.index("usage") if "usage" in names else None
    if "pixels" in names:
        raise StimulusError(
            where,
            Sentence("no column emotion (like the challenge's test.csv, whose labels were never given out)"),
            Sentence("pictures with labels"),
            Sentence("Give fer2013.csv, icml_face_data.csv or train.csv instead."),
        )
    present = ", ".join(names)
    columns = Sentence("the columns {columns}", columns=shown(present, 80))
    raise StimulusError(
        where,
        columns if present else Sentence("the file is empty"),
        Sentence("a csv file with the columns emotion, pixels and Usage"),
        Sentence("Give FER-2013's fer2013.csv; an archive inside an archive must be unpacked first."),
    )


def _emotion(field: bytes, at: Sentence, answers: Answers | None, mistakes: Mistakes) -> Emotion | None:
    """None for a word that was to be left out or, which is a mistake, means none."""
    if field in _LABELS:
        return _LABELS[field]
    word = field.decode("utf-8", "replace")
    emotion = emotion_called(word, answers)
    if emotion is None and not is_left_out(word, answers):
        named = any(map(str.isalpha, word))
        error = StimulusError(
            at,
            cell("emotion", word),
            Sentence("a label from 0 (angry) to 6 (neutral)"),
            question(word) if named else Sentence("This is not FER-2013's labelling. Download the file again."),
        )
        if not named:
            raise error
        mistakes.add(f"label {word}", error)
    return emotion


def _usage(word: str, at: Sentence) -> str:
    usage = split_called(word)
    if usage is None:
        raise StimulusError(at, cell("Usage", word), ONE_OF_USAGES, AGAIN)
    return usage


def _pixels(field: bytes, at: Sentence) -> NDArray[np.uint8]:
    """2,304 numbers from 0 to 255 as uint8[48, 48].

    What is not a digit or a blank is refused beforehand: numpy would take a sign, and stop at a letter.
    """
    field = field.translate(_LIST)
    if field.translate(None, b"0123456789 "):
        wrong = next(value for value in field.split() if not value.isdigit())
        raise _bad_pixel(wrong.decode("utf-8", "replace"), at)
    levels = np.fromstring(field, dtype=np.int64, sep=" ")
    if levels.size != PIXELS:
        found, expected = (
            Sentence("{number} pixels", number=levels.size),
            Sentence("{number} (48 rows of 48)", number=PIXELS),
        )
        raise StimulusError(at, found, expected, AGAIN)
    if int(levels.max()) > 255:
        raise _bad_pixel(str(levels[levels > 255][0]), at)
    return np.asarray(levels, np.uint8).reshape(SIDE, SIDE)


def _bad_pixel(value: str, at: Sentence) -> StimulusError:
    found = Sentence("pixel {value}", value=shown(value))
    return StimulusError(at, found, Sentence("grey levels from 0 to 255"), AGAIN)
