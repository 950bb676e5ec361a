"""Recovery: from a file that ships back to a network that can be trained further.

A file holds each convolution with its normalisation: a scale and an offset of each channel. The network that comes of
it answers as the file does. What the normalisation has to know of a channel besides, its mean and spread, is measured
on the training faces, so that training goes on from the same answers.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from core.domain.network.card import Card
from core.training.checkpoint import TrainingError, TrainingProgress
from core.training.evaluate import softmax
from core.training.export import LiteRtNetwork
from core.training.loop import rate_many
from core.training.networks.mirror import mirrored
from core.training.networks.ours import FEATURES
from core.training.protocol import Protocol
from core.training.publish import TOLERANCE

if TYPE_CHECKING:
    import keras

FACES = 2400
"""Training faces on which channels are measured, evenly drawn."""

LOOKED_AT = 20
"""Of these, faces on which a network and its file have to agree."""


@dataclass(frozen=True)
class FoldedConvolution:
    """A convolution as it stands in a file: its result times `scale`, plus `offset`."""

    kernel: NDArray[np.float32]
    """[height, width, in, out]"""
    scale: NDArray[np.float32]
    offset: NDArray[np.float32]


@dataclass(frozen=True)
class FoldedNetwork:
    """The weights in a file of one of ours."""

    convolutions: list[FoldedConvolution]
    heads: dict[int, tuple[NDArray[np.float32], NDArray[np.float32]]]
    """By its number of answers a head's kernel [channels, answers] and bias, divided by its temperature."""


def recovered(
    protocol: Protocol, folders: Sequence[Path], pictures: NDArray[np.uint8]
) -> tuple["keras.Model", TrainingProgress]:
    """The network of `protocol` with the mean of the weights in the files of `folders`, each with its card.

    The mean of networks that were tuned from the same one answers about as well as their mean answer (Wortsman et al.
    2022, arXiv 2203.05482). `pictures`: the training faces, uint8 [n, 48, 48]. Raises TrainingError or ValueError where
    a folder holds no such network.
    """
    import keras

    keras.config.set_dtype_policy("float32")
    model, cards, found = protocol.build(), [], []
    faces = pictures[:: max(len(pictures) // FACES, 1)]
    for folder in folders:
        card, content = _shipped(folder)
        _fill(model, folded(content), card, faces, folder)
        _expect_alike(model, LiteRtNetwork(content, str(folder)), card.temperature, faces[:LOOKED_AT], folder)
        cards.append(card)
        found.append(model.get_weights())
    model.set_weights([np.mean(weights, axis=0) for weights in zip(*found, strict=True)])
    first = cards[0]
    history = [asdict(epoch) | {"rate": 0.0} for epoch in first.history]
    progress = TrainingProgress(
        protocol.key,
        first.runs[0].seed,
        precision=first.setup.precision,
        epoch=first.setup.epochs_run,
        share=1.0,
        best=max(epoch["validation"] for epoch in history),
        history=history,
        options={
            "rate": float(first.setup.optimiser.split("learning rate ")[1].split(",")[0]),
            "learnt": first.learnt,
            "data": list(first.data),
            "recovered": [f"{card.key} {card.version}" for card in cards],
        },
    )
    return model, progress


def folded(content: bytes) -> FoldedNetwork:
    """The weights in a LiteRT file, in the order of its work."""
    from ai_edge_litert.interpreter import Interpreter, OpResolverType

    interpreter = Interpreter(
        model_content=content,
        num_threads=1,
        experimental_preserve_all_tensors=True,
        experimental_op_resolver_type=OpResolverType.BUILTIN_WITHOUT_DEFAULT_DELEGATES,
    )
    interpreter.allocate_tensors()
    interpreter.invoke()  # widens what is stored in float16
    steps = interpreter._get_ops_details()
    constant = {step["outputs"][0] for step in steps if step["op_name"] == "DEQUANTIZE"}

    def array(place: int) -> NDArray[np.float32]:
        return np.asarray(interpreter.get_tensor(place), np.float32)

    convolutions: list[FoldedConvolution] = []
    heads = {}
    for step in steps:
        kind, inputs = step["op_name"], [int(one) for one in step["inputs"]]
        known = [one for one in inputs if one in constant]
        if kind == "CONV_2D" and array(inputs[1]).shape[1:3] != (1, 1):  # places of evidence are no layer of a network
            kernel = array(inputs[1]).transpose(1, 2, 3, 0)
            convolutions.append(FoldedConvolution(kernel, np.ones(kernel.shape[-1], np.float32), array(inputs[2])))
        elif kind in ("MUL", "ADD") and known and convolutions:
            last, value = convolutions[-1], array(known[0])
            if value.shape == last.scale.shape:
                factor, term = (value, 0) if kind == "MUL" else (1, value)
                convolutions[-1] = FoldedConvolution(last.kernel, last.scale * factor, last.offset * factor + term)
        elif kind == "FULLY_CONNECTED":
            kernel = array(inputs[1]).T
            bias = array(inputs[2]) if inputs[2] >= 0 else np.zeros(kernel.shape[1], np.float32)
            heads[kernel.shape[1]] = (kernel, bias)
    return FoldedNetwork(convolutions, heads)


def _fill(model: "keras.Model", weights: FoldedNetwork, card: Card, faces: NDArray[np.uint8], folder: Path) -> None:
    """Put the weights of a file into `model`; raises TrainingError where it has other layers."""
    import keras

    layers: list[Any] = [one for one in model.layers if isinstance(one, keras.layers.Conv2D)]
    warmth = {"label": card.temperature, "crowd": card.crowd_temperature or 1.0}
    heads = [model.get_layer(head) for head in warmth if head in model.output]
    found = [one.kernel.shape for one in weights.convolutions]
    found += [weights.heads[one.units][0].shape for one in heads if one.units in weights.heads]
    if FEATURES not in {one.name for one in model.layers} or found != [
        tuple(one.kernel.shape) for one in (*layers, *heads)
    ]:
        raise TrainingError(f"{folder} holds another network ({card.key}): give those of one layout, with --network")
    for layer in heads:
        kernel, bias = weights.heads[layer.units]
        layer.set_weights([kernel * warmth[layer.name], bias * warmth[layer.name]])
    for layer, one in zip(layers, weights.convolutions, strict=True):
        layer.set_weights([one.kernel])
        norm = model.get_layer(layer.name.removesuffix("_conv") + "_norm")
        seen = keras.Model(model.inputs, norm.input).predict(faces[..., None], batch_size=256, verbose=0)
        mean, variance = seen.mean((0, 1, 2)), seen.var((0, 1, 2))
        norm.set_weights([one.scale * np.sqrt(variance + norm.epsilon), one.offset + mean * one.scale, mean, variance])


def _expect_alike(
    model: "keras.Model", file: LiteRtNetwork, temperature: float, faces: NDArray[np.uint8], folder: Path
) -> None:
    """Raise TrainingError where neither the network nor the one that looks twice answers as the file."""
    said = file.rate(faces)["label"]
    logits = [rate_many(one, faces)["label"] for one in (model, mirrored(model))]
    if (least := min(float(np.abs(softmax(one / temperature) - said).max()) for one in logits)) > TOLERANCE:
        raise TrainingError(
            f"{folder} cannot be recovered: the network differs from its file by {least:.2f} in a probability, at most "
            f"{TOLERANCE} is expected; give one that this software exported with float16 weights"
        )


def _shipped(folder: Path) -> tuple[Card, bytes]:
    """The card and the file; raises TrainingError where one is missing, or they do not belong together."""
    try:
        card = Card.from_json((folder / "card.json").read_text("utf-8"))
        content = (folder / "network.tflite").read_bytes()
    except (OSError, ValueError) as error:
        raise TrainingError(
            f"{folder} holds no network with its card ({error}): give a folder of data/networks"
        ) from error
    if card.weights != "float16" or card.sha256 != hashlib.sha256(content).hexdigest():
        raise TrainingError(
            f"{folder}: the file is not the one of its card, or its weights are {card.weights}; expected float16: give "
            "a folder as publish left it"
        )
    return card, content
