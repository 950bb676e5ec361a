"""Clocks that were wrong: what one kept that went ahead lies in the future as soon as it is put right."""

from datetime import datetime, timedelta

TOLERANCE = timedelta(minutes=1)
"""By how much the clocks of servers may differ."""


def recent(at: datetime, now: datetime, span: timedelta) -> bool:
    """Whether `at` is less than `span` ago. Of what lies ahead nobody knows when it was: it makes nobody wait."""
    return -TOLERANCE <= now - at < span
