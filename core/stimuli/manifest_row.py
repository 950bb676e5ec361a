"""Manifest row: from its cells to a face, every cell checked, every mistake noted by its kind."""

import hashlib
import json
import math
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from core.domain.emotions import Emotion
from core.domain.language import Sentence, Value
from core.media.decoder import Decoder
from core.stimuli.emotion_words import Answers, emotion_called, is_left_out, plain, question
from core.stimuli.mistakes import Mistakes
from core.stimuli.pictures import MAX_BYTES, KeptPicture, media_type_of, read_picture
from core.stimuli.records import ROLES, Face, StimulusError, cell, shown
from core.stimuli.streams import climbs_out
from core.stimuli.table import Cells, Listing

_LONGEST = {"file": 255, "identity": 64, "sex": 16, "variant": 32}
_NOTHING = np.zeros((0, 0), np.uint8)
_SEVEN = Sentence("angry, disgust, fear, happy, sad, surprise or neutral, or a word for it")
_CORRECT = Sentence("Correct the cell.")
_CORRECT_OR_EMPTY = Sentence("Correct the cell or empty it.")
_ROLES = {role.casefold(): role for role in ROLES}


@dataclass
class RowReader:
    """Reads the rows of one manifest; `decoder` is None where its pictures are known to be whole."""

    folder: Path
    decoder: Decoder | None
    answers: Answers
    mistakes: Mistakes = field(default_factory=Mistakes)
    left_out: int = 0
    """Rows whose emotion somebody said to leave out."""
    converted: dict[str, int] = field(default_factory=dict)
    """Format to how many pictures were converted from it."""
    moving: int = 0
    """Of how many files with several pictures only the first was taken."""

    def __post_init__(self) -> None:
        self._listing = Listing(self.folder)

    def read(self, cells: Cells, where: Value) -> Face | None:
        """The face that one row describes; None where there is a mistake in it, or it is to be left out."""
        if is_left_out(cells["emotion"], self.answers):
            self.left_out += 1
            return None
        for column, longest in _LONGEST.items():
            if len(cells.get(column, "")) > longest:
                most = Sentence("at most {number} characters", number=longest)
                self.mistakes.add(
                    column, StimulusError(where, cell(column, cells[column]), most, Sentence("Shorten it."))
                )
                return None
        target = self._target(cells, where)
        role = self._role(cells, where)
        picture = self._picture(cells["file"], where)
        intensity, skin, muscles = None, None, None
        with self.mistakes.of("intensity"):
            intensity = _number(cells, "intensity", 100, where)
        with self.mistakes.of("skin"):
            skin = _number(cells, "skin", 7, where)
        with self.mistakes.of("weights"):
            muscles = _weights(cells, where) if cells.get("weights") else None
        if target is None or role is None or picture is None:
            return None
        return Face(
            file=cells["file"],
            picture=picture.content,
            media_type=picture.media_type,
            hash=hashlib.sha256(picture.content).hexdigest(),
            target=target,
            identity=cells.get("identity") or None,
            role=role,
            intensity=None if intensity is None else round(intensity),
            sex=cells.get("sex") or None,
            skin=skin,
            variant=cells.get("variant") or None,
            muscles=muscles,
            checkable=role != "practice",
        )

    def _target(self, cells: Cells, where: Value) -> Emotion | None:
        word = cells["emotion"]
        target = emotion_called(word, self.answers)
        if target is None:
            remedy = question(word) if plain(word) else Sentence("Fill the cell.")
            error = StimulusError(where, cell("emotion", word), _SEVEN, remedy)
            self.mistakes.add(f"emotion {plain(word)}", error)
        return target

    def _role(self, cells: Cells, where: Value) -> str | None:
        role = _ROLES.get(cells.get("role", "").casefold() or "practice")
        if role is None:
            expected = Sentence("practice or A or B, in any case")
            self.mistakes.add("role", StimulusError(where, cell("role", cells["role"]), expected, _CORRECT_OR_EMPTY))
        return role

    def _picture(self, name: str, where: Value) -> KeptPicture | None:
        kind = "file"
        try:
            data = self._content(name, where)
            kind, at = "picture", where if where == name else Sentence("{where}, {file}", where=where, file=name)
            if self.decoder is None:
                return KeptPicture(data, media_type_of(data, at), _NOTHING, "", 1)
            kept = read_picture(data, at, self.decoder)
        except StimulusError as error:
            self.mistakes.add(kind, error)
            return None
        if kept.converted:
            self.converted[kept.converted] = self.converted.get(kept.converted, 0) + 1
        self.moving += kept.pictures > 1 and kept.converted != ""
        return kept

    def _content(self, name: str, where: Value) -> bytes:
        path = self._listing.find(name)
        outside = not name or climbs_out(name) if path is None else not self._is_inside(path)
        if outside:
            raise StimulusError(
                where,
                Sentence("the file {name}", name=shown(name)),
                Sentence("a path inside the folder"),
                Sentence("Copy the picture into the folder."),
            )
        if path is None:
            raise StimulusError(
                where,
                Sentence("the file {name}, which is not there", name=shown(name)),
                Sentence("a picture"),
                Sentence("Add it, or take the row out."),
            )
        if path.stat().st_size > MAX_BYTES:
            raise StimulusError(
                where,
                Sentence("{file} has {number} bytes", file=name, number=path.stat().st_size),
                Sentence("at most {most}", most=MAX_BYTES),
                Sentence("Scale the picture down."),
            )
        return path.read_bytes()

    def _is_inside(self, path: Path) -> bool:
        """Not so where a link leads out of the folder."""
        return path.resolve().is_relative_to(self.folder.resolve())


def _number(cells: Cells, column: str, highest: int, where: Value) -> float | None:
    given = cells.get(column, "")
    if not given:
        return None
    try:
        value = float(given.removesuffix("%").replace(",", ".", 1))
    except ValueError:
        value = math.nan
    if not 0 <= value <= highest:
        expected = Sentence("a number from 0 to {highest}", highest=highest)
        raise StimulusError(where, cell(column, given), expected, _CORRECT)
    if column == "intensity" and 0 < value <= 1:
        raise StimulusError(
            where,
            Sentence("{found}, which seems a share", found=cell(column, given)),
            Sentence("percent, from 0 to 100"),
            Sentence("Write percent: 100 for the full expression, not 1."),
        )
    return value


def _weights(cells: Cells, where: Value) -> dict[str, float]:
    def is_weight(value: object) -> bool:
        return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)

    try:
        weights = json.loads(cells["weights"])
    except (ValueError, RecursionError):
        weights = None
    if not isinstance(weights, dict) or not all(map(is_weight, weights.values())):
        expected = Sentence("JSON like {example}", example='{"browDown_L": 0.4}')
        raise StimulusError(where, cell("weights", cells["weights"]), expected, _CORRECT_OR_EMPTY)
    return {str(shape): float(weight) for shape, weight in weights.items()}
