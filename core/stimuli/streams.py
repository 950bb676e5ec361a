"""Decompression of files and zip members, with bounded memory and bounded output.

Whatever the file claims to hold, no more than MAX_UNPACKED bytes are ever unpacked and no line is
longer than MAX_LINE; a decompression bomb ends in a StimulusError after that much work. fer2013.csv
unpacks to 301 MB with lines of at most 9.3 KB.
"""

import bz2
import gzip
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path, PurePosixPath
from typing import IO

from core.stimuli.records import StimulusError, tail

MAX_UNPACKED = 700_000_000
MAX_LINE = 40_000
MAX_LINES = 200_000
MAX_MEMBERS = 200_000
XZ_MEMORY = 160_000_000
_PIECE = 1 << 20

_AGAIN = "Download the file again."


def pieces(path: Path) -> Iterator[bytes]:
    """The bytes of a plain, .gz, .bz2 or .xz file, unpacked, in pieces; which of them, its first bytes say."""
    with path.open("rb") as file:
        magic = file.read(6)
        file.seek(0)
        if magic[:2] == b"\x1f\x8b":
            source = _read_all(gzip.GzipFile(fileobj=file))
        elif magic == b"\xfd7zXZ\x00":
            source = _unpacked(file, lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=XZ_MEMORY))
        elif magic[:3] == b"BZh":
            source = _unpacked(file, bz2.BZ2Decompressor())
        else:
            source = _read_all(file)
        yield from _bounded(source, tail(path))


def member_pieces(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """The bytes of one member of a zip, in pieces."""
    where = f"{member_of(archive)}, {name}"
    info = archive.getinfo(name)
    if info.flag_bits & 1:
        raise StimulusError(where, "the member is encrypted", "a zip without password", "Unpack it yourself first.")
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise StimulusError(
            where,
            f"compression method {info.compress_type}",
            "an ordinary zip (stored or deflated)",
            "Unpack it yourself first.",
        )
    yield from _bounded(_read_member(archive, info), where)


def lines(source: Iterator[bytes], where: str) -> Iterator[bytes]:
    """Lines without their ends (\\n or \\r\\n); StimulusError for one beyond MAX_LINE or with a NUL byte."""
    rest = b""
    number = 1
    for piece in source:
        if b"\0" in piece:
            raise StimulusError(
                f"{where}, near line {number}", "a NUL byte", "plain text", f"This is not a csv file. {_AGAIN}"
            )
        *whole, rest = (rest + piece).split(b"\n")
        if number + len(whole) > MAX_LINES:
            raise StimulusError(
                where, f"more than {MAX_LINES:,} lines", "FER-2013's 35,888", f"This is not FER-2013. {_AGAIN}"
            )
        for line in whole:
            _check_length(line, where, number)
            yield line.removesuffix(b"\r")
            number += 1
        _check_length(rest, where, number)
    if rest:
        yield rest.removesuffix(b"\r")


def open_zip(path: Path) -> AbstractContextManager[zipfile.ZipFile]:
    """The archive, after its list of members was found short enough and free of names that climb out."""
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, NotImplementedError, UnicodeDecodeError) as error:
        raise StimulusError(tail(path), f"the zip cannot be read ({error})", "a whole zip file", _AGAIN) from None
    try:
        if len(archive.infolist()) > MAX_MEMBERS:
            raise StimulusError(
                tail(path),
                f"{len(archive.infolist()):,} members",
                f"at most {MAX_MEMBERS:,}",
                "Check what this zip is.",
            )
        for info in archive.infolist():
            if climbs_out(info.filename):
                raise StimulusError(
                    tail(path),
                    f"the member name {info.filename[:80]!r}",
                    "names inside the archive",
                    "This zip tries to write outside its folder: do not use it.",
                )
    except StimulusError:
        archive.close()
        raise
    return archive


def climbs_out(name: str) -> bool:
    """Whether a relative file name leaves the folder it is relative to."""
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or (bool(path.parts) and ":" in path.parts[0])


def member_of(archive: zipfile.ZipFile) -> str:
    """The archive's name as errors show it."""
    return tail(Path(archive.filename or "archive.zip"))


def _check_length(line: bytes, where: str, number: int) -> None:
    if len(line) > MAX_LINE:
        raise StimulusError(
            f"{where}, line {number}",
            f"a line of more than {MAX_LINE:,} bytes",
            "one picture of 2,304 grey levels a line",
            f"This is not FER-2013's csv file. {_AGAIN}",
        )


def _read_all(file: IO[bytes] | gzip.GzipFile) -> Iterator[bytes]:
    while piece := file.read(_PIECE):
        yield piece


def _read_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(info) as member:
        yield from _read_all(member)


def _unpacked(file: IO[bytes], unpacker: lzma.LZMADecompressor | bz2.BZ2Decompressor) -> Iterator[bytes]:
    """In pieces; unlike with lzma.open, the file's own header cannot ask for all memory."""
    while not unpacker.eof:
        packed = file.read(_PIECE) if unpacker.needs_input else b""
        if unpacker.needs_input and not packed:
            raise EOFError("the file ends before the data does")
        if piece := unpacker.decompress(packed, _PIECE):
            yield piece


def _bounded(source: Iterator[bytes], where: str) -> Iterator[bytes]:
    total = 0
    try:
        for piece in source:
            total += len(piece)
            if total > MAX_UNPACKED:
                raise StimulusError(
                    where,
                    f"more than {MAX_UNPACKED:,} bytes when unpacked",
                    "fer2013.csv's 301,000,000",
                    f"This is not FER-2013. {_AGAIN}",
                )
            yield piece
    except (EOFError, OSError, zlib.error, lzma.LZMAError, zipfile.BadZipFile) as error:
        raise StimulusError(where, f"the file is cut off or damaged ({error})", "a whole file", _AGAIN) from error
