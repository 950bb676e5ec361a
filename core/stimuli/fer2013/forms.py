"""FER-2013 in every form it is passed on in, recognised from what it holds.

A table (fer2013.csv, icml_face_data.csv, train.csv), plain or packed; a zip, a tar or a folder that holds such a table
at any depth; pictures in train/<label>/ and test/<label>/ or FER+'s own folders, in a folder, a zip or a tar.
`open_fer2013` streams the rows with bounded memory, `gather` takes them all. Anything else ends in a StimulusError that
names file, row, value and remedy, and a container that is not read by its name.
"""

from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import numpy as np
from numpy.typing import NDArray

from core.domain.language import Sentence
from core.stimuli.archives import ARCHIVE_ENDINGS, TarMembers, ZipMembers, is_tar, is_zip, refuse_other_containers
from core.stimuli.emotion_words import Answers
from core.stimuli.fer2013.folder import (
    archive_contents,
    folder_contents,
    folder_files,
    layout,
    rows,
)
from core.stimuli.fer2013.splits import HELD_OUT, USAGES
from core.stimuli.fer2013.table import SIDE, Fer2013Row, table_rows
from core.stimuli.records import Progress, StimulusError, tail
from core.stimuli.streams import lines, pieces
from core.stimuli.table import is_litter

__all__ = ["HELD_OUT", "USAGES", "Fer2013Row", "Gathered", "Source", "gather", "open_fer2013"]

ROWS = 35_887
"""How many pictures FER-2013 has."""

_TABLES = ("fer2013.csv", "icml_face_data.csv", "train.csv")
"""In the order of preference: the challenge's own folder holds several, and train.csv only one split."""
_PACKED = (".gz", ".xz", ".bz2")
_UNLABELLED = Sentence("test.csv was left aside: the challenge never gave out its labels.")
_REMEDY = Sentence(
    "Give fer2013.csv (also .gz, .xz, .zip, .tar.gz), icml_face_data.csv, or the folder with train and test."
)


@dataclass(frozen=True)
class Source:
    """An opened form of FER-2013: its rows, what it is in words, how many rows to expect."""

    rows: Iterator[Fer2013Row]
    form: Sentence
    expected: int
    notes: tuple[Sentence, ...] = ()


@dataclass(frozen=True)
class Gathered:
    """All rows of a source, in its order: n pictures."""

    pixels: NDArray[np.uint8]
    """[n, 48, 48]"""
    labels: NDArray[np.int8]
    """0 to 6; `UNLABELLED` throughout in FER+'s folders."""
    usages: NDArray[np.str_]
    names: list[str]
    votes_rows: NDArray[np.int64] | None
    """The row of FER+ that belongs to each, where the names say so."""
    form: Sentence
    notes: tuple[Sentence, ...]
    """What the source lacks."""


def open_fer2013(path: Path, answers: Answers | None = None) -> Source:
    """The rows of FER-2013 at `path`; errors in the data arise while they are read. `answers`: what words mean that no
    table of emotions has, in names of folders and in a table."""
    if path.is_dir():
        return _open_folder(path, answers)
    if not path.is_file():
        raise StimulusError(str(path), Sentence("there is no such file or folder"), "FER-2013", _REMEDY)
    with path.open("rb") as file:
        refuse_other_containers(file.read(16), tail(path))
    if is_zip(path):
        return _open_archive(path, ZipMembers(path), answers)
    if is_tar(path):
        return _open_archive(path, TarMembers(path), answers)
    return _open_table(path, answers)


def fer2013_among(files: Iterable[str]) -> tuple[str, str]:
    """By the names of the files of a set: FER-2013's table, and the first picture in folders that are divided as its
    own are; "" where there is none. Of such folders only the size of the pictures, 48×48, says whose they are."""
    given = [name for name in files if not is_litter(name)]
    names, table = layout(given).names, _table_among(given)
    own = table if table and not PurePosixPath(table).name.lower().startswith("train.csv") else None
    return own or "", next(iter(names), "")


def gather(source: Source, progress: Progress | None = None) -> Gathered:
    """All of an opened source."""
    pixels = bytearray()
    emotions: list[int] = []
    usages: list[str] = []
    names: list[str] = []
    votes_rows: list[int] = []
    for row in source.rows:
        pixels += row.pixels.tobytes()
        emotions.append(row.emotion)
        usages.append(row.usage)
        names.append(row.name)
        if row.votes_row is not None:
            votes_rows.append(row.votes_row)
        if progress and len(names) % 500 == 0:
            progress(len(names), max(source.expected, len(names)))
    if progress:
        progress(len(names), len(names))
    return Gathered(
        np.frombuffer(pixels, np.uint8).reshape(-1, SIDE, SIDE),
        np.array(emotions, np.int8),
        np.array(usages),
        names,
        np.array(votes_rows, np.int64) if votes_rows else None,
        source.form,
        (*_short(len(names)), *source.notes),
    )


def _short(pictures: int) -> tuple[Sentence, ...]:
    if pictures >= ROWS:
        return ()
    return (
        Sentence("{number} of FER-2013’s {all} pictures are in it: is the download whole?", number=pictures, all=ROWS),
    )


def _open_table(path: Path, answers: Answers | None) -> Source:
    where = tail(path)
    read = table_rows(lines(pieces(path), where), where, answers)
    return Source(read, Sentence("the table {file}", file=path.name), ROWS)


def _open_folder(folder: Path, answers: Answers | None) -> Source:
    files = list(folder_files(folder))
    table = _table_among(files)
    if table is not None:
        opened = _open_table(folder / table, answers)
        return Source(opened.rows, opened.form, ROWS, _left_aside(table, files))
    archives = [name for name in files if name.count("/") < 2 and name.lower().endswith(ARCHIVE_ENDINGS)]
    plan = layout(files)
    if not plan.names and len(archives) == 1:
        return open_fer2013(folder / archives[0], answers)
    if not plan.names:
        held = tuple(sorted({name.split("/")[0] for name in files})[:5])
        raise StimulusError(
            tail(folder),
            Sentence(
                "the folder holds {held}: neither a table nor pictures in train/<label>/",
                held=held or Sentence("nothing"),
            ),
            Sentence("one form of FER-2013"),
            _REMEDY,
        )
    read = rows(folder_contents(folder, plan.names), plan, tail(folder), answers)
    form = Sentence("the {number} pictures of a folder", number=len(plan.names))
    return Source(read, form, len(plan.names), plan.notes())


def _open_archive(path: Path, members: ZipMembers | TarMembers, answers: Answers | None) -> Source:
    where = tail(path)
    files = [name for name in members.names if not is_litter(name)]
    table = _table_among(files)
    plan = layout(files)
    others = [name for name in files if name.lower().endswith(".csv")]
    if table is None and not plan.names and len(others) == 1:
        table = others[0]
    if table is not None:
        file = PurePosixPath(table).name
        source = _table_of(members, table, Sentence("{where}, {file}", where=where, file=table), answers)
        form = Sentence("the table {file} of {archive}", file=file, archive=members.what)
        return Source(source, form, ROWS, _left_aside(table, files))
    if plan.names:
        contents = archive_contents(members.read(set(plan.names)), plan.names, where)
        read = rows(contents, plan, where, answers)
        form = Sentence("the {number} pictures of {archive}", number=len(plan.names), archive=members.what)
        return Source(read, form, len(plan.names), plan.notes())
    if any(name.endswith(".npy") for name in files):
        expected = Sentence("FER-2013 as csv, zip, tar or a folder")
        raise StimulusError(where, Sentence("NumPy arrays (.npz)"), expected, _REMEDY)
    held = tuple(sorted(PurePosixPath(name).name.lower() for name in files)[:5])
    found = Sentence("{archive} that holds {held}", archive=members.what, held=held or Sentence("nothing"))
    raise StimulusError(where, found, Sentence("one of {tables}, or pictures", tables=_TABLES), _REMEDY)


def _table_among(files: Iterable[str]) -> str | None:
    """The best table among these files, the one that lies highest."""
    highest: dict[str, str] = {}
    for name in sorted(files, key=lambda name: (name.count("/"), name)):
        if not is_litter(name):
            highest.setdefault(PurePosixPath(name).name.lower(), name)
    wanted = (f"{table}{packed}" for table in _TABLES for packed in ("", *_PACKED))
    return next((highest[name] for name in wanted if name in highest), None)


def _left_aside(table: str, others: Iterable[str]) -> tuple[Sentence, ...]:
    names = {PurePosixPath(name).name.lower() for name in others}
    is_train = PurePosixPath(table).name.lower().startswith("train.csv")
    return (_UNLABELLED,) if is_train and any(name.startswith("test.csv") for name in names) else ()


def _table_of(
    members: ZipMembers | TarMembers, name: str, where: Sentence, answers: Answers | None
) -> Iterator[Fer2013Row]:
    with closing(members.read({name})) as read:
        for _, found in read:
            yield from table_rows(lines(found, where), where, answers)
