"""What of an export must stay the same from release to release, as one SHA-256 for each file.

Aside: the columns `scored` and `correct` (they are stored since migration 0011), the version of the software, and the
bytes of the Parquet file, which are its library's: of it the table counts. The faces go into one line.
"""

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import pyarrow.parquet as parquet

from core.config import VERSION

ASIDE = {"scored", "correct", "software"}
_VERSION = re.compile(rf"(?<![\d.]){re.escape(VERSION)}(?![\d.])")


def fingerprints(export: Path) -> dict[str, str]:
    """The digest of each file of an unpacked export, by name."""
    files = sorted(path for path in export.rglob("*") if path.is_file())
    names = {path.relative_to(export).as_posix(): path for path in files}
    found = {name: _digest(_content(path)) for name, path in names.items() if not name.startswith("stimuli/")}
    pictures = [f"{name} {_digest(path.read_bytes())}" for name, path in names.items() if name.startswith("stimuli/")]
    return {**found, "stimuli/": _digest("\n".join(pictures).encode())}


def as_lines(found: dict[str, str]) -> str:
    """In the form of `sha256sum`."""
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(found.items()))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _content(path: Path) -> bytes:
    if path.suffix == ".parquet":
        table = parquet.read_table(path)
        return _table([table.column_names, *zip(*(column.to_pylist() for column in table.columns), strict=True)])
    text = path.read_text(encoding="utf-8")
    if path.name == "manifest.json":
        said = json.loads(text)
        text = json.dumps({**said, "files": sorted(said["files"])}, indent=1)
    elif path.name.endswith("_beh.tsv"):
        return _table(line.split("\t") for line in text.splitlines())
    elif path.parent.name == "data":
        return _table(csv.reader(io.StringIO(text, newline="")))
    return _VERSION.sub("VERSION", text).encode()


def _table(rows: Iterable[Sequence[object]]) -> bytes:
    heading, *rest = rows
    kept = [place for place, name in enumerate(heading) if name not in ASIDE]
    return "\n".join("\t".join(str(row[place]) for place in kept) for row in (heading, *rest)).encode()
