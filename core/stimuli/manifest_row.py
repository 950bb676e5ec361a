"""Manifest row: from its cells to a face, every cell checked."""

import hashlib
import json
import math
from pathlib import Path

from core.domain.emotions import Emotion
from core.stimuli.pictures import MAX_BYTES, decode_grey, probe
from core.stimuli.records import ROLES, Face, StimulusError, shown
from core.stimuli.streams import climbs_out

Cells = dict[str, str]
"""Column name to stripped cell."""

_LONGEST = {"file": 255, "identity": 64, "sex": 16, "variant": 32}


def read_face(folder: Path, cells: Cells, where: str, decode: bool) -> Face:
    """The face that one row describes; the picture is decoded, to see that it is whole, if `decode`."""
    for column, longest in _LONGEST.items():
        if len(cells.get(column, "")) > longest:
            raise StimulusError(
                where, f"{column} {shown(cells[column])}", f"at most {longest} characters", "Shorten it."
            )
    data = _picture(folder, cells["file"], where)
    media_type, _, _ = probe(data, f"{where}, {cells['file']}")
    if decode:
        decode_grey(data, f"{where}, {cells['file']}")
    word = cells.get("target") or cells.get("emotion", "")
    try:
        target = Emotion.from_word(word)
    except ValueError:
        raise StimulusError(
            where,
            f"emotion {shown(word)}",
            " or ".join(emotion.word for emotion in Emotion),
            "Take rows with other emotions out.",
        ) from None
    role = cells.get("role") or "practice"
    if role not in ROLES:
        raise StimulusError(where, f"role {shown(role)}", " or ".join(ROLES), "Correct the cell or empty it.")
    intensity = _number(cells, "intensity", 100, where)
    return Face(
        file=cells["file"],
        picture=data,
        media_type=media_type,
        hash=hashlib.sha256(data).hexdigest(),
        target=target,
        identity=cells.get("identity") or None,
        role=role,
        intensity=None if intensity is None else round(intensity),
        sex=cells.get("sex") or None,
        skin=_number(cells, "skin", 7, where),
        variant=cells.get("variant") or None,
        muscles=_weights(cells["weights"], where) if cells.get("weights") else None,
        checkable=role != "practice",
    )


def _picture(folder: Path, name: str, where: str) -> bytes:
    path = (folder / name).resolve()
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
