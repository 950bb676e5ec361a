"""From finished runs to a card and a file."""

import resource
from argparse import ArgumentParser
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import numpy as np
import pytest

from core.commands.publish import LIMIT_RENDERED, about, configure
from core.domain.emotions import Emotion
from core.domain.network.card import Card, Published
from core.stimuli.records import Face
from core.training.checkpoint import TrainingError
from core.training.data import Fer2013, parts
from core.training.learning.stored import answers_of, write_answers
from core.training.loop import train
from core.training.protocol import Protocol, Split
from core.training.publish import NOTICE, CardMetadata, publish, reproduced, write
from core.training.served import ServedFaces
from core.vision.card import NETWORKS
from core.vision.rater import load
from tests.training.tiny import TINY, bars

FACES = bars(140)
FER = Fer2013(
    FACES.pictures, FACES.labels.astype(np.int8), np.repeat(["Training", "PublicTest", "PrivateTest"], [70, 35, 35])
)
VOTES = 10 * np.eye(10, dtype=int)[np.array([4, 5, 6, 1, 3, 2, 0])[FACES.labels]]
PAPER = replace(
    TINY,
    key="tiny_paper",
    paper="Nobody 2020",
    published=Published(0.5, "PrivateTest"),
    runs=3,
    epochs=5,
    silent=("all",),
)
RANDOM = replace(PAPER, key="tiny_random", split=Split.RANDOM)
ABOUT = CardMetadata("tiny", "for tests", "ours", ("bars",), ("other bars",), ("it knows bars only",))


@cache
def run(protocol_key: str, seed: int = 1) -> Path:
    plan = {"tiny": TINY, "tiny_paper": PAPER, "tiny_random": RANDOM}[protocol_key]
    out = Path(mkdtemp(prefix="lexithymia-test-"))
    faces = parts(FER, plan, seed)
    votes = faces.training.unvoted() if plan is RANDOM else VOTES[FER.usages == "Training"]
    train(plan, faces.training.faces(votes), faces.choosing.faces(), out, epochs=2, seed=seed, say=lambda _: None)
    return out


def published(folder: Path, plan: Protocol = TINY, about: CardMetadata = ABOUT, seeds: tuple[int, ...] = (1,)) -> Card:
    served = ServedFaces(FACES.pictures[:7], [Face("", b"", "", "", emotion, intensity=100) for emotion in Emotion])
    runs = [run(plan.key, seed) for seed in seeds]
    return publish(plan, runs, FER, folder, about, votes=VOTES, served=served)


def test_a_card_tells_all_of_its_network_and_the_file_is_the_card_s(tmp_path: Path) -> None:
    card = published(tmp_path)
    assert Card.from_json(card.to_json()) == card
    rater, found = load(tmp_path)
    assert found == card
    assert rater.network == card.network
    assert (card.split, card.size) == ("PrivateTest", (tmp_path / "network.tflite").stat().st_size)
    assert set(card.quality) == {"PrivateTest", "PublicTest", "PublicTest + PrivateTest", "PrivateTest at 14×19 pixels"}
    assert [crowd.quality.faces for crowd in card.crowd] == [35, 35]
    assert {share.by for share in card.served} == {"intensity", "emotion"}
    assert 0 < card.largest_difference < 0.02
    assert [row.epoch for row in card.history] == [1, 2]
    assert card.setup.partial == ""
    assert (tmp_path / "NOTICE.md").read_text().startswith("# Where this network comes from")


@pytest.mark.slow
def test_a_paper_s_card_says_what_was_not_run_and_how_far_it_is_from_the_paper(tmp_path: Path) -> None:
    card = published(
        tmp_path, PAPER, replace(ABOUT, key="tiny_paper", kind="paper", partial="an hour of two cores"), (1, 2)
    )
    assert card.setup.partial == "2 of 5 epochs, 2 of 3 runs; an hour of two cores"
    assert [one.seed for one in card.runs] == [1, 2]
    assert card.runs[0].accuracy == card.main.accuracy
    assert card.reproduced.accuracy == pytest.approx(np.mean([one.accuracy for one in card.runs]), abs=1e-6)
    assert card.difference == pytest.approx(100 * (card.reproduced.accuracy - 0.5))
    assert "PrivateTest at 14×19 pixels" not in card.quality


@pytest.mark.slow
def test_where_a_paper_printed_validation_it_is_held_against_validation(tmp_path: Path) -> None:
    plan = replace(PAPER, published=Published(0.5, "validation, averaged over 10 runs"))
    card = publish(plan, [run("tiny_paper")], FER, tmp_path, replace(ABOUT, kind="paper"))
    assert (card.split, next(iter(card.quality))) == ("PublicTest", "PublicTest")


@pytest.mark.slow
def test_a_random_split_leaves_the_held_out_tenth_alone(tmp_path: Path) -> None:
    card = publish(RANDOM, [run("tiny_random")], FER, tmp_path, replace(ABOUT, kind="paper"), votes=VOTES)
    assert list(card.quality) == ["a random tenth"]
    assert card.main.faces == 14
    assert card.crowd == ()


@pytest.mark.slow
def test_a_random_tenth_is_not_drawn_again_from_rows_in_another_order(tmp_path: Path) -> None:
    turned = Fer2013(FER.pictures[::-1], FER.labels[::-1], FER.usages[::-1])
    with pytest.raises(ValueError, match=r"cannot be drawn again from these rows: give fer2013\.csv"):
        publish(RANDOM, [run("tiny_random")], turned, tmp_path, replace(ABOUT, kind="paper"))


@pytest.mark.slow
def test_a_card_has_the_rate_that_was_run_and_the_faces_that_were_learnt(tmp_path: Path) -> None:
    plan, out = replace(TINY, optimiser=replace(TINY.optimiser, rate=0.02)), tmp_path / "run"
    faces = parts(FER, plan, 1)
    learnt = faces.training.faces(VOTES[FER.usages == "Training"])
    train(plan, learnt, faces.choosing.faces(), out, epochs=1, say=lambda _: None)
    card = publish(TINY, [out], FER, tmp_path / "card", ABOUT)
    assert card.setup.optimiser == "SGD, learning rate 0.02, momentum 0.9"
    assert card.learnt == learnt.digest()


def test_a_full_disk_leaves_the_network_that_was_there(tmp_path: Path) -> None:
    published(tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    card = Card.from_json(before["card.json"].decode())
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        with pytest.raises(TrainingError, match=r"could not be written .*; what was there stays"):
            write(card, tmp_path, b"another network" * 1000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_card_says_what_a_run_learnt_from_and_what_the_network_that_it_began_with_did() -> None:
    parser = ArgumentParser()
    configure(parser)
    options = parser.parse_args(["--from", "run", "--data", "fer2013.csv", "--out", "card"])
    earlier = {"network": "compact", "epochs": 12, "options": {"votes": True, "faces": True}}
    said = about(options, TINY, {"balance": 1.0, "begins": earlier})
    assert said.data[1:] == (
        "computer-made faces of other people than the built-in ones, seen by the network that it learnt from",
        "each emotion drawn by its share of the photographs to the power 0",
        "compact after 12 epochs: its weights were the beginning",
    )
    assert LIMIT_RENDERED in said.limits
    alone = about(options, TINY, {"votes": True})
    assert [line.split(":")[0].split(",")[0] for line in alone.data] == ["FER-2013", "FER+"]
    assert LIMIT_RENDERED not in alone.limits


@pytest.mark.slow
def test_a_larger_network_of_a_paper_leaves_its_figures_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    published(tmp_path, PAPER, replace(ABOUT, kind="paper"))
    assert (tmp_path / "network.tflite").exists()
    monkeypatch.setattr("core.training.publish.LARGEST", 100)
    card = published(tmp_path, PAPER, replace(ABOUT, kind="paper"))
    assert [path.name for path in tmp_path.iterdir()] == ["card.json"]
    assert card.sha256 == ""
    assert card.size > 100


def test_a_run_of_another_network_and_a_folder_without_one_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="holds a run of tiny; expected tiny_paper"):
        publish(PAPER, [run("tiny")], FER, tmp_path, ABOUT)
    with pytest.raises(TrainingError, match="train the network first"):
        publish(TINY, [tmp_path], FER, tmp_path, ABOUT)


def test_the_mean_of_runs_has_student_s_interval() -> None:
    found = reproduced([0.5, 0.52, 0.54], (0, 1))
    assert found.accuracy == 0.52
    assert found.interval == pytest.approx((0.52 - 4.3027 * 0.02 / 3**0.5, 0.52 + 4.3027 * 0.02 / 3**0.5), abs=1e-4)
    assert reproduced([0.5], (0.4, 0.6)).interval == (0.4, 0.6)


def test_every_network_that_ships_has_its_notice() -> None:
    for file in NETWORKS.glob("*/network.tflite"):
        assert file.with_name("NOTICE.md").read_text(encoding="utf-8") == NOTICE.read_text(encoding="utf-8")


def large() -> CardMetadata:
    return replace(ABOUT, key="tiny_paper", kind="paper")


def test_a_network_that_does_not_ship_has_the_same_card_from_its_stored_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.training.publish.LARGEST", 100)
    stored = tmp_path / "answers.npz"
    write_answers(stored, answers_of(PAPER, run("tiny_paper"), FER))
    expected = publish(PAPER, [run("tiny_paper")], FER, tmp_path / "weights", large(), votes=VOTES)

    def never(*_: object) -> None:
        raise AssertionError("no network is built, nothing is exported")

    for name in ("core.training.trained.best_network", "core.training.publish.convert"):
        monkeypatch.setattr(name, never)
    found = publish(PAPER, [stored], FER, tmp_path / "answers", large(), votes=VOTES)
    assert [path.name for path in (tmp_path / "answers").iterdir()] == ["card.json"]
    assert found.size == 2 * found.parameters
    same = ("setup", "runs", "parameters", "learnt", "history", "split", "sha256", "software", "weights")
    assert {name: getattr(found, name) for name in same} == {name: getattr(expected, name) for name in same}
    assert "keras" in found.software["training"]
    for name, quality in expected.quality.items():
        assert found.quality[name].matrix == quality.matrix
        assert found.quality[name].calibration.error == pytest.approx(quality.calibration.error, abs=0.01)
    assert [one.quality.right for one in found.crowd] == [one.quality.right for one in expected.crowd]


def test_stored_answers_are_no_network_that_ships_and_none_of_other_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = tmp_path / "answers.npz"
    write_answers(stored, answers_of(PAPER, run("tiny_paper"), FER))
    with pytest.raises(ValueError, match=r"answers\.npz: the file of tiny_paper would ship .* the folder of its run"):
        publish(PAPER, [stored], FER, tmp_path / "card", large())
    monkeypatch.setattr("core.training.publish.LARGEST", 100)
    turned = Fer2013(FER.pictures[::-1], FER.labels[::-1], FER.usages[::-1])
    with pytest.raises(TrainingError, match="has answers for other rows"):
        publish(PAPER, [stored], turned, tmp_path / "card", large())
    assert not (tmp_path / "card").exists()
