"""Manifest row: from its cells to a face, every cell checked, every mistake noted by its kind."""

import hashlib
import json
import math
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from core.domain.emotions import Emotion
from core.media.decoder import Decoder
from core.stimuli.emotion_words import Answers, emotion_called, is_left_out, plain, question
from core.stimuli.mistakes import Mistakes
from core.stimuli.pictures import MAX_BYTES, KeptPicture, media_type_of, read_picture
from core.stimuli.records import ROLES, Face, StimulusError, shown
from core.stimuli.streams import climbs_out
from core.stimuli.table import Cells, place_of

_LONGEST = {"file": 255, "identity": 64, "sex": 16, "variant": 32}
_NOTHING = np.zeros((0, 0), np.uint8)
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

    def read(self, cells: Cells, where: str) -> Face | None:
        """The face that one row describes; None where there is a mistake in it, or it is to be left out."""
        if is_left_out(cells["emotion"], self.answers):
            self.left_out += 1
            return None
        for column, longest in _LONGEST.items():
            if len(cells.get(column, "")) > longest:
                found = f"{column} {shown(cells[column])}"
                self.mistakes.add(column, StimulusError(where, found, f"at most {longest} characters", "Shorten it."))
                return None
        target = self._target(cells["emotion"], where)
        role = self._role(cells.get("role", ""), where)
        picture = self._picture(cells["file"], where)
        intensity, skin, muscles = None, None, None
        with self.mistakes.of("intensity"):
            intensity = _number(cells, "intensity", 100, where)
        with self.mistakes.of("skin"):
            skin = _number(cells, "skin", 7, where)
        with self.mistakes.of("weights"):
            muscles = _weights(cells["weights"], where) if cells.get("weights") else None
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

    def _target(self, word: str, where: str) -> Emotion | None:
        target = emotion_called(word, self.answers)
        if target is None:
            seven = " or ".join(emotion.word for emotion in Emotion)
            remedy = question(word) if plain(word) else "Fill the cell."
            kind = f"emotion {plain(word)}"
            self.mistakes.add(
                kind, StimulusError(where, f"emotion {shown(word)}", f"{seven}, or a word for it", remedy)
            )
        return target

    def _role(self, cell: str, where: str) -> str | None:
        role = _ROLES.get(cell.casefold() or "practice")
        if role is None:
            expected = f"{' or '.join(ROLES)}, in any case"
            error = StimulusError(where, f"role {shown(cell)}", expected, "Correct the cell or empty it.")
            self.mistakes.add("role", error)
        return role

    def _picture(self, name: str, where: str) -> KeptPicture | None:
        kind = "file"
        try:
            data = _content(self.folder, name, where)
            kind, at = "picture", f"{where}, {name}"
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


def _content(folder: Path, name: str, where: str) -> bytes:
    path = place_of(folder, name).resolve()
    if not name or climbs_out(name) or not path.is_relative_to(folder.resolve()):
        raise StimulusError(
            where, f"the file {shown(name)}", "a path inside the folder", "Copy the picture into the folder."
        )
    if not path.is_file():
        raise StimulusError(
            where, f"the file {shown(name)}, which is not there", "a picture", "Add it, or take the row out."
        )
    if path.stat().st_size > MAX_BYTES:
        raise StimulusError(
            where, f"{name} has {path.stat().st_size:,} bytes", f"at most {MAX_BYTES:,}", "Scale the picture down."
        )
    return path.read_bytes()


def _number(cells: Cells, column: str, highest: int, where: str) -> float | None:
    cell = cells.get(column, "")
    if not cell:
        return None
    try:
        value = float(cell)
    except ValueError:
        value = math.nan
    if not 0 <= value <= highest:
        raise StimulusError(where, f"{column} {shown(cell)}", f"a number from 0 to {highest}", "Correct the cell.")
    if column == "intensity" and 0 < value <= 1:
        remedy = "Write percent: 100 for the full expression, not 1."
        raise StimulusError(where, f"intensity {shown(cell)}, which seems a share", "percent, from 0 to 100", remedy)
    return value


def _weights(cell: str, where: str) -> dict[str, float]:
    def is_weight(value: object) -> bool:
        return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)

    try:
        weights = json.loads(cell)
    except (ValueError, RecursionError):
        weights = None
    if not isinstance(weights, dict) or not all(map(is_weight, weights.values())):
        raise StimulusError(
            where, f"weights {shown(cell)}", 'JSON like {"browDown_L": 0.4}', "Correct the cell or empty it."
        )
    return {str(shape): float(weight) for shape, weight in weights.items()}
