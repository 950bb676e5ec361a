"""Jaramillo & Ghafari 2023: six networks on six emotions, without disgust, on a random split of the whole set."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from core.domain.emotions import Emotion
from core.domain.network.card import Published
from core.training.augment import Augmentation
from core.training.protocol import Optimiser, Protocol, Split, answers, grey

if TYPE_CHECKING:
    import keras

SIX = tuple(emotion for emotion in Emotion if emotion is not Emotion.DISGUST)
ROUNDS = "epochs: at most 50 where no stopping is named; the epoch with the best validation accuracy counts"


def jaramillo2023_1() -> "keras.Model":
    """Three blocks of convolution, normalisation, pool."""
    from keras import layers

    faces, x = grey()
    for number, filters in enumerate((32, 64, 128), 1):
        x = layers.Conv2D(filters, 3, padding="same", activation="relu", name=f"conv{number}")(x)
        x = layers.MaxPooling2D(2)(layers.BatchNormalization(name=f"norm{number}")(x))
    x = layers.Dropout(0.5)(layers.Dense(128, activation="relu", name="dense")(layers.Flatten()(x)))
    return answers(faces, x, len(SIX), "jaramillo2023_1")


def jaramillo2023(dense: int, dropout: float, l2: float | None, name: str) -> "keras.Model":
    """Two convolutions of 32, two of 64, one pool, one dense layer."""
    from keras import layers, regularizers

    def convolve(x: Any, filters: int, name: str) -> Any:
        return layers.Conv2D(filters, 3, padding="same", activation="relu", name=name)(x)

    faces, x = grey()
    x = layers.BatchNormalization(name="norm")(convolve(convolve(x, 32, "conv1"), 32, "conv2"))
    x = layers.MaxPooling2D(2)(convolve(convolve(x, 64, "conv3"), 64, "conv4"))
    weights = regularizers.L2(l2) if l2 else None
    x = layers.Dense(dense, activation="relu", kernel_regularizer=weights, name="dense")(layers.Flatten()(x))
    return answers(faces, layers.Dropout(dropout)(x), len(SIX), name)


def _protocol(
    number: int,
    title: str,
    published: Published,
    *,
    build: Callable[[], "keras.Model"] | None = None,
    dense: int = 512,
    dropout: float = 0.25,
    l2: float | None = None,
    batch: int = 128,
    optimiser: Optimiser = Optimiser("Adam", 1e-3),  # noqa: B008 - frozen
    changes: Augmentation | None = None,
    patience: int | None = None,
    silent: tuple[str, ...] = (),
) -> Protocol:
    key = f"jaramillo2023_{number}"
    return Protocol(
        key,
        title,
        build or partial(jaramillo2023, dense, dropout, l2, key),
        "Jaramillo & Ghafari 2023",
        published,
        emotions=SIX,
        split=Split.RANDOM,
        epochs=50,
        batch=batch,
        optimiser=optimiser,
        changes=changes,
        patience=patience,
        silent=("kernel: 3×3, 'same' padding", "the split: random, by the run's seed", *silent),
    )


def _printed(
    test: float, validation: float, training: float, losses: tuple[float, float], *recalls: float
) -> Published:
    return Published(test, "a random tenth, six emotions", validation, training, losses, {"recall": recalls})


JARAMILLO = (
    _protocol(
        1,
        "three normalised convolutions",
        _printed(0.55, 0.55, 0.88, (0.29, 2.28), 0.39, 0.45, 0.71, 0.55, 0.69, 0.46),
        build=jaramillo2023_1,
        batch=64,
        silent=("batch: 64", ROUNDS),
    ),
    _protocol(
        2,
        "four convolutions, one pool, dense 256",
        _printed(0.53, 0.54, 0.95, (0.12, 3.54), 0.35, 0.35, 0.75, 0.41, 0.72, 0.52),
        dense=256,
        dropout=0.5,
        batch=64,
        silent=(ROUNDS,),
    ),
    _protocol(
        3,
        "as 2, dense 512, dropout .25",
        _printed(0.56, 0.62, 0.85, (0.39, 1.38), 0.50, 0.42, 0.80, 0.56, 0.73, 0.53),
        silent=(ROUNDS,),
    ),
    _protocol(
        4,
        "as 3, with changed faces",
        _printed(0.61, 0.61, 0.55, (1.16, 1.01), 0.55, 0.27, 0.79, 0.54, 0.75, 0.68),
        changes=Augmentation(rotation=10, zoom=0.1, shift=0.1, shear=0.1),
        patience=10,
        silent=("shear: .1",),
    ),
    _protocol(
        5,
        "as 3, with L2; the authors' choice",
        _printed(0.59, 0.62, 0.73, (0.78, 1.14), 0.54, 0.25, 0.80, 0.53, 0.73, 0.60),
        l2=0.001,
        patience=10,
    ),
    _protocol(
        6,
        "as 5, with RMSprop",
        _printed(0.59, 0.59, 0.72, (0.78, 1.2), 0.50, 0.29, 0.83, 0.42, 0.82, 0.63),
        l2=0.001,
        optimiser=Optimiser("RMSprop", 1e-3),
        patience=10,
    ),
)
