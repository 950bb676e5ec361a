"""The shape of a face, measured on the built-in people, whose muscles are known."""

from dataclasses import replace

import numpy as np
import pytest

from core.config import Detector, settings
from core.media.decoder import decode
from core.stimuli.builtin import FOLDER
from core.vision.mesh import FaceMesh, shape_of
from tests.bench.moves import before_a_camera, said

PEOPLE = ("200", "203", "206", "210")
NOTHING = np.full((480, 640), 120, np.uint8)


def test_what_is_said_of_a_place_is_what_the_face_does() -> None:
    rows = said(PEOPLE, times=3, strengths=(0, 100))
    shown, resting = ([row for row in rows if row.strength == strength] for strength in (100, 0))
    assert len(shown) == len(resting) == 10, "two places of four emotions, one of two"
    assert all(row.hardly <= 0.2 * row.tries for row in shown), shown
    assert sum(row.hardly for row in shown) <= 0.05 * sum(row.tries for row in shown)
    assert sum(row.as_meant for row in shown) >= 0.8 * sum(row.tries for row in shown)
    assert sum(row.as_meant for row in resting) <= 0.05 * sum(row.tries for row in resting)


def test_measures_follow_neither_size_nor_tilt_nor_mirror() -> None:
    face = decode((FOLDER / "200" / "surprise_100.webp").read_bytes())
    network = FaceMesh()
    upright = network.shape_of(face)
    assert upright is not None
    chance = np.random.default_rng(2)
    for frame in (face[:, ::-1], *(before_a_camera(face, chance) for _ in range(8))):
        other = network.shape_of(np.ascontiguousarray(frame))
        assert other is not None
        assert other.opening == pytest.approx(upright.opening, abs=0.03)
        assert other.brows == pytest.approx(upright.brows, abs=0.03)
        assert other.corners == pytest.approx(upright.corners, abs=0.015)


def test_no_face_has_no_shape_and_neither_has_one_found_by_the_papers_cascade(monkeypatch: pytest.MonkeyPatch) -> None:
    assert shape_of(NOTHING) is None
    face = decode((FOLDER / "200" / "neutral_000.webp").read_bytes())
    assert shape_of(face) is not None
    haar = replace(settings(), detector=Detector.HAAR)
    monkeypatch.setattr("core.vision.mesh.settings", lambda: haar)
    assert shape_of(face) is None
