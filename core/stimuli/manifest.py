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
from core.domain.language import Sentence, Value
from core.media.decoder import decoder
from core.stimuli.emotion_words import Answers
from core.stimuli.manifest_row import RowReader
from core.stimuli.records import Face, Progress, SetInfo, StimulusError, counted, set_version, shown, tail
from core.stimuli.table import Cells, Rows, read_table, table_in, unnamed_below
from core.translations import N_

RESERVED = ("builtin", "fer2013")
"""Names of the sets this software itself makes."""
NOT_STATED = N_("not stated; held by whoever imported the set")
"""The licence of a set of which nobody said it."""

_PRACTICE = Sentence("the set serves practice but no check")
_LACKS = {
    "intensity": Sentence("practice cannot begin with clear faces and go on to faint ones"),
    "sex": Sentence("checks cannot be balanced over women and men"),
    "skin": Sentence("checks cannot be spread over skin tones"),
    "weights": Sentence("no lesson can name the muscles that move"),
}
_ONE_ROW = Sentence("Take one of the two rows out.")
_ONE_PICTURE = Sentence("Take one of the two pictures out.")
_SAME_FILE = N_("the file of {row} again ({file})")
_SAME_PICTURE = N_("the picture of {row} again ({file})")
IN_NO_ROW = N_("Pictures in no row, which were left out: {number}, for example {file}.")


def read_manifest(
    folder: Path,
    *,
    name: str | None = None,
    title: str | None = None,
    source: str = "",
    licence: str = "",
    answers: Answers | None = None,
    table: Path | None = None,
    rows: Rows | None = None,
    progress: Progress | None = None,
) -> tuple[SetInfo, list[Face]]:
    """The set in `folder`, called `name` (default: the folder's name); `table` is its manifest where that is not the
    folder's manifest.csv; `rows`, each with where it stands, are read instead of one. StimulusError names the row."""
    name = re.sub(r"[^a-z0-9]+", "-", (name or folder.resolve().name).lower()).strip("-")
    if not name or len(name) > 64 or name in RESERVED:
        raise StimulusError(
            tail(folder),
            Sentence("the set's name {name}", name=shown(name)),
            Sentence("1 to 64 letters and digits, but not {names}", names=RESERVED),
            Sentence("Give another name with --name."),
        )
    return read_folder(
        folder,
        name=name,
        title=(title or name)[:128],
        source=source or folder.resolve().name,
        licence=licence or NOT_STATED,
        answers=answers,
        table=table,
        rows=rows,
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
    rows: Rows | None = None,
    progress: Progress | None = None,
) -> tuple[SetInfo, list[Face]]:
    """As `read_manifest`, with all names given. `decode=False` spares decoding pictures known to be whole."""
    table = table or table_in(folder)
    where = tail(folder if rows else table)
    rows = rows or read_table(table)
    with decoder() as own:
        reader = RowReader(folder, own if decode else None, answers or {})
        faces = _faces(rows, reader, progress)
    reader.mistakes.refuse()
    if not faces:
        found, least = Sentence("no row with a face that is kept"), Sentence("at least one")
        raise StimulusError(where, found, least, Sentence("See --word."))
    identities = all(face.identity for face in faces)
    forms = {face.role for face in faces} >= {"A", "B"}
    if identities and forms:
        _refuse_shared_identities(faces, where)
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


def _faces(rows: Rows, reader: RowReader, progress: Progress | None) -> list[Face]:
    """The faces of the rows; every mistake is noted by the reader."""
    faces: list[Face] = []
    first_with: dict[str, Value] = {}
    for done, (where, cells) in enumerate(rows, start=1):
        face = reader.read(cells, where)
        if progress:
            progress(done, len(rows))
        if face is None:
            continue
        own = Sentence("row {row}", row=where.values["row"]) if isinstance(where, Sentence) else where
        path = str((reader.folder / face.file).resolve())
        for key, again in ((path, _SAME_FILE), (face.hash, _SAME_PICTURE)):
            if key in first_with:
                found = Sentence(again, row=first_with[key], file=shown(face.file))
                remedy = _ONE_ROW if isinstance(where, Sentence) else _ONE_PICTURE
                error = StimulusError(where, found, Sentence("every picture once"), remedy)
                reader.mistakes.add("twice", error)
                break
            first_with[key] = own
        else:
            faces.append(face)
    return faces


def _refuse_shared_identities(faces: list[Face], where: str) -> None:
    role_of: dict[str | None, str | None] = {}
    for face in faces:
        if role_of.setdefault(face.identity, face.role) != face.role:
            raise StimulusError(
                where,
                Sentence(
                    "identity {identity} has the roles {one} and {other}",
                    identity=shown(face.identity),
                    one=role_of[face.identity] or "",
                    other=face.role or "",
                ),
                Sentence("one role for a person, so that a check shows nobody who was practised with"),
                Sentence("Give all faces of a person the same role."),
            )


def _notes(rows: list[Cells], faces: list[Face], identities: bool, forms: bool) -> list[Sentence]:
    """What the manifest lacks."""

    def without(column: str) -> int:
        return sum(not cells.get(column) for cells in rows)

    lacks = _LACKS if identities else {"identity": _PRACTICE} | _LACKS
    notes = [
        Sentence(
            "{number} of {all} faces have no {column}: {so}.",
            number=without(column),
            all=len(rows),
            column=column,
            so=so,
        )
        for column, so in lacks.items()
        if without(column)
    ]
    if not forms:
        notes.append(Sentence("The roles A and B are not both given: the set serves practice but no check."))
    absent = [emotion.noun for emotion in Emotion if emotion not in {face.target for face in faces}]
    if absent:
        notes.append(Sentence("No face shows {emotions}.", emotions=tuple(absent)))
    return notes


def _notes_on_files(reader: RowReader, rows: Rows) -> list[Sentence]:
    """What became of the folder's files."""
    notes = []
    if reader.left_out:
        left_out = Sentence(
            "{number} rows were left out as asked, by their word for an emotion.", number=reader.left_out
        )
        notes.append(left_out)
    for form, number in sorted(reader.converted.items()):
        notes.append(
            Sentence(
                "{number} pictures were converted from {form} to PNG, which every browser shows.",
                number=number,
                form=form,
            )
        )
    if reader.moving:
        notes.append(
            Sentence("Of {number} files with several pictures the first picture was taken.", number=reader.moving)
        )
    if reader.decoder is not None and (unnamed := unnamed_below(reader.folder, rows)):
        below = Counter(str(PurePosixPath(name).parent) for name in unnamed)
        unlisted = Sentence(IN_NO_ROW, number=len(unnamed), file=unnamed[0])
        listed = counted((folder, number) for folder, number in sorted(below.items())[:10] if folder != ".")
        notes.append(
            Sentence("{left_out} Folders: {folders}.", left_out=unlisted, folders=listed) if listed else unlisted
        )
    return notes
