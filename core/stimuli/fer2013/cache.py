"""Cache of FER-2013 as arrays: the text of fer2013.csv takes ten seconds to read, the arrays a tenth of one.

One folder a source in `data/local/fer2013-arrays`, named by a digest of the source's path, size, times and inode and of
the code that reads it: whatever of these changes, it is read anew. A folder is written beside its place, synced and
then moved, so that a half-written one is never found; one that cannot be read is as good as none. Where the cache
cannot be written, it is gone without.
"""

import contextlib
import hashlib
import json
import os
import shutil
import tempfile
import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.config import settings
from core.domain.language import Sentence, sentences, to_json
from core.stimuli.fer2013.table import SIDE

FOLDER = "fer2013-arrays"
MANY = 2
"""Sources whose arrays are kept, the latest; FER-2013's have 83 MB."""
FORGOTTEN = 3600.0
"""Seconds after which what a killed process was writing is removed."""
ARRAYS = ("pictures", "labels", "usages")

Cached = tuple[NDArray[np.uint8], NDArray[np.int8], NDArray[np.str_], tuple[Sentence, ...]]
"""Pictures, labels, splits as `read_arrays` gives them, and what the source lacks."""


def cached(source: Path) -> Cached | None:
    """The arrays of `source` as they were read before; the pictures are a read-only memory map."""
    folder = _folder(source)
    if folder is None or not folder.is_dir():
        return None
    try:
        pictures, labels, usages = (np.load(folder / f"{name}.npy", "r", allow_pickle=False) for name in ARRAYS)
        notes = sentences(json.loads((folder / "notes.json").read_text(encoding="utf-8")))
        folder.touch()
    except (OSError, ValueError, EOFError, TypeError):
        return None
    n = len(labels)
    kinds = (pictures.dtype, labels.dtype, usages.dtype.kind)
    if kinds != (np.uint8, np.int8, "U") or pictures.shape != (n, SIDE, SIDE) or usages.shape != (n,):
        return None
    return np.asarray(pictures), np.array(labels), np.array(usages), notes


def keep(source: Path, arrays: Cached) -> None:
    """Keep what was read from `source`, and of other sources the latest alone."""
    folder = _folder(source)
    if folder is None:
        return
    partial = None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        partial = Path(tempfile.mkdtemp(prefix=".partial-", dir=folder.parent))
        for name, array in zip(ARRAYS, arrays, strict=False):
            with (partial / f"{name}.npy").open("wb") as file:
                np.save(file, np.asarray(array), allow_pickle=False)
                file.flush()
                os.fsync(file.fileno())
        (partial / "notes.json").write_text(json.dumps(to_json(arrays[3])), encoding="utf-8")
        if folder.is_dir():  # one that could not be read
            shutil.rmtree(folder)
        partial.rename(folder)
        others = sorted(folder.parent.glob("[!.]*"), key=lambda one: one.stat().st_mtime, reverse=True)
        dead = [one for one in folder.parent.glob(".partial-*") if time.time() - one.stat().st_mtime > FORGOTTEN]
        for old in [*others[MANY:], *dead]:
            shutil.rmtree(old, ignore_errors=True)
    except OSError:
        if partial is not None:
            shutil.rmtree(partial, ignore_errors=True)


def _folder(source: Path) -> Path | None:
    """Where the arrays of `source` lie; None where it is no single file."""
    with contextlib.suppress(OSError):
        path = source.resolve()
        found = path.stat()
        if path.is_file():
            identity = [str(path), found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino, _reader()]
            return settings().local / FOLDER / hashlib.sha256(json.dumps(identity).encode()).hexdigest()[:32]
    return None


def _reader() -> str:
    """Digest of the code that reads FER-2013."""
    files = sorted([*Path(__file__).parent.glob("*.py"), *Path(__file__).parent.parent.glob("*.py")])
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
