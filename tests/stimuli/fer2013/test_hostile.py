"""A broken or hostile FER-2013 ends in an error that names file, row, value and remedy, after bounded work."""

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest

from core.stimuli import streams
from core.stimuli.fer2013.forms import gather, open_fer2013
from core.stimuli.records import StimulusError
from tests.stimuli.generated import little_fer, table_text, write_folder

BLANK = 270 * (30_000 * b" " + b"\n")
GOOD = table_text(little_fer()).splitlines()


def refused(path: Path) -> str:
    with pytest.raises(StimulusError) as error:
        gather(open_fer2013(path))
    message = str(error.value)
    assert path.name in message
    assert str(error.value.lines[0].values["remedy"]) in message
    assert len(message) < 600
    return message


def with_row(change: Callable[[list[str]], None]) -> bytes:
    """fer2013.csv whose third row is changed: [emotion, pixels, usage]."""
    cells = GOOD[3].split(",")
    change(cells)
    return "\n".join([*GOOD[:3], ",".join(cells), *GOOD[4:]]).encode()


def set_cell(at: int, value: str) -> Callable[[list[str]], None]:
    return lambda cells: cells.__setitem__(at, value)


def pixel(value: str) -> Callable[[list[str]], None]:
    return lambda cells: cells.__setitem__(1, " ".join([value, *cells[1].split()[1:]]))


@pytest.mark.parametrize(
    ("change", "found", "expected"),
    [
        (set_cell(1, "7 " * 2303), "2,303 pixels", "2,304"),
        (set_cell(1, "7 " * 2305), "2,305 pixels", "2,304"),
        (set_cell(1, ""), "pixels", "2,304"),
        (pixel("256"), "pixel '256'", "0 to 255"),
        (pixel("99999999999999999999999"), "pixel '9", "0 to 255"),
        (pixel("-1"), "pixel '-1'", "0 to 255"),
        (pixel("1.5"), "pixel '1.5'", "0 to 255"),
        (pixel("face"), "pixel 'face'", "0 to 255"),
        (set_cell(1, '"7,7\r7"\rx'), "pixel 'x'", "0 to 255"),
        (set_cell(0, "9"), "emotion '9'", "0 (angry) to 6 (neutral)"),
        (set_cell(0, ""), "emotion ''", "0 (angry) to 6 (neutral)"),
        (set_cell(2, "Probe"), "Usage 'Probe'", "PrivateTest"),
        (lambda cells: cells.pop(), "2 columns", "3: emotion, pixels, usage"),
    ],
)
def test_a_wrong_cell_is_named_with_its_row(
    tmp_path: Path, change: Callable[[list[str]], None], found: str, expected: str
) -> None:
    path = tmp_path / "fer2013.csv"
    path.write_bytes(with_row(change))
    message = refused(path)
    assert "row 3 (line 4)" in message
    assert found in message
    assert expected in message


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", "the file is empty"),
        (b"emotion,pixels,Usage\n", "no rows"),
        (b"name,age\nA,3\n", "the columns 'name, age'"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "NUL byte"),
        (b"emotion,pixels,Usage\n0,1 \x00 2,Training\n", "NUL byte"),
        (b"emotion,pixels,Usage\n0," + b"7 " * 50_000, "a line of more than 40,000 bytes"),
        (b"x" * 3_000_000, "a line of more than 40,000 bytes"),
        ("¿qué?\n".encode("utf-16"), "the columns '¿qué?'"),
        ("¿qué?\n".encode("utf-16-le"), "NUL byte"),
        (b"%PDF-1.4\n%\xe2\xe3\n", "the columns"),
    ],
)
def test_what_is_not_the_table_is_said_to_be_none(tmp_path: Path, content: bytes, found: str) -> None:
    path = tmp_path / "fer2013.csv"
    path.write_bytes(content)
    assert found in refused(path)


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress])
def test_a_cut_off_or_damaged_archive_is_refused(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    packed = pack("\n".join(GOOD).encode())
    path = tmp_path / "fer2013.csv.packed"
    for broken in (packed[: len(packed) // 2], packed[:-4], packed[:3000] + b"\xff" * 64 + packed[3064:]):
        path.write_bytes(broken)
        assert "damaged" in refused(path) or "NUL" in refused(path)


def test_a_damaged_zip_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "fer2013.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("fer2013.csv", "\n".join(GOOD))
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert "cannot be read" in refused(path)
    path.write_bytes(whole[:5000] + b"\xff" * 64 + whole[5064:])
    refused(path)


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress])
def test_a_bomb_stops_at_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pack: Callable[[bytes], bytes]
) -> None:
    monkeypatch.setattr(streams, "MAX_UNPACKED", 3_000_000)
    path = tmp_path / "fer2013.csv.packed"
    path.write_bytes(pack(b"emotion,pixels,Usage\n" + BLANK))
    assert "more than 3,000,000 bytes when unpacked" in refused(path)


def test_a_bomb_of_empty_lines_ends_in_words_after_little_work(tmp_path: Path) -> None:
    path = tmp_path / "fer2013.csv.gz"
    with gzip.open(path, "wb") as file:
        for _ in range(200):
            file.write(b"\n" * 1_000_000)
    began = time.process_time()
    assert "more than 200,000 lines; expected FER-2013's 35,888" in refused(path)
    assert time.process_time() - began < 2


@pytest.mark.parametrize("pack", [bytes, gzip.compress, lzma.compress, bz2.compress])
def test_a_tar_bomb_stops_at_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pack: Callable[[bytes], bytes]
) -> None:
    monkeypatch.setattr(streams, "MAX_UNPACKED", 3_000_000)
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        info = tarfile.TarInfo("fer2013.csv")
        info.size = len(BLANK)
        archive.addfile(info, io.BytesIO(BLANK))
    path = tmp_path / "fer2013.tar"
    path.write_bytes(pack(file.getvalue()))
    assert "more than 3,000,000 bytes when unpacked" in refused(path)


def test_a_tar_that_climbs_out_or_is_cut_off_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "fer2013.tar.gz"
    with tarfile.open(path, "w:gz") as archive:
        archive.addfile(tarfile.TarInfo("../train/happy/1.jpg"))
    assert "outside its folder" in refused(path)
    path.write_bytes(path.read_bytes()[:60])
    refused(path)


def test_a_zip_bomb_stops_at_the_limit_even_if_it_lies_about_its_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "MAX_UNPACKED", 3_000_000)
    path = tmp_path / "fer2013.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("fer2013.csv", b"emotion,pixels,Usage\n" + BLANK)
    assert "more than 3,000,000 bytes when unpacked" in refused(path)
    honest, lie = struct.pack("<I", 21 + len(BLANK)), struct.pack("<I", 1_000)
    path.write_bytes(path.read_bytes().replace(honest, lie))
    refused(path)


def test_an_xz_header_may_not_ask_for_more_memory_than_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "fer2013.csv.xz"
    path.write_bytes(lzma.compress("\n".join(GOOD).encode(), preset=9))  # asks for 64 MB
    gather(open_fer2013(path))
    monkeypatch.setattr(streams, "XZ_MEMORY", 20_000_000)
    assert "Memory usage limit" in refused(path)


@pytest.mark.parametrize("name", ["../fer2013.csv", "/etc/fer2013.csv", "a/../../fer2013.csv", "..\\fer2013.csv"])
def test_a_zip_whose_names_climb_out_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / "fer2013.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(name, "\n".join(GOOD))
    assert "outside its folder" in refused(path)


def test_a_zip_with_a_password_or_an_unusual_method_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "fer2013.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("fer2013.csv", "\n".join(GOOD))
    assert "compression method 14" in refused(path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("fer2013.csv", "\n".join(GOOD))
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1  # the flag "encrypted" in the list of members
    path.write_bytes(data)
    assert "encrypted" in refused(path)


def test_nothing_there_and_nothing_inside_are_named(tmp_path: Path) -> None:
    assert "no such file" in refused(tmp_path / "none.csv")
    (tmp_path / "empty").mkdir()
    assert "neither a table nor pictures" in refused(tmp_path / "empty")
    path = tmp_path / "other.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "hello")
    assert "readme.txt" in refused(path)


def picture(side: int) -> bytes:
    return cv2.imencode(".jpg", np.zeros((side, side), np.uint8))[1].tobytes()


@pytest.mark.parametrize(
    ("name", "data", "found"),
    [
        ("train/happy/Training_1.jpg", picture(49), "49×49 pixels"),
        ("train/happy/Training_1.jpg", b"GIF90a" + bytes(80), "GIF90a"),
        ("train/happy/Training_1.jpg", picture(48)[:12], "cut off"),
        ("train/happy/Training_1.jpg", picture(48)[:-40], "cut off"),
        ("train/happy/Training_1.jpg", b"\xff\xd8\xff" + bytes(70_000), "more than 64,000 bytes"),
        ("train/contempt/Training_1.jpg", picture(48), "label folder 'contempt'"),
    ],
)
def test_a_wrong_picture_is_named(tmp_path: Path, name: str, data: bytes, found: str) -> None:
    folder = tmp_path / "fer"
    (folder / name).parent.mkdir(parents=True)
    (folder / name).write_bytes(data)
    message = refused(folder)
    assert name in message
    assert found in message
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(name, data)
    (tmp_path / "fer.zip").write_bytes(packed.getvalue())
    assert found in refused(tmp_path / "fer.zip")


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "fer", little_fer(7))
    (tmp_path / "secret.jpg").write_bytes(picture(48))
    (folder / "train" / "happy" / "Training_7.jpg").symlink_to(tmp_path / "secret.jpg")
    assert "a link out of the folder" in refused(folder)
