"""Splits of FER-2013 and the words for them, in names of folders and in a table's column.

`test` and `validation` are PrivateTest and PublicTest where there are both; alone each is "Test": held out, but nobody
knows in which half.
"""

from collections.abc import Iterable

USAGES = ("Training", "PublicTest", "PrivateTest")
HELD_OUT = "Test"

_TRAINING, _PUBLIC, _PRIVATE = USAGES
_TEST = {"test", "testing"}
_VALIDATION = {"validation", "val", "valid"}
_SPLITS = {"train": _TRAINING} | {usage.lower(): usage for usage in USAGES}


def are_apart(words: Iterable[str]) -> bool:
    """Whether there are both a test and a validation split."""
    found = {word.lower() for word in words}
    return bool(found & _TEST) and bool(found & _VALIDATION)


def split_called(word: str, apart: bool = False) -> str | None:
    """One of USAGES, or HELD_OUT where test and validation are not `apart`; None for another word."""
    word = word.lower()
    if word in _TEST:
        return _PRIVATE if apart else HELD_OUT
    if word in _VALIDATION:
        return _PUBLIC if apart else HELD_OUT
    return _SPLITS.get(word)
