"""A network small enough to train in a test, and faces that it can learn: each emotion in stripes of its own width."""

from typing import TYPE_CHECKING

import numpy as np

from core.training.augment import Augmentation
from core.training.data import Labelled
from core.training.networks.ours import FEATURES
from core.training.protocol import Optimiser, Protocol, grey

if TYPE_CHECKING:
    import keras


def tiny_network() -> "keras.Model":
    import keras
    from keras import layers

    faces, x = grey(1 / 127.5, -1.0)
    x = layers.Conv2D(12, 8, strides=4, use_bias=False, name="conv")(x)
    x = layers.ReLU(name=FEATURES)(layers.BatchNormalization(name="norm")(x))
    x = layers.Dropout(0.1)(layers.GlobalAveragePooling2D()(x))
    heads = {head: layers.Dense(n, dtype="float32", name=head)(x) for head, n in (("label", 7), ("crowd", 8))}
    return keras.Model(faces, heads)


TINY = Protocol(
    "tiny",
    "for tests",
    tiny_network,
    epochs=2,
    batch=14,
    optimiser=Optimiser("SGD", 0.1, {"momentum": 0.9}),
    changes=Augmentation(rotation=5, shift=0.05, brightness=10),
    cosine=True,
    crowd=True,
)


def bars(faces: int, seed: int = 0) -> Labelled:
    """Noise with bright stripes, the closer to each other the smaller the label."""
    rng = np.random.default_rng(seed)
    pictures = rng.integers(60, 120, (faces, 48, 48)).astype(np.uint8)
    labels = np.arange(faces) % 7
    for picture, label in zip(pictures, labels, strict=True):
        picture[:, :: label + 2] = 250
    return Labelled(pictures, labels)
