"""A small FER-2013 made of smooth noise, and writers for the forms it is passed on in."""

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from core.config import ROOT
from core.domain.emotions import Emotion

SHARED = ROOT.parent / "shared" / "fer2013"
VOTES_HEADER = "Usage,Image name,neutral,happiness,surprise,sadness,anger,disgust,fear,contempt,unknown,NF"
COLUMN_OF_LABEL = (4, 5, 6, 1, 3, 2, 0)

GeneratedArrays = tuple[NDArray[np.uint8], NDArray[np.int8], list[str]]


def little_fer(rows: int = 70, seed: int = 0) -> GeneratedArrays:
    """Pictures, labels 0–6 in turn, and splits in FER-2013's proportions and order."""
    rng = np.random.default_rng(seed)
    coarse = rng.integers(0, 256, (rows, 12, 12)).astype(np.uint8)
    pixels = np.array([cv2.resize(c, (48, 48), interpolation=cv2.INTER_CUBIC) for c in coarse], np.uint8)
    labels = np.arange(rows).astype(np.int8) % 7
    usages = ["Training" if i < 0.8 * rows else "PublicTest" if i < 0.9 * rows else "PrivateTest" for i in range(rows)]
    return pixels, labels, usages


def table_text(arrays: GeneratedArrays) -> str:
    """fer2013.csv."""
    rows = (f"{e},{' '.join(map(str, p.ravel()))},{u}" for p, e, u in zip(*arrays, strict=True))
    return "\n".join(["emotion,pixels,Usage", *rows, ""])


def icml_text(arrays: GeneratedArrays) -> str:
    """icml_face_data.csv: another order of columns, and blanks before their names."""
    rows = (f"{e},{u},{' '.join(map(str, p.ravel()))}" for p, e, u in zip(*arrays, strict=True))
    return "\n".join(["emotion, Usage, pixels", *rows, ""])


def write_folder(folder: Path, arrays: GeneratedArrays, quality: int = 92) -> Path:
    """train/<label>/Training_1.jpg and so on; the numbers say nothing about the rows."""
    number = np.random.default_rng(1).permutation(len(arrays[1])) + 1_000
    for i, (pixels, label, usage) in enumerate(zip(*arrays, strict=True)):
        part = "train" if usage == "Training" else "test"
        home = folder / part / Emotion(int(label)).word
        home.mkdir(parents=True, exist_ok=True)
        jpeg = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
        (home / f"{usage}_{number[i]}.jpg").write_bytes(jpeg.tobytes())
    return folder


def unanimous(arrays: GeneratedArrays, for_label: int = 8) -> NDArray[np.int16]:
    """Votes in which `for_label` people chose the label and the rest said unknown."""
    counts = np.zeros((len(arrays[1]), 10), np.int16)
    counts[np.arange(len(counts)), np.array(COLUMN_OF_LABEL)[arrays[1]]] = for_label
    counts[:, 8] = 10 - for_label
    return counts


def votes_text(arrays: GeneratedArrays, counts: NDArray[np.int16]) -> str:
    """fer2013new.csv."""
    rows = (
        f"{u},fer{i:07d}.png,{','.join(map(str, c))}" for i, (u, c) in enumerate(zip(arrays[2], counts, strict=True))
    )
    return "\n".join([VOTES_HEADER, *rows, ""])


SAVED_AS: dict[str, Callable[[str], bytes]] = {
    "UTF-8 with its mark": lambda text: text.encode("utf-8-sig"),
    "Excel's Unicode text": lambda text: text.replace("\n", "\r\n").replace(",", "\t").encode("utf-16"),
    "PowerShell's redirection": lambda text: b"\xff\xfe" + text.replace("\n", "\r\n").encode("utf-16-le"),
    "UTF-16, the other order": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    "old Mac's line ends": lambda text: text.replace("\n", "\r").encode(),
    "Excel's separator": lambda text: ("sep=;\r\n" + text.replace(",", ";")).encode("utf-8-sig"),
}
"""A table in text, with commas, as programs save it."""
