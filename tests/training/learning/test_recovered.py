"""A file that ships, put back into the network that it was made of."""

import hashlib
from argparse import ArgumentParser
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.commands import publish, recover
from core.config import ROOT
from core.domain.network.card import Card
from core.training.checkpoint import BEST, TrainingError, begin_with, best_network, read
from core.training.evaluate import softmax
from core.training.export import LiteRtNetwork, convert
from core.training.learning.recovered import folded, recovered
from core.training.loop import rate_many
from core.training.networks.mirror import mirrored
from core.training.networks.registry import protocol
from tests.others import first_of
from tests.stimuli.generated import little_fer, table_text

FACES = np.random.default_rng(3).integers(0, 256, (40, 48, 48)).astype(np.uint8)
QUICK = protocol("quick")
NETWORKS = ROOT / "data" / "networks"
PAIR = ("compact_transfer", "compact_balanced")
LITTLE = little_fer()


def card(key: str) -> Card:
    return Card.from_json((NETWORKS / key / "card.json").read_text("utf-8"))


def leave(folder: Path, one: Card, content: bytes) -> None:
    (folder / "network.tflite").write_bytes(content)
    (folder / "card.json").write_text(one.to_json())


@pytest.mark.parametrize("look", first_of(mirrored, lambda model: model), ids=["twice", "once"])
def test_it_answers_as_its_file_and_in_training_about_alike(look: Callable[[object], object], tmp_path: Path) -> None:
    shipped = recovered(QUICK, [NETWORKS / "quick"], FACES)[0]
    of_card = card("quick")
    content = convert(look(shipped), of_card.temperature, of_card.crowd_temperature)
    leave(tmp_path, replace(of_card, sha256=hashlib.sha256(content).hexdigest()), content)
    model, progress = recovered(QUICK, [tmp_path], FACES)
    file = LiteRtNetwork(content, "quick").rate(FACES)["label"]
    said = softmax(rate_many(look(model), FACES)["label"] / of_card.temperature)
    assert np.abs(said - file).max() < 5e-3
    assert progress.options["recovered"] == ["quick 1"]
    assert f"learning rate {progress.options['rate']:g}," in of_card.setup.optimiser
    assert (progress.chosen, len(progress.history)) == (of_card.runs[0].chosen_epoch, of_card.setup.epochs_run)
    trained = softmax(np.asarray(model(FACES[..., None], training=True)["label"]))
    once = softmax(rate_many(model, FACES)["label"])
    assert np.abs(trained - once).mean() < 0.1  # but for dropout


@pytest.mark.slow
def test_of_two_it_is_the_mean() -> None:
    weights = [recovered(protocol("compact"), [NETWORKS / key], FACES)[0].get_weights() for key in PAIR]
    both, progress = recovered(protocol("compact"), [NETWORKS / key for key in PAIR], FACES)
    for mean, one, other in zip(both.get_weights(), *weights, strict=True):
        assert mean == pytest.approx((one + other) / 2, abs=1e-5)
    assert progress.options["recovered"] == [f"{key} {card(key).version}" for key in PAIR]
    assert progress.options["data"] == list(card(PAIR[0]).data)


def test_its_card_tells_what_the_network_was_made_from() -> None:
    parser = ArgumentParser()
    publish.configure(parser)
    asked = parser.parse_args(["--from", "run", "--data", "fer2013.csv", "--out", "out"])
    of_card = card("quick")
    told = publish.about(asked, QUICK, {"data": list(of_card.data), "recovered": ["quick 1", "quick 2"]})
    assert told.data == (*of_card.data, "quick 1 and quick 2: the mean of their weights")
    assert told.limits == of_card.limits


def test_a_network_of_another_layout_and_a_folder_without_one_are_refused(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="holds another network"):
        recovered(QUICK, [NETWORKS / "trejo2022_1"], FACES)
    with pytest.raises(TrainingError, match="holds another network"):
        recovered(protocol("trejo2022_1"), [NETWORKS / "trejo2022_1"], FACES)
    with pytest.raises(TrainingError, match="holds no network with its card"):
        recovered(QUICK, [tmp_path], FACES)


def test_a_file_that_is_not_its_card_s_or_answers_otherwise_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    of_card, content = card("quick"), (NETWORKS / "quick" / "network.tflite").read_bytes()
    leave(tmp_path, replace(of_card, sha256="0" * 64), content)
    with pytest.raises(TrainingError, match="is not the one of its card"):
        recovered(QUICK, [tmp_path], FACES)
    leave(tmp_path, replace(of_card, weights="int8"), content)
    with pytest.raises(TrainingError, match="its weights are int8; expected float16"):
        recovered(QUICK, [tmp_path], FACES)
    leave(tmp_path, of_card, content)
    whole = folded(content)
    others = [replace(one, offset=one.offset + 0.1) for one in whole.convolutions]
    monkeypatch.setattr("core.training.learning.recovered.folded", lambda _: replace(whole, convolutions=others))
    with pytest.raises(TrainingError, match=r"differs from its file by 0\.\d\d in a probability"):
        recovered(QUICK, [tmp_path], FACES)


@pytest.mark.slow
def test_the_command_leaves_a_run_that_others_begin_with(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "fer2013.csv").write_text(table_text(LITTLE))
    out = tmp_path / "run"
    words = [str(NETWORKS / "quick"), "--network", "quick", "--data", str(tmp_path / "fer2013.csv"), "--out", str(out)]
    parser = ArgumentParser()
    recover.configure(parser)
    assert recover.run(parser.parse_args(words)) == 0
    assert read(out / BEST).network == "quick"
    fresh = QUICK.build()
    begin_with(fresh, QUICK, out)
    theirs = best_network(QUICK, out)[0]
    assert all(np.array_equal(one, other) for one, other in zip(fresh.get_weights(), theirs.get_weights(), strict=True))
    assert recover.run(parser.parse_args(words)) == 1
    assert f"{out} holds a run: choose another --out" in capsys.readouterr().err
