"""The shipped network at work."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from shutil import copytree

import numpy as np
import pytest

from core.config import ROOT
from core.domain.emotions import Emotion
from core.domain.network.rating import NetworkId, Rater
from core.media.decoder import decode
from core.stimuli.builtin import read_builtin
from core.stimuli.pictures import grey_png
from core.vision.crop import prepare
from core.vision.faces import find_portrait
from core.vision.rater import LiteRtRater, default_card, load, load_default
from core.vision.shipped import DEFAULT

FACES = [face for face in read_builtin()[1] if face.intensity == 100][::9]
CROPS = [prepare(face.picture) for face in FACES]


def test_the_shipped_network_is_a_rater_and_says_who_it_is() -> None:
    rater: Rater = load_default()
    assert rater.network == default_card().network
    assert len(rater.network.hash) == 64


def test_a_rating_is_seven_probabilities() -> None:
    for rating in load_default().rate_many(CROPS):
        assert len(rating) == len(Emotion)
        assert sum(rating) == pytest.approx(1, abs=1e-4)
        assert min(rating) >= 0


def test_most_clear_built_in_faces_are_read_as_intended() -> None:
    answers = np.array(load_default().rate_many(CROPS)).argmax(1)
    assert np.mean(answers == [face.target for face in FACES]) > 0.7


def test_an_encoded_picture_is_rated_as_its_face_and_the_box_says_where_that_is() -> None:
    look = load_default().look(FACES[0].picture)
    grey = decode(FACES[0].picture)
    box = find_portrait(grey)
    assert look.probabilities == load_default().rate(CROPS[0])
    assert look.box == tuple(edge / grey.shape[0] for edge in (box.left, box.top, box.side, box.side))


def test_a_48_by_48_picture_is_seen_whole() -> None:
    small = grey_png(CROPS[0])
    look = load_default().look(small)
    assert look.box == (0, 0, 1, 1)
    assert look.probabilities == load_default().rate(CROPS[0])


def test_where_the_network_looked_lies_on_the_face() -> None:
    for face in FACES:
        heat = np.frombuffer(load_default().look(face.picture).heat or b"", np.uint8).reshape(6, 6)
        assert heat.max() == 255
        assert heat[1:5, 1:5].sum() > heat.sum() / 2


def test_threads_may_share_a_rater() -> None:
    rater = load_default()
    expected = rater.rate_many(CROPS)
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(rater.rate, CROPS * 10)) == expected * 10


@pytest.mark.parametrize(
    "face", [np.zeros((48, 48, 1), np.uint8), np.zeros((64, 64), np.uint8), np.zeros((48, 48), np.float32)]
)
def test_a_face_of_another_shape_or_type_is_refused(face: np.ndarray) -> None:
    with pytest.raises(ValueError, match="expected \\(48, 48\\), uint8"):
        load_default().rate(face)


def test_a_network_that_is_not_its_cards_is_refused(tmp_path: Path) -> None:
    folder = Path(copytree(DEFAULT, tmp_path / "network"))
    with (folder / "network.tflite").open("ab") as file:
        file.write(b"x")
    with pytest.raises(ValueError, match="its card says"):
        load(folder)


def test_a_folder_without_a_network_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"card\.json cannot be used"):
        load(tmp_path)


def test_bytes_that_are_no_network_are_refused() -> None:
    with pytest.raises(ValueError, match="no LiteRT network"):
        LiteRtRater(b"no network at all", NetworkId("broken", "1", ""))


@pytest.mark.parametrize("place", [0.2, 0.4, 0.5])
def test_a_damaged_network_is_refused_before_it_answers_nonsense(place: float) -> None:
    whole = (DEFAULT / "network.tflite").read_bytes()
    at = int(place * len(whole))
    damaged = whole[:at] + 4_000 * b"\xff" + whole[at + 4_000 :]
    with pytest.raises(ValueError, match=r"no LiteRT network .it answers .nan"):
        LiteRtRater(damaged, NetworkId("damaged", "1", ""))


def test_rating_never_imports_tensorflow() -> None:
    program = (
        "import sys, numpy; from core.vision.rater import load_default;"
        "load_default().rate(numpy.zeros((48, 48), numpy.uint8));"
        "print({name.split('.')[0] for name in sys.modules} & {'tensorflow', 'keras', 'torch', 'jax'})"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_what_feedback_says_of_the_network_on_built_in_faces_is_so() -> None:
    """Feedback tells that it reads light skin better, and these faces more easily than photographs."""
    rate = {(share.by, share.group): share.rate for share in default_card().served}
    assert rate["skin", "light"] > rate["skin", "dark"]
    assert rate["intensity", "100 %"] > default_card().quality["PrivateTest"].accuracy
