"""Trejo-Frías et al. 2022, on the prevention of alexithymia: two small networks, ten runs of 100 epochs each."""

from typing import TYPE_CHECKING

from core.domain.network.card import Published
from core.training.protocol import Optimiser, Protocol, answers, grey

if TYPE_CHECKING:
    import keras

PAPER = "Trejo-Frías et al. 2022"
SILENT = ("kernel: 3×3, 'same' padding", "optimiser: Adam, 0.001", "loss: cross-entropy", "batch: 64")


def trejo2022_1() -> "keras.Model":
    """One convolution, two linear dense layers, leaky rectification."""
    from keras import layers

    faces, x = grey()
    x = layers.Conv2D(32, 3, padding="same", name="conv")(x)
    x = layers.LeakyReLU(negative_slope=0.1)(x)
    x = layers.MaxPooling2D(2)(x)
    x = layers.Flatten()(layers.Dropout(0.5)(x))
    x = layers.Dense(32, name="dense2")(layers.Dense(32, name="dense1")(x))
    x = layers.LeakyReLU(negative_slope=0.1)(x)
    return answers(faces, layers.Dropout(0.5)(x), 7, "trejo2022_1")


def trejo2022_2() -> "keras.Model":
    """Three convolutions, four pools, one dense layer."""
    from keras import layers

    faces, x = grey()
    for number, filters in enumerate((32, 64, 128), 1):
        x = layers.Conv2D(filters, 3, padding="same", activation="relu", name=f"conv{number}")(x)
        x = layers.MaxPooling2D(2)(x)
    x = layers.MaxPooling2D(2)(layers.Dropout(0.5)(x))
    x = layers.Flatten()(layers.Dropout(0.5)(x))
    return answers(faces, layers.Dense(128, activation="relu", name="dense")(x), 7, "trejo2022_2")


TREJO = (
    Protocol(
        "trejo2022_1",
        "one convolution, linear dense layers",
        trejo2022_1,
        PAPER,
        Published(
            0.4998,
            "validation, averaged over 10 runs",
            validation=0.4998,
            training=0.6089,
            note="the 60.89 % of the abstract is presumably on the training faces",
        ),
        runs=10,
        batch=64,
        optimiser=Optimiser("Adam", 1e-3),
        silent=SILENT,
    ),
    Protocol(
        "trejo2022_2",
        "three convolutions",
        trejo2022_2,
        PAPER,
        Published(
            0.5542,
            "validation, averaged over 10 runs",
            validation=0.5542,
            training=0.7490,
            note="the 74.90 % of the abstract is presumably on the training faces",
        ),
        runs=10,
        batch=64,
        optimiser=Optimiser("Adam", 1e-3),
        silent=(*SILENT, "last pools: 2×2", "first dropout: 0.5", "dense layer: 128"),
    ),
)
