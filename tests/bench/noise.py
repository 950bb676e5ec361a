"""What smoothing does to noisy pictures: built-in faces found and named as meant, with it and without.

    python -m tests.bench.noise

The faces at full strength and the neutral ones, reduced so that a face is 70 or 140 pixels wide, as a camera has it
in a room; noise as of a dark room (normal, by its standard deviation in grey levels) or of broken points.
"""

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from core.domain.emotions import Emotion
from core.domain.network.rating import Rater
from core.media.decoder import decode
from core.stimuli.builtin import FOLDER
from core.vision.crop import crop
from core.vision.denoise import denoised
from core.vision.faces import picture_finder
from core.vision.rater import load_default

Picture = NDArray[np.uint8]
SIDES = (100, 200)
NOISES = ("none", "normal 10", "normal 20", "normal 30", "points 5 %")


@dataclass(frozen=True)
class Named:
    """Of how many faces how many were found, and named as meant."""

    faces: int
    found: int
    right: int


def noisy(grey: Picture, noise: str, chance: np.random.Generator) -> Picture:
    if noise.startswith("normal"):
        spread = float(noise.split()[1])
        return (grey + chance.normal(0, spread, grey.shape)).clip(0, 255).astype(np.uint8)
    if noise.startswith("points"):
        struck = chance.random(grey.shape) < 0.05
        return np.where(struck, chance.choice([0, 255], grey.shape), grey).astype(np.uint8)
    return grey


def measure(smooth: Callable[[Picture], Picture], rater: Rater, noise: str, side: int, every: int = 2) -> Named:
    """Every n-th face, `side` pixels wide with its surroundings."""
    chance, finder = np.random.default_rng(6), picture_finder()
    files = sorted([*FOLDER.glob("*/*_100.webp"), *FOLDER.glob("*/neutral_000.webp")])[::every]
    found = right = 0
    for file in files:
        small = cv2.resize(decode(file.read_bytes()), (side, side), interpolation=cv2.INTER_AREA)
        grey = smooth(noisy(np.asarray(small, dtype=np.uint8), noise, chance))
        boxes = finder.find(grey)
        if boxes:
            found += 1
            rated = rater.rate(crop(grey, boxes[0]))
            right += Emotion(rated.index(max(rated))) is Emotion.from_word(file.stem.split("_")[0])
    return Named(len(files), found, right)


def main() -> None:
    rater = load_default()
    print("| noise | picture | found | named as meant | found, smoothed | named as meant, smoothed |")
    print("|---|---|---|---|---|---|")
    for side in SIDES:
        for noise in NOISES:
            plain, smoothed = (measure(way, rater, noise, side) for way in (lambda grey: grey, denoised))
            shares = (f"{n / one.faces:.0%}" for one in (plain, smoothed) for n in (one.found, one.right))
            print(f"| {noise} | {side} px | {' | '.join(shares)} |", flush=True)


if __name__ == "__main__":
    main()
