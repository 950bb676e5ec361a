"""Teachers: larger residual networks of three layouts, for a graphics card, whose answers our small ones learn.

Each has at most 12 million weights, the two heads of our own networks and, in the layer named `features`, 6×6 maps from
which exact activation maps are drawn. Batches are 128, as there is room for on any card.
"""

from typing import TYPE_CHECKING, Any

from core.training.augment import Augmentation
from core.training.learning.mixing import Mixing
from core.training.networks.ours import FEATURES, two_heads
from core.training.protocol import Optimiser, Protocol, grey

if TYPE_CHECKING:
    import keras

STRONG = Augmentation(rotation=18, zoom=0.2, shift=0.1, shear=0.1, contrast=0.5, brightness=40, cutout=(8, 22))
MIXED = Mixing(mixup=0.2, cutmix=1.0, often=0.5)
SQUEEZE = 16  # channels for one of an excitation's hidden layer
HEADS, TOKEN = 6, 384


def _conv(x: Any, filters: int, name: str, *, side: int = 3, strides: int = 1) -> Any:
    from keras import layers

    how: dict[str, Any] = {"padding": "same", "use_bias": False, "kernel_initializer": "he_normal"}
    return layers.Conv2D(filters, side, strides=strides, name=f"{name}_conv", **how)(x)


def _normal(x: Any, name: str, *, rectify: bool = True) -> Any:
    from keras import layers

    x = layers.BatchNormalization(name=f"{name}_norm")(x)
    return layers.ReLU()(x) if rectify else x


def _excited(x: Any, name: str) -> Any:
    """Each channel times a share from 0 to 1 that depends on the whole face (Hu et al. 2018, arXiv 1709.01507)."""
    from keras import layers

    filters = int(x.shape[-1])
    share = layers.GlobalAveragePooling2D(keepdims=True)(x)
    share = layers.Dense(max(filters // SQUEEZE, 4), activation="relu", name=f"{name}_squeeze")(share)
    return layers.Multiply()([x, layers.Dense(filters, activation="sigmoid", name=f"{name}_excite")(share)])


def _basic(x: Any, filters: int, name: str, strides: int, rectified: str | None = None) -> Any:
    """Two convolutions, excitation, shortcut (ResNet's basic block; He et al. 2016, arXiv 1512.03385)."""
    from keras import layers

    h = _normal(_conv(x, filters, f"{name}a", strides=strides), f"{name}a")
    h = _excited(_normal(_conv(h, filters, f"{name}b"), f"{name}b", rectify=False), name)
    if strides > 1 or x.shape[-1] != filters:
        x = _normal(_conv(x, filters, f"{name}s", side=1, strides=strides), f"{name}s", rectify=False)
    return layers.ReLU(name=rectified)(layers.Add()([x, h]))


def _stages(x: Any, widths: tuple[int, ...], blocks: int, last: str | None = None) -> Any:
    """Stages of basic blocks, each but the first half as high and wide as the one before."""
    for stage, filters in enumerate(widths, 1):
        for block in range(1, blocks + 1):
            ends = last if (stage, block) == (len(widths), blocks) else None
            x = _basic(x, filters, f"stage{stage}_{block}", 2 if stage > 1 and block == 1 else 1, ends)
    return x


def excited() -> "keras.Model":
    """ResNet-18's layout with squeeze and excitation: 11.3 million weights."""
    faces, x = grey(1 / 127.5, -1.0)
    x = _normal(_conv(x, 64, "stem"), "stem")
    return two_heads(faces, _stages(x, (64, 128, 256, 512), 2, FEATURES), 0.4, "excited")


def wide() -> "keras.Model":
    """Wide ResNet 16-8, normalised before convolutions: 11.0 million (Zagoruyko & Komodakis 2016, arXiv 1605.07146)."""
    from keras import layers

    faces, x = grey(1 / 127.5, -1.0)
    x = _conv(x, 16, "stem")
    for stage, filters in enumerate((128, 256, 512), 1):
        for block in (1, 2):
            name = f"stage{stage}_{block}"
            strides = 2 if stage > 1 and block == 1 else 1
            h = _normal(x, f"{name}a")
            if block == 1:
                x = _conv(h, filters, f"{name}s", side=1, strides=strides)
            h = layers.Dropout(0.2)(_normal(_conv(h, filters, f"{name}a", strides=strides), f"{name}b"))
            x = layers.Add()([x, _conv(h, filters, f"{name}b")])
    x = layers.AveragePooling2D(2, name=FEATURES)(_normal(x, "last"))
    return two_heads(faces, x, 0.3, "wide")


def attentive() -> "keras.Model":
    """Convolutions down to 6×6 places, which then attend to each other, three times over: 9 million.

    Self-attention on top of convolutions as in Srinivas et al. 2021 (arXiv 2101.11605); a depthwise convolution tells
    where a place is (Chu et al. 2021, arXiv 2102.10882).
    """
    from keras import layers

    faces, x = grey(1 / 127.5, -1.0)
    x = _normal(_conv(x, 64, "stem"), "stem")
    x = _stages(x, (64, 128, 256), 2)
    x = _normal(_conv(x, TOKEN, "tokens", strides=2), "tokens")
    x = layers.Add()([x, layers.DepthwiseConv2D(3, padding="same", name="places")(x)])
    x = layers.Reshape((36, TOKEN))(x)
    for block in (1, 2, 3):
        h = layers.LayerNormalization(name=f"attention{block}_norm")(x)
        h = layers.MultiHeadAttention(HEADS, TOKEN // HEADS, name=f"attention{block}")(h, h)
        x = layers.Add()([x, layers.Dropout(0.1)(h)])
        h = layers.LayerNormalization(name=f"dense{block}_norm")(x)
        h = layers.Dense(4 * TOKEN, activation="gelu", name=f"dense{block}a")(h)
        x = layers.Add()([x, layers.Dropout(0.1)(layers.Dense(TOKEN, name=f"dense{block}b")(h))])
    x = layers.Reshape((6, 6, TOKEN), name=FEATURES)(layers.LayerNormalization(name="last_norm")(x))
    return two_heads(faces, x, 0.3, "attentive")


def _teacher(build: Any, title: str, optimiser: Optimiser) -> Protocol:
    return Protocol(
        build.__name__,
        title,
        build,
        epochs=120,
        batch=128,
        optimiser=optimiser,
        changes=STRONG,
        mixing=MIXED,
        cosine=True,
        crowd=True,
        label_smoothing=0.05,
    )


_STEEP = Optimiser("SGD", 0.1, {"momentum": 0.9, "nesterov": True, "weight_decay": 5e-4})

TEACHERS = (
    _teacher(excited, "a teacher: residual, channels excited by the whole face", _STEEP),
    _teacher(wide, "a teacher: residual, wide and shallow", _STEEP),
    _teacher(
        attentive,
        "a teacher: residual, places attend to each other",
        Optimiser("AdamW", 1e-3, {"weight_decay": 0.05, "global_clipnorm": 1.0}),
    ),
)
