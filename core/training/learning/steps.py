"""Steps of training: one batch learnt, by Keras' own loop or, under JAX, by one compiled function on plain arrays.

Keras' `train_on_batch` moves every variable of a network to and fro and waits for the loss at each step: under JAX, 11
milliseconds where the step itself takes 5. There an epoch keeps its weights to itself and the network has them at its
end; losses are read then, and whenever `last_loss` is asked for.
"""

from collections import deque
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import keras

AHEAD = 4  # steps that may wait for the device before the next is prepared

Targets = Mapping[str, NDArray[np.floating]]


class Steps(Protocol):
    """The steps of one epoch after another."""

    def begin(self) -> None:
        """Start an epoch with the network's weights."""

    def step(self, pictures: NDArray[np.uint8], targets: Targets, rate: float) -> None:
        """Learn one batch: pictures uint8 [n, 48, 48, 1], by head a distribution for each, the learning rate."""

    def last_loss(self) -> float:
        """The last step's; waits for it."""

    def end(self) -> tuple[float, float]:
        """Leave the weights in the network; the epoch's mean loss and accuracy."""


def steps_for(model: "keras.Model", criterion: "keras.losses.Loss") -> Steps:
    """The steps of a compiled network, whose loss is `criterion` for each of its heads."""
    import keras

    return JaxSteps(model, criterion) if keras.backend.backend() == "jax" else KerasSteps(model)


class KerasSteps:
    """`train_on_batch`, whatever backend."""

    def __init__(self, model: "keras.Model") -> None:
        self._model = model
        self._seen: list[tuple[float, float]] = []

    def begin(self) -> None:
        self._seen = []

    def step(self, pictures: NDArray[np.uint8], targets: Targets, rate: float) -> None:
        self._model.optimizer.learning_rate.assign(rate)
        done = self._model.train_on_batch(pictures, dict(targets), return_dict=True)
        accuracy = next(value for name, value in done.items() if name.endswith("categorical_accuracy"))
        self._seen.append((float(done["loss"]), float(accuracy)))

    def last_loss(self) -> float:
        return self._seen[-1][0]

    def end(self) -> tuple[float, float]:
        loss, accuracy = np.mean(self._seen, axis=0)
        return float(loss), float(accuracy)


class JaxSteps:
    """The same losses and updates as one compiled function, whose arrays are given away from step to step."""

    def __init__(self, model: "keras.Model", criterion: "keras.losses.Loss") -> None:
        import jax

        self._model, self._step = model, jax.jit(one_step(model, criterion), donate_argnums=(0, 1, 2))
        self._seen: list[tuple[Any, Any]] = []

    def begin(self) -> None:
        from jax import numpy

        self._values = [[numpy.array(one.value, copy=True) for one in some] for some in self._variables()]
        self._seen, self._ahead = [], deque[Any]()

    def step(self, pictures: NDArray[np.uint8], targets: Targets, rate: float) -> None:
        *self._values, loss, accuracy = self._step(*self._values, np.float32(rate), pictures, dict(targets))
        self._seen.append((loss, accuracy))
        self._ahead.append(loss)
        if len(self._ahead) > AHEAD:
            self._ahead.popleft().block_until_ready()

    def last_loss(self) -> float:
        return float(self._seen[-1][0])

    def end(self) -> tuple[float, float]:
        import jax

        for some, new in zip(self._variables(), self._values, strict=True):
            for variable, value in zip(some, new, strict=True):
                variable.assign(value)
        self._values = []
        loss, accuracy = np.mean(jax.device_get(self._seen), axis=0)
        return float(loss), float(accuracy)

    def _variables(self) -> tuple[list[Any], list[Any], list[Any]]:
        model = self._model
        return model.trainable_variables, model.non_trainable_variables, model.optimizer.variables


def one_step(model: "keras.Model", criterion: "keras.losses.Loss") -> Any:
    """JAX's function (trainable, other, optimiser's variables, rate, pictures, targets) → the three, loss, accuracy."""
    import jax

    optimizer = model.optimizer
    place = next(i for i, one in enumerate(optimizer.variables) if one is optimizer.learning_rate)

    def loss_of(trainable: Any, other: Any, pictures: Any, targets: Any) -> Any:
        outputs, other, penalties = model.stateless_call(trainable, other, pictures, training=True, return_losses=True)
        loss = sum(criterion(targets[head], output) for head, output in outputs.items()) + sum(penalties)
        right = (outputs["label"].argmax(-1) == targets["label"].argmax(-1)).mean()
        return loss, (other, right)

    def step(trainable: Any, other: Any, state: Any, rate: Any, pictures: Any, targets: Any) -> Any:
        (loss, (other, right)), slopes = jax.value_and_grad(loss_of, has_aux=True)(trainable, other, pictures, targets)
        state = [*state[:place], rate.astype(state[place].dtype), *state[place + 1 :]]
        trainable, state = optimizer.stateless_apply(state, slopes, trainable)
        return trainable, other, state, loss, right

    return step
