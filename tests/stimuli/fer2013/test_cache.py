"""Arrays of FER-2013 that were read before: the same as the first time, never old ones, never half."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from core.config import settings
from core.stimuli.fer2013 import read_arrays
from core.stimuli.fer2013.cache import FOLDER, FORGOTTEN, MANY, cached
from tests.stimuli.generated import GeneratedArrays, little_fer, table_text, write_folder

LITTLE = little_fer()


def written(path: Path, arrays: GeneratedArrays = LITTLE) -> Path:
    path.write_text(table_text(arrays))
    return path


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("LEXITHYMIA_LOCAL", str(tmp_path / "local"))
    settings.cache_clear()
    yield settings().local / FOLDER
    settings.cache_clear()


def expect_as_read(source: Path, arrays: GeneratedArrays = LITTLE) -> None:
    pictures, labels, usages = read_arrays(source)
    assert np.array_equal(pictures, arrays[0])
    assert np.array_equal(labels, arrays[1])
    assert usages.tolist() == arrays[2]
    assert (str(pictures.dtype), str(labels.dtype)) == ("uint8", "int8")


def test_the_second_time_the_text_is_not_read(tmp_path: Path, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = written(tmp_path / "fer2013.csv")
    told: list[str] = []
    read_arrays(source, tell=told.append)
    monkeypatch.setattr("core.stimuli.fer2013.reader.read_source", None)
    again: list[str] = []
    read_arrays(source, tell=again.append)
    assert told == again
    assert told, "a table of 70 rows says that it is not all of FER-2013"
    expect_as_read(source)
    assert not read_arrays(source)[0].flags.writeable


def test_a_file_that_changed_is_read_anew(tmp_path: Path, kept: Path) -> None:
    source = written(tmp_path / "fer2013.csv")
    expect_as_read(source)
    other = little_fer(seed=1)
    before = source.stat()
    text = table_text(other)
    source.write_text(text)
    os.utime(source, ns=(before.st_atime_ns, before.st_mtime_ns))
    expect_as_read(source, other)
    (tmp_path / "new.csv").write_text(table_text(LITTLE))
    (tmp_path / "new.csv").replace(source)
    expect_as_read(source)


def test_a_change_of_the_code_that_reads_forgets_what_was_read(
    tmp_path: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = written(tmp_path / "fer2013.csv")
    read_arrays(source)
    assert cached(source) is not None
    monkeypatch.setattr("core.stimuli.fer2013.cache._reader", lambda: "another version")
    assert cached(source) is None


@pytest.mark.parametrize("name", ["pictures.npy", "labels.npy", "usages.npy", "notes.json"])
@pytest.mark.parametrize("left", [0.0, 0.5, None])
def test_half_of_a_cache_is_none_and_mended(tmp_path: Path, kept: Path, name: str, left: float | None) -> None:
    source = written(tmp_path / "fer2013.csv")
    read_arrays(source)
    (folder,) = kept.iterdir()
    whole = (folder / name).read_bytes()
    if left is None:
        (folder / name).unlink()
    else:
        (folder / name).write_bytes(whole[: int(left * len(whole))])
    expect_as_read(source)
    assert (folder / name).read_bytes() == whole


def test_what_a_killed_process_left_is_not_found_and_of_many_sources_the_latest_are_kept(
    tmp_path: Path, kept: Path
) -> None:
    for name, age in ((".partial-killed", 2 * FORGOTTEN), (".partial-running", 0.0)):
        (kept / name).mkdir(parents=True)
        os.utime(kept / name, (time.time() - age, time.time() - age))
    for i in range(MANY + 2):
        expect_as_read(written(tmp_path / f"{i}.csv"))
    assert len([one for one in kept.iterdir() if not one.name.startswith(".")]) == MANY
    assert [one.name for one in kept.glob(".partial-*")] == [".partial-running"]
    assert cached(tmp_path / f"{MANY + 1}.csv") is not None


def test_a_folder_is_read_each_time(tmp_path: Path, kept: Path) -> None:
    read_arrays(write_folder(tmp_path / "images", LITTLE))
    assert not kept.exists()


def test_where_the_cache_cannot_be_written_data_are_read_all_the_same(tmp_path: Path, kept: Path) -> None:
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text("a file where the folder should be")
    expect_as_read(written(tmp_path / "fer2013.csv"))
