"""From a trained network to what ships: one LiteRT file, checked face by face, with its card and its notice.

The file takes uint8 [1, 48, 48, 1] and gives `probabilities`, float32 [1, 7], softmax and temperature inside, and
`maps`, float32 [1, 6, 6, 7] for the compact network: the evidence for each emotion at each place, whose mean over
the places is the logit (class activation maps, Zhou et al. 2016, arXiv 1512.04150). Weights are float16.
"""

import hashlib
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from core.domain.card import Card
from core.domain.emotions import Emotion
from core.domain.rating import NetworkId, Rater
from core.training.data import Labelled, Rendered
from core.training.evaluate import fit_temperature, quality, shares, softmax
from core.training.loop import Progress
from core.training.networks import FEATURES, SIDE, Recipe

if TYPE_CHECKING:
    import keras

Opener = Callable[[bytes, NetworkId], Rater]
"""Makes a rater of a LiteRT file's content: vision's `LiteRtRater`."""

TOLERANCE = 0.02
"""How far a probability of the exported file may be from the network's own; float16 costs 0.001 to 0.01."""

NOTICE = Path(__file__).with_name("NOTICE.md")


@dataclass(frozen=True)
class Origin:
    """What the card says a network was made from, tuned on, and is weak at."""

    data: tuple[str, ...]
    tuned_on: tuple[str, ...]
    limits: tuple[str, ...]


def publish(
    model: "keras.Model",
    recipe: Recipe,
    progress: Progress,
    folder: Path,
    open_rater: Opener,
    *,
    calibration: Labelled,
    tests: Mapping[str, Labelled],
    served: Rendered,
    origin: Origin,
    version: str,
) -> Card:
    """Export `model` to `folder` with card and notice; the first of `tests` is the one that counts.

    The temperature is fitted on `calibration`, every figure is measured with the exported file itself. Raises
    ValueError when the file and the network disagree by more than TOLERANCE.
    """
    temperature = fit_temperature(_logits(model, calibration.pictures), calibration.labels)
    content = convert(model, temperature)
    sha256 = hashlib.sha256(content).hexdigest()
    rater = open_rater(content, NetworkId(recipe.key, version, sha256))
    rated = {name: np.array(rater.rate_many(test.pictures)) for name, test in tests.items()}
    differences = [
        float(np.abs(rated[name] - softmax(_logits(model, test.pictures) / temperature)).max())
        for name, test in tests.items()
    ]
    if max(differences) > TOLERANCE:
        raise ValueError(
            f"the exported file differs from the network by {max(differences):.4f} in a probability; at most "
            f"{TOLERANCE} is expected: export with the TensorFlow version that requirements.txt pins"
        )
    card = Card(
        name=recipe.key,
        version=version,
        date=datetime.now(UTC).date().isoformat(),
        sha256=sha256,
        summary=recipe.summary,
        data=origin.data,
        tuned_on=origin.tuned_on,
        limits=origin.limits,
        seed=progress.seed,
        epochs=progress.epoch,
        chosen_epoch=progress.chosen,
        parameters=int(model.count_params()),
        temperature=temperature,
        largest_difference=max(differences),
        split=next(iter(tests)),
        quality={name: quality(rated[name], test.labels, temperature) for name, test in tests.items()},
        served=shares(np.array(rater.rate_many(served.pictures)), served),
    )
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "network.tflite").write_bytes(content)
    (folder / "card.json").write_text(card.to_json(), encoding="utf-8")
    (folder / "NOTICE.md").write_text(NOTICE.read_text(encoding="utf-8"), encoding="utf-8")
    return card


def convert(model: "keras.Model", temperature: float) -> bytes:
    """The LiteRT file of a network's label head, weights in float16."""
    import tensorflow as tf

    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "network.tflite"
        _served(model, temperature).export(
            path,
            format="litert",
            verbose=False,
            input_signature=[_signature()],
            optimizations=[tf.lite.Optimize.DEFAULT],
            target_spec={"supported_types": [tf.float16], "supported_ops": [tf.lite.OpsSet.TFLITE_BUILTINS]},
        )
        return path.read_bytes()


def _served(model: "keras.Model", temperature: float) -> "keras.Model":
    """The network as it ships: probabilities of the label head, and its evidence place by place."""
    import keras
    from keras import layers

    kernel, bias = model.get_layer("logits").get_weights()
    n = len(Emotion)
    maps_layer = layers.Conv2D(n, 1, name="evidence")
    maps = maps_layer(model.get_layer(FEATURES).output)
    logits = layers.GlobalAveragePooling2D()(maps)
    maps_layer.set_weights([kernel[None, None, :, :n], bias[:n]])
    probabilities = layers.Softmax()(layers.Rescaling(1 / temperature)(logits))
    return keras.Model(model.inputs[0], {"probabilities": probabilities, "maps": maps})


def _signature() -> Any:
    import keras

    return keras.InputSpec(dtype="uint8", shape=(1, SIDE, SIDE, 1))


def _logits(model: "keras.Model", pictures: NDArray[np.uint8]) -> NDArray[np.float32]:
    """The label head's logits of many faces, float32 [n, 7]."""
    return np.concatenate(
        [
            np.asarray(model.predict_on_batch(pictures[i : i + 256, :, :, None]))[:, 0]
            for i in range(0, len(pictures), 256)
        ]
    )
