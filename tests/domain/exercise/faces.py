"""Made-up stimulus sets with the built-in set's structure, FER-2013's, or less."""

import hashlib
from collections.abc import Iterable

from core.domain.emotions import Emotion
from core.domain.exercise.trials import Stimulus
from core.domain.network.votes import COLUMN

INTENSITIES = (20, 40, 60, 80, 100)


def graded_form(people: int = 16, prefix: str = "p") -> list[Stimulus]:
    """One form of the built-in set: every person at every intensity of six emotions, and neutral."""
    faces: list[Stimulus] = []
    for person in range(people):
        cells = [(e, i) for e in Emotion if e is not Emotion.NEUTRAL for i in INTENSITIES]
        for target, intensity in [*cells, (Emotion.NEUTRAL, 0)]:
            faces.append(
                Stimulus(
                    id=len(faces) + 1,
                    hash=_hash(f"{prefix}{person}{target.word}{intensity}"),
                    target=target,
                    identity=f"{prefix}{person}",
                    intensity=intensity,
                    sex="f" if person % 2 else "m",
                    skin=float(person // 2),
                )
            )
    return faces


def voted(each: int = 30, votes: Iterable[int] = (5, 6, 7, 8, 9, 10)) -> list[Stimulus]:
    """A set like FER-2013: no identities, no intensities, votes of ten people."""
    faces: list[Stimulus] = []
    choices = list(votes)
    for target in Emotion:
        for n in range(each):
            row = [0] * 10
            row[COLUMN[target]] = choices[n % len(choices)]
            row[8] = 10 - row[COLUMN[target]]
            number = len(faces) + 1
            faces.append(Stimulus(number, _hash(f"{number}"), target, votes=tuple(row)))
    return faces


def bare(each: int = 10) -> list[Stimulus]:
    """A set that knows only its targets."""
    return [Stimulus(n, _hash(f"bare{n}"), Emotion(n % 7)) for n in range(7 * each)]


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
