"""From a trained network to the file that ships: what the file answers, and when it is refused."""

from pathlib import Path

import numpy as np
import pytest

from core.training.evaluate import softmax
from core.training.export import LiteRtNetwork, convert
from core.training.loop import rate_many
from core.training.networks.registry import NETWORKS, protocol

FACES = np.random.default_rng(0).integers(0, 256, (12, 48, 48)).astype(np.uint8)
OTHERS = ("compact", "trejo2022_2", "surya2023", "jaramillo2023_1", "sharmila2023_manuelnet")
SMALL = ("quick", *(pytest.param(key, marks=pytest.mark.slow) for key in OTHERS))


def seasoned(key: str) -> object:
    """A fresh network whose moving averages are those of one that has seen faces, not zeros and ones."""
    import keras

    keras.utils.set_random_seed(1)
    model = protocol(key).build()
    for layer in model.layers:
        if layer.name.startswith("batch_normalization"):
            layer.moving_variance.assign(np.full(layer.moving_variance.shape, 0.5, np.float32))
    return model


@pytest.mark.parametrize("key", SMALL)
def test_the_exported_file_agrees_with_the_network_face_by_face(key: str) -> None:
    model = seasoned(key)
    logits = rate_many(model, FACES)
    said = LiteRtNetwork(convert(model, 1.5, 0.8), key).rate(FACES)
    assert set(said) == set(logits)
    assert said["label"].shape == (len(FACES), len(NETWORKS[key].emotions))
    for head, temperature in (("label", 1.5), ("crowd", 0.8)):
        if head in said:
            assert np.abs(said[head] - softmax(logits[head] / temperature)).max() < 0.02


@pytest.mark.slow
def test_the_maps_of_ours_add_up_to_the_evidence_for_each_emotion() -> None:
    model = seasoned("quick")
    file = LiteRtNetwork(convert(model, 1.0, 1.0), "quick")
    for face, logits in zip(FACES, rate_many(model, FACES)["label"], strict=True):
        maps = file.run(face)["maps"]
        assert maps.shape == (6, 6, 7)
        assert maps.mean((0, 1)) == pytest.approx(logits, rel=0, abs=2e-3 * float(np.abs(logits).max()))


@pytest.mark.slow
def test_int8_weights_make_a_smaller_file_that_says_about_the_same() -> None:
    model = seasoned("quick")
    whole, small = convert(model, 1.0, 1.0), convert(model, 1.0, 1.0, FACES)
    assert len(small) < 0.75 * len(whole)
    one, other = (LiteRtNetwork(content, "quick").rate(FACES)["label"] for content in (whole, small))
    assert np.abs(one - other).max() < 0.2


def test_bytes_that_are_no_network_are_refused() -> None:
    with pytest.raises(ValueError, match="some bytes is no LiteRT network"):
        LiteRtNetwork(b"no network at all", "some bytes")


def test_a_file_for_something_else_is_refused(tmp_path: Path) -> None:
    import keras

    other = keras.Sequential([keras.Input((4,), batch_size=1), keras.layers.Dense(2)])
    other.export(tmp_path / "other.tflite", format="litert", verbose=False)
    with pytest.raises(ValueError, match=r"expected one face, uint8 \(1, 48, 48, 1\)"):
        LiteRtNetwork((tmp_path / "other.tflite").read_bytes(), "other")
