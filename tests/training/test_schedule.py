"""When a run ends and how fast it learns."""

from dataclasses import replace

import pytest

from core.training.checkpoint import TrainingProgress
from core.training.protocol import Optimiser
from core.training.schedule import cosine, fitting, has_stopped, plateau
from tests.training.tiny import TINY

PAPER = replace(TINY, cosine=False, patience=3, reduce=(0.5, 2), optimiser=Optimiser("Adam", 0.01))


def after(*losses: float) -> TrainingProgress:
    rows = [{"epoch": i + 1, "validation_loss": loss, "seconds": 10.0} for i, loss in enumerate(losses)]
    return TrainingProgress("tiny", 1, epoch=len(rows), history=rows)


def test_a_cosine_rises_and_falls_to_zero() -> None:
    assert cosine(0.1, 0.0) < 0.002
    assert cosine(0.1, 0.04) == pytest.approx(0.1)
    assert cosine(0.1, 0.52) == pytest.approx(0.05)
    assert cosine(0.1, 1.0) == pytest.approx(0)


def test_the_rate_is_halved_at_each_plateau() -> None:
    assert plateau(PAPER, after(1.0, 0.9)) == 0.01
    assert plateau(PAPER, after(1.0, 0.9, 0.95, 0.95)) == 0.005
    assert plateau(PAPER, after(1.0, 0.9, 0.95, 0.95, 0.95, 0.95)) == 0.0025
    assert plateau(PAPER, after(1.0, 0.9, 0.95, 0.95, 0.8, 0.85)) == 0.005


def test_a_run_stops_when_its_patience_is_over() -> None:
    assert not has_stopped(PAPER, after(1.0, 0.9, 0.95, 0.95))
    assert has_stopped(PAPER, after(1.0, 0.9, 0.95, 0.95, 0.91))
    assert not has_stopped(replace(PAPER, patience=None), after(*[1.0] * 50))


def test_epochs_are_cut_to_what_fits_the_time() -> None:
    assert fitting(50, after(1, 1, 1), seconds_left=45, to_zero=False) == 7
    assert fitting(50, after(1, 1, 1), seconds_left=-5, to_zero=False) == 3
    assert fitting(50, after(1, 1, 1), seconds_left=-5, to_zero=True) == 4
