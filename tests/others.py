"""Cases of one test, of which `make test` tries the first and CI all."""

from typing import Any

import pytest


def first_of(first: Any, *others: Any) -> list[Any]:
    """The cases for `parametrize`: another language, window or theme is CI's. A tuple is a value for each name."""
    slow = [pytest.param(*(one if isinstance(one, tuple) else (one,)), marks=pytest.mark.slow) for one in others]
    return [first, *slow]
