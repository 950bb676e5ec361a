"""Atomic package of files, a zip or a folder: until all are there, nothing stands under the final name."""

import hashlib
import json
import os
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

_CHUNK = 1 << 20
_EPOCH = datetime(1980, 1, 1, tzinfo=UTC).timestamp()
"""When every file was written, as far as it says."""
MANIFEST = "manifest.json"


class Cancelled(Exception):
    """Whoever watches the export wants it no more."""


@dataclass
class Package:
    """Works in a hidden folder beside `out`, readable by its owner only, which `work_folder` gives and takes away;
    `finish` puts the whole under `out`.

    A name that ends with .zip becomes a zip, any other a folder. Left without `finish`, all is removed. Raises
    FileExistsError when something is at `out`, and Cancelled when `goes_on`, which is asked while long files are
    packed, says no.
    """

    out: Path
    work_folder: Callable[[Path], AbstractContextManager[Path]]
    goes_on: Callable[[], bool] = lambda: True
    hashes: dict[str, str] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)

    def __enter__(self) -> "Package":
        if self.out.exists():
            raise FileExistsError(f"{self.out} is there already; expected a name that is free")
        self.out.parent.mkdir(parents=True, exist_ok=True)
        self._folder = self.work_folder(self.out.parent)
        self._work = self._folder.__enter__()
        self._zip = self._tree = None
        if self.out.suffix == ".zip":
            self._zip = zipfile.ZipFile(self._work / "whole.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=5)
        else:
            self._tree = self._work / "whole"
            self._tree.mkdir(mode=0o700)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._zip is not None:
            self._zip.close()
        self._folder.__exit__(kind, error, at)

    def add(self, name: str, content: str | bytes) -> None:
        """A whole file."""
        data = content.encode() if isinstance(content, str) else content
        self.hashes[name], self.sizes[name] = hashlib.sha256(data).hexdigest(), len(data)
        if self._zip is not None:
            with self._zip.open(name, "w") as member:  # `writestr` would note the time
                member.write(data)
        else:
            self._path(name).write_bytes(data)

    @contextmanager
    def beside(self, name: str) -> Iterator[Path]:
        """A path to write a long file at while others are added; it is taken in as `name` at the end."""
        path = self._work / name.replace("/", "-")
        yield path
        digest, self.sizes[name] = hashlib.sha256(), path.stat().st_size
        with ExitStack() as files:
            source = files.enter_context(path.open("rb"))
            kept = files.enter_context(self._zip.open(name, "w", force_zip64=True)) if self._zip is not None else None
            while chunk := source.read(_CHUNK):
                if not self.goes_on():
                    raise Cancelled
                digest.update(chunk)
                if kept is not None:
                    kept.write(chunk)
        self.hashes[name] = digest.hexdigest()
        if self._zip is not None:
            path.unlink()
        else:
            path.rename(self._path(name))

    def finish(self, facts: Mapping[str, object]) -> None:
        """Write the manifest (`facts`, then every file with size and SHA-256) and give the whole its name."""
        files = {name: {"bytes": self.sizes[name], "sha256": self.hashes[name]} for name in sorted(self.hashes)}
        self.add(MANIFEST, json.dumps({**facts, "files": files}, indent=1, ensure_ascii=False) + "\n")
        if self._zip is not None:
            self._zip.close()
            whole = self._work / "whole.zip"
            whole.chmod(0o600)
        else:
            assert self._tree is not None
            whole = self._tree
            for path in (whole, *whole.rglob("*")):
                os.utime(path, (_EPOCH, _EPOCH))
        whole.replace(self.out)

    def _path(self, name: str) -> Path:
        assert self._tree is not None
        path = self._tree / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path
