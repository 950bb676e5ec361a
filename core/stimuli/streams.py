"""Decompression of files and zip members, with bounded memory and bounded output.

Whatever the file claims to hold, no more than MAX_UNPACKED bytes are ever unpacked and no line is
longer than MAX_LINE; a decompression bomb ends in a StimulusError after that much work. fer2013.csv
unpacks to 301 MB with lines of at most 9.3 KB.
"""

import bz2
import codecs
import gzip
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import AbstractContextManager
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import IO

from core.domain.language import Sentence, Value
from core.stimuli.records import StimulusError, tail

MAX_UNPACKED = 700_000_000
MAX_LINE = 40_000
MAX_LINES = 200_000
MAX_MEMBERS = 200_000
XZ_MEMORY = 160_000_000
_PIECE = 1 << 20

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SEPARATOR_NAMED = re.compile(rb"sep=.(\r\n|\r|\n)", re.IGNORECASE)
"""Excel's own line above the header."""

AGAIN = Sentence("Download the file again.")
_UNPACK = Sentence("Unpack it yourself first.")
_NOT_FER2013 = Sentence("This is not FER-2013. Download the file again.")


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
    where = Sentence("{where}, {file}", where=member_of(archive), file=name)
    info = archive.getinfo(name)
    if info.flag_bits & 1:
        raise StimulusError(where, Sentence("the member is encrypted"), Sentence("a zip without password"), _UNPACK)
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise StimulusError(
            where,
            Sentence("compression method {number}", number=info.compress_type),
            Sentence("an ordinary zip (stored or deflated)"),
            _UNPACK,
        )
    yield from _bounded(_read_member(archive, info), where)


def plain_text(source: Iterator[bytes]) -> Iterator[bytes]:
    """The text of a table in UTF-8, from its header on: of one in UTF-16 that begins with its mark (Excel's “Unicode
    text”, what PowerShell redirects), with old Mac's line ends (\\r alone), with a line `sep=;` above the header. Bytes
    that are no text pass as they are."""
    first = next(source, b"")
    decoder = codecs.getincrementaldecoder("utf-16")("replace") if first.startswith(_UTF_16) else None
    old_ends = False
    for number, piece in enumerate(chain([first], source)):
        text = decoder.decode(piece).encode("utf-8", "replace") if decoder else piece
        if not number:
            text = text.removeprefix(codecs.BOM_UTF8)
            text = text[match.end() :] if (match := _SEPARATOR_NAMED.match(text)) else text
            old_ends = b"\n" not in text
        yield text.replace(b"\r", b"\n") if old_ends else text


def lines(source: Iterator[bytes], where: Value) -> Iterator[bytes]:
    """Lines of `plain_text` without their ends (\\n or \\r\\n); StimulusError for one beyond MAX_LINE or with a NUL
    byte."""
    rest = b""
    number = 1
    for piece in plain_text(source):
        if b"\0" in piece:
            raise StimulusError(
                Sentence("{file}, near line {line}", file=where, line=str(number)),
                Sentence("a NUL byte"),
                Sentence("plain text"),
                Sentence("This is not a csv file. Download the file again."),
            )
        *whole, rest = (rest + piece).split(b"\n")
        if number + len(whole) > MAX_LINES:
            raise StimulusError(
                where,
                Sentence("more than {most} lines", most=MAX_LINES),
                Sentence("FER-2013's {number}", number=35_888),
                _NOT_FER2013,
            )
        for line in whole:
            _check_length(line, where, number)
            yield line.removesuffix(b"\r")
            number += 1
        _check_length(rest, where, number)
    if rest:
        yield rest.removesuffix(b"\r")


def open_zip(path: Path) -> AbstractContextManager[zipfile.ZipFile]:
    """The archive, after its list of members was found short enough and free of names that climb out. Names that do not
    say how they are written are UTF-8 (macOS), else Western Europe's code page of Windows."""
    try:
        try:
            archive = zipfile.ZipFile(path, metadata_encoding="utf-8")
        except UnicodeDecodeError:
            archive = zipfile.ZipFile(path, metadata_encoding="cp850")
    except (zipfile.BadZipFile, NotImplementedError, UnicodeDecodeError) as error:
        found = Sentence("the zip cannot be read ({error})", error=str(error))
        raise StimulusError(tail(path), found, Sentence("a whole zip file"), AGAIN) from None
    try:
        if len(archive.infolist()) > MAX_MEMBERS:
            raise StimulusError(
                tail(path),
                Sentence("{number} members", number=len(archive.infolist())),
                Sentence("at most {most}", most=MAX_MEMBERS),
                Sentence("Check what this zip is."),
            )
        for info in archive.infolist():
            if climbs_out(info.filename):
                raise StimulusError(
                    tail(path),
                    Sentence("the member name {name}", name=repr(info.filename[:80])),
                    Sentence("names inside the archive"),
                    Sentence("This zip tries to write outside its folder: do not use it."),
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


def _check_length(line: bytes, where: Value, number: int) -> None:
    if len(line) > MAX_LINE:
        raise StimulusError(
            Sentence("{file}, line {line}", file=where, line=str(number)),
            Sentence("a line of more than {most} bytes", most=MAX_LINE),
            Sentence("one picture of {number} grey levels a line", number=2304),
            Sentence("This is not FER-2013's csv file. Download the file again."),
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


def _bounded(source: Iterator[bytes], where: Value) -> Iterator[bytes]:
    total = 0
    try:
        for piece in source:
            total += len(piece)
            if total > MAX_UNPACKED:
                raise StimulusError(
                    where,
                    Sentence("more than {most} bytes when unpacked", most=MAX_UNPACKED),
                    Sentence("fer2013.csv's {number}", number=301_000_000),
                    _NOT_FER2013,
                )
            yield piece
    except (EOFError, OSError, zlib.error, lzma.LZMAError, zipfile.BadZipFile) as error:
        found = Sentence("the file is cut off or damaged ({error})", error=str(error))
        raise StimulusError(where, found, Sentence("a whole file"), AGAIN) from error
