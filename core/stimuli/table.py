"""Manifest as a table: `manifest.csv` in a folder, its rows as cells by column, for every reader of own pictures."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from core.media.kinds import ENDINGS
from core.stimuli.records import StimulusError, shown, tail
from core.stimuli.streams import MAX_LINES, climbs_out

MANIFEST = "manifest.csv"
MAX_MANIFEST = 20_000_000
_SEPARATORS = ",;\t|"

Cells = dict[str, str]
"""Column name to stripped cell."""


def read_table(path: Path) -> list[tuple[str, Cells]]:
    """(where it stands, its cells) of every row below the header; the separator is the header's. `target` stands for
    `emotion`. StimulusError names the line."""
    where = tail(path)
    text = _text(path, where)
    header = text.partition("\n")[0]
    table = csv.reader(io.StringIO(text), delimiter=max(_SEPARATORS, key=header.count))
    rows = []
    try:
        names = [cell.strip().lower() for cell in next(table, [])]
        if "file" not in names or not {"emotion", "target"} & set(names):
            raise StimulusError(
                f"{where}, line 1",
                f"the columns {shown(', '.join(names), 120)}",
                "at least file and emotion (or target)",
                "Name the columns in the first line.",
            )
        for number, row in enumerate(table, start=1):
            if not any(map(str.strip, row)):
                continue
            at = f"{where}, row {number}"
            if len(row) != len(names):
                raise StimulusError(
                    at,
                    f"{len(row)} cells",
                    f"{len(names)}, one for each column",
                    "Put quotes around commas in a cell.",
                )
            cells = dict(zip(names, map(str.strip, row), strict=True))
            cells["file"] = cells["file"].replace("\\", "/")
            cells["emotion"] = cells.get("target") or cells.get("emotion", "")
            rows.append((at, cells))
    except csv.Error as error:
        raise StimulusError(
            f"{where}, line {table.line_num}", f"no readable line ({error})", "csv", "Save it as “CSV UTF-8”."
        ) from None
    if not rows:
        raise StimulusError(where, "no rows below the header", "a row for every picture", "List the pictures in it.")
    return rows


def pictures_below(folder: Path) -> Iterator[str]:
    """The pictures of a folder as paths below it, sorted; what systems leave beside them is none."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.suffix.lower() in ENDINGS and not is_litter(name) and path.is_file():
            yield name


def place_of(folder: Path, name: str) -> Path:
    """Where the picture that a row calls `name` lies; its name may be written in another case."""
    path = folder / name
    if not name or climbs_out(name) or path.is_file() or not path.parent.is_dir():
        return path
    alike = [one for one in path.parent.iterdir() if one.name.casefold() == path.name.casefold()]
    return alike[0] if len(alike) == 1 else path


def is_litter(name: str) -> bool:
    """Whether a path is what a system left there: hidden files, macOS's ._ files and __MACOSX."""
    return any(part.startswith(".") or part == "__MACOSX" for part in name.split("/"))


def _text(path: Path, where: str) -> str:
    if not path.is_file():
        raise StimulusError(
            where,
            "there is no such file",
            "a table of the pictures",
            "Write one with at least the columns file and emotion; for common sets “python -m core manifest” does it.",
        )
    if path.stat().st_size > MAX_MANIFEST:
        raise StimulusError(
            where, f"{path.stat().st_size:,} bytes", f"at most {MAX_MANIFEST:,}", "Check what this file is."
        )
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise StimulusError(
            where, f"byte {error.start} is not UTF-8", "text in UTF-8", "Save it as “CSV UTF-8”."
        ) from None
    if text.count("\n") > MAX_LINES:
        raise StimulusError(
            where, f"more than {MAX_LINES:,} lines", "a row for every picture", "Check what this file is."
        )
    if "\0" in text:
        raise StimulusError(where, "a NUL byte", "plain text", "Save it as “CSV UTF-8”.")
    return text
