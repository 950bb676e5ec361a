"""Faces for people to look at again."""

import csv
from argparse import ArgumentParser
from pathlib import Path

import numpy as np
import pytest

import core.commands.doubts
from core.config import settings
from core.domain.emotions import Emotion
from core.training.doubts import Doubt, doubts, most_confidently_wrong
from tests.stimuli.generated import little_fer, table_text, unanimous, votes_text

A, D, H, N = Emotion.ANGRY, Emotion.DISGUST, Emotion.HAPPY, Emotion.NEUTRAL


def saying(answer: Emotion, share: float) -> list[float]:
    return [share if emotion is answer else (1 - share) / 6 for emotion in Emotion]


def voting(**counts: int) -> list[int]:
    columns = ("neutral", "happiness", "surprise", "sadness", "anger", "disgust", "fear", "contempt", "unknown", "NF")
    return [counts.get(column, 0) for column in columns]


LABELS = np.array([A, A, A, H, N])
SHARES = np.array([saying(A, 0.9), saying(H, 0.9), saying(H, 0.95), saying(H, 0.6), saying(D, 0.5)])
VOTES = np.array([voting(anger=10), voting(happiness=10), voting(anger=10), voting(happiness=9), [-1] * 10])


def found() -> list[Doubt]:
    pictures = np.arange(5 * 48 * 48).reshape(5, 48, 48).astype(np.uint8)
    return doubts(range(1, 6), pictures, LABELS, np.array(["PrivateTest"] * 5), SHARES, VOTES)


def test_a_label_is_doubted_where_network_and_people_prefer_another() -> None:
    by_row = {one.row: one for one in found()}
    assert set(by_row) == {2, 3, 5}  # 1 and 4 are right for both
    assert by_row[2].doubt == pytest.approx((0.9 + 1) / 2 - (0.1 / 6) / 2, abs=1e-4)
    assert (by_row[2].suggested, by_row[2].likely_error) == ("happy", True)


def test_a_network_alone_makes_no_label_error() -> None:
    by_row = {one.row: one for one in found()}
    assert by_row[3].doubt < 0
    assert not by_row[3].likely_error  # people stand by the label
    assert not by_row[5].likely_error  # nobody's votes are known


def test_the_surest_wrong_answer_comes_first() -> None:
    assert [one.row for one in most_confidently_wrong(found())] == [3, 2, 5]
    assert [one.row for one in found()] == [2, 5, 3]


def run(*words: str) -> int:
    parser = ArgumentParser()
    core.commands.doubts.configure(parser)
    return core.commands.doubts.run(parser.parse_args(list(words)))


def test_the_table_names_rows_and_hashes_and_holds_no_picture(tmp_path: Path) -> None:
    arrays = little_fer()
    (tmp_path / "fer2013.csv").write_text(table_text(arrays))
    (tmp_path / "votes.csv").write_text(votes_text(arrays, unanimous(arrays)))
    data = ("--data", str(tmp_path / "fer2013.csv"), "--votes", str(tmp_path / "votes.csv"))
    assert run(*data, "--out", str(tmp_path / "doubts.csv")) == 0
    rows = list(csv.DictReader((tmp_path / "doubts.csv").open()))
    assert {row["split"] for row in rows} <= {"PublicTest", "PrivateTest"}
    assert {len(row["picture"]) for row in rows} == {64}
    assert {row["votes_unknown"] for row in rows} == {"2"}
    assert sorted(float(row["doubt"]) for row in rows) == [float(row["doubt"]) for row in rows][::-1]
    assert max(map(len, (tmp_path / "doubts.csv").read_text().splitlines())) < 400


def test_pictures_are_shown_below_data_local_only(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--data", str(tmp_path), "--out", str(tmp_path / "doubts.html")) == 1
    assert f"give a file below {settings().local}" in capsys.readouterr().err
    assert not (tmp_path / "doubts.html").exists()
