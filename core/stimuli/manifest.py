"""Manifest reader: a folder of pictures with its `manifest.csv`, the built-in faces or a set a researcher holds.

Columns `file` (path below the folder) and `emotion` or `target` (one of the seven words) are required;
`identity`, `role` (practice, A, B), `sex`, `skin` (0–7), `intensity` (0–100 %), `variant` and `weights`
(JSON: muscle shape to weight) are optional, others are ignored. Pictures stay the bytes they are. Without
an identity and a role for every face a set serves practice only: a check needs people met nowhere else.
"""

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path, PurePosixPath

from core.domain.emotions import Emotion
from core.media.decoder import decoder
from core.stimuli.emotion_words import Answers
from core.stimuli.manifest_row import RowReader
from core.stimuli.records import Face, Progress, SetInfo, StimulusError, set_version, shown, tail
from core.stimuli.table import MANIFEST, Cells, pictures_below, read_table

RESERVED = ("builtin", "fer2013")
"""Names of the sets this software itself makes."""

_LACKS = {
    "intensity": "practice cannot begin with clear faces and go on to faint ones",
    "sex": "checks cannot be balanced over women and men",
    "skin": "checks cannot be spread over skin tones",
    "weights": "no lesson can name the muscles that move",
}


def read_manifest(
    folder: Path,
    *,
    name: str | None = None,
    title: str | None = None,
    source: str = "",
    licence: str = "",
    answers: Answers | None = None,
    table: Path | None = None,
    progress: Progress | None = None,
) -> tuple[SetInfo, list[Face]]:
    """The set in `folder`, called `name` (default: the folder's name); `table` is its manifest where that is not the
    folder's manifest.csv. StimulusError names file and row."""
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
        answers=answers,
        table=table,
        progress=progress,
    )


def read_folder(
    folder: Path,
    *,
    name: str,
    title: str,
    source: str,
    licence: str,
    decode: bool = True,
    answers: Answers | None = None,
    table: Path | None = None,
    progress: Progress | None = None,
) -> tuple[SetInfo, list[Face]]:
    """As `read_manifest`, with all names given. `decode=False` spares decoding pictures known to be whole."""
    table = table or folder / MANIFEST
    rows = read_table(table)
    with decoder() as own:
        reader = RowReader(folder, own if decode else None, answers or {})
        faces = _faces(rows, reader, progress)
    reader.mistakes.refuse()
    if not faces:
        raise StimulusError(tail(table), "no row with a face that is kept", "at least one", "See --word.")
    identities = all(face.identity for face in faces)
    forms = {face.role for face in faces} >= {"A", "B"}
    if identities and forms:
        _refuse_shared_identities(faces, tail(table))
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
        notes=tuple(_notes([cells for _, cells in rows], faces, identities, forms) + _notes_on_files(reader, rows)),
    )
    return info, faces


def _faces(rows: list[tuple[str, Cells]], reader: RowReader, progress: Progress | None) -> list[Face]:
    """The faces of the rows; every mistake is noted by the reader."""
    faces: list[Face] = []
    first_with: dict[str, str] = {}
    for done, (where, cells) in enumerate(rows, start=1):
        face = reader.read(cells, where)
        if progress:
            progress(done, len(rows))
        if face is None:
            continue
        for key, what in ((str((reader.folder / face.file).resolve()), "file"), (face.hash, "picture")):
            if key in first_with:
                found = f"the {what} of {first_with[key]} again ({shown(face.file)})"
                error = StimulusError(where, found, "every picture once", "Take one of the two rows out.")
                reader.mistakes.add("twice", error)
                break
            first_with[key] = where.rsplit(", ", 1)[-1]
        else:
            faces.append(face)
    return faces


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


def _notes_on_files(reader: RowReader, rows: list[tuple[str, Cells]]) -> list[str]:
    """What became of the folder's files, in plain English."""
    notes = []
    if reader.left_out:
        notes.append(f"{reader.left_out:,} rows were left out as asked, by their word for an emotion.")
    for form, number in sorted(reader.converted.items()):
        notes.append(f"{number:,} pictures were converted from {form} to PNG, which every browser shows.")
    if reader.moving:
        notes.append(f"Of {reader.moving:,} files with several pictures the first picture was taken.")
    if reader.decoder is not None:
        named = {cells["file"].removeprefix("./").casefold() for _, cells in rows}
        unnamed = [name for name in pictures_below(reader.folder) if name.casefold() not in named]
        if unnamed:
            below = Counter(str(PurePosixPath(name).parent) for name in unnamed)
            listed = ", ".join(
                f"{folder} ({number:,})" for folder, number in sorted(below.items())[:10] if folder != "."
            )
            in_folders = f" Folders: {listed}." if listed else ""
            notes.append(
                f"Pictures in no row, which were left out: {len(unnamed):,}, for example {unnamed[0]}.{in_folders}"
            )
    return notes
