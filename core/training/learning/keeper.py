"""Keeper of a run: it writes the files of `core.training.checkpoint` by time, not by epoch.

A checkpoint has three times a network's size and is synced to the disk. So it is written after the first epoch, then at
most every EVERY seconds, and when the run ends or is interrupted, however that comes about. What may be lost: by a kill
or a power cut the last EVERY seconds and the epoch that was running, by an error or Ctrl-C that epoch alone.
"""

import time
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from numpy.typing import NDArray

from core.training.checkpoint import BEST, CHECKPOINT, TrainingProgress, write, write_plain

if TYPE_CHECKING:
    import keras

EVERY = 60.0

Values = list[NDArray[Any]]


class Keeper:
    """Inside `with`, the files in `out` follow the compiled `model`; the pair is always of the same moment. `travels`:
    whether plain arrays lie beside them; None: on another backend than TensorFlow."""

    def __init__(
        self,
        out: Path,
        model: "keras.Model",
        every: float = EVERY,
        clock: Callable[[], float] = time.monotonic,
        travels: bool | None = None,
    ) -> None:
        import keras

        self._out, self._model, self._every, self._clock = out, model, every, clock
        self._written = -np.inf
        self._best: tuple[Values, TrainingProgress] | None = None
        self._last: tuple[Values, TrainingProgress] | None = None
        self._travels = keras.backend.backend() != "tensorflow" if travels is None else travels

    def better(self, progress: TrainingProgress) -> None:
        """The network holds weights that validated better than all before."""
        self._best = values(self._model.variables), deepcopy(progress)

    def epoch(self, progress: TrainingProgress) -> None:
        """An epoch is done: write it, or remember it until it is time. Raises TrainingError."""
        self._last = values(self._all()), deepcopy(progress)
        if self._clock() - self._written >= self._every:
            self.flush()

    def flush(self) -> None:
        """Write what is not written yet; the network is then where its last whole epoch ended. Raises TrainingError."""
        if self._last is None:
            return
        (state, progress), best = self._last, self._best
        self._last = self._best = None
        if best is not None:
            assign(self._model.variables, best[0])
            write(self._out / BEST, uncompiled(self._model), best[1])
            if self._travels:
                write_plain(self._out / BEST, best[1], self._model)
        assign(self._all(), state)
        write(self._out / CHECKPOINT, self._model, progress)
        if self._travels:
            write_plain(self._out / CHECKPOINT, progress)
        self._written = self._clock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: Any) -> None:
        self.flush()

    def _all(self) -> list[Any]:
        return [*self._model.variables, *self._model.optimizer.variables]


def values(variables: list[Any]) -> Values:
    """Copies that share no memory with the variables, whatever the backend does with theirs."""
    from keras import ops

    return [np.array(ops.convert_to_numpy(variable)) for variable in variables]


def assign(variables: list[Any], to: Values) -> None:
    for variable, value in zip(variables, to, strict=True):
        variable.assign(value)


def uncompiled(model: "keras.Model") -> "keras.Model":
    """The same layers without an optimiser, whose state would treble a file."""
    import keras

    return keras.Model(model.inputs, model.output, name=model.name)


class Averaged:
    """Inside `with` a network holds copies of the averaged weights that its optimiser keeps, outside again its own."""

    def __init__(self, model: "keras.Model") -> None:
        self._model = model

    def __enter__(self) -> Self:
        variables = self._model.trainable_variables
        self._own = values(variables)
        self._model.optimizer.finalize_variable_values(variables)
        assign(variables, values(variables))
        return self

    def __exit__(self, *_: Any) -> None:
        assign(self._model.trainable_variables, self._own)
