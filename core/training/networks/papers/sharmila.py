"""Sharmila et al. 2023: three networks that name four emotions in colour pictures of 227×227.

The paper's own pictures are not named: FER-2013's faces of the four emotions stand in, grey repeated to colour.
"""

from typing import TYPE_CHECKING, Any

from core.domain.emotions import Emotion
from core.domain.network.card import Published
from core.training.protocol import Optimiser, Protocol, answers, grey

if TYPE_CHECKING:
    import keras

FOUR = (Emotion.ANGRY, Emotion.HAPPY, Emotion.SAD, Emotion.NEUTRAL)
INPUT = 227
SILENT = (
    "faces: FER-2013's of the four emotions, enlarged to 227×227, grey repeated to colour",
    "epochs 30, batch 64, Adam .0001, the split, the loss: ours",
)


def _colour() -> tuple[Any, Any]:
    """The input, and what it is enlarged to: [batch, 227, 227, 3]."""
    from keras import layers

    faces, x = grey()
    x = layers.Resizing(INPUT, INPUT)(x)
    return faces, layers.Concatenate()([x, x, x])


def sharmila2023_alexnet() -> "keras.Model":
    """The layer table of the paper's Fig. 9, AlexNet's layout."""
    from keras import layers

    faces, x = _colour()
    x = layers.Conv2D(96, 11, strides=4, activation="relu", name="conv1")(x)
    x = layers.MaxPooling2D(3, 2)(x)
    x = layers.Conv2D(256, 5, padding="same", activation="relu", name="conv2")(x)
    x = layers.MaxPooling2D(3, 2)(x)
    for number, filters in enumerate((384, 384, 256), 3):
        x = layers.Conv2D(filters, 3, padding="same", activation="relu", name=f"conv{number}")(x)
    x = layers.Flatten()(layers.Dropout(0.5)(layers.MaxPooling2D(3, 2)(x)))
    x = layers.Dense(128, activation="relu", name="dense")(x)
    return answers(faces, x, len(FOUR), "sharmila2023_alexnet")


def sharmila2023_lenet() -> "keras.Model":
    """LeNet-5's layers on the same input."""
    from keras import layers

    faces, x = _colour()
    for number, filters in enumerate((6, 16), 1):
        x = layers.AveragePooling2D(2)(layers.Conv2D(filters, 5, activation="tanh", name=f"conv{number}")(x))
    x = layers.Flatten()(x)
    x = layers.Dense(84, activation="tanh", name="dense2")(layers.Dense(120, activation="tanh", name="dense1")(x))
    return answers(faces, x, len(FOUR), "sharmila2023_lenet")


def sharmila2023_manuelnet() -> "keras.Model":
    """The authors' own network; details are ours to choose: three strided, normalised convolutions, one dense layer."""
    from keras import layers

    faces, x = _colour()
    for number, (filters, kernel, stride) in enumerate(((32, 5, 4), (64, 3, 2), (128, 3, 2)), 1):
        x = layers.Conv2D(filters, kernel, strides=stride, padding="same", use_bias=False, name=f"conv{number}")(x)
        x = layers.ReLU()(layers.BatchNormalization(name=f"norm{number}")(x))
    x = layers.Flatten()(layers.MaxPooling2D(2)(x))
    x = layers.Dropout(0.5)(layers.Dense(128, activation="relu", name="dense")(x))
    return answers(faces, x, len(FOUR), "sharmila2023_manuelnet")


def _protocol(build: Any, title: str, note: str, silent: str) -> Protocol:
    return Protocol(
        build.__name__,
        title,
        build,
        "Sharmila et al. 2023",
        Published(None, "its own pictures", note=note),
        emotions=FOUR,
        epochs=30,
        batch=64,
        optimiser=Optimiser("Adam", 1e-4),
        silent=(*SILENT, silent),
    )


SHARMILA = (
    _protocol(
        sharmila2023_alexnet,
        "AlexNet's layout, four emotions, colour",
        "no figure for this network",
        "dense layer before the last: 128; padding: 'same' but for the first",
    ),
    _protocol(
        sharmila2023_lenet, "LeNet-5's layout, four emotions, colour", "curves only", "all of it: LeNet-5's own layers"
    ),
    _protocol(
        sharmila2023_manuelnet,
        "the authors' own, four emotions, colour",
        "curves only",
        "all of it: three convolutions of stride 4, 2, 2 with 32, 64, 128 filters",
    ),
)
