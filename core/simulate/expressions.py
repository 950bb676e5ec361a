"""Simulated expression runs: a person shows what is asked, and the network sees it more or less.

What is seen of an emotion is a mixture of the person's face at rest and of the emotion itself, of which the network
takes a part for its neighbour. Attempts scatter around that mixture (Dirichlet).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.config import VERSION
from core.domain.camera.expression import LENGTH, ExpressionKind
from core.domain.camera.hold import Reading
from core.domain.camera.ladder import Way
from core.domain.devices import Browser
from core.domain.emotions import Emotion
from core.domain.exercise.trials import Stimulus
from core.domain.network.rating import NetworkId
from core.storage.queries.expression_queries import baseline, scored
from core.storage.queries.face_queries import clear

Rows = list[dict[str, Any]]
TAKEN_FOR = {
    Emotion.ANGRY: Emotion.NEUTRAL,
    Emotion.DISGUST: Emotion.ANGRY,
    Emotion.FEAR: Emotion.SURPRISE,
    Emotion.HAPPY: Emotion.NEUTRAL,
    Emotion.SAD: Emotion.NEUTRAL,
    Emotion.SURPRISE: Emotion.FEAR,
    Emotion.NEUTRAL: Emotion.SAD,
}
RECOGNISED = (0.62, 0.55, 0.45, 0.9, 0.58, 0.8, 0.75)
"""Of each emotion, in the order of `Emotion`, the part that the network takes for itself and not for its neighbour."""
_SCATTER = 14.0
_COMES = 0.25


@dataclass
class Camera:
    """One person before the camera. `liveliness`: how much of an emotion their face shows at first, from 0 to 1."""

    random: np.random.Generator
    liveliness: float
    set_id: int
    practice: Sequence[Stimulus]
    network_id: int
    network: NetworkId
    shown: int = 0

    def is_on(self) -> bool:
        """Whether the person shows something today."""
        return bool(self.random.random() < _COMES)

    def run(
        self, at: datetime, person_id: str, browser: Browser, session_id: str, met: Counter[str]
    ) -> tuple[dict[str, Any], Rows]:
        """A run of Show it from `at` on, as a block and its trials. `met`: how often what was met before."""
        block_id, seed = self.random.bytes(16).hex(), int(self.random.integers(2**31))
        began = at
        rows: Rows = []
        rest = self._read(Emotion.NEUTRAL)
        faces = clear(self.practice)
        for number, place in enumerate(self.random.permutation(LENGTH), start=1):
            asked = Emotion(int(place))
            at += timedelta(seconds=float(self.random.uniform(8, 20)))
            fitting = [face for face in faces if face.target is asked]
            rows.append(self._try(block_id, number, fitting[int(self.random.integers(len(fitting)))], at, met))
            rows[-1] |= {"session_id": session_id, "language": browser.language, "device": browser.device}
        self.shown += 1
        block = {
            "id": block_id,
            "person_id": person_id,
            "session_id": session_id,
            "plan_id": None,
            "set_id": self.set_id,
            "task": "expression",
            "kind": ExpressionKind.SHOW.value,
            "blueprint": None,
            "form": None,
            "design": {"way": Way.STREAM.value},
            "seed": seed,
            "length": LENGTH,
            "started_at": began,
            "ended_at": at,
            "stopped": False,
            "hard": None,
            "baseline": baseline(rest, Way.STREAM, self.network),
        }
        return block, rows

    def _try(self, block_id: str, number: int, face: Stimulus, at: datetime, met: Counter[str]) -> dict[str, Any]:
        who = f"{self.set_id}:{face.identity}"
        reading = self._read(face.target)
        row = {
            "block_id": block_id,
            "number": number,
            "stimulus_id": face.id,
            "target": face.target.word,
            "intensity": face.intensity,
            "answered_at": at,
            "earlier_face": met[face.hash],
            "earlier_identity": met[who],
            "network_id": self.network_id,
            **scored(face.target, reading),
            "way": Way.STREAM.value,
            "software": VERSION,
        }
        met.update((face.hash, who))
        return row

    def _read(self, emotion: Emotion) -> Reading:
        """Two seconds of a face that shows `emotion`; liveliness grows a little with every run."""
        share = min(0.95, self.liveliness + 0.02 * self.shown)
        mean = share * _seen(emotion) + (1 - share) * _seen(Emotion.NEUTRAL)
        drawn = self.random.dirichlet(_SCATTER * mean)
        return Reading(tuple(float(entry) for entry in drawn), int(self.random.integers(28, 45)))


def _seen(emotion: Emotion) -> NDArray[np.float64]:
    """What the network makes of a face that shows `emotion` in full."""
    shares: NDArray[np.float64] = np.full(len(Emotion), 0.02)
    shares[emotion] += RECOGNISED[emotion]
    shares[TAKEN_FOR[emotion]] += 1 - RECOGNISED[emotion]
    shares /= shares.sum()
    return shares
