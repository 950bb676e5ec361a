"""What the train command trains on, and how it refuses."""

import re
import shutil
import subprocess
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

import numpy as np
import pytest

from core.commands import train
from core.config import ROOT
from core.stimuli.builtin import FOLDER
from core.training.data import Fer2013, parts
from core.training.networks.registry import protocol
from tests.stimuli.generated import little_fer, table_text, unanimous, votes_text
from tests.training.tiny import TINY

PICTURES, LABELS, USAGES = little_fer()
LITTLE = Fer2013(PICTURES, LABELS, np.array(USAGES))
OF_TRAINING = USAGES.count("Training")
COMPACT, SMALL = protocol("compact"), protocol("trejo2022_1")
OWN = parts(LITTLE, COMPACT, 1)


def options(*words: str) -> Namespace:
    parser = ArgumentParser()
    train.configure(parser)
    return parser.parse_args(["--data", "fer2013.csv", *words])


def test_labels_alone_train_one_head() -> None:
    faces = train.training_faces(options(), SMALL, LITTLE, OWN)
    assert {head: target.shape for head, target in faces.targets.items()} == {"label": (OF_TRAINING, 7)}


def test_votes_train_a_second_head(tmp_path: Path) -> None:
    votes = tmp_path / "fer2013new.csv"
    votes.write_text(votes_text((PICTURES, LABELS, USAGES), unanimous((PICTURES, LABELS, USAGES))))
    faces = train.training_faces(options("--votes", str(votes)), COMPACT, LITTLE, OWN)
    assert faces.targets["crowd"].shape == (OF_TRAINING, 8)
    assert (faces.targets["crowd"].max(1) == 1).all()


def test_without_votes_the_label_stands_for_them() -> None:
    assert train.training_faces(options(), COMPACT, LITTLE, OWN).targets["crowd"].shape == (OF_TRAINING, 8)


def test_votes_for_a_network_that_learns_none_are_refused() -> None:
    with pytest.raises(ValueError, match=r"trejo2022_1 learns no votes, votes\.csv were given"):
        train.training_faces(options("--votes", "votes.csv"), SMALL, LITTLE, OWN)


def test_more_faces_are_cropped_and_weigh_twice(tmp_path: Path) -> None:
    person = FOLDER / "200"
    for name in ("happy_100.webp", "fear_100.webp"):
        shutil.copy(person / name, tmp_path / name)
    (tmp_path / "manifest.csv").write_text("file,emotion\nhappy_100.webp,happy\nfear_100.webp,fear\n")
    faces = train.training_faces(options("--faces", str(tmp_path)), COMPACT, LITTLE, OWN)
    assert faces.pictures.shape == (OF_TRAINING + 4, 48, 48)


def test_an_unknown_network_is_refused_with_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    assert train.run(options("--network", "vgg")) == 1
    assert "unknown network 'vgg': expected one of attentive" in capsys.readouterr().err


def test_data_that_are_not_there_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert train.run(options()) == 1
    assert "fer2013.csv" in capsys.readouterr().err


def test_a_run_that_is_not_there_is_nothing_to_begin_with(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "fer2013.csv").write_text(table_text((PICTURES, LABELS, USAGES)))
    asked = options("--data", str(tmp_path / "fer2013.csv"), "--teacher", str(tmp_path / "nowhere"))
    assert train.run(asked) == 1
    assert "nowhere/best.keras is missing: train the network first, or name a run's folder" in capsys.readouterr().err


@pytest.mark.slow
def test_a_network_is_trained_by_command_and_goes_on_where_it_was(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "fer2013.csv").write_text(table_text((PICTURES, LABELS, USAGES)))
    words = ("--network", "trejo2022_1", "--data", str(tmp_path / "fer2013.csv"), "--out", str(tmp_path / "out"))
    assert train.run(options(*words, "--runs", "2", "--epochs", "1")) == 0
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["seed-1", "seed-2"]
    assert train.run(options(*words, "--runs", "1", "--epochs", "2")) == 0
    said = capsys.readouterr().out
    assert "resuming after epoch 1" in said
    assert f"python -m core evaluate --network {tmp_path}/out/seed-1 " in said


def test_a_run_keeps_what_it_was_asked_for_and_what_the_network_before_it_learnt_from(tmp_path: Path) -> None:
    from core.training.checkpoint import BEST, TrainingProgress, write

    write(tmp_path / BEST, TINY.build(), TrainingProgress("compact", 1, epoch=12, options={"faces": True}))
    earlier = {"network": "compact", "epochs": 12, "options": {"faces": True}}
    words = ("--balance", "0.5", "--votes", "v.csv", "--begin-with", str(tmp_path), "--teacher", str(tmp_path))
    assert train.kept(options(*words)) == {
        "votes": True,
        "balance": 0.5,
        "begins": earlier,
        "teachers": [earlier],
        "believed": 0.5,
    }
    assert train.kept(options()) == {}


@pytest.mark.slow
def test_a_training_that_is_told_to_end_keeps_its_last_whole_epoch(tmp_path: Path) -> None:
    from core.training.checkpoint import CHECKPOINT, read

    data, out = tmp_path / "fer2013.csv", tmp_path / "out"
    data.write_text(table_text((PICTURES, LABELS, USAGES)))
    words = ("--network", "trejo2022_1", "--data", str(data), "--out", str(out), "--runs", "1", "--epochs", "100000")
    with subprocess.Popen(
        [sys.executable, "-m", "core", "train", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as training:
        assert training.stdout is not None
        assert training.stderr is not None
        while "epoch 3/" not in (line := training.stdout.readline()):
            assert line, training.stderr.read()
        training.terminate()
        said = training.stdout.read().splitlines()
        assert training.wait(60) == train.STOPPED
        assert "stopped: the same command goes on" in training.stderr.read()
    last = int(re.findall(r"epoch (\d+)/", "".join([line, *said]))[-1])
    assert read(out / "seed-1" / CHECKPOINT).epoch == last
