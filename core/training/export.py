"""LiteRT export: from a trained network to a file, and what such a file answers.

The file takes uint8 [1, 48, 48, 1] and gives `probabilities`, float32 [1, K], softmax and temperature inside. A
network with a crowd head and a layer `features` also gives `crowd`, [1, 8], with a temperature of its own, and `maps`,
[1, 6, 6, 7]: the evidence for each emotion at each place, whose mean over the places is the logit but for the label's
temperature (class activation maps, Zhou et al. 2016, arXiv 1512.04150). Weights are float16, or int8 where a sample
of pictures is given.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from core.training.networks.ours import FEATURES
from core.training.protocol import SIDE

if TYPE_CHECKING:
    import keras

OUTPUTS = {"probabilities": "label", "crowd": "crowd"}
"""A file's outputs of shares, and the head of the network that each is of."""


def convert(
    model: "keras.Model",
    temperature: float,
    crowd_temperature: float | None = None,
    sample: NDArray[np.uint8] | None = None,
) -> bytes:
    """The LiteRT file of a network; with `sample` (uint8 [n, 48, 48]) its weights and sums are int8."""
    import tensorflow as tf

    spec: dict[str, Any] = {"supported_types": [tf.float16], "supported_ops": [tf.lite.OpsSet.TFLITE_BUILTINS]}
    more: dict[str, Any] = {}
    if sample is not None:

        def faces() -> Iterator[list[NDArray[np.uint8]]]:
            yield from ([face[None, :, :, None]] for face in sample)

        spec = {"supported_ops": [tf.lite.OpsSet.TFLITE_BUILTINS_INT8, tf.lite.OpsSet.TFLITE_BUILTINS]}
        more = {"representative_dataset": faces}
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "network.tflite"
        _served(model, temperature, crowd_temperature).export(
            path,
            format="litert",
            verbose=False,
            input_signature=[_signature()],
            optimizations=[tf.lite.Optimize.DEFAULT],
            target_spec=spec,
            **more,
        )
        return path.read_bytes()


def _served(model: "keras.Model", temperature: float, crowd_temperature: float | None) -> "keras.Model":
    """The network as it ships: shares instead of logits, and its evidence place by place where it has such."""
    import keras
    from keras import layers

    def shares(head: str, warmth: float) -> Any:
        return layers.Softmax()(layers.Rescaling(1 / warmth)(model.output[head]))

    outputs = {"probabilities": shares("label", temperature)}
    if "crowd" in model.output:
        outputs["crowd"] = shares("crowd", crowd_temperature or 1.0)
    if FEATURES in {layer.name for layer in model.layers}:
        kernel, bias = model.get_layer("label").get_weights()
        evidence = layers.Conv2D(kernel.shape[1], 1, name="evidence")
        outputs["maps"] = evidence(model.get_layer(FEATURES).output)
        evidence.set_weights([kernel[None, None], bias])
    return keras.Model(model.inputs[0], outputs)


def _signature() -> Any:
    import keras

    return keras.InputSpec(dtype="uint8", shape=(1, SIDE, SIDE, 1))


class LiteRtNetwork:
    """A LiteRT file at work, all of its outputs; raises ValueError when `content` is no network for such faces."""

    def __init__(self, content: bytes, name: str) -> None:
        from ai_edge_litert.interpreter import Interpreter

        try:
            self._interpreter = Interpreter(model_content=content, num_threads=1)
            self._run = self._interpreter.get_signature_runner()
        except (ValueError, RuntimeError) as error:
            raise ValueError(
                f"{name} is no LiteRT network ({str(error)[:80]}): give a .tflite that this software made"
            ) from error
        inputs, outputs = self._run.get_input_details(), self._run.get_output_details()
        found = [(tuple(one["shape"].tolist()), np.dtype(one["dtype"]).name) for one in inputs.values()]
        if found != [((1, SIDE, SIDE, 1), "uint8")] or "probabilities" not in outputs:
            raise ValueError(
                f"{name} takes {found} and gives {sorted(outputs)}; expected one face, uint8 (1, 48, 48, 1), and "
                "'probabilities': give a .tflite that this software made"
            )
        (self._input,) = inputs
        self.classes = int(outputs["probabilities"]["shape"][-1])

    def run(self, face: NDArray[np.uint8]) -> dict[str, NDArray[np.float32]]:
        """Everything it says of one face, uint8 [48, 48], without the leading 1."""
        return {name: np.array(value[0]) for name, value in self._run(**{self._input: face[None, :, :, None]}).items()}

    def rate(self, pictures: NDArray[np.uint8]) -> dict[str, NDArray[np.float32]]:
        """The shares of many faces (uint8 [n, 48, 48]) by head: `label` [n, K], `crowd` [n, 8] where it has one."""
        said = [self.run(face) for face in pictures]
        return {head: np.stack([one[name] for one in said]) for name, head in OUTPUTS.items() if name in said[0]}
