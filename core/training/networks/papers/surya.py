"""Surya & Liu 2023, alexithymia and webcam: three blocks of two convolutions; the best of the five papers."""

from typing import TYPE_CHECKING, Any

from core.domain.network.card import Published
from core.training.augment import Augmentation
from core.training.protocol import Optimiser, Protocol, answers, grey

if TYPE_CHECKING:
    import keras


def surya2023() -> "keras.Model":
    """Three blocks of [convolution, normalisation] twice, pool, dropout; then dense 128."""
    from keras import layers

    rectified: dict[str, Any] = {"activation": "relu", "kernel_initializer": "he_normal"}
    faces, x = grey()
    for block, (filters, dropout) in enumerate(((64, 0.4), (128, 0.4), (256, 0.5)), 1):
        for place in "ab":
            x = layers.Conv2D(filters, 3, padding="same", name=f"conv{block}{place}", **rectified)(x)
            x = layers.BatchNormalization(name=f"norm{block}{place}")(x)
        x = layers.Dropout(dropout)(layers.MaxPooling2D(2)(x))
    x = layers.Dense(128, name="dense", **rectified)(layers.Flatten()(x))
    x = layers.Dropout(0.6)(layers.BatchNormalization(name="norm")(x))
    return answers(faces, x, 7, "surya2023")


SURYA = (
    Protocol(
        "surya2023",
        "three blocks of two convolutions",
        surya2023,
        "Surya & Liu 2023",
        Published(
            0.6824,
            "PrivateTest",
            by_class={
                "precision": (0.604, 0.719, 0.563, 0.877, 0.529, 0.778, 0.635),
                "recall": (0.603, 0.418, 0.405, 0.911, 0.598, 0.776, 0.698),
                "specificity": (0.937, 0.997, 0.946, 0.959, 0.894, 0.971, 0.915),
                "f1": (0.603, 0.529, 0.471, 0.894, 0.561, 0.777, 0.665),
                "accuracy": (0.892, 0.989, 0.866, 0.947, 0.845, 0.948, 0.877),
                "average_precision": (0.67, 0.59, 0.52, 0.95, 0.56, 0.83, 0.71),
                "auc": (0.90, 0.97, 0.84, 0.98, 0.88, 0.97, 0.92),
            },
            note="stopped at epoch 52",
        ),
        epochs=100,
        batch=32,
        optimiser=Optimiser("Nadam", 1e-3),
        changes=Augmentation(rotation=15, zoom=0.15, shift=0.15, shear=0.15),
        patience=11,
        reduce=(0.5, 7),
        silent=(
            "amounts of the changes: rotation 15°, zoom, shift and shear .15, mirror",
            "learning rate: .001, halved after 7 epochs without a lower validation loss; stop after 11",
            "layers as in the authors' published model",
        ),
    ),
)
