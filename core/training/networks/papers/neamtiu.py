"""Neamtiu 2023, user-facing software: four convolutions, dense 1024. The text follows atulapra/Emotion-detection."""

from typing import TYPE_CHECKING

from core.domain.network.card import Published
from core.training.protocol import Optimiser, Protocol, Split, answers, grey

if TYPE_CHECKING:
    import keras


def neamtiu2023() -> "keras.Model":
    """Four 3×3 convolutions without padding, three pools, dense 1024."""
    from keras import layers

    faces, x = grey()
    x = layers.Conv2D(32, 3, activation="relu", name="conv1")(x)
    x = layers.Conv2D(64, 3, activation="relu", name="conv2")(x)
    x = layers.Dropout(0.25)(layers.MaxPooling2D(2)(x))
    for name in ("conv3", "conv4"):
        x = layers.MaxPooling2D(2)(layers.Conv2D(128, 3, activation="relu", name=name)(x))
    x = layers.Flatten()(layers.Dropout(0.25)(x))
    x = layers.Dropout(0.5)(layers.Dense(1024, activation="relu", name="dense")(x))
    return answers(faces, x, 7, "neamtiu2023")


NEAMTIU = (
    Protocol(
        "neamtiu2023",
        "four convolutions, dense 1024",
        neamtiu2023,
        "Neamtiu 2023",
        Published(0.632, "PublicTest + PrivateTest", note="the paper names PublicTest, its source the 7,178 held out"),
        split=Split.HELD_OUT,
        epochs=50,
        batch=64,
        optimiser=Optimiser("Adam", 1e-4, {"weight_decay": 1e-6}),
        silent=("kernel, optimiser and batch: as in the repository that the text follows (3×3, Adam .0001, 64)",),
    ),
)
