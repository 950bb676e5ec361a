"""How often the detector finds a face of known place, and how often it finds one where there is none.

    python -m tests.bench.haar [--choose]

Each frame is a built-in face, cut out softly, at a size, tilt and place drawn by a seed, on a background: two
photographs without people that ship with scikit-learn, clutter, noise of natural spectrum, or one grey; then light and
noise of a camera. `--choose` compares settings of the cascade, which is how the shipped ones were chosen. A later
detector can be put in their place: `find` takes grey levels and returns boxes.
"""

import argparse
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from time import thread_time

import cv2
import numpy as np
from numpy.typing import NDArray

from core.media.decoder import decode
from core.stimuli.builtin import FOLDER
from core.vision.faces import Box, FaceFinder
from core.vision.reader import LONGEST, SMALLEST, finder

HEIGHT, WIDTH = 480, 640
SIDE, CENTRE = 270, (190, 215)  # of the face, brows to chin, in a built-in picture of 384 × 384
HEAD = ((190, 200), (168, 205))  # an ellipse around it: centre and half axes
SIZES = (0.15, 0.2, 0.3, 0.45, 0.6)  # of the frame's height
TILTS = (0, 10, 20, 30)  # degrees to either side
OVERLAP = 0.4  # shared area over joint area from which on a find is the face
Find = Callable[[NDArray[np.uint8]], list[Box]]


@dataclass(frozen=True)
class Frame:
    """Grey levels [480, 640], and where the face is: centre x, centre y, side, in pixels; its size and tilt."""

    grey: NDArray[np.uint8]
    face: tuple[float, float, float]
    size: float
    tilt: int


@dataclass(frozen=True)
class DetectorResult:
    """What was found in how many frames."""

    hits: dict[tuple[float, int], list[bool]]
    """By (size, tilt)."""
    false: int
    """Finds that are no face."""
    frames: int
    milliseconds: float
    """For one frame."""

    def rate(self, sizes: tuple[float, ...] = SIZES, tilts: tuple[int, ...] = TILTS) -> float:
        return float(np.mean([hit for size, tilt in product(sizes, tilts) for hit in self.hits[size, tilt]]))


def frames(each: int, seed: int = 6) -> Iterator[Frame]:
    """`each` frames of every size and tilt, the same ones for the same seed."""
    chance = np.random.default_rng(seed)
    files = sorted([*FOLDER.glob("*/*_100.webp"), *FOLDER.glob("*/neutral_000.webp")])
    pictures = photographs()
    for size, tilt, number in product(SIZES, TILTS, range(each)):
        file = files[int(chance.integers(len(files)))]
        background = _background(number % 5, pictures, chance)
        yield _composite(decode(file.read_bytes()), background, size, tilt, chance)


def measure(find: Find, each: int = 40) -> DetectorResult:
    """Let `find` search all frames."""
    hits: dict[tuple[float, int], list[bool]] = {cell: [] for cell in product(SIZES, TILTS)}
    false, took = 0, []
    for frame in frames(each):
        began = thread_time()
        found = find(frame.grey)
        took.append(1000 * (thread_time() - began))
        right = [box for box in found if _overlap(box, frame.face) >= OVERLAP]
        hits[frame.size, frame.tilt].append(bool(right))
        false += len(found) - len(right[:1])
    return DetectorResult(hits, false, len(took), float(np.median(took)))


def _composite(
    face: NDArray[np.uint8], background: NDArray[np.uint8], size: float, tilt: int, chance: np.random.Generator
) -> Frame:
    side = size * HEIGHT
    across, down = (chance.uniform(0.5 * side, length - 0.5 * side) for length in (WIDTH, HEIGHT))
    turn = cv2.getRotationMatrix2D(CENTRE, float(chance.choice([-tilt, tilt])), side / SIDE)
    turn[:, 2] += np.array([across - CENTRE[0], down - CENTRE[1]])
    mask = np.zeros(face.shape, np.float32)
    cv2.ellipse(mask, *HEAD, 0, 0, 360, 1, -1)
    reduce = cv2.INTER_AREA if side < SIDE else cv2.INTER_LINEAR
    moved = cv2.warpAffine(face, turn, (WIDTH, HEIGHT), flags=reduce, borderMode=cv2.BORDER_REPLICATE)
    there = cv2.warpAffine(cv2.GaussianBlur(mask, (0, 0), 6), turn, (WIDTH, HEIGHT))
    mixed = np.clip(there * moved + (1 - there) * background, 0, 255)
    lit = 255 * (mixed / 255) ** chance.uniform(0.6, 1.6) * chance.uniform(0.15, 1)
    noisy = lit + chance.normal(0, chance.uniform(0, 8), lit.shape)
    return Frame(noisy.clip(0, 255).astype(np.uint8), (across, down, side), size, tilt)


def photographs() -> list[NDArray[np.uint8]]:
    """Two without people, grey, 640 × 960."""
    from sklearn.datasets import load_sample_images

    return [cv2.resize(cv2.cvtColor(one, cv2.COLOR_RGB2GRAY), (960, 640)) for one in load_sample_images().images]


def _background(kind: int, photographs: list[NDArray[np.uint8]], chance: np.random.Generator) -> NDArray[np.uint8]:
    if kind < len(photographs):
        left, top = int(chance.integers(960 - WIDTH)), int(chance.integers(640 - HEIGHT))
        cut = photographs[kind][top : top + HEIGHT, left : left + WIDTH]
        return cut[:, ::-1] if chance.random() < 0.5 else cut
    if kind == 2:  # edges and corners of things
        cluttered = np.full((HEIGHT, WIDTH), int(chance.integers(60, 200)), np.uint8)
        for _ in range(60):
            x, y, w, h = (int(chance.integers(most)) for most in (WIDTH, HEIGHT, 160, 160))
            shade = int(chance.integers(256))
            if chance.random() < 0.5:
                cv2.rectangle(cluttered, (x, y), (x + w, y + h), shade, -1)
            else:
                cv2.ellipse(cluttered, (x, y), (w // 2 + 1, h // 2 + 1), 0, 0, 360, shade, -1)
        return cluttered
    if kind == 3:  # amplitude 1/frequency, as in photographs
        rows, columns = np.fft.fftfreq(HEIGHT)[:, None], np.fft.rfftfreq(WIDTH)[None, :]
        waves = np.fft.rfft2(chance.normal(size=(HEIGHT, WIDTH))) / np.maximum(np.hypot(rows, columns), 1 / WIDTH)
        noise = np.fft.irfft2(waves, (HEIGHT, WIDTH))
        return np.asarray((128 + 45 * noise / noise.std()).clip(0, 255), dtype=np.uint8)
    return np.full((HEIGHT, WIDTH), int(chance.integers(40, 220)), np.uint8)


def _overlap(box: Box, face: tuple[float, float, float]) -> float:
    x, y, side = face
    across = min(box.left + box.side, x + side / 2) - max(box.left, x - side / 2)
    down = min(box.top + box.side, y + side / 2) - max(box.top, y - side / 2)
    shared = max(0.0, across) * max(0.0, down)
    return shared / (box.side**2 + side**2 - shared)


CANDIDATES = {
    f"{cascade}, {neighbours} neighbours": FaceFinder(LONGEST, SMALLEST, neighbours, cascade)
    for cascade, neighbours in product(("default", "alt2"), (2, 3, 4))
}


def row(name: str, result: DetectorResult) -> str:
    """Hit rates of upright faces, of tilted ones and of the smallest; false finds in 100 frames; milliseconds."""
    usual = SIZES[1:]
    rates = (result.rate(usual, (0, 10)), result.rate(usual, (20,)), result.rate(usual, (30,)))
    shares = " | ".join(f"{rate:.0%}" for rate in (*rates, result.rate(SIZES[:1], (0, 10))))
    return f"| {name} | {shares} | {100 * result.false / result.frames:.1f} | {result.milliseconds:.1f} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--choose", action="store_true", help="compare settings of the cascade")
    parser.add_argument("--each", type=int, default=40, help="frames of every size and tilt")
    options = parser.parse_args()
    cv2.setNumThreads(1)  # milliseconds are of one core
    print("| detector | to 10° | 20° | 30° | smallest | false in 100 frames | ms |\n|---|---|---|---|---|---|---|")
    for name, candidate in CANDIDATES.items() if options.choose else ():
        print(row(name, measure(candidate.find, options.each)), flush=True)
    shipped = measure(finder().find, options.each)
    print(row("as shipped", shipped))
    print("\n| size, of the frame’s height | " + " | ".join(f"{tilt}°" for tilt in TILTS) + " |\n|---|---|---|---|---|")
    for size in SIZES:
        print(f"| {size:.0%} | " + " | ".join(f"{shipped.rate((size,), (tilt,)):.0%}" for tilt in TILTS) + " |")


if __name__ == "__main__":
    main()
