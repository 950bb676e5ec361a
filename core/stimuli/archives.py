"""Archives: the members of a zip or a tar, packed or not, named and read within bounds; other containers by name."""

import io
import tarfile
import zipfile
from collections.abc import Generator, Iterator
from pathlib import Path

from core.stimuli.records import StimulusError, tail
from core.stimuli.streams import MAX_MEMBERS, climbs_out, member_pieces, open_zip, pieces

ARCHIVE_ENDINGS = (".zip", ".tar", ".tar.gz", ".tgz", ".tar.xz", ".tar.bz2")
_OTHERS = (
    (b"PAR1", "a Parquet file", "read it with pandas and write it with to_csv(“fer2013.csv”, index=False)"),
    (b"Rar!", "a RAR archive", "unpack it and give the folder"),
    (b"7z\xbc\xaf", "a 7z archive", "unpack it and give the folder"),
    (b"\x89HDF", "an HDF5 file", "read it with pandas or h5py and write fer2013.csv"),
    (b"ARROW1", "an Arrow file", "read it with pandas and write it with to_csv(“fer2013.csv”, index=False)"),
    (b"SQLite format", "an SQLite database", "write its table as fer2013.csv"),
    (b"\x93NUMPY", "a NumPy array", "write fer2013.csv with the columns emotion, pixels and Usage"),
    (b"\x80\x04", "a Python pickle", "write fer2013.csv: pickles can run programs and are not opened"),
    (b"\x80\x05", "a Python pickle", "write fer2013.csv: pickles can run programs and are not opened"),
    (b"MATLAB", "a MATLAB file", "write fer2013.csv with the columns emotion, pixels and Usage"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive", "unpack it first"),
)


def refuse_other_containers(head: bytes, where: str) -> None:
    """Name what is no table, zip or tar, by its first bytes."""
    for magic, what, remedy in _OTHERS:
        if head.startswith(magic):
            raise StimulusError(
                where, what, "FER-2013 as csv, zip, tar or a folder", f"{remedy[:1].upper()}{remedy[1:]}."
            )


class ZipMembers:
    """The files of a zip."""

    what = "a zip"

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

    what = "a tar"

    def __init__(self, path: Path) -> None:
        self._path, self._where = path, tail(path)
        self.names: list[str] = []
        for member, _ in self._members():
            if climbs_out(member.name):
                raise StimulusError(
                    self._where,
                    f"the member name {member.name[:80]!r}",
                    "names inside the archive",
                    "This tar tries to write outside its folder: do not use it.",
                )
            self.names.append(member.name)
            if len(self.names) > MAX_MEMBERS:
                raise StimulusError(
                    self._where, f"more than {MAX_MEMBERS:,} members", f"at most {MAX_MEMBERS:,}", "Check what it is."
                )

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
            raise StimulusError(
                self._where, f"the tar cannot be read ({error})", "a whole tar file", "Download the file again."
            ) from None


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
