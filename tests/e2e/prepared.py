"""A database as a server leaves it that has served for some minutes: the built-in faces, and the network's look at all.

The look takes most of a minute of processor time, so pytest's cache keeps the database for as long as what it is made
of stays the same; the workers of one run wait for the first that makes it.
"""

import fcntl
import hashlib
from pathlib import Path

from core.config import DATA, ROOT
from core.services.faces import stimulus_sets
from core.storage.database import Store
from core.storage.migrate import upgrade
from core.vision.rater import load_default

MADE_OF = (
    ROOT / "core" / "storage",
    ROOT / "core" / "stimuli",
    ROOT / "core" / "vision",
    DATA / "networks",
    DATA / "stimuli" / "builtin",
)


def prepared_database(kept: Path) -> Path:
    """Its file in the folder `kept`, made if it is not there."""
    path = kept / f"{_digest()}.db"
    with (kept / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            for old in kept.glob("*.db*"):
                old.unlink()
            _make(path.with_suffix(".part"))
            path.with_suffix(".part").rename(path)
    return path


def _make(path: Path) -> None:
    path.unlink(missing_ok=True)
    store = Store(f"sqlite:///{path}")
    upgrade(store)
    stimulus_sets.update_faces(store, load_default())
    store.close()


def _digest() -> str:
    found = hashlib.sha256()
    for folder in MADE_OF:
        for file in sorted(one for one in folder.rglob("*") if one.is_file() and one.suffix != ".pyc"):
            found.update(str(file.relative_to(ROOT)).encode())
            found.update(file.read_bytes())
    return found.hexdigest()[:16]
