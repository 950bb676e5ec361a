"""Archives: the members of a zip or a tar, packed or not, named and read within bounds; other containers by name."""

import io
import tarfile
import zipfile
from collections.abc import Generator, Iterator
from pathlib import Path

from core.domain.language import Sentence
from core.stimuli.records import StimulusError, tail
from core.stimuli.streams import AGAIN, MAX_MEMBERS, climbs_out, member_pieces, open_zip, pieces

ARCHIVE_ENDINGS = (".zip", ".tar", ".tar.gz", ".tgz", ".tar.xz", ".tar.bz2")
_WITH_PANDAS = Sentence("Read it with pandas and write it with to_csv(“fer2013.csv”, index=False).")
_UNPACK = Sentence("Unpack it and give the folder.")
_COLUMNS = Sentence("Write fer2013.csv with the columns emotion, pixels and Usage.")
_PICKLE = Sentence("Write fer2013.csv: pickles can run programs and are not opened.")
_OTHERS = (
    (b"PAR1", Sentence("a Parquet file"), _WITH_PANDAS),
    (b"Rar!", Sentence("a RAR archive"), _UNPACK),
    (b"7z\xbc\xaf", Sentence("a 7z archive"), _UNPACK),
    (b"\x89HDF", Sentence("an HDF5 file"), Sentence("Read it with pandas or h5py and write fer2013.csv.")),
    (b"ARROW1", Sentence("an Arrow file"), _WITH_PANDAS),
    (b"SQLite format", Sentence("an SQLite database"), Sentence("Write its table as fer2013.csv.")),
    (b"\x93NUMPY", Sentence("a NumPy array"), _COLUMNS),
    (b"\x80\x04", Sentence("a Python pickle"), _PICKLE),
    (b"\x80\x05", Sentence("a Python pickle"), _PICKLE),
    (b"MATLAB", Sentence("a MATLAB file"), _COLUMNS),
    (b"\x28\xb5\x2f\xfd", Sentence("a Zstandard archive"), Sentence("Unpack it first.")),
)


def refuse_other_containers(head: bytes, where: str) -> None:
    """Name what is no table, zip or tar, by its first bytes."""
    for magic, what, remedy in _OTHERS:
        if head.startswith(magic):
            raise StimulusError(where, what, Sentence("FER-2013 as csv, zip, tar or a folder"), remedy)


class ZipMembers:
    """The files of a zip."""

    what = Sentence("a zip")

    def __init__(self, path: Path) -> None:
        self._path = path
        with open_zip(path) as archive:
            self.names = [info.filename for info in archive.infolist() if not info.is_dir()]

    def read(self, wanted: set[str]) -> Generator[tuple[str, Iterator[bytes]]]:
        """The pieces of each wanted member, as they lie in the archive."""
        with open_zip(self._path) as archive:
            for name in self.names:
                if name in wanted:
                    yield name, member_pieces(archive, name)


class TarMembers:
    """The files of a tar, plain or packed by gzip, bzip2 or xz. It is read from its beginning each time."""

    what = Sentence("a tar")

    def __init__(self, path: Path) -> None:
        self._path, self._where = path, tail(path)
        self.names: list[str] = []
        for member, _ in self._members():
            if climbs_out(member.name):
                raise StimulusError(
                    self._where,
                    Sentence("the member name {name}", name=repr(member.name[:80])),
                    Sentence("names inside the archive"),
                    Sentence("This tar tries to write outside its folder: do not use it."),
                )
            self.names.append(member.name)
            if len(self.names) > MAX_MEMBERS:
                found = Sentence("more than {most} members", most=MAX_MEMBERS)
                most = Sentence("at most {most}", most=MAX_MEMBERS)
                raise StimulusError(self._where, found, most, Sentence("Check what it is."))

    def read(self, wanted: set[str]) -> Generator[tuple[str, Iterator[bytes]]]:
        """As `ZipMembers.read`."""
        for member, archive in self._members():
            if member.name in wanted and (file := archive.extractfile(member)) is not None:
                yield member.name, iter(lambda file=file: file.read(1 << 20), b"")  # type: ignore[misc]

    def _members(self) -> Iterator[tuple[tarfile.TarInfo, tarfile.TarFile]]:
        try:
            with tarfile.open(fileobj=_Stream(pieces(self._path)), mode="r|") as archive:
                for member in archive:
                    if member.isfile():
                        yield member, archive
        except (tarfile.TarError, EOFError, ValueError) as error:
            if isinstance(error, StimulusError):
                raise
            found = Sentence("the tar cannot be read ({error})", error=str(error))
            raise StimulusError(self._where, found, Sentence("a whole tar file"), AGAIN) from None


def is_tar(path: Path) -> bool:
    """Whether the file is a tar, packed or not."""
    try:
        head = next(pieces(path), b"")
    except StimulusError:
        return path.name.lower().endswith(ARCHIVE_ENDINGS)
    return head[257:262] == b"ustar" or path.name.lower().endswith(".tar")


def is_zip(path: Path) -> bool:
    return zipfile.is_zipfile(path) or path.suffix.lower() == ".zip"


class _Stream(io.RawIOBase):
    """Pieces as the file that tarfile reads."""

    def __init__(self, source: Iterator[bytes]) -> None:
        self._source, self._rest = source, b""

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        parts, length = [self._rest], len(self._rest)
        while length < size or size < 0:
            piece = next(self._source, b"")
            if not piece:
                break
            parts.append(piece)
            length += len(piece)
        whole = b"".join(parts)
        cut = len(whole) if size < 0 else size
        self._rest = whole[cut:]
        return whole[:cut]
