"""Our own networks: two heads on one body, the label that FER-2013 prints and what ten people would vote.

The layer named `features` gives the last feature maps; one global average and one dense layer follow it, so that
a class activation map is exact: the dense layer's column times the maps.
"""

from typing import TYPE_CHECKING, Any

from core.training.augment import Augmentation
from core.training.protocol import Optimiser, Protocol, grey

if TYPE_CHECKING:
    import keras

FEATURES = "features"
CROWD = 8
LAWFUL = Augmentation(rotation=12, zoom=0.15, shift=0.08, contrast=0.3, brightness=25, cutout=(6, 18))


def _convolve(x: Any, filters: int, name: str, *, pool: bool = False, rectify: bool = True) -> Any:
    """3×3 convolution, halving of the side where asked, normalisation, rectification.

    Pooling comes before the normalisation: a quarter of the numbers to normalise, the same result size.
    """
    from keras import layers

    x = layers.Conv2D(filters, 3, padding="same", use_bias=False, kernel_initializer="he_normal", name=f"{name}_conv")(
        x
    )
    if pool:
        x = layers.MaxPooling2D(2)(x)
    x = layers.BatchNormalization(name=f"{name}_norm")(x)
    return layers.ReLU()(x) if rectify else x


def _residual(x: Any, filters: int, name: str, *, features: bool = False) -> Any:
    """Two convolutions beside a shortcut, added, rectified; the last feature maps where they are `features`."""
    from keras import layers

    h = _convolve(_convolve(x, filters, f"{name}a"), filters, f"{name}b", rectify=False)
    return layers.ReLU(name=FEATURES if features else None)(layers.Add()([x, h]))


def two_heads(faces: Any, features: Any, dropout: float, name: str) -> "keras.Model":
    """The network from `faces` to the logits of the label and of the crowd, by the mean of `features` over places."""
    import keras
    from keras import layers

    x = layers.Dropout(dropout)(layers.GlobalAveragePooling2D()(features))
    label = layers.Dense(7, dtype="float32", name="label")(x)
    crowd = layers.Dense(CROWD, dtype="float32", name="crowd")(x)
    return keras.Model(faces, {"label": label, "crowd": crowd}, name=name)


def compact() -> "keras.Model":
    """Eight 3×3 convolutions with real depth early, 0.84 million weights, 1.7 MB as float16."""
    faces, x = grey(1 / 127.5, -1.0)
    x = _convolve(x, 32, "block1", pool=True)
    x = _convolve(x, 64, "block2")
    x = _convolve(x, 96, "block3", pool=True)
    x = _residual(x, 96, "block4")
    x = _convolve(x, 160, "block5", pool=True)
    x = _residual(x, 160, "block6", features=True)
    return two_heads(faces, x, 0.3, "compact")


def quick() -> "keras.Model":
    """The same layout, half as wide and one step shorter: a fifth of the work, for weak machines."""
    faces, x = grey(1 / 127.5, -1.0)
    x = _convolve(x, 16, "block1", pool=True)
    x = _convolve(x, 32, "block2", pool=True)
    x = _residual(x, 32, "block3")
    x = _convolve(x, 96, "block4", pool=True)
    x = _residual(x, 96, "block5", features=True)
    return two_heads(faces, x, 0.2, "quick")


OURS = tuple(
    Protocol(
        build.__name__,
        title,
        build,
        epochs=epochs,
        batch=128,
        optimiser=Optimiser("SGD", 0.1, {"momentum": 0.9, "nesterov": True, "weight_decay": 5e-4}),
        changes=LAWFUL,
        cosine=True,
        crowd=True,
        label_smoothing=0.05,
        mirrored=build is compact,
    )
    for build, title, epochs in (
        (compact, "ours: small, exact activation maps, looks at the mirror image, too", 80),
        (quick, "ours: smaller still, for weak machines", 60),
    )
)
