"""How often a place of a face is said to have moved, or hardly to: built-in faces beside their own faces at rest.

    python -m tests.bench.moves

Each picture is turned, reduced, moved, stretched by a hundredth, blurred and made noisy by chance, as a head before a
camera is from one try to the next. Each cell: said to have moved as meant, said to have hardly moved, in percent of the
tries; under 0 % those in which the face stayed at rest.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from core.domain.camera.shape import FaceShape, Moved, moved
from core.domain.emotions import Emotion
from core.domain.exercise.places import FacePlace
from core.media.decoder import decode
from core.stimuli.builtin import FOLDER
from core.vision.boxes import Grey
from core.vision.mesh import FaceMesh

STRENGTHS = (0, 40, 60, 80, 100)
HEIGHT, WIDTH = 480, 640


@dataclass(frozen=True)
class SaidOf:
    """Of how many tries of an emotion what was said of a place."""

    emotion: Emotion
    place: FacePlace
    strength: int
    tries: int
    as_meant: int
    hardly: int


def before_a_camera(face: Grey, chance: np.random.Generator) -> Grey:
    """`face` ([side, side]) as a frame of a camera."""
    side = face.shape[0]
    placed = cv2.getRotationMatrix2D((side / 2, side / 2), chance.uniform(-8, 8), chance.uniform(0.7, 1.1))
    placed[:, 2] += WIDTH / 2 - side / 2 + chance.uniform(-40, 40), HEIGHT / 2 - side / 2 + chance.uniform(-20, 20)
    placed[:, :2] @= np.array([[1, chance.normal() / 100], [0, 1 + chance.normal() / 100]])
    frame = cv2.GaussianBlur(
        cv2.warpAffine(face, placed, (WIDTH, HEIGHT), borderValue=128), (0, 0), chance.uniform(0.3, 1.2)
    )
    noisy = frame * (1 + chance.normal() / 10) + chance.normal(size=frame.shape) * 5
    return np.asarray(noisy.clip(0, 255), np.uint8)


def said(people: Sequence[str], times: int, strengths: Sequence[int] = STRENGTHS, seed: int = 1) -> list[SaidOf]:
    """What is said of each emotion but neutral, shown `times` times by each of the `people` at each of `strengths`."""
    chance, mesh, found = np.random.default_rng(seed), FaceMesh(), Counter[tuple[Emotion, FacePlace, int, Moved]]()

    def shape(person: str, name: str) -> FaceShape:
        seen = mesh.shape_of(before_a_camera(decode((FOLDER / person / f"{name}.webp").read_bytes()), chance))
        assert seen is not None, f"no face found in {person}/{name}"
        return seen

    emotions = [emotion for emotion in Emotion if emotion is not Emotion.NEUTRAL]
    for person in people:
        for _ in range(times):
            for emotion in emotions:
                for strength in strengths:
                    rest = shape(person, "neutral_000")
                    shown = shape(person, f"{emotion.word}_{strength:03}" if strength else "neutral_000")
                    for place, how in moved(emotion, rest, shown).items():
                        found[emotion, place, strength, how] += 1
    return [
        SaidOf(
            *(emotion, place, strength, len(people) * times),
            *(found[emotion, place, strength, how] for how in (Moved.AS_MEANT, Moved.HARDLY)),
        )
        for emotion, place in sorted({key[:2] for key in found})
        for strength in strengths
    ]


def main() -> None:
    people = sorted(path.name for path in FOLDER.iterdir() if path.is_dir())
    rows = said(people, times=5)
    print(f"| emotion, place | {' | '.join(f'{strength} %' for strength in STRENGTHS)} |")
    print("|---|" + "---|" * len(STRENGTHS))
    for emotion, place in dict.fromkeys((row.emotion, row.place) for row in rows):
        of = [row for row in rows if (row.emotion, row.place) == (emotion, place)]
        cells = (f"{100 * row.as_meant / row.tries:.0f}, {100 * row.hardly / row.tries:.0f}" for row in of)
        print(f"| {emotion.word}, {place} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
