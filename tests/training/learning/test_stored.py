"""Answers that a trained network leaves for students: what is in them, who may learn from them, which are refused."""

from argparse import ArgumentParser, Namespace
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import numpy as np
import pytest

from core.commands.train import believed_shares, configure, run
from core.domain.emotions import Emotion
from core.training.checkpoint import TrainingError, TrainingProgress, best_network
from core.training.data import Fer2013, parts
from core.training.evaluate import softmax
from core.training.learning.stored import (
    VIEWS,
    AnswersOrigin,
    StoredAnswers,
    answers_of,
    expect_fitting,
    read_answers,
    taught,
    write_answers,
)
from core.training.loop import rate_many, train
from core.training.protocol import Split
from tests.stimuli.generated import little_fer, table_text
from tests.training.tiny import TINY, bars

FACES = bars(70)
USAGES = np.repeat(["PublicTest", "Training", "PrivateTest"], [14, 42, 14])
FER = Fer2013(FACES.pictures, FACES.labels.astype(np.int8), USAGES)
SPLIT = parts(FER, TINY, 1)
RANDOM = replace(TINY, key="tiny_random", split=Split.RANDOM)


@cache
def taught_run() -> Path:
    out = Path(mkdtemp(prefix="lexithymia-test-"))
    own = SPLIT.training
    train(TINY, own.faces(own.unvoted()), SPLIT.choosing.faces(), out, epochs=1, seed=1, say=lambda _: None)
    return out


@cache
def answers() -> StoredAnswers:
    return answers_of(TINY, taught_run(), FER)


def invented(fer: Fer2013 = FER, rows: np.ndarray | None = None, **origin: object) -> StoredAnswers:
    """Answers that no network had to be trained for: sure of the next emotion but the label's."""
    rows = np.arange(len(fer.labels)) if rows is None else rows
    said = {
        head: 8 * np.eye(width, dtype=np.float16)[(fer.labels[rows] + 1) % 7]
        for head, width in (("label", 7), ("crowd", 8))
    }
    words = tuple(emotion.word for emotion in Emotion)
    made = {"data": fer.digest(), "classes": words, "split": "PUBLISHED", "parameters": 9}
    progress = TrainingProgress("tiny", 1, epoch=3, options={"learnt": "42 faces"})
    return StoredAnswers(AnswersOrigin(**made | {"progress": progress} | origin), rows.astype(np.int32), said, said)  # type: ignore[arg-type]


def options(*words: str) -> Namespace:
    parser = ArgumentParser()
    configure(parser)
    return parser.parse_args(["--data", "fer2013.csv", *words])


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    write_answers(tmp_path / "a.npz", answers())
    found = read_answers(tmp_path / "a.npz")
    assert found.origin == answers().origin
    assert np.array_equal(found.rows, np.arange(70))
    for mine, kept in ((found.plain, answers().plain), (found.mean, answers().mean)):
        assert {head: x.shape for head, x in mine.items()} == {"label": (70, 7), "crowd": (70, 8)}
        assert all(np.array_equal(mine[head], kept[head]) for head in mine)
    assert [path.name for path in tmp_path.iterdir()] == ["a.npz"]


def test_plain_answers_are_the_network_s_and_mean_ones_do_not_know_left_from_right() -> None:
    model = best_network(TINY, taught_run())[0]
    assert VIEWS == 10
    np.testing.assert_allclose(answers().plain["label"], rate_many(model, FER.pictures)["label"], rtol=2e-3, atol=2e-3)
    mirrored = answers_of(TINY, taught_run(), replace(FER, pictures=FER.pictures[:, :, ::-1]))
    for head in ("label", "crowd"):
        shares = softmax(answers().mean[head].astype(np.float32))
        np.testing.assert_allclose(shares.sum(1), 1, atol=1e-6)
        np.testing.assert_allclose(shares, softmax(mirrored.mean[head].astype(np.float32)), atol=2e-3)


def test_a_student_learns_the_answers_as_far_as_they_are_believed() -> None:
    own = SPLIT.training.faces(SPLIT.training.unvoted())
    goals = taught(own, SPLIT, [invented()], 0.4).goals
    for head, target in own.targets.items():
        np.testing.assert_allclose(goals[head].sum(1), 1, atol=1e-5)
        np.testing.assert_allclose(
            goals[head], 0.6 * target + 0.4 * softmax(invented().mean[head][USAGES == "Training"]), atol=1e-3
        )
    assert np.array_equal(taught(own, SPLIT, [invented()], 0.0).goals["label"], own.targets["label"])


def test_answers_for_held_out_rows_are_never_learnt() -> None:
    held_out = invented()
    said = {head: x.copy() for head, x in held_out.mean.items()}
    for x in said.values():
        x[USAGES != "Training"] = np.nan
    own = SPLIT.training.faces(SPLIT.training.unvoted())
    found = taught(own, SPLIT, [replace(held_out, mean=said)], 0.5)
    assert len(found) == 42
    for head, goal in found.goals.items():
        assert np.array_equal(goal, taught(own, SPLIT, [held_out], 0.5).goals[head])
    for seed in (1, 2):
        split = parts(FER, RANDOM, seed)
        held = {picture.tobytes() for part in (split.choosing, *split.tests.values()) for picture in part.pictures}
        assert not held & {picture.tobytes() for picture in FER.pictures[split.rows]}
        assert np.array_equal(FER.pictures[split.rows], split.training.pictures)


def test_the_targets_stay_what_a_run_is_known_by() -> None:
    own = SPLIT.training.faces(SPLIT.training.unvoted())
    softened = taught(own, SPLIT, [invented()], 0.9)
    assert softened.digest() == own.digest()
    assert str(softened.balanced(1.0).weights) == str(own.balanced(1.0).weights)
    assert softened.balanced(1.0).taught is softened.taught


def test_a_teacher_that_learnt_from_what_the_student_is_tested_on_is_refused() -> None:
    with pytest.raises(TrainingError, match="seed 1, which learnt from faces that tiny, seed 1, is tested on"):
        expect_fitting(invented(split="RANDOM"), Path("a.npz"), TINY, 1, FER)
    with pytest.raises(
        TrainingError, match=r"that tiny_random, seed 2, is tested on: give a teacher of the same split"
    ):
        expect_fitting(invented(split="RANDOM"), Path("a.npz"), RANDOM, 2, FER)
    expect_fitting(invented(split="RANDOM"), Path("a.npz"), RANDOM, 1, FER)
    expect_fitting(invented(split="HELD_OUT"), Path("a.npz"), TINY, 9, FER)


def test_answers_for_other_rows_other_heads_and_other_emotions_are_refused() -> None:
    turned = Fer2013(FER.pictures[::-1], FER.labels[::-1], FER.usages[::-1])
    with pytest.raises(TrainingError, match=r"a\.npz has answers for other rows \(70 rows, .* in the same form"):
        expect_fitting(invented(), Path("a.npz"), TINY, 1, turned)
    alone = invented()
    label = {"label": alone.mean["label"]}
    with pytest.raises(TrainingError, match="no answers for 'crowd', which tiny learns"):
        expect_fitting(replace(alone, mean=label), Path("a.npz"), TINY, 1, FER)
    expect_fitting(replace(alone, mean=label), Path("a.npz"), replace(TINY, crowd=False), 1, FER)
    with pytest.raises(TrainingError, match=r"answers with angry, fear; tiny with angry, disgust, fear"):
        expect_fitting(invented(classes=("angry", "fear")), Path("a.npz"), TINY, 1, FER)
    with pytest.raises(TrainingError, match="lack 41 of 42 faces that are learnt: write them again"):
        taught(SPLIT.training.faces(SPLIT.training.unvoted()), SPLIT, [invented(rows=np.arange(15))], 0.5)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"rows": np.zeros(70, np.int32)}, "has rows int32"),
        ({"rows": np.arange(70)}, "has rows int64"),
        ({"rows": np.arange(3, dtype=np.int32)}, r"label float16 \(70, 7\), expected float16 \(3, 7\)"),
        ({"mean": {"crowd": np.zeros((70, 8), np.float16)}}, "expected the same, label among them"),
        (
            {"mean": {"label": np.zeros((70, 7), np.float32), "crowd": np.zeros((70, 8), np.float16)}},
            "mean_label float32",
        ),
        (
            {"plain": {"label": np.full((70, 7), np.nan, np.float16), "crowd": np.zeros((70, 8), np.float16)}},
            "no numbers",
        ),
    ],
)
def test_a_file_with_something_else_in_it_is_refused(tmp_path: Path, change: dict[str, object], said: str) -> None:
    write_answers(tmp_path / "a.npz", replace(invented(), **change))  # type: ignore[arg-type]
    with pytest.raises(TrainingError, match=rf"a\.npz .*{said}"):
        read_answers(tmp_path / "a.npz")


def test_a_file_of_another_kind_and_one_that_ends_early_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.npz"
    with pytest.raises(TrainingError, match=r"a\.npz cannot be read \(No such file"):
        read_answers(path)
    write_answers(path, invented())
    whole = path.read_bytes()
    for cut in (0, 1, 100, len(whole) // 2, len(whole) - 1):
        path.write_bytes(whole[:cut])
        with pytest.raises(TrainingError, match="holds no stored answers, or not all of them"):
            read_answers(path)
    middle = len(whole) // 2
    path.write_bytes(whole[:middle] + bytes([whole[middle] ^ 255]) + whole[middle + 1 :])
    with pytest.raises(TrainingError, match="holds no stored answers, or not all of them"):
        read_answers(path)
    np.save(tmp_path / "plain.npy", np.zeros(3))
    np.savez(tmp_path / "other.npz", rows=np.arange(3))
    for other in (tmp_path / "plain.npy", tmp_path / "other.npz"):
        with pytest.raises(TrainingError, match="holds no stored answers"):
            read_answers(other)


def test_the_command_mixes_every_teacher_alike(tmp_path: Path) -> None:
    files = [tmp_path / "a.npz", tmp_path / "b.npz"]
    words = [word for path in [*files, tmp_path] for word in ("--teacher", str(path))]
    stored, networks = believed_shares(options(*words, "--believed", "0.6"))
    assert networks == pytest.approx(0.2)
    assert (1 - networks) * stored == pytest.approx(0.4)
    assert believed_shares(options(*words[:4]))[1] == 0


def test_the_command_refuses_a_file_that_cannot_hold_the_answers(capsys: pytest.CaptureFixture[str]) -> None:
    for words, said in (
        (("--answers", "a.csv"), "expected a file that ends in .npz"),
        (("--answers", "nowhere/a.npz"), "nowhere is no folder that can be written to"),
        (("--network", "trejo2022_1", "--answers", "a.npz"), "10 were asked for: add --runs 1"),
    ):
        assert run(options(*words)) == 1
        assert said in capsys.readouterr().err


def keep(out: Path, answers_file: Path, *more: str) -> list[str]:
    data = out.parent / "fer2013.csv"
    if not data.exists():
        data.write_text(table_text(little_fer()))
    return [
        *(
            "--network",
            "quick",
            "--data",
            str(data),
            "--epochs",
            "1",
            "--out",
            str(out),
            "--answers",
            str(answers_file),
        ),
        *more,
    ]


@pytest.mark.slow
def test_by_command_one_network_leaves_answers_and_another_learns_from_them(tmp_path: Path) -> None:
    first, second = tmp_path / "first.npz", tmp_path / "second.npz"
    assert run(options(*keep(tmp_path / "one", first))) == 0
    before = first.read_bytes()
    assert run(options(*keep(tmp_path / "one", first))) == 0
    assert read_answers(first).origin.progress.epoch == 1
    assert len(read_answers(first).rows) == 70
    assert run(options(*keep(tmp_path / "two", second, "--teacher", str(first)))) == 0
    kept = read_answers(second).origin.progress.options
    assert kept["teachers"][0]["network"] == "quick"
    assert kept["teachers"][0]["answers"] == read_answers(first).sha256
    assert len(before) == first.stat().st_size
