"""Upload of faces as a zip: unpacked once beside what was said of it, and read as a folder is."""

import json
from collections import Counter
from dataclasses import astuple, dataclass
from pathlib import Path
from time import monotonic

from core.domain.files import FileRefused
from core.domain.language import Sentence
from core.media.decoder import decoder
from core.stimuli.emotion_words import Answers, emotion_called, is_left_out, plain
from core.stimuli.fer2013.forms import fer2013_among
from core.stimuli.fer2013.table import SIDE
from core.stimuli.manifest import IN_NO_ROW, read_manifest
from core.stimuli.naming import LIKE, as_rows, read_names
from core.stimuli.records import Face, LeftOut, Progress, SetInfo, StimulusError
from core.stimuli.table import MANIFEST, pictures_below, read_table
from core.stimuli.unpacking import unpack
from core.translations import N_

MANIFEST_FORM = "manifest"
"""The way of naming of a set that says it itself, in a manifest.csv; the others are those of `naming.LIKE`."""
MOST_READING = 900.0
"""Seconds that reading one set may take."""
_SAID = "unpacked.json"
_BESIDE = N_("outside the folder that manifest.csv describes")
_UNKNOWN = N_("with a word for an emotion that nobody explained yet")


@dataclass(frozen=True)
class UploadedSet:
    """An upload whose zip was unpacked."""

    folder: Path
    top: Path
    """What the zip held, below its own name."""
    root: Path
    """The folder of the set itself."""
    table: Path | None
    """Its manifest.csv."""
    fer2013: bool
    left_out: tuple[LeftOut, ...]

    @classmethod
    def of(cls, folder: Path, most: int) -> "UploadedSet":
        """The upload in `folder`, unpacked now where it was not yet, at most `most` bytes of it. Raises
        StimulusError, and OSError where the disk is full."""
        beside = folder / _SAID
        if not beside.exists():
            _unpack(folder, most)
        said = json.loads(beside.read_text("utf-8"))
        top = folder / said["name"]
        tables = sorted(
            (path for path in top.rglob("*") if path.name.lower() == MANIFEST), key=lambda path: len(path.parts)
        )
        return cls(
            folder,
            top,
            tables[0].parent if tables else _single(top),
            tables[0] if tables else None,
            said["fer2013"],
            tuple(LeftOut(*one) for one in said["left_out"]),
        )

    def forms(self) -> dict[str, int]:
        """Way of naming to how many pictures it understands, best first; where there is a manifest, it alone."""
        if self.table is not None:
            return {MANIFEST_FORM: sum(1 for _ in pictures_below(self.root))}
        found = {}
        for like in LIKE:
            try:
                read = read_names(self.root, like)
            except StimulusError:
                continue
            found[like] = len(read.rows) + sum(map(len, read.unknown.values()))
        return dict(sorted(found.items(), key=lambda one: -one[1]))

    def ask(self, form: str, answers: Answers) -> tuple[dict[str, int], list[LeftOut]]:
        """Words to ask about, and what is left out by its name."""
        unknown: Counter[str] = Counter()
        if form == MANIFEST_FORM and self.table is not None:
            for _, cells in read_table(self.table):
                word = cells["emotion"]
                if plain(word) and emotion_called(word, answers) is None and not is_left_out(word, answers):
                    unknown[word.lower()] += 1
            within = self.root.relative_to(self.top).as_posix()
            outside = [name for name in pictures_below(self.top) if within != "." and not name.startswith(f"{within}/")]
            return dict(unknown), [LeftOut(_BESIDE, len(outside), outside[0])] if outside else []
        read = read_names(self.root, form, answers)
        for word, files in read.unknown.items():
            unknown[word] = len(files)
        asides = [LeftOut(why, len(files), files[0]) for why, files in read.asides.items()]
        waiting = [LeftOut(_UNKNOWN, len(files), files[0]) for files in read.unknown.values()]
        return dict(unknown), asides + waiting

    def read(
        self, form: str, answers: Answers, progress: Progress | None, **names: str | None
    ) -> tuple[SetInfo, list[Face]]:
        """The set, as the command import-faces reads it; raises StimulusError."""
        by_names = form != MANIFEST_FORM or self.table is None
        rows = as_rows(read_names(self.root, form, answers)) if by_names else None
        name = names.get("title") or self.top.name
        about = {"name": name, "title": name} | {key: said for key, said in names.items() if said and key != "title"}
        return read_manifest(
            self.root, answers=answers, table=self.table, rows=rows, progress=_in_time(progress), **about
        )


def told_as_left_out(note: Sentence, form: str) -> bool:
    """Whether `UploadedSet.ask` says the same by why: of names it knows every picture that the table does not have."""
    return form != MANIFEST_FORM and note.says(IN_NO_ROW)


def _unpack(folder: Path, most: int) -> None:
    """The zip in `folder` goes; what it held lies in a folder of its name, what was said of it beside."""
    archive = next(folder.glob("*.zip"))
    top = archive.with_suffix("")
    came = unpack(archive, top, most)
    archive.unlink()
    said = {
        "name": top.name,
        "fer2013": _is_fer2013(top, came.names),
        "left_out": [astuple(one) for one in came.left_out],
    }
    (folder / _SAID).write_text(json.dumps(said), "utf-8")


def _is_fer2013(top: Path, names: tuple[str, ...]) -> bool:
    table, picture = fer2013_among(names)
    if table or not picture or not (top / picture).is_file():
        return bool(table)
    try:
        with decoder() as own:
            return own.decode((top / picture).read_bytes()).frames[0][1].shape == (SIDE, SIDE)
    except FileRefused:
        return False


def _single(top: Path) -> Path:
    """The folder in which a set begins: below folders that hold nothing but the next one."""
    while len(within := list(top.iterdir())) == 1 and within[0].is_dir():
        top = within[0]
    return top


def _in_time(progress: Progress | None) -> Progress:
    """`progress` until MOST_READING is over: each picture has a limit, a hundred thousand hostile ones have none."""
    begun = monotonic()

    def tell(done: int, of: int) -> None:
        if monotonic() - begun > MOST_READING:
            minutes = round(MOST_READING / 60)
            raise StimulusError(
                Sentence("the set"),
                Sentence(
                    "{number} pictures, of which {done} took {minutes} minutes", number=of, done=done, minutes=minutes
                ),
                Sentence("fewer or smaller ones"),
                Sentence("Bring it in by the command import-faces."),
            )
        if progress:
            progress(done, of)

    return tell
