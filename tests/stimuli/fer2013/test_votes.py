"""Votes go to the right picture, by row or by the picture itself, or to none."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from core.stimuli.fer2013 import Arrays, fingerprints, read_arrays, read_votes
from core.stimuli.fer2013.fingerprints import find_rows, keys
from core.stimuli.fer2013.votes import agreed, join_votes
from core.stimuli.records import StimulusError
from tests.stimuli.generated import SHARED, VOTES_HEADER, little_fer, unanimous, votes_text, write_folder

FER = little_fer()
PIXELS, LABELS, USAGES = FER[0], FER[1], np.array(FER[2])


def jpeg(picture: np.ndarray, quality: int) -> np.ndarray:
    data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_GRAYSCALE), np.uint8)


def votes_file(path: Path, counts: np.ndarray) -> Path:
    path.write_text(votes_text(FER, counts))
    return path


@pytest.fixture
def keys_of_little_fer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The generated set in the place of FER-2013."""
    np.save(tmp_path / "keys.npy", keys(PIXELS))
    monkeypatch.setattr(fingerprints, "KEYS_FILE", tmp_path / "keys.npy")


def test_votes_are_joined_row_by_row_where_rows_and_splits_agree(tmp_path: Path) -> None:
    counts = unanimous(FER)
    joined = join_votes(PIXELS, LABELS, USAGES, read_votes(votes_file(tmp_path / "v.csv", counts)))
    assert np.array_equal(joined.counts, counts)
    assert list(map(str, joined.how)) == ["The votes were joined row by row."]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|", '","'])
def test_votes_that_another_program_wrote_are_read(tmp_path: Path, separator: str) -> None:
    counts, path = unanimous(FER), tmp_path / "v.csv"
    quote = '"' if '"' in separator else ""
    lines = votes_file(path, counts).read_text().splitlines()
    path.write_text("\ufeff" + "\r\n".join(quote + line.replace(",", separator) + quote for line in lines))
    assert np.array_equal(read_votes(path).counts, counts)


@pytest.mark.usefixtures("keys_of_little_fer")
def test_without_the_rows_order_votes_are_joined_by_the_picture_itself(tmp_path: Path) -> None:
    counts = unanimous(FER, for_label=6)
    counts[:, 7] = np.arange(70) % 5
    votes = read_votes(votes_file(tmp_path / "v.csv", counts))
    pixels, labels, usages = read_arrays(write_folder(tmp_path / "fer", FER, quality=75))
    rows = np.abs(pixels[:, None].astype(int) - PIXELS[None]).mean(axis=(2, 3)).argmin(axis=1)
    joined = join_votes(pixels, labels, usages, votes)
    said = "The votes were joined by the pictures themselves: 70 of 70 were found."
    assert list(map(str, joined.how)) == [said]
    assert np.array_equal(joined.counts, counts[rows])


@pytest.mark.usefixtures("keys_of_little_fer")
def test_rows_shuffled_within_their_splits_are_noticed_and_joined_by_the_picture(tmp_path: Path) -> None:
    votes = read_votes(votes_file(tmp_path / "v.csv", unanimous(FER)))
    order = np.r_[np.roll(np.arange(56), 3), np.arange(56, 70)]
    joined = join_votes(PIXELS[order], LABELS[order], USAGES, votes)
    assert "by the pictures themselves" in str(joined.how[0])
    assert np.array_equal(joined.counts, votes.counts[order])


@pytest.mark.usefixtures("keys_of_little_fer")
def test_a_picture_that_is_none_of_fer2013s_has_no_votes(tmp_path: Path) -> None:
    votes = read_votes(votes_file(tmp_path / "v.csv", unanimous(FER)))
    strangers = little_fer(5, seed=9)[0]
    joined = join_votes(
        np.concatenate([PIXELS, strangers]), np.r_[LABELS, LABELS[:5]], np.r_[USAGES, USAGES[:5]], votes
    )
    assert joined.known.tolist() == [True] * 70 + [False] * 5
    assert "70 of 75 were found" in str(joined.how[0])


@pytest.mark.usefixtures("keys_of_little_fer")
def test_votes_of_other_pictures_are_refused(tmp_path: Path) -> None:
    votes = read_votes(votes_file(tmp_path / "v.csv", unanimous(FER)))
    with pytest.raises(StimulusError, match="their labels do not go with their votes"):
        join_votes(PIXELS, (LABELS + 1) % 7, USAGES, votes)
    with pytest.raises(StimulusError, match="0 of 70 pictures found"):
        join_votes(little_fer(70, seed=9)[0], LABELS, USAGES[::-1], votes)


def test_votes_for_another_number_of_pictures_are_refused(tmp_path: Path) -> None:
    votes = read_votes(votes_file(tmp_path / "v.csv", unanimous(FER)))
    with pytest.raises(StimulusError, match="70 rows of votes for 20 pictures"):
        join_votes(PIXELS[:20], LABELS[:20], USAGES[:20], votes)


@pytest.mark.parametrize("change", [lambda p: jpeg(p, 60), lambda p: cv2.resize(cv2.resize(p, (64, 64)), (48, 48))])
def test_a_picture_is_found_again_after_compression_and_rescaling(change: object) -> None:
    assert callable(change)
    nobody = np.zeros(len(PIXELS), np.bool_)
    changed = np.array([change(picture) for picture in PIXELS], np.uint8)
    assert not np.array_equal(changed, PIXELS)
    assert find_rows(changed, nobody, keys(PIXELS), nobody).tolist() == list(range(70))


def test_a_held_out_picture_is_never_taken_for_its_copy_in_training() -> None:
    known = keys(np.concatenate([PIXELS[:2], PIXELS[:2]]))
    held_out = np.array([False, False, True, True])
    assert find_rows(PIXELS[:2], np.array([False, True]), known, held_out).tolist() == [0, 3]


def test_a_label_counts_only_as_unique_plurality_of_all_ten_columns_with_five_votes() -> None:
    happy = np.full(5, 3, np.int8)
    counts = np.array(
        [
            [0, 5, 4, 0, 0, 0, 0, 0, 1, 0],  # five of ten, more than any other
            [0, 4, 3, 0, 0, 0, 0, 0, 3, 0],  # most, but only four
            [0, 5, 5, 0, 0, 0, 0, 0, 0, 0],  # a tie
            [0, 5, 0, 0, 0, 0, 0, 5, 0, 0],  # a tie with contempt
            [1, 3, 6, 0, 0, 0, 0, 0, 0, 0],  # most saw surprise
        ],
        np.int16,
    )
    assert agreed(happy, counts).tolist() == [True, False, False, False, False]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", "the columns ''"),
        ("emotion,pixels,Usage\n", "the columns 'emotion,pixels,Usage'"),
        (f"{VOTES_HEADER}\n", "no rows"),
        (f"{VOTES_HEADER}\nTraining,a.png,1,2\n", "row 1 (line 2): 4 columns"),
        (f"{VOTES_HEADER}\nTrain,a.png,{'1,' * 9}1\n", "Usage 'Train'"),
        (f"{VOTES_HEADER}\nTraining,a.png,{'1,' * 9}11\n", "nf '11'"),
        (f"{VOTES_HEADER}\nTraining,a.png,x,{'1,' * 8}1\n", "neutral 'x'"),
        (f"{VOTES_HEADER}\nTraining,a.png,-1,{'1,' * 8}1\n", "neutral '-1'"),
    ],
)
def test_a_file_that_is_not_ferplus_is_refused(tmp_path: Path, text: str, found: str) -> None:
    path = tmp_path / "votes.csv"
    path.write_text(text)
    with pytest.raises(StimulusError) as error:
        read_votes(path)
    assert found in str(error.value)
    assert "leave --votes out" in str(error.value)


@pytest.mark.slow
def test_the_keys_that_ship_find_fer2013s_pictures_after_jpeg(fer2013: Arrays) -> None:
    pixels, labels, usages = fer2013
    votes = read_votes(SHARED / "fer2013new.csv")
    chosen = np.random.default_rng(0).permutation(len(pixels))[:3_000]
    noisy = np.array([jpeg(pixels[row], 80) for row in chosen], np.uint8)
    joined = join_votes(noisy, labels[chosen], usages[chosen], votes)
    assert joined.known.mean() > 0.995
    same = (joined.counts == votes.counts[chosen]).all(axis=1)
    assert same[joined.known].mean() > 0.95  # the rest are copies of a picture, each with votes of its own
