"""What the train command trains on, and how it refuses."""

import shutil
from argparse import ArgumentParser, Namespace
from pathlib import Path

import numpy as np
import pytest

from core.commands import train
from core.stimuli.builtin import FOLDER
from core.training.data import Fer2013
from tests.stimuli.generated import little_fer, unanimous, votes_text

PICTURES, LABELS, USAGES = little_fer()
LITTLE = Fer2013(PICTURES, LABELS, np.array(USAGES))
OF_TRAINING = USAGES.count("Training")


def options(*words: str) -> Namespace:
    parser = ArgumentParser()
    train.configure(parser)
    return parser.parse_args(["--data", "fer2013.csv", *words])


def test_labels_alone_train_one_head() -> None:
    faces = train.training_faces(options(), LITTLE)
    assert faces.targets.shape == (OF_TRAINING, 1, 7)


def test_votes_train_a_second_head(tmp_path: Path) -> None:
    votes = tmp_path / "fer2013new.csv"
    votes.write_text(votes_text((PICTURES, LABELS, USAGES), unanimous((PICTURES, LABELS, USAGES))))
    faces = train.training_faces(options("--votes", str(votes)), LITTLE)
    assert faces.targets.shape == (OF_TRAINING, 2, 7)
    assert np.array_equal(faces.targets[:, 0], faces.targets[:, 1])


def test_more_faces_are_cropped_and_weigh_twice(tmp_path: Path) -> None:
    person = FOLDER / "200"
    for name in ("happy_100.webp", "fear_100.webp"):
        shutil.copy(person / name, tmp_path / name)
    (tmp_path / "manifest.csv").write_text("file,emotion\nhappy_100.webp,happy\nfear_100.webp,fear\n")
    faces = train.training_faces(options("--faces", str(tmp_path)), LITTLE)
    assert faces.pictures.shape == (OF_TRAINING + 4, 48, 48)


def test_an_unknown_network_is_refused_with_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    assert train.run(options("--network", "vgg")) == 1
    assert "unknown network 'vgg': expected one of compact" in capsys.readouterr().err


def test_data_that_are_not_there_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert train.run(options()) == 1
    assert "fer2013.csv" in capsys.readouterr().err
