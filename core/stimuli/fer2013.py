"""FER-2013 in every form it is passed on in, recognised from the path.

A table (fer2013.csv, icml_face_data.csv, train.csv) plain, .gz or .xz; a zip or a folder that holds such
tables; pictures in train/<label>/ and test/<label>/, as a folder or a zip. `open_fer2013` streams the
rows with bounded memory, `read_arrays` gathers them. Anything else ends in a StimulusError that names
file, row, value and remedy.
"""

import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

import numpy as np
from numpy.typing import NDArray

from core.stimuli.fer2013_csv import SIDE, USAGES, Fer2013Row, table_rows
from core.stimuli.fer2013_folder import HELD_OUT, folder_names, folder_rows, zip_names, zip_rows
from core.stimuli.records import Progress, StimulusError, tail
from core.stimuli.streams import lines, member_pieces, open_zip, pieces

__all__ = ["HELD_OUT", "USAGES", "Arrays", "Fer2013Row", "Source", "open_fer2013", "read_arrays"]

Arrays = tuple[NDArray[np.uint8], NDArray[np.int8], NDArray[np.str_]]
"""Pictures uint8[n, 48, 48], labels int8[n] from 0 (angry) to 6 (neutral), splits str[n]."""

ROWS = 35_887
"""How many pictures FER-2013 has."""

_TABLES = ("fer2013.csv", "icml_face_data.csv", "train.csv")
"""In the order of preference: the challenge's own folder holds several, and train.csv only one split."""
_PACKED = ("", ".gz", ".xz")
_UNLABELLED = "test.csv was left aside: the challenge never gave out its labels."
_REMEDY = "Give fer2013.csv (also .gz, .xz, .zip), icml_face_data.csv, or the folder with train and test."


@dataclass(frozen=True)
class Source:
    """An opened form of FER-2013: its rows, what it is in words, how many rows to expect."""

    rows: Iterator[Fer2013Row]
    form: str
    expected: int
    notes: tuple[str, ...] = ()


def open_fer2013(path: Path) -> Source:
    """The rows of FER-2013 at `path`; errors in the data arise while they are read."""
    if path.is_dir():
        return _open_folder(path)
    if not path.is_file():
        raise StimulusError(str(path), "there is no such file or folder", "FER-2013", _REMEDY)
    if zipfile.is_zipfile(path) or path.suffix.lower() == ".zip":
        return _open_zip(path)
    return _open_table(path)


def read_arrays(path: Path, progress: Progress | None = None) -> Arrays:
    """Everything at once, in the source's order.

    A split is "Training", "PublicTest" or "PrivateTest", or "Test" for a held-out picture in the folder
    form whose file name does not say which half it is from.
    """
    pixels, emotions, usages, _ = gather(open_fer2013(path), progress)
    return pixels, emotions, usages


def gather(
    source: Source, progress: Progress | None = None
) -> tuple[NDArray[np.uint8], NDArray[np.int8], NDArray[np.str_], list[str]]:
    """`read_arrays` of an opened source, and the rows' names beside it."""
    pixels = bytearray()
    emotions = bytearray()
    usages: list[str] = []
    names: list[str] = []
    for row in source.rows:
        pixels += row.pixels.tobytes()
        emotions.append(row.emotion)
        usages.append(row.usage)
        names.append(row.name)
        if progress and len(names) % 500 == 0:
            progress(len(names), max(source.expected, len(names)))
    if progress:
        progress(len(names), len(names))
    return (
        np.frombuffer(pixels, np.uint8).reshape(-1, SIDE, SIDE),
        np.frombuffer(emotions, np.int8),
        np.array(usages),
        names,
    )


def _open_table(path: Path) -> Source:
    where = tail(path)
    return Source(table_rows(lines(pieces(path), where), where), f"the table {path.name}", ROWS)


def _open_folder(folder: Path) -> Source:
    for table in _TABLES:
        for packed in _PACKED:
            if (folder / f"{table}{packed}").is_file():
                notes = _left_aside(table, [path.name for path in folder.glob("test.csv*")])
                return replace(_open_table(folder / f"{table}{packed}"), notes=notes)
    names = folder_names(folder)
    if not names:
        raise StimulusError(
            tail(folder), "neither a table nor pictures in train/<label>/", "one form of FER-2013", _REMEDY
        )
    return Source(folder_rows(folder, names), f"the {len(names):,} pictures of a folder", len(names))


def _open_zip(path: Path) -> Source:
    with open_zip(path) as archive:
        members = {PurePosixPath(name).name.lower(): name for name in archive.namelist()}
        table = next((members[name] for name in _TABLES if name in members), None)
        others = [name for name in archive.namelist() if name.lower().endswith(".csv")]
        pictures = zip_names(archive)
    if table is None and not pictures and len(others) == 1:
        table = others[0]
    if table is not None:
        file = PurePosixPath(table).name
        return Source(_zipped_table(path, table), f"the table {file} of a zip", ROWS, _left_aside(file, members))
    if pictures:
        return Source(_zipped_pictures(path, pictures), f"the {len(pictures):,} pictures of a zip", len(pictures))
    held = ", ".join(sorted(members)[:5]) or "nothing"
    raise StimulusError(tail(path), f"the zip holds {held}", f"one of {', '.join(_TABLES)}, or pictures", _REMEDY)


def _left_aside(table: str, others: Iterable[str]) -> tuple[str, ...]:
    unlabelled = table == "train.csv" and any(name.startswith("test.csv") for name in others)
    return (_UNLABELLED,) if unlabelled else ()


def _zipped_table(path: Path, name: str) -> Iterator[Fer2013Row]:
    where = f"{tail(path)}, {name}"
    with open_zip(path) as archive:
        yield from table_rows(lines(member_pieces(archive, name), where), where)


def _zipped_pictures(path: Path, names: list[str]) -> Iterator[Fer2013Row]:
    with open_zip(path) as archive:
        yield from zip_rows(archive, names)
