"""Zips that want more than to be a set of faces: gigabytes, a million members, another folder, a link, a secret."""

import stat
import struct
import subprocess
import time
import zipfile
from io import BytesIO
from pathlib import Path

import psutil
import pytest

from core.stimuli.records import StimulusError
from core.stimuli.unpacking import LARGE, LINK, NAME, TWICE, unpack
from tests.stimuli.zips import zip_with

MOST = 20_000_000


def unpacked(folder: Path, content: bytes) -> tuple[set[str], dict[str, tuple[int, str]]]:
    """The files that came out, and what did not by why."""
    archive = folder / "hostile.zip"
    archive.write_bytes(content)
    came = unpack(archive, folder / "out", MOST)
    files = {path.relative_to(folder / "out").as_posix() for path in (folder / "out").rglob("*") if path.is_file()}
    return files, {one.sentence: (one.number, one.first) for one in came.left_out}


def refused(folder: Path, content: bytes) -> str:
    with pytest.raises(StimulusError) as error:
        unpacked(folder, content)
    return str(error.value)


def test_a_bomb_ends_at_the_bytes_that_a_set_may_have(tmp_path: Path) -> None:
    zeros = bytes(7_000_000)
    said = refused(tmp_path, zip_with({f"happy/{number}.png": zeros for number in range(40)}))
    assert "more than 20,000,000 bytes of pictures" in said
    written = sum(path.stat().st_size for path in (tmp_path / "out").rglob("*") if path.is_file())
    assert written < MOST + 8_000_000


def test_a_picture_that_is_too_large_or_says_a_wrong_size_does_not_arrive(tmp_path: Path) -> None:
    files, why = unpacked(tmp_path, zip_with({"a.png": bytes(9_000_000), "b.png": b"b"}))
    assert (files, why) == ({"b.png"}, {LARGE: (1, "a.png")})
    lying = bytearray(zip_with({"a.png": bytes(9_000_000)}))
    at = lying.index(b"PK\x01\x02")
    lying[at + 24 : at + 28] = struct.pack("<I", 10)
    (tmp_path / "other").mkdir()
    assert "cut off or damaged" in refused(tmp_path / "other", bytes(lying))


@pytest.mark.parametrize("name", ["../out.png", "/tmp/out.png", "a/../../out.png", "..\\out.png", "C:/out.png"])
def test_a_name_that_leads_elsewhere_refuses_the_whole_zip(tmp_path: Path, name: str) -> None:
    assert "tries to write outside its folder" in refused(tmp_path, zip_with({"a.png": b"a", name: b"out"}))
    assert not (tmp_path / "out.png").exists()


def test_links_and_devices_are_never_made(tmp_path: Path) -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, kind in (("link.png", stat.S_IFLNK), ("pipe.png", stat.S_IFIFO)):
            info = zipfile.ZipInfo(name)
            info.create_system, info.external_attr = 3, (kind | 0o777) << 16
            archive.writestr(info, "/etc/passwd")
        archive.writestr("a.png", b"a")
    files, why = unpacked(tmp_path, packed.getvalue())
    assert (files, why) == ({"a.png"}, {LINK: (2, "link.png")})
    assert not any(path.is_symlink() for path in (tmp_path / "out").rglob("*"))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_names_that_no_folder_takes_are_left_out(tmp_path: Path) -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in ("a.png", "a.png", "a.png/b.png", f"{'x' * 300}.png", f"{'d/' * 40}c.png"):
            archive.writestr(name, b"a")
    files, why = unpacked(tmp_path, packed.getvalue())
    assert files == {"a.png"}
    assert why[TWICE] == (1, "a.png")
    assert why[NAME][0] == 3


def test_a_zip_with_a_password_and_one_that_is_cut_off_are_named(tmp_path: Path) -> None:
    locked = bytearray(zip_with({"a.png": b"a" * 100}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = locked.index(mark) + at
        locked[place] |= 1
    assert "the member is encrypted" in refused(tmp_path, bytes(locked))
    (tmp_path / "half").mkdir()
    assert "the beginning of a zip" in refused(tmp_path / "half", zip_with({"a.png": bytes(range(256)) * 40})[:200])


def test_a_disk_that_fills_up_is_a_system_error(tmp_path: Path) -> None:
    disk = tmp_path / "small"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no file system can be mounted here")
    try:
        archive = tmp_path / "faces.zip"
        archive.write_bytes(zip_with({f"{number}.png": bytes(300_000) for number in range(9)}))
        with pytest.raises(OSError, match="No space left"):
            unpack(archive, disk / "out", MOST)
    finally:
        subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.slow
def test_a_million_members_end_in_time_and_in_another_process(tmp_path: Path) -> None:
    packed = BytesIO()
    head = zip_with({"a.png": b"a"})
    local, central = head[: head.index(b"PK\x01\x02")], head[head.index(b"PK\x01\x02") : head.index(b"PK\x05\x06")]
    packed.write(local)
    packed.write(central * 1_000_000)
    size = len(central) * 1_000_000
    end64 = struct.pack("<4sQHHIIQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, 10**6, 10**6, size, len(local))
    packed.write(end64 + struct.pack("<4sIQI", b"PK\x06\x07", 0, len(local) + size, 1))
    packed.write(struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0))
    before, begun = psutil.Process().memory_info().rss, time.monotonic()
    said = refused(tmp_path, packed.getvalue())
    assert "1,000,000 members" in said or "more work or memory" in said
    assert time.monotonic() - begun < 60
    assert psutil.Process().memory_info().rss - before < 100_000_000
