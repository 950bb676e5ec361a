"""A folder of somebody's own labelled pictures: sub-folders named by emotion, or a manifest.csv.

A sub-folder's name, or the manifest's column `emotion` (or `target`; `file` names the picture), is an emotion in a
language of the product or its number 0–6. What cannot be read is named picture by picture, and the rest is used.
"""

import csv
import io
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.domain.emotions import Emotion
from core.domain.network.crowd import CROWD
from core.training.candidate import Candidate
from core.translations import N_, say_in_each

WORDS = {
    Emotion.ANGRY: N_("angry anger"),
    Emotion.DISGUST: N_("disgust disgusted"),
    Emotion.FEAR: N_("fear fearful afraid scared"),
    Emotion.HAPPY: N_("happy happiness joy"),
    Emotion.SAD: N_("sad sadness"),
    Emotion.SURPRISE: N_("surprise surprised"),
    Emotion.NEUTRAL: N_("neutral neutrality"),
}
"""What people call a folder of pictures of each; a translation has the usual words of its language."""
ENDINGS = (".jpg", ".jpeg", ".png", ".webp")
MANIFEST = "manifest.csv"


@dataclass(frozen=True)
class Picture:
    """One picture: its path below the folder, what it is meant to show, and why it cannot be used, or ""."""

    file: str
    target: Emotion | None
    problem: str = ""


def emotion_called(word: str) -> Emotion | None:
    """The emotion of a word in any language of the product, accents and case aside, or of a number 0–6; None for
    another."""
    return _labels().get(_plain(word.strip()))


@cache
def _labels() -> dict[str, Emotion]:
    said = {emotion: say_in_each(words, " ").split() for emotion, words in WORDS.items()}
    return {_plain(word): emotion for emotion, words in said.items() for word in (*words, str(int(emotion)))}


def _plain(word: str) -> str:
    letters = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def list_pictures(folder: Path) -> list[Picture]:
    """All pictures of `folder` with their labels; raises ValueError when none of them has one."""
    if not folder.is_dir():
        raise ValueError(f"{folder} is no folder: give one with a sub-folder for each emotion, or with {MANIFEST}")
    pictures = list(_of_manifest(folder) if (folder / MANIFEST).is_file() else _of_folders(folder))
    if not any(picture.target is not None for picture in pictures):
        raise ValueError(
            f"{folder} holds no labelled picture: expected sub-folders called angry, disgust, fear, happy, sad, "
            f"surprise, neutral (or the same in another language of the product, or 0–6) with {', '.join(ENDINGS)}, "
            f"or {MANIFEST}"
        )
    return pictures


def _of_folders(folder: Path) -> Iterator[Picture]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix.lower() in ENDINGS:
            file = path.relative_to(folder)
            named = (emotion_called(part) for part in reversed(file.parts[:-1]))
            target = next((emotion for emotion in named if emotion is not None), None)
            yield Picture(file.as_posix(), target, "" if target is not None else "no folder above it names an emotion")


def _of_manifest(folder: Path) -> Iterator[Picture]:
    try:
        text = (folder / MANIFEST).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"{folder / MANIFEST} is not UTF-8 (byte {error.start}): save it as “CSV UTF-8”") from None
    header = text.partition("\n")[0]
    rows = csv.DictReader(io.StringIO(text), delimiter=";" if ";" in header and "," not in header else ",")
    columns = [column.strip().lower() for column in rows.fieldnames or ()]
    if "file" not in columns or not {"emotion", "target"} & set(columns):
        raise ValueError(f"{folder / MANIFEST} has the columns {', '.join(columns)}; expected file and emotion")
    rows.fieldnames = columns
    root = folder.resolve()
    for row in rows:
        file, word = (row["file"] or "").strip(), (row.get("emotion") or row.get("target") or "").strip()
        target, path = emotion_called(word), (folder / file).resolve()
        if target is None:
            yield Picture(file, None, f"{word!r} is no emotion")
        elif not path.is_relative_to(root) or not path.is_file():
            yield Picture(file, target, "there is no such file in the folder")
        else:
            yield Picture(file, target)


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


Look = Callable[[bytes], tuple[NDArray[np.uint8], bool]]
"""An encoded picture's face, uint8 [48, 48], and whether one was found; ValueError where it is no picture."""


def see(picture: bytes, file: str, target: Emotion | None, candidate: Candidate, look: Look) -> PictureReading:
    """One picture, as the network sees it; raises ValueError on a broken one."""
    face, face_found = look(picture)
    said = candidate.rate(face[None])
    words = [emotion.word for emotion in candidate.emotions]
    shares = dict(zip(words, said["label"][0].tolist(), strict=True))
    crowd = dict(zip(CROWD, said["crowd"][0].tolist(), strict=True)) if "crowd" in said else {}
    return PictureReading(
        file, target.word if target is not None else None, max(words, key=shares.__getitem__), shares, crowd, face_found
    )


def see_folder(folder: Path, candidate: Candidate, look: Look) -> tuple[list[PictureReading], list[Picture]]:
    """The pictures of `folder` that can be read and show what the network knows, and all others with their problem."""
    seen, problems = [], []
    for picture in list_pictures(folder):
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
