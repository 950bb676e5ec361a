"""Manifest reader: a folder of pictures with its `manifest.csv`, the built-in faces or a set a researcher holds.

Columns `file` (path below the folder) and `emotion` or `target` (one of the seven words) are required;
`identity`, `role` (practice, A, B), `sex`, `skin` (0–7), `intensity` (0–100 %), `variant` and `weights`
(JSON: muscle shape to weight) are optional, others are ignored. Pictures stay the bytes they are. Without
an identity and a role for every face a set serves practice only: a check needs people met nowhere else.
"""

import csv
import io
import re
from dataclasses import replace
from pathlib import Path

from core.domain.emotions import Emotion
from core.stimuli.manifest_row import Cells, read_face
from core.stimuli.records import Face, SetInfo, StimulusError, set_version, shown, tail

MANIFEST = "manifest.csv"
RESERVED = ("builtin", "fer2013")
"""Names of the sets this software itself makes."""

_MAX_MANIFEST = 20_000_000
_LACKS = {
    "intensity": "practice cannot begin with clear faces and go on to faint ones",
    "sex": "checks cannot be balanced over women and men",
    "skin": "checks cannot be spread over skin tones",
    "weights": "no lesson can name the muscles that move",
}


def read_manifest(
    folder: Path, *, name: str | None = None, title: str | None = None, source: str = "", licence: str = ""
) -> tuple[SetInfo, list[Face]]:
    """The set in `folder`, called `name` (default: the folder's name). StimulusError names file and row."""
    name = re.sub(r"[^a-z0-9]+", "-", (name or folder.resolve().name).lower()).strip("-")
    if not name or len(name) > 64 or name in RESERVED:
        raise StimulusError(
            tail(folder),
            f"the set's name {shown(name)}",
            f"1 to 64 letters and digits, but not {' or '.join(RESERVED)}",
            "Give another name with --name.",
        )
    return read_folder(
        folder,
        name=name,
        title=(title or name)[:128],
        source=source or f"folder {folder.resolve().name}",
        licence=licence or "not stated; held by whoever imported the set",
    )


def read_folder(
    folder: Path, *, name: str, title: str, source: str, licence: str, decode: bool = True
) -> tuple[SetInfo, list[Face]]:
    """As `read_manifest`, with all names given. `decode=False` spares decoding pictures known to be whole."""
    rows = _rows(folder / MANIFEST)
    faces: list[Face] = []
    first_with: dict[str, str] = {}
    for where, cells in rows:
        face = read_face(folder, cells, where, decode)
        for key, what in ((str((folder / face.file).resolve()), "file"), (face.hash, "picture")):
            if key in first_with:
                raise StimulusError(
                    where,
                    f"the {what} of {first_with[key]} again ({shown(face.file)})",
                    "every picture once",
                    "Take one of the two rows out.",
                )
            first_with[key] = where.rsplit(", ", 1)[-1]
        faces.append(face)
    identities = all(face.identity for face in faces)
    forms = {face.role for face in faces} >= {"A", "B"}
    if identities and forms:
        _refuse_shared_identities(faces, tail(folder / MANIFEST))
    else:
        faces = [replace(face, role="practice", checkable=False) for face in faces]
    info = SetInfo(
        name=name,
        title=title,
        version=set_version(faces),
        source=source,
        licence=licence,
        has_identities=identities,
        has_roles=identities and forms,
        has_intensities=all(face.intensity is not None for face in faces),
        has_votes=False,
        notes=tuple(_notes([cells for _, cells in rows], faces, identities, forms)),
    )
    return info, faces


def _rows(path: Path) -> list[tuple[str, Cells]]:
    """(where it stands, its cells) of every row below the header."""
    where = tail(path)
    if not path.is_file():
        raise StimulusError(
            where,
            "there is no such file",
            "a table of the pictures",
            "Write one with at least the columns file and emotion.",
        )
    if path.stat().st_size > _MAX_MANIFEST:
        raise StimulusError(
            where, f"{path.stat().st_size:,} bytes", f"at most {_MAX_MANIFEST:,}", "Check what this file is."
        )
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise StimulusError(
            where, f"byte {error.start} is not UTF-8", "text in UTF-8", "Save it as “CSV UTF-8”."
        ) from None
    if "\0" in text:
        raise StimulusError(where, "a NUL byte", "plain text", "Save it as “CSV UTF-8”.")
    header = text.partition("\n")[0]
    table = csv.reader(io.StringIO(text), delimiter=";" if "," not in header and ";" in header else ",")
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
            if not any(row):
                continue
            at = f"{where}, row {number}"
            if len(row) != len(names):
                raise StimulusError(
                    at,
                    f"{len(row)} cells",
                    f"{len(names)}, one for each column",
                    "Put quotes around commas in a cell.",
                )
            rows.append((at, dict(zip(names, map(str.strip, row), strict=True))))
    except csv.Error as error:
        raise StimulusError(
            f"{where}, line {table.line_num}", f"no readable line ({error})", "csv", "Save it as “CSV UTF-8”."
        ) from None
    if not rows:
        raise StimulusError(where, "no rows below the header", "a row for every picture", "List the pictures in it.")
    return rows


def _refuse_shared_identities(faces: list[Face], where: str) -> None:
    role_of: dict[str | None, str | None] = {}
    for face in faces:
        if role_of.setdefault(face.identity, face.role) != face.role:
            raise StimulusError(
                where,
                f"identity {shown(face.identity)} has the roles {role_of[face.identity]} and {face.role}",
                "one role for a person, so that a check shows nobody who was practised with",
                "Give all faces of a person the same role.",
            )


def _notes(rows: list[Cells], faces: list[Face], identities: bool, forms: bool) -> list[str]:
    """What the manifest lacks, in plain English."""

    def without(column: str) -> int:
        return sum(not cells.get(column) for cells in rows)

    lacks = _LACKS if identities else {"identity": "the set serves practice but no check"} | _LACKS
    notes = [
        f"{without(column):,} of {len(rows):,} faces have no {column}: {so}."
        for column, so in lacks.items()
        if without(column)
    ]
    if not forms:
        notes.append("The roles A and B are not both given: the set serves practice but no check.")
    absent = [emotion.word for emotion in Emotion if emotion not in {face.target for face in faces}]
    if absent:
        notes.append(f"No face shows {', '.join(absent)}.")
    return notes
