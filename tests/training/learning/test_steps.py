"""Steps of training: what an epoch leaves in the network and says of itself, on whatever backend the tests run.

    KERAS_BACKEND=jax python -m pytest tests/training

runs them, and those that compare the two ways, where JAX is installed.
"""

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.training.learning.keeper import values
from core.training.learning.steps import KerasSteps, Steps, steps_for
from core.training.loop import _compile
from core.training.protocol import Optimiser, Protocol
from tests.training.tiny import TINY, bars

LEARNT = bars(56).faces(bars(56).unvoted())
ON_JAX = pytest.mark.skipif(os.environ.get("KERAS_BACKEND") != "jax", reason="of JAX: set KERAS_BACKEND=jax")
PLANS = [
    replace(TINY, label_smoothing=0.05),
    replace(TINY, cosine=False, optimiser=Optimiser("Adam", 1e-3)),
    replace(TINY, optimiser=Optimiser("SGD", 0.1, {"momentum": 0.9, "nesterov": True, "weight_decay": 5e-4})),
]


def fresh(plan: Protocol) -> tuple[Any, Any]:
    import keras

    keras.utils.set_random_seed(4)
    return _compile(plan, LEARNT, None)


def learn(steps: Steps, epochs: int) -> list[tuple[float, float]]:
    said = []
    for _ in range(epochs):
        steps.begin()
        for i in range(4):
            chosen = slice(14 * i, 14 * i + 14)
            targets = {head: target[chosen] for head, target in LEARNT.targets.items()}
            steps.step(LEARNT.pictures[chosen, :, :, None], targets, 0.05 / (i + 1))
        assert steps.last_loss() > 0
        said.append(steps.end())
    return said


def test_an_epoch_says_its_mean_loss_and_how_many_were_right_and_changes_the_network() -> None:
    model, criterion = fresh(TINY)
    before = values(model.variables)
    history = learn(steps_for(model, criterion), 6)
    assert history[-1][0] < history[0][0]
    assert all(0 <= accuracy <= 1 for _, accuracy in history)
    assert any((now != then).any() for now, then in zip(values(model.variables), before, strict=True))
    assert float(model.optimizer.learning_rate) == pytest.approx(0.05 / 4)


@ON_JAX
@pytest.mark.parametrize("plan", PLANS, ids=["smoothed", "adam", "decayed"])
def test_compiled_steps_are_keras_own_steps(plan: Protocol) -> None:
    model, _ = fresh(plan)
    expected = learn(KerasSteps(model), 3)
    other, criterion = fresh(plan)
    assert learn(steps_for(other, criterion), 3) == [pytest.approx(row, rel=1e-4) for row in expected]
    variables = zip(
        values([*model.variables, *model.optimizer.variables]),
        values([*other.variables, *other.optimizer.variables]),
        strict=True,
    )
    for mine, theirs in variables:
        np.testing.assert_allclose(mine, theirs, rtol=1e-3, atol=1e-5)


@ON_JAX
def test_a_network_with_averaged_weights_is_measured_between_its_compiled_epochs(tmp_path: Path) -> None:
    from core.training.loop import train

    done = train(replace(TINY, epochs=4), LEARNT, bars(14, seed=1).faces(), tmp_path, say=lambda _: None)
    assert [row["epoch"] for row in done.history] == [1, 2, 3, 4]
