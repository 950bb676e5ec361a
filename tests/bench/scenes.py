"""Pictures with faces of known place, or without any: built-in people before photographs, clutter, noise or grey.

Faces are cut out softly and laid at a size, tilt and place drawn by a seed; then come light and noise of a camera. The
photographs are two without people that ship with scikit-learn.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial

import cv2
import numpy as np
from numpy.typing import NDArray

from core.media.decoder import decode
from core.stimuli.builtin import FOLDER

Grey = NDArray[np.uint8]
HEIGHT, WIDTH = 480, 640
SIDE, CENTRE = 270, (190, 215)  # of the face, brows to chin, in a built-in picture of 384 × 384
HEAD = ((190, 200), (168, 205))  # an ellipse around it: centre and half axes
CHILD = 0.8  # height of a child's face below the eyes, of an adult's; the forehead takes what is left
EYES = 186  # pixels from the top of a built-in picture


@dataclass(frozen=True)
class Scene:
    """Grey levels, and where faces are: centre x, centre y, side, in pixels."""

    grey: Grey
    faces: tuple[tuple[float, float, float], ...]


Draw = Callable[[np.random.Generator, int], Scene]


def scenes(draw: Draw, number: int, seed: int = 6) -> Iterator[Scene]:
    """`number` scenes, the same ones for the same seed."""
    chance = np.random.default_rng(seed)
    return (draw(chance, i) for i in range(number))


def _one(
    chance: np.random.Generator,
    number: int,
    *,
    sizes: tuple[float, float] = (0.2, 0.6),
    tilt: float = 0,
    people: str = "all",
    change: Callable[[Grey, np.random.Generator], Grey] | None = None,
    beyond: float = 0,
) -> Scene:
    """One face. `sizes`: of the picture's height, from and to. `beyond`: how much of it the picture's edge cuts off."""
    face = _face(chance, people)
    side = float(chance.uniform(*sizes)) * HEIGHT
    across, down = (chance.uniform(0.5 * side, max(length - 0.5 * side, 0.5 * side + 1)) for length in (WIDTH, HEIGHT))
    if beyond:
        across = float(chance.choice([(0.5 - beyond) * side, WIDTH - (0.5 - beyond) * side]))
    face = face if change is None else change(face, chance)
    laid = _laid(face, background(number, chance), (across, down, side), float(chance.choice([-tilt, tilt])))
    return Scene(_taken(laid, chance), ((across, down, side),))


def _group(chance: np.random.Generator, number: int) -> Scene:
    """Two rows of people whose heads touch, some of whom are missing."""
    picture, faces = background(number, chance).astype(np.float32), []
    side = float(chance.uniform(0.13, 0.26)) * HEIGHT
    columns = int(WIDTH / (1.25 * side))
    for row in range(2):
        for column in range(columns):
            if chance.random() < 0.3:
                continue
            at = (WIDTH * (column + 0.5) / columns, HEIGHT * (0.3 + 0.4 * row), side * float(chance.uniform(0.85, 1.0)))
            picture = _laid(_face(chance), picture, at, float(chance.uniform(-15, 15)))
            faces.append(at)
    return Scene(_taken(picture, chance), tuple(faces))


def _tight(chance: np.random.Generator, _: int) -> Scene:
    """A face without surroundings."""
    side, (x, y) = round(SIDE * float(chance.uniform(0.8, 1.0))), CENTRE
    cut = _face(chance)[y - side // 2 : y + side // 2, x - side // 2 : x + side // 2]
    size = int(chance.integers(64, 400))
    return Scene(
        _taken(np.asarray(cv2.resize(cut, (size, size)), np.uint8), chance), ((size / 2, size / 2, size * SIDE / side),)
    )


def _nobody(chance: np.random.Generator, number: int) -> Scene:
    return Scene(_taken(background(number, chance), chance), ())


def _cup(chance: np.random.Generator, number: int) -> Scene:
    """A cup on a table: round, with a handle, light on one side."""
    picture, size = background(number, chance).astype(np.uint8).copy(), int(chance.integers(60, 130))
    x, y = (int(chance.integers(2 * size, length - 2 * size + 1)) for length in (WIDTH + size, HEIGHT + size))
    shade = int(chance.integers(90, 230))
    cv2.ellipse(picture, (x + size, y), (size // 2, size // 2), 0, -90, 90, shade, max(3, size // 8))
    cv2.rectangle(picture, (x - size, y - size), (x + size, y + size), shade, -1)
    cv2.ellipse(picture, (x, y + size), (size, size // 4), 0, 0, 180, shade, -1)
    cv2.ellipse(picture, (x, y - size), (size, size // 4), 0, 0, 360, min(255, shade + 25), -1)
    cv2.ellipse(picture, (x, y - size), (round(0.85 * size), size // 5), 0, 0, 360, shade // 3, -1)
    for band in range(int(chance.integers(4))):
        height = y + round((band / 2 - 0.5) * size)
        cv2.ellipse(picture, (x, height), (size, size // 4), 0, 0, 180, shade // 2, max(2, size // 12))
    return Scene(_taken(picture, chance), ())


def _hidden(face: Grey, chance: np.random.Generator) -> Grey:
    """One half behind something plain: below the nose, left, right, or the eyes behind dark glasses."""
    hidden, (x, y), half = face.copy(), CENTRE, SIDE // 2
    shade = int(chance.integers(20, 235))
    which = int(chance.integers(4))
    if which == 0:
        hidden[y + 15 :, :] = shade
    elif which < 3:
        hidden[:, slice(0, x) if which == 1 else slice(x, None)] = shade
    else:
        for eye in (x - half // 3 - 5, x + half // 3 + 5):
            cv2.ellipse(hidden, (eye, EYES), (44, 30), 0, 0, 360, 25, -1)
    return hidden


def _child(face: Grey, _: np.random.Generator) -> Grey:
    """A larger forehead, a shorter lower face, larger eyes for it."""
    height, width = face.shape
    rows = np.arange(height, dtype=np.float32)
    below = EYES + (rows - EYES) / CHILD
    above = EYES - (EYES - rows) * (EYES / (EYES + (1 - CHILD) * (height - EYES)))
    down = np.where(rows > EYES, below, above).astype(np.float32)
    places = np.meshgrid(np.arange(width, dtype=np.float32), down)
    return np.asarray(cv2.remap(face, *places, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), dtype=np.uint8)


KINDS: dict[str, Draw] = {
    "a fifth to three fifths of the height": _one,
    "a tenth of the height": partial(_one, sizes=(0.09, 0.12)),
    "nine tenths of the height": partial(_one, sizes=(0.85, 0.95)),
    **{f"tilted by {tilt}°": partial(_one, tilt=tilt) for tilt in (15, 30, 45, 60, 75, 90)},
    "half hidden": partial(_one, change=_hidden),
    "a third beyond the edge": partial(_one, beyond=0.33),
    "dark skin": partial(_one, people="dark"),
    "light skin": partial(_one, people="light"),
    "a child’s proportions": partial(_one, change=_child),
    "nothing around the face": _tight,
    "groups": _group,
    "no face": _nobody,
    "no face, a cup": _cup,
}


def background(number: int, chance: np.random.Generator) -> Grey:
    """One of five kinds, by turns."""
    kind, pictures = number % 5, photographs()
    if kind < len(pictures):
        left, top = int(chance.integers(960 - WIDTH)), int(chance.integers(640 - HEIGHT))
        cut = pictures[kind][top : top + HEIGHT, left : left + WIDTH]
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


@cache
def photographs() -> tuple[Grey, ...]:
    """Two without people, grey, 640 × 960."""
    from sklearn.datasets import load_sample_images

    found = (cv2.cvtColor(one, cv2.COLOR_RGB2GRAY) for one in load_sample_images().images)
    return tuple(np.asarray(cv2.resize(one, (960, 640)), dtype=np.uint8) for one in found)


def _face(chance: np.random.Generator, people: str = "all") -> Grey:
    """A built-in face at full intensity or at rest. `people`: all, or the dark or the light third of them."""
    ordered = _by_skin()
    third = len(ordered) // 3
    who = {"all": ordered, "dark": ordered[:third], "light": ordered[-third:]}[people]
    files = sorted([*(FOLDER / who[int(chance.integers(len(who)))]).glob("*_100.webp")])
    return decode(files[int(chance.integers(len(files)))].read_bytes())


@cache
def _by_skin() -> tuple[str, ...]:
    """The built-in people, those of the darkest cheeks first."""
    (x, y), cheeks = CENTRE, {}
    for folder in FOLDER.iterdir():
        if folder.is_dir():
            neutral = decode((folder / "neutral_000.webp").read_bytes())
            cheeks[folder.name] = float(np.median(neutral[y : y + 50, x - 70 : x + 70]))
    return tuple(sorted(cheeks, key=lambda name: (cheeks[name], name)))


def _laid(
    face: Grey, picture: Grey | NDArray[np.float32], at: tuple[float, float, float], tilt: float
) -> NDArray[np.float32]:
    across, down, side = at
    turn = cv2.getRotationMatrix2D(CENTRE, tilt, side / SIDE)
    turn[:, 2] += np.array([across - CENTRE[0], down - CENTRE[1]])
    mask = np.zeros(face.shape, np.float32)
    cv2.ellipse(mask, *HEAD, 0, 0, 360, 1, -1)
    reduce = cv2.INTER_AREA if side < SIDE else cv2.INTER_LINEAR
    moved = cv2.warpAffine(face, turn, (WIDTH, HEIGHT), flags=reduce, borderMode=cv2.BORDER_REPLICATE)
    there = cv2.warpAffine(cv2.GaussianBlur(mask, (0, 0), 6), turn, (WIDTH, HEIGHT))
    return np.asarray(there * moved + (1 - there) * picture, dtype=np.float32)


def _taken(picture: Grey | NDArray[np.float32], chance: np.random.Generator) -> Grey:
    """With the light, down to a seventh, and the noise of a camera."""
    lit = (
        255 * (np.clip(picture.astype(np.float64), 0, 255) / 255) ** chance.uniform(0.6, 1.6) * chance.uniform(0.15, 1)
    )
    noisy = lit + chance.normal(0, chance.uniform(0, 8), lit.shape)
    return np.asarray(noisy.clip(0, 255), dtype=np.uint8)
