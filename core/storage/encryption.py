"""Encryption of the few secrets that the database holds: second factors, and the keys of pseudonyms.

Fernet (AES-128-CBC with HMAC-SHA256) under keys that stand in a file of their own, one a line, the newest first. The
file is in no backup: whoever finds a backup, or reads the database, can neither sign in as somebody nor say whose a
pseudonym is. The first key encrypts, all of them decrypt.
"""

import os
import time
from functools import lru_cache
from pathlib import Path
from tempfile import NamedTemporaryFile

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from sqlalchemy import Text
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import DontWrapMixin
from sqlalchemy.types import TypeDecorator

from core.config import settings
from core.domain.people import Refusal

_OLD = 60.0
"""Seconds in which keys are written for certain."""
_TOKEN = "gAAAA"
"""How every Fernet token begins; no plain secret does: those are hexadecimal, or base 32 in capitals."""


class MissingKey(Refusal, DontWrapMixin):
    """Something is encrypted with a key that is not in the key file."""


class EncryptedText(TypeDecorator[str]):
    """A secret, encrypted in the database. One that an older release stored in plain is read as it is."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else encrypt(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        return decrypt(value) if value is not None and is_encrypted(value) else value


def is_encrypted(value: str) -> bool:
    return value.startswith(_TOKEN)


def encrypt(value: str) -> str:
    """Where there is no key file, it is made."""
    if not settings().keys.exists():
        _make()
    return _ring().encrypt(value.encode()).decode()


def decrypt(token: str) -> str:
    """Raises MissingKey where no key of the file fits."""
    try:
        return _ring().decrypt(token.encode()).decode()
    except (FileNotFoundError, InvalidToken) as error:
        raise MissingKey("The server lacks the key of a secret. Whoever runs it must put the key file back.") from error


def keys() -> list[str]:
    """Every key, the newest first; none where there is no key file."""
    return settings().keys.read_text(encoding="ascii").split() if settings().keys.exists() else []


def add_key() -> None:
    """Put a new key before all others: it encrypts from now on, in every server that reads this file."""
    _write([Fernet.generate_key().decode(), *keys()])


def drop_old_keys() -> int:
    """Keep the newest key only; returns how many others there were. What they encrypted cannot be read any more."""
    newest, *others = keys()
    _write([newest])
    return len(others)


def remove_parts() -> None:
    """Remove the files of processes that were killed while they wrote keys; whoever writes now is left alone."""
    for part in settings().keys.parent.glob(f".{settings().keys.name}-*"):
        if abs(time.time() - part.stat().st_mtime) > _OLD:
            part.unlink(missing_ok=True)


def _ring() -> MultiFernet:
    status = settings().keys.stat()
    return _read(settings().keys, status.st_mtime_ns, status.st_ino)


@lru_cache(maxsize=4)
def _read(path: Path, _changed: int, _inode: int) -> MultiFernet:
    """The keys of the file as it was at one time: a server need not start again after a rotation."""
    try:
        return MultiFernet([Fernet(line) for line in path.read_text(encoding="ascii").split()])
    except ValueError as error:
        raise ValueError(f"{path} holds something else than keys, one a line. Put the key file back.") from error


def _make() -> None:
    path = settings().keys
    part = _part(path, [Fernet.generate_key().decode()])
    try:
        os.link(part, path)  # whole from the first moment; of two that make one, the second takes the first one's
    except FileExistsError:
        pass
    finally:
        part.unlink()


def _write(lines: list[str]) -> None:
    _part(settings().keys, lines).replace(settings().keys)


def _part(path: Path, lines: list[str]) -> Path:
    """A file beside the key file, readable by its owner only, on the disk."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with NamedTemporaryFile("w", dir=path.parent, prefix=f".{path.name}-", delete=False, encoding="ascii") as file:
        file.writelines(f"{line}\n" for line in lines)
        file.flush()
        os.fsync(file.fileno())
    return Path(file.name)
