"""A network small enough to train in a test, and faces that it can learn: each emotion in stripes of its own width."""

from typing import TYPE_CHECKING

import numpy as np

from core.training.data import Labelled
from core.training.networks import FEATURES, Recipe

if TYPE_CHECKING:
    import keras


def tiny_network(heads: int) -> "keras.Model":
    import keras
    from keras import layers

    faces = keras.Input((48, 48, 1), dtype="uint8")
    x = layers.Rescaling(1 / 127.5, offset=-1.0)(faces)
    x = layers.Conv2D(12, 8, strides=4, use_bias=False)(x)
    x = layers.ReLU(name=FEATURES)(layers.BatchNormalization()(x))
    x = layers.Dropout(0.1)(layers.GlobalAveragePooling2D()(x))
    x = layers.Dense(7 * heads, dtype="float32", name="logits")(x)
    return keras.Model(faces, layers.Reshape((heads, 7), dtype="float32")(x))


TINY = Recipe("tiny", "for tests", tiny_network, epochs=2, batch=14, learning_rate=0.1)


def bars(faces: int, seed: int = 0) -> Labelled:
    """Noise with bright stripes, the closer to each other the smaller the label."""
    rng = np.random.default_rng(seed)
    pictures = rng.integers(60, 120, (faces, 48, 48)).astype(np.uint8)
    labels = np.arange(faces) % 7
    for picture, label in zip(pictures, labels, strict=True):
        picture[:, :: label + 2] = 250
    return Labelled(pictures, labels)
