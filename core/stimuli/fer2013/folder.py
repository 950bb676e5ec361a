"""FER-2013 as pictures in folders: train/<label>/*.jpg, test/<label>/*.jpg and their like, in a folder or an archive.

The split is taken from a file's name (Training_1.jpg, PublicTest_1.jpg, PrivateTest_1.jpg), else from the folder's
(`splits`). Of FER+'s folders (FER2013Train/fer0000000.png) the number in the name says which row of votes belongs to
a picture, and the votes are its label.
"""

import re
from collections import Counter
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import numpy as np

from core.domain.emotions import Emotion
from core.domain.language import Sentence, Value
from core.media.decoder import decoder
from core.media.kinds import ENDINGS
from core.stimuli.emotion_words import Answers, emotion_called, is_left_out, question
from core.stimuli.fer2013.splits import USAGES, are_apart, split_called
from core.stimuli.fer2013.table import SIDE, Fer2013Row
from core.stimuli.mistakes import Mistakes
from core.stimuli.pictures import read_picture
from core.stimuli.records import StimulusError, counted, shown, tail
from core.stimuli.streams import MAX_MEMBERS, MAX_UNPACKED
from core.stimuli.table import is_litter

UNLABELLED = -1
"""The label of a picture of FER+'s folders, until votes say it."""
_TRAIN, _PUBLIC, _PRIVATE = USAGES
_FERPLUS = {"fer2013train": _TRAIN, "fer2013valid": _PUBLIC, "fer2013test": _PRIVATE}
_FERPLUS_NAME = re.compile(r"fer(\d{7})\.", re.IGNORECASE)
_MAX_PICTURE = 64_000
_MOST_MISTAKES = 50


@dataclass(frozen=True)
class Layout:
    """Which of the files of a folder or an archive are FER-2013's pictures."""

    names: tuple[str, ...]
    """Training first, so that of identical pictures a Training one comes first."""
    ferplus: bool
    validation_apart: bool
    """There are both a test and a validation folder."""
    ignored: tuple[tuple[str, int], ...]
    """Folders with pictures that were not read, and how many."""

    def notes(self) -> tuple[Sentence, ...]:
        if not self.ignored:
            return ()
        named: Value = counted(self.ignored[:10])
        if more := len(self.ignored[10:]):
            named = Sentence("{folders} and {number} more", folders=named, number=more)
        return (
            Sentence(
                "Folders with pictures that were not read: {folders}. Splits are train, validation and test.",
                folders=named,
            ),
        )


def layout(files: Iterable[str]) -> Layout:
    """Of paths below a folder or in an archive."""
    pictures = [name for name in files if name.lower().endswith(ENDINGS) and not is_litter(name)]
    chosen = [name for name in pictures if _split_folder(name) is not None]
    ferplus = [] if chosen else [name for name in pictures if _is_ferplus(name)]
    read = set(chosen or ferplus)
    beside = Counter(str(PurePosixPath(name).parent) for name in pictures if name not in read)
    apart = are_apart(split for name in chosen if (split := _split_folder(name)))
    return Layout(tuple(sorted(read, key=_order)), bool(ferplus), apart, tuple(sorted(beside.items())))


def folder_files(folder: Path) -> Iterator[str]:
    """The files below a folder, as relative paths."""
    number = 0
    for path in folder.rglob("*"):
        if path.is_file():
            number += 1
            if number > MAX_MEMBERS:
                found = Sentence("more than {most} files", most=MAX_MEMBERS)
                remedy = Sentence("Check what this folder is.")
                raise StimulusError(tail(folder), found, Sentence("FER-2013's {number}", number=35_887), remedy)
            yield path.relative_to(folder).as_posix()


def folder_contents(folder: Path, names: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """The pictures `names` of a folder; a link that leads out of the folder is refused."""
    root = folder.resolve()
    for name in names:
        path = (folder / name).resolve()
        if not path.is_relative_to(root):
            raise StimulusError(
                _at(tail(folder), name),
                Sentence("a link out of the folder"),
                Sentence("a picture inside it"),
                Sentence("Copy the picture."),
            )
        if path.stat().st_size > _MAX_PICTURE:
            raise _too_large(_at(tail(folder), name))
        yield name, path.read_bytes()


def archive_contents(
    members: Generator[tuple[str, Iterator[bytes]]], names: tuple[str, ...], source: str
) -> Iterator[tuple[str, bytes]]:
    """The same of an archive's members, in the order of `names`."""
    contents: dict[str, bytes] = {}
    total = 0
    with closing(members):
        for name, pieces in members:
            data = b""
            for piece in pieces:
                data += piece
                if len(data) > _MAX_PICTURE:
                    raise _too_large(_at(source, name))
            total += len(data)
            if total > MAX_UNPACKED:
                found = Sentence("more than {most} bytes of pictures", most=MAX_UNPACKED)
                expected = Sentence("FER-2013's {number}", number=60_000_000)
                raise StimulusError(source, found, expected, Sentence("Check what this is."))
            contents[name] = data
    for name in names:
        if name in contents:
            yield name, contents.pop(name)


def rows(
    contents: Iterable[tuple[str, bytes]], plan: Layout, source: str, answers: Answers | None = None
) -> Iterator[Fer2013Row]:
    """The pictures as rows; mistakes in all of them end in one report, after the last."""
    mistakes, number = Mistakes(), 0
    with decoder() as own:
        for name, data in contents:
            where = _at(source, name)
            label = PurePosixPath(name).parts[-2]
            if not plan.ferplus and is_left_out(label, answers):
                continue
            emotion = None if plan.ferplus else emotion_called(label, answers)
            if emotion is None and not plan.ferplus:
                seven = tuple(one.word for one in Emotion)
                folder = Sentence("the label folder {name}", name=shown(label))
                error = StimulusError(where, folder, Sentence("one of {names}", names=seven), question(label))
                mistakes.add(f"label {label}", error)
                continue
            with mistakes.of("picture"):
                kept = read_picture(data, where, own)
                if kept.grey.shape != (SIDE, SIDE):
                    height, width = kept.grey.shape
                    raise StimulusError(
                        where,
                        Sentence("{size} pixels", size=f"{width}×{height}"),
                        Sentence("48×48, as in FER-2013"),
                        Sentence("For pictures of other sizes write a manifest.csv and use import-faces."),
                    )
                number += 1
                yield Fer2013Row(
                    name=name,
                    emotion=UNLABELLED if emotion is None else int(emotion),
                    usage=_usage(name, plan),
                    pixels=np.ascontiguousarray(kept.grey),
                    votes_row=_votes_row(name) if plan.ferplus else None,
                )
            if mistakes.total > _MOST_MISTAKES:
                break
    mistakes.refuse()


def _usage(name: str, plan: Layout) -> str:
    parts = PurePosixPath(name).parts
    if plan.ferplus:
        return _FERPLUS[parts[-2].lower()]
    named = next((usage for usage in USAGES if parts[-1].lower().startswith(f"{usage.lower()}_")), None)
    usage = named or split_called(_split_folder(name) or "", plan.validation_apart)
    assert usage is not None
    return usage


def _split_folder(name: str) -> str | None:
    """The split in a path that ends in <split>/<label>/<picture>."""
    parts = PurePosixPath(name).parts
    split = parts[-3].lower() if len(parts) >= 3 else ""
    return split if split_called(split) else None


def _is_ferplus(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return len(parts) >= 2 and parts[-2].lower() in _FERPLUS and _FERPLUS_NAME.match(parts[-1]) is not None


def _votes_row(name: str) -> int:
    found = _FERPLUS_NAME.match(PurePosixPath(name).name)
    assert found is not None
    return int(found[1])


def _order(name: str) -> tuple[bool, str]:
    parts = PurePosixPath(name).parts
    split = (_split_folder(name) or parts[-2]).lower()
    return (_FERPLUS.get(split) or split_called(split)) != _TRAIN, name


def _at(source: str, name: str) -> Sentence:
    return Sentence("{where}, {file}", where=source, file=name)


def _too_large(where: Sentence) -> StimulusError:
    return StimulusError(
        where,
        Sentence("a picture of more than {most} bytes", most=_MAX_PICTURE),
        Sentence("48×48 pixels, about {number} bytes", number=2000),
        Sentence("Check what it is."),
    )
