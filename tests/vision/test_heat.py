"""From maps of evidence to the heat that lies over a face."""

import numpy as np

from core.vision.heat import heat


def test_heat_is_strongest_where_the_evidence_for_the_answer_is() -> None:
    maps = np.zeros((6, 6, 7), np.float32)
    maps[4, 2, 3] = 8
    maps[1, 1, 3] = 4
    values = np.frombuffer(heat(maps, 3), np.uint8).reshape(6, 6)
    assert values[4, 2] == 255
    assert values[1, 1] == 128
    assert values.sum() == 255 + 128


def test_what_speaks_for_all_answers_alike_speaks_for_none() -> None:
    maps = np.zeros((6, 6, 7), np.float32)
    maps[0, 0] = 9
    maps[3, 3, 2] = 1
    values = np.frombuffer(heat(maps, 2), np.uint8).reshape(6, 6)
    assert values[0, 0] == 0
    assert values[3, 3] == 255


def test_no_evidence_is_no_heat() -> None:
    assert heat(np.zeros((6, 6, 7), np.float32), 0) == bytes(36)
