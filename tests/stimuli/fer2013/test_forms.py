"""Every form of FER-2013 gives the same pictures, labels and splits."""

import gzip
import lzma
import shutil
import zipfile
from pathlib import Path

import numpy as np
import pytest

from core.stimuli.fer2013 import Arrays
from core.stimuli.fer2013.forms import gather, open_fer2013
from core.stimuli.records import StimulusError
from tests.stimuli.generated import GeneratedArrays, icml_text, little_fer, table_text, write_folder

FER = little_fer()


def read(path: Path) -> Arrays:
    found = gather(open_fer2013(path))
    return found.pixels, found.labels, found.usages


def assert_same(path: Path, arrays: GeneratedArrays = FER) -> None:
    pixels, labels, usages = read(path)
    assert pixels.dtype == np.uint8
    assert labels.dtype == np.int8
    assert np.array_equal(pixels, arrays[0])
    assert np.array_equal(labels, arrays[1])
    assert usages.tolist() == arrays[2]


def zip_of(path: Path, members: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return path


def test_a_table_is_read_plain_and_packed(tmp_path: Path) -> None:
    data = table_text(FER).encode()
    for name, content in {"a.csv": data, "b.csv.gz": gzip.compress(data), "c.csv.xz": lzma.compress(data)}.items():
        (tmp_path / name).write_bytes(content)
        assert_same(tmp_path / name)
    assert_same(zip_of(tmp_path / "d.zip", {"fer2013/fer2013.csv": table_text(FER)}))


def test_columns_are_found_by_name_whatever_their_order_blanks_quotes_and_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "icml_face_data.csv"
    path.write_text(icml_text(FER))
    assert_same(path)
    path.write_bytes(b"\xef\xbb\xbf" + icml_text(FER).replace("\n", "\r\n").encode())
    assert_same(path)
    quoted = ['"' + line.replace(",", '","') + '"' for line in table_text(FER).splitlines()]
    path.write_text("\n".join(quoted))
    assert_same(path)


def test_of_the_challenges_files_the_whole_table_is_preferred(tmp_path: Path) -> None:
    others = {"train.csv": "emotion,pixels\n", "test.csv": "pixels\n", "example_submission.csv": "id\n"}
    assert_same(zip_of(tmp_path / "a.zip", others | {"icml_face_data.csv": icml_text(FER)}))
    for name, text in (others | {"icml_face_data.csv": icml_text(FER)}).items():
        (tmp_path / name).write_text(text)
    assert_same(tmp_path)


def test_train_csv_is_training_and_test_csv_without_labels_is_left_aside(tmp_path: Path) -> None:
    pixels, labels, usages = FER
    train = pixels[:56], labels[:56], usages[:56]
    text = "\n".join(line.rsplit(",", 1)[0] for line in table_text(train).splitlines())
    (tmp_path / "train.csv").write_text(text)
    (tmp_path / "test.csv").write_text("pixels\n" + " ".join(["7"] * 2304))
    assert_same(tmp_path, train)
    assert "test.csv was left aside" in str(open_fer2013(tmp_path).notes[0])
    with pytest.raises(StimulusError, match=r"no column emotion.*train\.csv"):
        read(tmp_path / "test.csv")


def test_a_folder_of_pictures_and_its_zip_are_read_alike(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "fer", FER)
    shutil.make_archive(str(tmp_path / "packed"), "zip", tmp_path, "fer")
    from_folder, from_zip = read(folder), read(tmp_path / "packed.zip")
    for one, other in zip(from_folder, from_zip, strict=True):
        assert np.array_equal(one, other)
    pixels, labels, usages = from_folder
    assert sorted(labels) == sorted(FER[1])
    assert sorted(usages) == sorted(FER[2])
    distance = np.abs(pixels[:, None].astype(int) - FER[0][None]).mean(axis=(2, 3)).min(axis=1)
    assert distance.max() < 8  # JPEG noise; two different pictures are 60 apart


def test_a_held_out_picture_whose_name_says_no_half_is_from_test(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, FER)
    for path in list(folder.rglob("PublicTest_*.jpg")):
        path.rename(path.with_name(f"im{path.stem.split('_')[1]}.jpg"))
    usages = gather(open_fer2013(folder)).usages
    assert set(usages) == {"Training", "Test", "PrivateTest"}


def test_progress_ends_at_the_whole(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    gather(open_fer2013(write_folder(tmp_path, FER)), lambda done, of: seen.append((done, of)))
    assert seen[-1] == (70, 70)
