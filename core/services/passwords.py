"""Passwords: what counts as one, and argon2 hashes of it (argon2-cffi's defaults: RFC 9106, low memory)."""

import secrets
import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from core.services.problems import problem

SHORTEST, LONGEST = 10, 200
_hasher = PasswordHasher()


def hash_password(password: str) -> str:
    """The argon2 hash to keep. Raises Refusal when the password is too short or too long."""
    if len(password) < SHORTEST:
        raise problem("short")
    if len(password) > LONGEST:
        raise problem("long")
    return _hasher.hash(_plain(password))


def matches(password: str, kept: str | None) -> bool:
    """Whether `password` is the one behind `kept`. Takes the same time when there is no hash to compare with."""
    stand_in = _nobody()
    try:
        return _hasher.verify(kept or stand_in, _plain(password[: LONGEST + 1])) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


def _plain(password: str) -> str:
    """One spelling for what different keyboards compose differently."""
    return unicodedata.normalize("NFKC", password)


@cache
def _nobody() -> str:
    return _hasher.hash(secrets.token_urlsafe())
