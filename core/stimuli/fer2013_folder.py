"""FER-2013 as pictures in folders: train/<label>/*.jpg and test/<label>/*.jpg, or a zip of them.

The split is taken from a file's name (Training_1.jpg, PublicTest_1.jpg, PrivateTest_1.jpg); a file with
another name is Training in `train`, and "Test" in `test`: held out, but nobody knows in which half.
"""

import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import numpy as np

from core.domain.emotions import Emotion
from core.stimuli.fer2013_csv import SIDE, USAGES, Fer2013Row
from core.stimuli.pictures import decode_grey, probe
from core.stimuli.records import StimulusError, shown, tail
from core.stimuli.streams import MAX_MEMBERS, member_of, member_pieces

HELD_OUT = "Test"
_SPLITS = {"train": USAGES[0], "test": HELD_OUT}
_ENDINGS = (".jpg", ".jpeg", ".png")
_MAX_PICTURE = 64_000
_LABELS = {emotion.word: int(emotion) for emotion in Emotion}


def folder_names(folder: Path) -> list[str]:
    """The pictures below `folder` that lie in train/<label>/ or test/<label>/, sorted, as relative paths."""
    names = []
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if is_picture(name) and path.is_file():
            names.append(name)
        if len(names) > MAX_MEMBERS:
            raise StimulusError(
                tail(folder),
                f"more than {MAX_MEMBERS:,} pictures",
                "FER-2013's 35,887",
                "Check what this folder is.",
            )
    return sorted(names, key=_order)


def zip_names(archive: zipfile.ZipFile) -> list[str]:
    """The same for the members of a zip."""
    return sorted((name for name in archive.namelist() if is_picture(name)), key=_order)


def is_picture(name: str) -> bool:
    """Whether a relative path ends in train/<label>/<picture> or test/<label>/<picture>."""
    parts = PurePosixPath(name).parts
    return len(parts) >= 3 and parts[-3].lower() in _SPLITS and name.lower().endswith(_ENDINGS)


def folder_rows(folder: Path, names: list[str]) -> Iterator[Fer2013Row]:
    """The pictures `names` of a folder; a link that leads out of the folder is refused."""
    root = folder.resolve()
    for name in names:
        path = (folder / name).resolve()
        if not path.is_relative_to(root):
            raise StimulusError(
                f"{tail(folder)}, {name}", "a link out of the folder", "a picture inside it", "Copy the picture."
            )
        if path.stat().st_size > _MAX_PICTURE:
            raise _too_large(f"{tail(folder)}, {name}")
        yield _row(name, path.read_bytes(), tail(folder))


def zip_rows(archive: zipfile.ZipFile, names: list[str]) -> Iterator[Fer2013Row]:
    """The pictures `names` of a zip."""
    for name in names:
        data = b""
        for piece in member_pieces(archive, name):
            data += piece
            if len(data) > _MAX_PICTURE:
                raise _too_large(f"{member_of(archive)}, {name}")
        yield _row(name, data, member_of(archive))


def _row(name: str, data: bytes, source: str) -> Fer2013Row:
    where = f"{source}, {name}"
    split, label, file = PurePosixPath(name).parts[-3:]
    emotion = _LABELS.get(label.lower())
    if emotion is None:
        raise StimulusError(
            where, f"the label folder {shown(label)}", " or ".join(_LABELS), "Rename the folder, or take it out."
        )
    _, width, height = probe(data, where)
    if (width, height) != (SIDE, SIDE):
        raise StimulusError(
            where,
            f"{width}×{height} pixels",
            "48×48, as in FER-2013",
            "For pictures of other sizes write a manifest.csv and use import-faces.",
        )
    usage = next((usage for usage in USAGES if file.startswith(f"{usage}_")), _SPLITS[split.lower()])
    return Fer2013Row(name=name, emotion=emotion, usage=usage, pixels=np.ascontiguousarray(decode_grey(data, where)))


def _order(name: str) -> tuple[int, str]:
    """Training before the held-out halves, so that of identical pictures a Training one comes first."""
    return int(PurePosixPath(name).parts[-3].lower() != "train"), name


def _too_large(where: str) -> StimulusError:
    return StimulusError(
        where,
        f"a picture of more than {_MAX_PICTURE:,} bytes",
        "48×48 pixels, about 2,000 bytes",
        "Check what it is.",
    )
