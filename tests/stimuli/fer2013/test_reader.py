"""FER-2013 in a process of its own: what it holds and why it is refused come through, and its work and memory end."""

import errno
import gzip
import tarfile
from pathlib import Path

import numpy as np
import psutil
import pytest

from core.domain.emotions import Emotion
from core.stimuli.fer2013 import read_arrays, read_source, read_votes, reader
from core.stimuli.fer2013.forms import gather, open_fer2013
from core.stimuli.fer2013.votes import parse_votes
from core.stimuli.records import StimulusError
from tests.stimuli.generated import little_fer, table_text, unanimous, votes_text, write_folder

FER = little_fer()


def refused(path: Path) -> StimulusError:
    with pytest.raises(StimulusError) as error:
        read_arrays(path)
    return error.value


def reading() -> list[psutil.Process]:
    """The processes that still read for this one."""
    return [one for one in psutil.Process().children(recursive=True) if "core.stimuli.fer2013" in one.cmdline()]


def test_every_form_comes_through_as_it_was_read(tmp_path: Path) -> None:
    table = tmp_path / "fer2013.csv.gz"
    table.write_bytes(gzip.compress(table_text(FER).encode()))
    folder = write_folder(tmp_path / "a folder", FER)
    (folder / "other" / "happy").mkdir(parents=True)
    (folder / "other" / "happy" / "1.jpg").write_bytes(b"")
    for path in (table, folder):
        own, seen = gather(open_fer2013(path)), list[tuple[int, int]]()
        found = read_source(path, lambda done, of, seen=seen: seen.append((done, of)))  # type: ignore[misc]
        assert np.array_equal(found.pixels, own.pixels)
        assert np.array_equal(found.labels, own.labels)
        assert found.usages.tolist() == own.usages.tolist()
        assert (found.names, found.form, found.notes) == (own.names, own.form, own.notes)
        assert seen[-1] == (70, 70)


def test_votes_and_the_rows_that_they_belong_to_come_through(tmp_path: Path) -> None:
    votes = tmp_path / "fer2013new.csv"
    votes.write_text(votes_text(FER, unanimous(FER)))
    found, own = read_votes(votes), parse_votes(votes)
    assert found.usages.tolist() == own.usages.tolist()
    assert np.array_equal(found.counts, own.counts)
    folder = tmp_path / "clone" / "FER2013Train"
    folder.mkdir(parents=True)
    picture = next(write_folder(tmp_path / "fer", FER).rglob("*.jpg")).read_bytes()
    for number in (3, 41):
        (folder / f"fer{number:07d}.jpg").write_bytes(picture)
    rows = read_source(folder.parent).votes_rows
    assert rows is not None
    assert rows.tolist() == [3, 41]


def test_answers_about_words_reach_the_reader(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "fer", FER)
    (folder / "train" / "happy").rename(folder / "train" / "fun")
    (folder / "test" / "happy").rename(folder / "test" / "dull")
    found = read_source(folder, answers={"fun": Emotion.HAPPY, "dull": None})
    held_out = {label for label, usage in zip(found.labels.tolist(), found.usages, strict=True) if usage != "Training"}
    assert int(Emotion.HAPPY) not in held_out
    assert int(Emotion.HAPPY) in found.labels


def test_a_refusal_comes_through_whole_with_the_path_as_it_was_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "fer2013.csv"
    path.write_text("\n".join([*table_text(FER).splitlines()[:4], "9,1,Training"]))
    with pytest.raises(StimulusError) as own:
        gather(open_fer2013(path))
    assert str(refused(path)) == str(own.value)
    monkeypatch.chdir(tmp_path)
    assert str(refused(Path("none.csv"))).startswith("none.csv: there is no such file")


def test_what_the_system_says_comes_through_as_its_own_error() -> None:
    with pytest.raises(OSError, match="too long") as error:
        read_arrays(Path("/" + 300 * "x"))
    assert error.value.errno == errno.ENAMETOOLONG


def test_work_beyond_the_limit_is_ended_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    head, row, *_ = table_text(FER).splitlines()
    path = tmp_path / "fer2013.csv.gz"
    with gzip.open(path, "wt", compresslevel=1) as file:
        file.write(f"{head}\n")
        for _ in range(150):
            file.write(f"{row}\n" * 200)
    monkeypatch.setattr(reader, "MOST_READING", 1)
    assert "more work or memory than reading may take; expected at most 1 seconds" in str(refused(path))
    assert not reading()


@pytest.mark.slow
def test_memory_beyond_the_limit_is_ended_in_words_and_is_none_of_ours(tmp_path: Path) -> None:
    path = tmp_path / "fer2013.tar.gz"
    header = tarfile.TarInfo("fer2013.csv")
    header.type, header.size = tarfile.GNUTYPE_LONGNAME, 650_000_000
    with gzip.open(path, "wb", compresslevel=1) as file:
        file.write(header.tobuf(tarfile.GNU_FORMAT))
        for _ in range(650):
            file.write(bytes(1_000_000))
    before = psutil.Process().memory_info().rss
    assert "more work or memory" in str(refused(path))
    assert psutil.Process().memory_info().rss - before < 100_000_000


def test_who_stops_listening_ends_the_process(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "fer", little_fer(700))

    def stop(done: int, of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_source(folder, stop)
    assert not reading()
