"""Manifest as a table: `manifest.csv` in a folder, its rows as cells by column, for every reader of own pictures."""

import csv
import io
import unicodedata
from collections.abc import Iterator, Sequence
from errno import ENAMETOOLONG
from pathlib import Path, PurePosixPath

from core.domain.language import Sentence, Value
from core.media.kinds import ENDINGS
from core.stimuli.records import StimulusError, shown, tail
from core.stimuli.streams import MAX_LINES, climbs_out, plain_text

MANIFEST = "manifest.csv"
MAX_MANIFEST = 20_000_000
SEPARATORS = ",;\t|"
_ROWS = Sentence("a row for every picture")
_SAVE = Sentence("Save it as “CSV UTF-8”.")
_CHECK = Sentence("Check what this file is.")

Cells = dict[str, str]
"""Column name to stripped cell."""
Rows = Sequence[tuple[Value, Cells]]
"""Where each stands, in a table or as a picture's name, and its cells."""


def table_in(folder: Path) -> Path:
    """The folder's manifest.csv, its name in any case; where it would lie if there is none."""
    path = folder / MANIFEST
    alike = [] if path.is_file() else [one for one in folder.glob("*") if one.name.lower() == MANIFEST]
    return alike[0] if len(alike) == 1 else path


def read_table(path: Path) -> list[tuple[Sentence, Cells]]:
    """(where it stands, its cells) of every row below the header; the separator is the header's. `target` stands for
    `emotion`. StimulusError names the line."""
    where = tail(path)
    text = _text(path, where)
    header = text.partition("\n")[0]
    table = csv.reader(io.StringIO(text), delimiter=max(SEPARATORS, key=header.count))
    rows = []
    try:
        names = [cell.strip().lower() for cell in next(table, [])]
        if "file" not in names or not {"emotion", "target"} & set(names):
            raise StimulusError(
                Sentence("{file}, line {line}", file=where, line="1"),
                Sentence("the columns {columns}", columns=shown(", ".join(names), 120)),
                Sentence("at least file and emotion (or target)"),
                Sentence("Name the columns in the first line."),
            )
        for number, row in enumerate(table, start=1):
            if not any(map(str.strip, row)):
                continue
            at = Sentence("{file}, row {row}", file=where, row=str(number))
            if len(row) != len(names):
                raise StimulusError(
                    at,
                    Sentence("{number} cells", number=len(row)),
                    Sentence("{number}, one for each column", number=len(names)),
                    Sentence("Put quotes around commas in a cell."),
                )
            cells = dict(zip(names, map(str.strip, row), strict=True))
            cells["file"] = cells["file"].replace("\\", "/")
            cells["emotion"] = cells.get("target") or cells.get("emotion", "")
            rows.append((at, cells))
    except csv.Error as error:
        raise StimulusError(
            Sentence("{file}, line {line}", file=where, line=str(table.line_num)),
            Sentence("no readable line ({error})", error=str(error)),
            "csv",
            _SAVE,
        ) from None
    if not rows:
        raise StimulusError(where, Sentence("no rows below the header"), _ROWS, Sentence("List the pictures in it."))
    return rows


def pictures_below(folder: Path) -> Iterator[str]:
    """The pictures of a folder as paths below it, sorted; what systems leave beside them is none."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.suffix.lower() in ENDINGS and not is_litter(name) and path.is_file():
            yield name


class Listing:
    """The files below a folder, by names in another case, with accents composed otherwise (macOS), or with `./` in
    them. Each folder is listed once, when a name is first not in it as it is written."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._listed: dict[Path, dict[str, list[Path]]] = {}

    def find(self, name: str) -> Path | None:
        """The file that a row calls `name`; None where there is none below the folder."""
        if not name or climbs_out(name):
            return None
        try:
            place = self._folder / name
            if not place.is_file():
                place = self._folder
                for part in PurePosixPath(name).parts:
                    alike = [] if (place / part).exists() else self._below(place).get(name_key(part), [])
                    place = alike[0] if len(alike) == 1 else place / part
            return place if place.is_file() else None
        except OSError as error:
            if error.errno == ENAMETOOLONG:
                return None
            raise

    def _below(self, folder: Path) -> dict[str, list[Path]]:
        if folder not in self._listed:
            found = self._listed[folder] = {}
            for one in folder.iterdir() if folder.is_dir() else ():
                found.setdefault(name_key(one.name), []).append(one)
        return self._listed[folder]


def name_key(name: str) -> str:
    """What is alike of two names for the same file."""
    return unicodedata.normalize("NFC", str(PurePosixPath(name))).casefold()


def unnamed_below(folder: Path, rows: Rows) -> list[str]:
    """The pictures of a folder that no row names."""
    named = {name_key(cells["file"]) for _, cells in rows}
    return [name for name in pictures_below(folder) if name_key(name) not in named]


def is_litter(name: str) -> bool:
    """Whether a path is what a system left there: hidden files, macOS's ._ files and __MACOSX."""
    return any(part.startswith(".") or part == "__MACOSX" for part in name.split("/"))


def _text(path: Path, where: str) -> str:
    if not path.is_file():
        raise StimulusError(
            where,
            Sentence("there is no such file"),
            Sentence("a table of the pictures"),
            Sentence(
                "Write one with at least the columns file and emotion; for common sets “{command}” does it.",
                command="python -m core manifest",
            ),
        )
    if path.stat().st_size > MAX_MANIFEST:
        found, most = (
            Sentence("{number} bytes", number=path.stat().st_size),
            Sentence("at most {most}", most=MAX_MANIFEST),
        )
        raise StimulusError(where, found, most, _CHECK)
    try:
        text = b"".join(plain_text(iter([path.read_bytes()]))).decode()
    except UnicodeDecodeError as error:
        found = Sentence("byte {number} is not UTF-8", number=error.start)
        raise StimulusError(where, found, Sentence("text in UTF-8"), _SAVE) from None
    if text.count("\n") > MAX_LINES:
        raise StimulusError(where, Sentence("more than {most} lines", most=MAX_LINES), _ROWS, _CHECK)
    if "\0" in text:
        raise StimulusError(where, Sentence("a NUL byte"), Sentence("plain text"), _SAVE)
    return text
