"""From a trained network to the file that ships, and the command that does it all."""

import json
from argparse import ArgumentParser
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.commands import evaluate
from core.domain.card import Card
from core.domain.emotions import Emotion
from core.domain.rating import NetworkId
from core.training.data import Rendered
from core.training.evaluate import softmax
from core.training.export import Origin, convert, publish
from core.training.loop import best_network, train
from core.training.networks import RECIPES, recipe
from core.vision.rater import LiteRtRater, load
from tests.stimuli.generated import little_fer, table_text
from tests.training.tiny import TINY, bars


def published(folder: Path) -> Card:
    """A tiny network, trained for an epoch and exported to `folder`."""
    training, test = bars(56), bars(28, seed=1)
    progress = train(replace(TINY, epochs=1), training.faces(), test.faces(), folder / "run")
    return publish(
        best_network(TINY, folder / "run"),
        TINY,
        progress,
        folder,
        LiteRtRater,
        calibration=test,
        tests={"PrivateTest": bars(35, seed=2)},
        served=Rendered(test.pictures, test.labels, [("100 %",)] * 28),
        origin=Origin(("bars",), ("other bars",), ("it knows bars only",)),
        version="1",
    )


@pytest.mark.parametrize("key", sorted(RECIPES))
def test_the_exported_file_agrees_with_the_network_face_by_face(key: str) -> None:
    model = recipe(key).build(2)
    for layer in model.layers:  # moving averages of a network that has seen faces, not zeros and ones
        if layer.name.startswith("batch_normalization"):
            layer.moving_variance.assign(np.full(layer.moving_variance.shape, 0.5, np.float32))
    faces = np.random.default_rng(0).integers(0, 256, (20, 48, 48)).astype(np.uint8)
    logits = np.asarray(model.predict_on_batch(faces[..., None]))[:, 0]
    rater = LiteRtRater(convert(model, temperature=1.5), NetworkId(key, "1", ""))
    assert np.abs(rater.rate_many(faces) - softmax(logits / 1.5)).max() < 0.02


def test_a_card_can_be_read_back(tmp_path: Path) -> None:
    card = published(tmp_path)
    assert Card.from_json(card.to_json()) == card
    rater, found = load(tmp_path)
    assert found == card
    assert rater.network == card.network
    assert card.quality["PrivateTest"].faces == 35
    assert card.largest_difference < 0.02
    assert (tmp_path / "NOTICE.md").read_text().startswith("# Where this network comes from")


def test_a_card_tells_how_often_an_answer_is_right(tmp_path: Path) -> None:
    card = published(tmp_path)
    expected = round(10 * card.quality["PrivateTest"].classes[Emotion.FEAR].precision)
    assert card.right_of_ten(Emotion.FEAR) == expected


def test_an_incomplete_card_is_refused_by_name(tmp_path: Path) -> None:
    values = json.loads(published(tmp_path).to_json())
    del values["limits"]
    with pytest.raises(ValueError, match="fields limits"):
        Card.from_json(json.dumps(values))


def test_the_evaluate_command_prints_what_the_card_says(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    card = published(tmp_path)
    pictures, labels, usages = little_fer()
    table = tmp_path / "fer2013.csv"
    table.write_text(table_text((pictures, labels, usages)))
    parser = ArgumentParser()
    evaluate.configure(parser)
    capsys.readouterr()
    assert evaluate.run(parser.parse_args(["--network", str(tmp_path), "--data", str(table), "--json"])) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["network"]["hash"] == card.sha256
    assert printed["PrivateTest"]["faces"] == usages.count("PrivateTest")


def test_the_evaluate_command_names_what_it_cannot_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    parser = ArgumentParser()
    evaluate.configure(parser)
    assert evaluate.run(parser.parse_args(["--data", str(tmp_path / "nowhere.csv")])) == 1
    assert "nowhere.csv" in capsys.readouterr().err
