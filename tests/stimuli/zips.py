"""Zips of faces for tests: of a folder, and of members as somebody may write them by hand."""

import zipfile
from io import BytesIO
from pathlib import Path


def zip_of(folder: Path, below: str = "") -> bytes:
    """The files of `folder`, in a folder called `below` of the zip."""
    names = [path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*")) if path.is_file()]
    return zip_with({f"{below}{name}": (folder / name).read_bytes() for name in names})


class _Named(zipfile.ZipInfo):
    """A member that does not say how its name is written."""

    written = "utf-8"

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 - zipfile's own
        return self.filename.encode(self.written), self.flag_bits & ~0x800


def zip_by(written: str, members: dict[str, bytes]) -> bytes:
    """As systems pack: names in the encoding `written`, without a word about it."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in members.items():
            member = _Named(name)
            member.written = written
            archive.writestr(member, content)
    return packed.getvalue()


def zip_with(members: dict[str, bytes]) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)  # of no time: always the same bytes
    return packed.getvalue()
