"""Codes of people as they are compared: what looks alike is one code (Unicode TR 39, confusables).

"Niño-1", "NIÑO-1", "Niño–1" with an en dash and "Niñо-1" with a Cyrillic o are one person. ASCII stands for itself:
0 and O, 1 and l are typed on different keys, and a list ordered by its keys stays in the order of the codes.
A newer table of look-alikes needs a migration that makes the stored keys anew (see 0012).
"""

import re
import unicodedata
from functools import cache

UNSEEN = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]")
"""What counts as printable and leaves no mark (Default_Ignorable_Code_Point, and the empty Braille cell)."""

SPACES = re.compile("[ \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
"""The category Zs: what a space bar or a word processor puts between words."""


def single_spaced(code: str) -> str:
    """`code` with ordinary single spaces, and none around it."""
    return SPACES.sub(" ", code.strip())


def exact_key(code: str) -> str:
    """What two spellings of one code share that differ in capitals only."""
    return unicodedata.normalize("NFKC", code).casefold()


def code_key(code: str) -> str:
    """What two spellings of one code share that look alike, whatever the capitals and however many spaces."""
    plain = " ".join(unicodedata.normalize("NFKC", code).split())
    if not plain.isascii():
        bare = UNSEEN.sub("", unicodedata.normalize("NFD", plain))
        plain = unicodedata.normalize("NFKC", "".join(map(_likeness, bare)))
    return " ".join(plain.casefold().split())


def ambiguous(code: str) -> bool:
    """Whether a letter of `code` looks like one Latin letter when it is small, and like another when it is large.

    Greek nu does: like v and like N. No key can be the same for all who look the same then.
    """
    return any(len(_latin(sign)) > 1 for sign in unicodedata.normalize("NFKC", code) if not sign.isascii())


def _latin(sign: str) -> set[str]:
    """The small ASCII letters that the small and the large form of `sign` look like."""
    small, large = _prototype(sign.lower()), _prototype(sign.upper())
    return {form.casefold() for form in (small, "I" if large == "l" else large) if form.isascii()}


@cache
def _likeness(sign: str) -> str:
    """What stands in a key for a sign, small or large: ASCII where either form looks like it."""
    if unicodedata.category(sign) == "Pd":
        return "-"
    forms = [_prototype(form) for form in (sign.casefold(), sign.upper())]
    return next((form for form in forms if form.isascii()), forms[0])


def _prototype(sign: str) -> str:
    """What stands for all that look like `sign`: an ASCII sign for itself and for its look-alikes, else the first."""
    if sign.isascii():
        return sign
    alike = _alike(sign)
    if latin := [other for other in alike if other.isascii()]:
        return min(latin)
    return min({sign, *alike, *(further for other in alike for further in _alike(other))})


def _alike(sign: str) -> list[str]:
    from confusable_homoglyphs.confusables import confusables_data  # 10,000 signs, which few servers ever see

    return [str(entry["c"]).strip("\u200e") for entry in confusables_data.get(sign, [])]
