"""Check-ins to compute with."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from core.domain.feelings.check_in import CheckIn

FIRST = datetime(2026, 3, 1, 18, tzinfo=UTC)


def check_in(number: int = 0, **parts: Any) -> CheckIn:
    """The `number`th, one a day."""
    return CheckIn(str(number), FIRST + timedelta(days=number), date(2026, 3, 1) + timedelta(days=number), **parts)
