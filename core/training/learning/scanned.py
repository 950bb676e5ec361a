"""Whole epochs on a graphics card, under JAX: faces and targets lie there, one compiled scan over the batches changes,
mixes and learns them. The processor draws what is changed, for the same seed the same as it draws for itself.

A face is turned by bilinear interpolation at the exact place, where OpenCV rounds the place to a 32nd of a pixel: grey
levels differ by one here and there.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from core.training.data import TargetFaces
from core.training.learning.batches import FaceBatch
from core.training.learning.steps import one_step

if TYPE_CHECKING:
    import keras


class ScannedEpochs:
    """Epochs of one network on one set of faces."""

    def __init__(self, model: "keras.Model", criterion: "keras.losses.Loss", faces: TargetFaces) -> None:
        import jax
        from jax import numpy

        self._model = model
        self._data = numpy.asarray(faces.pictures), {head: numpy.asarray(one) for head, one in faces.goals.items()}
        step = one_step(model, criterion)

        def epoch(values: Any, data: Any, batches: Any) -> Any:
            def learn(carried: Any, batch: Any) -> Any:
                pictures, targets = prepared(data[0], data[1], batch)
                *carried, loss, right = step(*carried, batch["rate"], pictures[..., None], targets)
                return tuple(carried), (loss, right)

            return jax.lax.scan(learn, values, batches)

        self._epoch = jax.jit(epoch, donate_argnums=0)

    def learn(self, batches: Sequence[FaceBatch]) -> tuple[float, float]:
        """Learn an epoch's batches; its mean loss and accuracy. The network has the new weights then."""
        import jax
        from jax import numpy

        model = self._model
        variables = model.trainable_variables, model.non_trainable_variables, model.optimizer.variables
        values = tuple([numpy.array(one.value, copy=True) for one in some] for some in variables)
        stacked = jax.tree.map(lambda *some: np.stack(some), *[as_arrays(batch) for batch in batches])
        values, seen = self._epoch(values, self._data, stacked)
        for some, new in zip(variables, values, strict=True):
            for variable, value in zip(some, new, strict=True):
                variable.assign(value)
        loss, accuracy = (float(np.mean(one)) for one in jax.device_get(seen))
        return loss, accuracy


def as_arrays(batch: FaceBatch) -> dict[str, Any]:
    """What a batch says, as arrays; of changes the way back, from a place in the changed face to its source."""
    found: dict[str, Any] = {"rows": batch.rows.astype(np.int32), "rate": np.float32(batch.rate)}
    if (changes := batch.changes) is not None:
        back = np.linalg.inv(changes.turns[:, :, :2])
        shift = -back @ changes.turns[:, :, 2:]
        found["changes"] = {
            "back": np.concatenate([back, shift], axis=2).astype(np.float32),
            "contrast": changes.contrast.astype(np.float32),
            "brightness": changes.brightness.astype(np.float32),
            "holes": changes.holes.astype(np.int32),
        }
    if (mixes := batch.mixes) is not None:
        found["mixes"] = {
            "other": mixes.other.astype(np.int32),
            "through": mixes.through,
            "boxes": mixes.boxes.astype(np.int32),
            "own": mixes.own,
        }
    return found


def prepared(pictures: Any, goals: Any, batch: Any) -> tuple[Any, Any]:
    """The faces of a batch, as `as_arrays` has it, changed and mixed: uint8 [n, side, side], and their targets."""
    from jax import numpy

    faces = pictures[batch["rows"]].astype(numpy.float32)
    targets = {head: goal[batch["rows"]] for head, goal in goals.items()}
    if "changes" in batch:
        changes = batch["changes"]
        faces = turned(faces, changes["back"])
        mean = faces.mean((1, 2), keepdims=True)
        contrast, brightness = (changes[name][:, None, None] for name in ("contrast", "brightness"))
        faces = _grey((faces - mean) * contrast + mean + brightness)
        faces = numpy.where(_inside(changes["holes"], faces.shape[1]), numpy.rint(mean), faces)
    if "mixes" in batch:
        mixes = batch["mixes"]
        others, through, own = faces[mixes["other"]], mixes["through"][:, None, None], mixes["own"][:, None]
        mixed = _grey(through * faces + (1 - through) * others)
        faces = numpy.where(_inside(mixes["boxes"], faces.shape[1]), others, mixed)
        targets = {head: own * one + (1 - own) * one[mixes["other"]] for head, one in targets.items()}
    return faces.astype(numpy.uint8), targets


def turned(faces: Any, back: Any) -> Any:
    """`faces` (float32 [n, side, side]) where `back` (affine [n, 2, 3]) leads to, the edge repeated; rounded."""
    from jax import numpy

    n, side, _ = faces.shape
    rows, columns = numpy.meshgrid(numpy.arange(side), numpy.arange(side), indexing="ij")
    places = numpy.stack([columns, rows, numpy.ones_like(rows)]).reshape(3, -1).astype(numpy.float32)
    # one product by hand: a card may multiply matrices in fewer bits than a place needs
    x, y = (sum(back[:, i, j, None] * places[None, j] for j in range(3)) for i in (0, 1))
    x, y = numpy.clip(x, 0, side - 1), numpy.clip(y, 0, side - 1)
    left, top = numpy.floor(x), numpy.floor(y)
    right_share, low_share = x - left, y - top
    flat = faces.reshape(n, -1)

    def at(row: Any, column: Any) -> Any:
        place = numpy.minimum(row, side - 1) * side + numpy.minimum(column, side - 1)
        return numpy.take_along_axis(flat, place.astype(numpy.int32), axis=1)

    above = at(top, left) * (1 - right_share) + at(top, left + 1) * right_share
    below = at(top + 1, left) * (1 - right_share) + at(top + 1, left + 1) * right_share
    return _grey(above * (1 - low_share) + below * low_share).reshape(n, side, side)


def _grey(levels: Any) -> Any:
    from jax import numpy

    return numpy.clip(numpy.rint(levels), 0, 255)


def _inside(boxes: Any, side: int) -> Any:
    """Whether a pixel lies in its face's box (int [n, 4]: top, bottom, left, right): [n, side, side]."""
    from jax import numpy

    top, bottom, left, right = (boxes[:, i, None] for i in range(4))
    place = numpy.arange(side)[None]
    rows, columns = (place >= top) & (place < bottom), (place >= left) & (place < right)
    return rows[:, :, None] & columns[:, None, :]
