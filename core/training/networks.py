"""The networks that can be trained here, each a recipe under a key; published papers' networks join the table.

Every network takes uint8 grey levels [batch, 48, 48, 1] as they are in the file, casts and scales them in its own
first layer, and returns float32 logits [batch, heads, 7] in the order of `core.domain.emotions`: head 0 answers
with the set's label, head 1, where crowd votes are trained on too, with what people would vote. The layer named
`features` gives the last feature maps; one global average and one dense layer follow it, so that a class
activation map is exact: the dense layer's column times the maps.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import keras

SIDE = 48
FEATURES = "features"


@dataclass(frozen=True)
class Recipe:
    """A network and how it is trained unless the command line says otherwise."""

    key: str
    summary: str
    build: Callable[[int], "keras.Model"]
    epochs: int = 60
    batch: int = 128
    learning_rate: float = 0.1
    weight_decay: float = 5e-4
    label_smoothing: float = 0.05


def _convolve(x: Any, filters: int, *, kernel: int = 3, pool: bool = False, rectify: bool = True) -> Any:
    """Convolution, halving of the side where asked, normalisation, rectification.

    Pooling comes before the normalisation: a quarter of the numbers to normalise, the same result size.
    """
    from keras import layers

    x = layers.Conv2D(filters, kernel, padding="same", use_bias=False, kernel_initializer="he_normal")(x)
    if pool:
        x = layers.MaxPooling2D()(x)
    x = layers.BatchNormalization()(x)
    return layers.ReLU()(x) if rectify else x


def _residual(x: Any, filters: int, *, name: str | None = None) -> Any:
    """Two convolutions beside a shortcut, added, rectified."""
    from keras import layers

    h = _convolve(_convolve(x, filters), filters, rectify=False)
    return layers.ReLU(name=name)(layers.Add()([x, h]))


def compact(heads: int) -> "keras.Model":
    """Our own: eight 3×3 convolutions with real depth early, 0.84 million weights, 1.7 MB as float16."""
    import keras
    from keras import layers

    faces = keras.Input((SIDE, SIDE, 1), dtype="uint8", name="face")
    x = layers.Rescaling(1 / 127.5, offset=-1.0)(faces)
    x = _convolve(x, 32, pool=True)
    x = _convolve(x, 64)
    x = _convolve(x, 96, pool=True)
    x = _residual(x, 96)
    x = _convolve(x, 160, pool=True)
    x = _residual(x, 160, name=FEATURES)
    x = layers.GlobalAveragePooling2D()(x)
    x = layers.Dropout(0.3)(x)
    x = layers.Dense(7 * heads, dtype="float32", name="logits")(x)
    return keras.Model(faces, layers.Reshape((heads, 7), dtype="float32")(x), name="compact")


RECIPES = {recipe.key: recipe for recipe in (Recipe("compact", "ours: small, quick, exact activation maps", compact),)}


def recipe(key: str) -> Recipe:
    """The recipe called `key`; raises ValueError naming those that exist."""
    try:
        return RECIPES[key]
    except KeyError:
        raise ValueError(f"unknown network {key!r}: expected one of {', '.join(sorted(RECIPES))}") from None
