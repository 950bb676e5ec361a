"""Passwords: what counts as one, and argon2 hashes of it (argon2-cffi's defaults: RFC 9106, low memory).

The rules are those of NIST SP 800-63B-4: length and not being easily guessed, any characters, no composition rules,
no expiry. Guesses are counted by zxcvbn (MIT), which knows 30,000 leaked passwords, words, names, keyboard runs and
repetitions, so "password1234" is refused although no list has it.
"""

import secrets
import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from core.domain.people import Role
from core.services.gate.problems import problem

SHORTEST = {Role.PATIENT: 8, Role.CLINICIAN: 12, Role.RESEARCHER: 12}
LONGEST = 200
FEWEST_GUESSES = 1e6
"""An attacker at the door has about a hundred guesses a day (see throttle); this keeps the first million away."""
_LOOKED_AT = 72
"""zxcvbn's time grows with the square of the length, and what is guessable shows at the beginning."""
_hasher = PasswordHasher()


def hash_password(password: str, role: Role, code: str) -> str:
    """The argon2 hash to keep. Raises Refusal when the password is too short, too long or among the first guesses."""
    plain = _plain(password)
    if len(plain) < SHORTEST[role]:
        raise problem("short", shortest=SHORTEST[role])
    if len(plain) > LONGEST:
        raise problem("long")
    if _guesses(plain, code) < FEWEST_GUESSES:
        raise problem("common")
    return _hasher.hash(plain)


def matches(password: str, kept: str | None) -> bool:
    """Whether `password` is the one behind `kept`. Takes the same time when there is no hash to compare with."""
    stand_in = _nobody()
    try:
        return _hasher.verify(kept or stand_in, _plain(password[: LONGEST + 1])) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


def renewed(password: str, kept: str) -> str:
    """`kept`, or a new hash of the same right `password` where the parameters of argon2 have changed since."""
    return _hasher.hash(_plain(password)) if _hasher.check_needs_rehash(kept) else kept


def _guesses(plain: str, code: str) -> float:
    from zxcvbn import zxcvbn  # 14 MiB of words that only a new password needs

    return float(zxcvbn(plain[:_LOOKED_AT], user_inputs=[code, "lexithymia"])["guesses"])


def _plain(password: str) -> str:
    """One spelling for what different keyboards compose differently."""
    return unicodedata.normalize("NFKC", password)


@cache
def _nobody() -> str:
    return _hasher.hash(secrets.token_urlsafe())
