"""FER-2013 as people pass it on: other names of splits and labels, archives in archives, litter, half of it."""

import io
import tarfile
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from core.domain.emotions import Emotion
from core.stimuli.emotion_words import read_answers
from core.stimuli.fer2013 import read_arrays, read_votes
from core.stimuli.fer2013.curate import read_fer2013
from core.stimuli.fer2013.forms import gather, open_fer2013
from core.stimuli.pictures import grey_png
from core.stimuli.records import StimulusError
from tests.others import first_of
from tests.stimuli.generated import SAVED_AS, little_fer, table_text, unanimous, votes_text

FER = little_fer(14)
PICTURES = [grey_png(picture) for picture in FER[0]]


def write(folder: Path, *names: str) -> Path:
    """A folder with a picture at each of these paths."""
    for number, name in enumerate(names):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(PICTURES[number % len(PICTURES)])
    return folder


def read(path: Path) -> list[tuple[str, str]]:
    """(split, label) of each picture."""
    found = gather(open_fer2013(path))
    return [(str(usage), Emotion(label).word) for usage, label in zip(found.usages, found.labels.tolist(), strict=True)]


def refused(path: Path) -> str:
    with pytest.raises(StimulusError) as error:
        read_fer2013(path)
    return str(error.value)


@pytest.mark.parametrize("name", ["validation", "val", "Valid", "VALIDATION", "test", "Testing"])
def test_held_out_folders_have_many_names(tmp_path: Path, name: str) -> None:
    folder = write(tmp_path, "images/train/happy/1.png", f"images/{name}/sad/2.png")
    assert read(folder) == [("Training", "happy"), ("Test", "sad")]


def test_of_validation_and_test_each_is_its_half(tmp_path: Path) -> None:
    folder = write(tmp_path, "train/happy/1.png", "val/sad/2.png", "test/fear/3.png", "test/fear/PublicTest_9.png")
    assert sorted(read(folder)) == [
        ("PrivateTest", "fear"),
        ("PublicTest", "fear"),
        ("PublicTest", "sad"),
        ("Training", "happy"),
    ]


@pytest.mark.parametrize("name", ["PublicTest", "publictest", "PRIVATETEST", "Training"])
def test_a_split_s_own_name_may_be_a_folder(tmp_path: Path, name: str) -> None:
    ((split, _),) = read(write(tmp_path, f"{name}/happy/1.png"))
    assert split.lower() == name.lower()


@pytest.mark.parametrize(
    ("label", "emotion"),
    [
        ("0", "angry"),
        ("Angry", "angry"),
        ("disgusted", "disgust"),
        ("fearful", "fear"),
        ("HAPPINESS", "happy"),
        ("tristeza", "sad"),
        ("Sorpresa", "surprise"),
        ("surprised", "surprise"),
        ("6", "neutral"),
        ("3_happy", "happy"),
    ],
)
def test_labels_are_words_of_every_kind(tmp_path: Path, label: str, emotion: str) -> None:
    assert read(write(tmp_path, f"TRAIN/{label}/1.PNG")) == [("Training", emotion)]


def assert_asked_and_answered(path: Path) -> None:
    """Of two pictures of contempt and one of fun beside a happy one."""
    message = refused(path)
    assert "'contempt'" in message
    assert "2 like this" in message
    assert '--word "fun=disgust"' in message
    assert "take" not in message.lower()
    _, faces = read_fer2013(path, answers=read_answers(["contempt=-", "fun=happy"]))
    assert Counter(face.target for face in faces) == {Emotion.HAPPY: 2}


def test_all_unknown_labels_are_asked_about_in_one_report_and_answered(tmp_path: Path) -> None:
    folder = write(tmp_path, "train/happy/1.png", "train/contempt/2.png", "train/contempt/3.png", "test/fun/4.png")
    assert_asked_and_answered(folder)


def test_folders_that_are_not_read_are_named(tmp_path: Path) -> None:
    folder = write(tmp_path, "train/happy/1.png", "extra/happy/2.png", "extra/happy/3.png", "train/4.png")
    notes = " ".join(map(str, read_fer2013(folder)[0].notes))
    assert "Folders with pictures that were not read: extra/happy (2), train (1)." in notes


def test_what_systems_leave_is_no_picture(tmp_path: Path) -> None:
    folder = write(tmp_path, "train/happy/1.png", "train/happy/._1.png", "__MACOSX/train/happy/._1.png")
    (folder / "train/happy/.DS_Store").write_bytes(b"\0" * 40)
    (folder / "train/happy/Thumbs.db").write_bytes(b"\0" * 40)
    assert read(folder) == [("Training", "happy")]
    assert "not read" not in " ".join(map(str, read_fer2013(folder)[0].notes))


@pytest.mark.parametrize("name", ["fer2013.csv", "a/FER2013.CSV", "a/b/fer2013.csv", "a/icml_face_data.csv"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_a_table_lies_some_levels_down_with_any_separator(tmp_path: Path, name: str, separator: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(table_text(FER).replace(",", separator))
    assert len(read(tmp_path)) == 14
    assert len(read(path)) == 14


@pytest.mark.parametrize("ending", first_of("tar.gz", "tar", "tgz", "tar.xz", "tar.bz2", "zip"))
@pytest.mark.parametrize("held", ["table", "pictures"])
def test_an_archive_of_any_kind_is_read_also_inside_a_folder(tmp_path: Path, ending: str, held: str) -> None:
    folder = tmp_path / "fer"
    if held == "table":
        folder.mkdir()
        (folder / "fer2013.csv").write_text(table_text(FER))
    else:
        write(folder, "train/happy/1.png", "train/happy/._1.png", "test/sad/2.png")
    path = tmp_path / "given" / f"x.{ending}"
    path.parent.mkdir()
    if ending == "zip":
        with zipfile.ZipFile(path, "w") as archive:
            for file in sorted(folder.rglob("*")):
                archive.write(file, f"up/{file.relative_to(folder)}")
    else:
        packed = {"gz": "gz", "tgz": "gz", "xz": "xz", "bz2": "bz2"}.get(ending.rpartition(".")[2], "")
        with tarfile.open(path, f"w:{packed}") as archive:  # type: ignore[call-overload]
            archive.add(folder, "up")
    assert read(path) == read(path.parent) == read(folder)


ROWS = [line.split(",") for line in table_text(FER).splitlines()[1:]]
"""Label, grey levels and split of each row."""


def in_words(label: str) -> str:
    return ("Angry", "disgusted", "FEAR", "alegría", "triste", "Surprise", "neutral")[int(label)]


@pytest.mark.parametrize(
    ("name", "cells"),
    {
        "words": [(in_words(label), levels, split) for label, levels, split in ROWS],
        "whole fractions": [(f"{label}.0", levels, split) for label, levels, split in ROWS],
        "levels with commas": [(label, f'"{levels.replace(" ", ",")}"', split) for label, levels, split in ROWS],
        "levels as a list": [(label, f'"[{levels.replace(" ", ", ")}]"', split) for label, levels, split in ROWS],
        "other cases": [(label, levels, split.upper()) for label, levels, split in ROWS],
    }.items(),
)
def test_a_table_was_written_by_other_programs(tmp_path: Path, name: str, cells: list[tuple[str, str, str]]) -> None:
    (tmp_path / "fer2013.csv").write_text(table_text(FER))
    other = tmp_path / f"{name}.csv"
    other.write_text("\n".join(["emotion,pixels,Usage", *map(",".join, cells)]))
    pixels, labels, splits, *_ = read_arrays(tmp_path / "fer2013.csv")
    found = read_arrays(other)
    assert np.array_equal(found[0], pixels)
    assert found[1].tolist() == labels.tolist()
    assert found[2].tolist() == splits.tolist()


@pytest.mark.parametrize("save", SAVED_AS.values(), ids=SAVED_AS)
def test_a_table_is_read_as_programs_save_text(tmp_path: Path, save: Callable[[str], bytes]) -> None:
    (tmp_path / "fer2013.csv").write_text(table_text(FER))
    votes = tmp_path / "fer2013new.csv"
    votes.write_text(votes_text(FER, unanimous(FER)))
    expected = (*read_arrays(tmp_path / "fer2013.csv"), *vars(read_votes(votes)).values())
    (tmp_path / "fer2013.csv").write_bytes(save(table_text(FER)))
    votes.write_bytes(save(votes_text(FER, unanimous(FER))))
    found = (*read_arrays(tmp_path / "fer2013.csv"), *vars(read_votes(votes)).values())
    assert [one.tolist() for one in found] == [one.tolist() for one in expected]


@pytest.mark.parametrize(
    ("words", "splits"),
    [
        (["Train", "valid", "test"], ["Training", "PublicTest", "PrivateTest"]),
        (["testing", "training", "Validation"], ["Training", "PrivateTest", "PublicTest"]),
        (["train", "test"], ["Training", "Test"]),
        (["train", "val"], ["Training", "Test"]),
    ],
)
def test_a_table_has_the_split_s_names_that_folders_have(tmp_path: Path, words: list[str], splits: list[str]) -> None:
    rows = [f"3,{ROWS[0][1]},{word}" for word in words]
    (tmp_path / "fer2013.csv").write_text("\n".join(["emotion,pixels,Usage", *rows]))
    assert [split for split, _ in read(tmp_path)] == splits


def test_unknown_words_of_a_table_are_asked_about_in_one_report_and_answered(tmp_path: Path) -> None:
    words = ["contempt", "happy", "fun", "contempt", "-1"]
    rows = [f"{word},{levels},Training" for word, (_, levels, _) in zip(words, ROWS, strict=False)]
    path = tmp_path / "fer2013.csv"
    path.write_text("\n".join(["emotion,pixels,Usage", *rows[:4]]))
    assert "row 1 (line 2): emotion 'contempt'" in refused(path)
    assert_asked_and_answered(path)
    path.write_text("\n".join(["emotion,pixels,Usage", *rows[4:]]))
    assert "emotion '-1'; expected a label from 0 (angry) to 6 (neutral)" in refused(path)


def test_a_short_table_says_so(tmp_path: Path) -> None:
    path = tmp_path / "fer2013.csv"
    path.write_text(table_text(FER))
    said = "14 of FER-2013’s 35,887 pictures are in it: is the download whole?"
    assert said in map(str, read_fer2013(path)[0].notes)
    told: list[str] = []
    read_arrays(path, tell=told.append)
    assert told == [said]


def test_ferplus_s_own_folders_are_joined_by_number(tmp_path: Path) -> None:
    names = [f"{'FER2013Train' if number < 12 else 'FER2013Test'}/fer{number:07d}.png" for number in range(14)]
    folder = write(tmp_path / "clone" / "data", *names)
    assert "--votes" in refused(folder)
    votes = tmp_path / "clone" / "fer2013new.csv"
    votes.write_text(votes_text(FER, unanimous(FER)))
    for given in (votes, tmp_path / "clone"):
        info, faces = read_fer2013(folder, given)
        assert [int(face.target) for face in faces] == FER[1].tolist()
        assert "14 of 14 were found" in " ".join(map(str, info.notes))
        assert read_arrays(folder, votes=given)[1].tolist() == FER[1].tolist()


@pytest.mark.parametrize(
    ("head", "named"),
    [
        (b"PAR1", "Parquet"),
        (b"Rar!\x1a\x07", "RAR"),
        (b"7z\xbc\xaf\x27\x1c", "7z"),
        (b"\x89HDF\r\n\x1a\n", "HDF5"),
        (b"\x93NUMPY", "NumPy"),
        (b"\x80\x04\x95", "pickle"),
        (b"SQLite format 3\0", "SQLite"),
    ],
)
def test_a_container_that_is_not_read_is_named_for_what_it_is(tmp_path: Path, head: bytes, named: str) -> None:
    path = tmp_path / "fer2013.csv"
    path.write_bytes(head + bytes(100))
    assert named in refused(path)


def test_numpy_s_archive_is_named(tmp_path: Path) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("x.npy", b"\x93NUMPY")
    path = tmp_path / "fer2013.npz"
    path.write_bytes(file.getvalue())
    assert ".npz" in refused(path)
