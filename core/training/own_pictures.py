"""A folder of somebody's own labelled pictures: sub-folders named by emotion, or a manifest.csv.

A sub-folder's name, or the manifest's column `emotion` (or `target`; `file` names the picture), is a word of
`core.stimuli.emotion_words`. What cannot be read is named picture by picture, and the rest is used.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.domain.emotions import Emotion
from core.domain.network.crowd import CROWD
from core.media.kinds import ENDINGS
from core.stimuli.emotion_words import Answers, emotion_called, is_left_out, question
from core.stimuli.table import MANIFEST, Listing, pictures_below, read_table, table_in, unnamed_below
from core.training.candidate import Candidate


@dataclass(frozen=True)
class Picture:
    """One picture: its path below the folder, what it is meant to show, and why it cannot be used, or ""."""

    file: str
    target: Emotion | None
    problem: str = ""


def list_pictures(folder: Path, answers: Answers | None = None) -> list[Picture]:
    """All pictures of `folder` with their labels; raises ValueError when none of them has one. A word that somebody
    said to leave out is a problem of its pictures."""
    if not folder.is_dir():
        raise ValueError(f"{folder} is no folder: give one with a sub-folder for each emotion, or with {MANIFEST}")
    table = table_in(folder)
    pictures = list(_of_manifest(folder, table, answers) if table.is_file() else _of_folders(folder, answers))
    if not any(picture.target is not None for picture in pictures):
        raise ValueError(
            f"{folder} holds no labelled picture: expected sub-folders called angry, disgust, fear, happy, sad, "
            f"surprise, neutral (or the same in another language of the product, or 0–6) with {', '.join(ENDINGS)}, "
            f"or {MANIFEST}"
        )
    return pictures


def _of_folders(folder: Path, answers: Answers | None) -> Iterator[Picture]:
    for name in pictures_below(folder):
        above = [part for part in reversed(name.split("/")[:-1]) if not is_left_out(part, answers)]
        target = next((found for part in above if (found := emotion_called(part, answers)) is not None), None)
        problem = ""
        if target is None:
            problem = f"no folder above it names an emotion: {question(above[0])}" if above else "it lies in no folder"
        yield Picture(name, target, problem)


def _of_manifest(folder: Path, table: Path, answers: Answers | None) -> Iterator[Picture]:
    root = folder.resolve()
    rows, listing = read_table(table), Listing(folder)
    for _, cells in rows:
        file, word = cells["file"], cells["emotion"]
        target, path = emotion_called(word, answers), listing.find(file)
        if target is None:
            asked = "it was left out as asked" if is_left_out(word, answers) else question(word)
            yield Picture(file, None, f"{word!r} is in no table of emotions: {asked}")
        elif path is None or not path.resolve().is_relative_to(root):
            yield Picture(file, target, "there is no such file in the folder")
        else:
            yield Picture(path.resolve().relative_to(root).as_posix(), target)
    yield from (Picture(name, None, "no row names it") for name in unnamed_below(folder, rows))


@dataclass(frozen=True)
class PictureReading:
    """What a network says of one picture: its shares by emotion, and by what people would say where it does.

    `face_found` is False where no face was found and the middle of the picture was taken, as the app does.
    """

    file: str
    target: str | None
    answer: str
    probabilities: dict[str, float]
    crowd: dict[str, float]
    face_found: bool
    unread: int = 0
    """How many further pictures lie in the file: the first or main one is measured."""


Look = Callable[[bytes], tuple[NDArray[np.uint8], bool, int]]
"""An encoded picture's face, uint8 [48, 48], whether one was found, and how many further pictures lie in the file;
ValueError where it is no picture."""


def see(picture: bytes, file: str, target: Emotion | None, candidate: Candidate, look: Look) -> PictureReading:
    """One picture, as the network sees it; raises ValueError on a broken one."""
    face, face_found, unread = look(picture)
    said = candidate.rate(face[None])
    words = [emotion.word for emotion in candidate.emotions]
    shares = dict(zip(words, said["label"][0].tolist(), strict=True))
    crowd = dict(zip(CROWD, said["crowd"][0].tolist(), strict=True)) if "crowd" in said else {}
    return PictureReading(
        file=file,
        target=target.word if target is not None else None,
        answer=max(words, key=shares.__getitem__),
        probabilities=shares,
        crowd=crowd,
        face_found=face_found,
        unread=unread,
    )


def see_folder(
    folder: Path, candidate: Candidate, look: Look, answers: Answers | None = None
) -> tuple[list[PictureReading], list[Picture]]:
    """The pictures of `folder` that can be read and show what the network knows, and all others with their problem."""
    seen, problems = [], []
    for picture in list_pictures(folder, answers):
        problem = picture.problem
        if not problem and picture.target not in candidate.emotions:
            problem = f"the network does not know {picture.target.word if picture.target is not None else 'it'}"
        if not problem:
            try:
                content = (folder / picture.file).read_bytes()
                seen.append(see(content, picture.file, picture.target, candidate, look))
            except (OSError, ValueError) as error:
                problem = str(error)
        if problem:
            problems.append(replace(picture, problem=problem))
    return seen, problems
