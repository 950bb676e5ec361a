"""Zip of faces that somebody gives, unpacked by a process of its own, within bounds.

    python -m core.stimuli.unpacking SECONDS < QUESTION    unpacks what is asked for and writes what became of it

A zip says what it likes: a million members, gigabytes from a few bytes, names that climb out, links. Only pictures, a
manifest.csv and CK+'s texts are written, each as a new plain file below the folder; everything else is counted by why.
"""

import json
import os
import stat
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from errno import EDQUOT, EEXIST, ENOSPC
from pathlib import Path, PurePosixPath

from core.domain.language import Sentence
from core.media.confined import WHERE, command, confine
from core.media.kinds import ENDINGS
from core.stimuli.archives import ARCHIVE_ENDINGS, is_tar, refuse_other_containers
from core.stimuli.mistakes import heard, said
from core.stimuli.pictures import MAX_BYTES
from core.stimuli.records import LeftOut, StimulusError, tail
from core.stimuli.streams import member_pieces, open_zip
from core.stimuli.table import MANIFEST, MAX_MANIFEST, is_litter
from core.translations import N_

MOST_UNPACKING = 120.0
"""Seconds of processor; 250 MB of pictures take three."""
_DEEPEST = 12
"""Folders in folders."""
_PACKED = (*ARCHIVE_ENDINGS, ".rar", ".7z", ".gz", ".xz", ".bz2")
_ZIP = Sentence("a zip")
LINK = N_("a link and no file")
PACKED = N_("an archive in the archive: unpack it first")
OTHER = N_("not a picture that is read here")
LARGE = N_("too large for a picture")
TWICE = N_("the same name again")
NAME = N_("with a name or a depth that no folder takes")


@dataclass(frozen=True)
class Unpacked:
    """What came out of a zip."""

    names: tuple[str, ...]
    """Of all its files but what systems leave there, written or not."""
    left_out: tuple[LeftOut, ...]


def unpack(archive: Path, into: Path, most: int) -> Unpacked:
    """The pictures of a zip below the folder `into`, which is made; at most `most` bytes of them. Raises StimulusError,
    and OSError where the disk is full; what was written until then stays for the caller to remove."""
    question = json.dumps({"archive": str(archive.absolute()), "into": str(into.absolute()), "most": most})
    alone = command("core.stimuli.unpacking", MOST_UNPACKING)
    done = subprocess.run(alone, input=question.encode(), stdout=subprocess.PIPE, check=False, **WHERE)
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        raise StimulusError(
            archive.name,
            Sentence("more work or memory than unpacking may take"),
            Sentence("at most {number} seconds of processor", number=round(MOST_UNPACKING)),
            Sentence("Check what this zip is."),
        ) from None
    if "system" in answer:
        raise OSError(*answer["system"])
    if "refused" in answer:
        raise heard(answer["refused"])
    return Unpacked(tuple(answer["names"]), tuple(LeftOut(*one) for one in answer["left_out"]))


def main() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    os.umask(0o077)
    confine(float(sys.argv[1]), writes=MAX_MANIFEST)
    question = json.loads(sys.stdin.buffer.read())
    try:
        archive = Path(question["archive"])
        os.chdir(archive.parent)  # the folder's name is ours, and no sentence has it
        answer = _unpacked(Path(archive.name), Path(question["into"]), question["most"])
    except StimulusError as error:
        answer = {"refused": said(error)}
    except OSError as error:
        answer = {"system": [error.errno, error.strerror, None]}
    sys.stdout.write(json.dumps(answer))


def _unpacked(path: Path, into: Path, most: int) -> dict[str, object]:
    where = tail(path)
    if not zipfile.is_zipfile(path):
        raise _no_zip(path, where)
    into.mkdir(mode=0o700)
    names: list[str] = []
    why: Counter[str] = Counter()
    first: dict[str, str] = {}
    left = most
    with open_zip(path) as archive:
        for info in archive.infolist():
            name = info.filename.replace("\\", "/")
            if info.is_dir() or is_litter(name):
                continue
            names.append(name)
            aside = _aside(info, name)
            if not aside:
                written, aside = _write(into, name, member_pieces(archive, info.filename), left)
                left -= written
            if aside:
                why[aside] += 1
                first.setdefault(aside, name)
            if left < 0:
                found = Sentence("more than {most} bytes of pictures", most=most)
                remedy = Sentence("Give the set in parts, or by the command.")
                raise StimulusError(where, found, Sentence("at most {most}", most=most), remedy)
    return {"names": names, "left_out": [(one, number, first[one]) for one, number in why.items()]}


def _no_zip(path: Path, where: str) -> StimulusError:
    """What a file is that is no zip, or only the beginning of one."""
    with path.open("rb") as file:
        head = file.read(16)
    refuse_other_containers(head, where)
    if head.startswith(b"PK"):
        remedy = Sentence("Make it or copy it again.")
        return StimulusError(where, Sentence("the beginning of a zip"), Sentence("a whole zip file"), remedy)
    if is_tar(path):
        return StimulusError(where, Sentence("a tar"), _ZIP, Sentence("Unpack it, and pack the folder as a zip."))
    if b"emotion" in head or b"pixels" in head:
        remedy = Sentence("Bring it in as FER-2013.")
        return StimulusError(where, Sentence("FER-2013’s table"), Sentence("a zip of pictures"), remedy)
    begins = Sentence("a file that begins with {bytes}", bytes=repr(head[:8]))
    return StimulusError(where, begins, _ZIP, Sentence("Pack the folder as a zip."))


def _aside(info: zipfile.ZipInfo, name: str) -> str:
    """Why a member is not unpacked, or ""."""
    mode = info.external_attr >> 16
    last = PurePosixPath(name).name.lower()
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        return LINK
    if last.endswith(_PACKED):
        return PACKED
    if not last.endswith(ENDINGS) and last != MANIFEST and not last.endswith("_emotion.txt"):
        return OTHER
    if info.file_size > (MAX_MANIFEST if last == MANIFEST else MAX_BYTES):
        return LARGE
    return "" if len(PurePosixPath(name).parts) <= _DEEPEST else NAME


def _write(into: Path, name: str, content: Iterator[bytes], left: int) -> tuple[int, str]:
    """Bytes that were written, and why the file was left out after all, or ""; no more than `left` and a piece."""
    path, written = into / name, 0
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with path.open("xb") as file:
            for piece in content:
                file.write(piece)
                written += len(piece)
                if written > left:
                    break
    except OSError as error:
        if error.errno in (ENOSPC, EDQUOT):
            raise
        return written, TWICE if error.errno == EEXIST and path.is_file() else NAME
    return written, ""


if __name__ == "__main__":
    main()
