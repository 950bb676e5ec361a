"""Mirror images: a network that looks at a face and at its mirror image, and answers with the mean of both.

What is averaged are the last feature maps, those of the mirror image turned back: the heads on their mean over places
are linear, so that each logit is the mean of both and class activation maps stay exact. It costs a second look.
"""

from typing import TYPE_CHECKING

from core.training.networks.ours import FEATURES
from core.training.protocol import SIDE, Protocol

if TYPE_CHECKING:
    import keras


def answering(protocol: Protocol, model: "keras.Model") -> "keras.Model":
    """The network as it is measured and ships: `model`, or one of the same weights that looks twice."""
    return mirrored(model) if protocol.mirrored else model


def mirrored(model: "keras.Model") -> "keras.Model":
    """A network of the same weights, input, heads and `features` that also looks at the mirror image."""
    import keras
    from keras import layers, ops

    body = keras.Model(model.inputs, model.get_layer(FEATURES).output, name="body")
    faces = keras.Input((SIDE, SIDE, 1), dtype="uint8", name="face")
    face, image = ops.split(body(ops.concatenate([faces, ops.flip(faces, axis=2)])), 2)
    seen = layers.Average(name=FEATURES)([face, ops.flip(image, axis=2)])
    pooled = layers.GlobalAveragePooling2D()(seen)
    return keras.Model(faces, {head: model.get_layer(head)(pooled) for head in model.output}, name=model.name)
