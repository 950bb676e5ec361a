"""What a browser sends for an answer, without a browser."""

import time
from typing import Any


def sent_answer(response: str, **more: Any) -> dict[str, Any]:
    """The fields of an answer, given a second after its face was painted, just now."""
    now = 1000 * time.time()
    return {
        "response": response,
        "best_guess": None,
        "response_time_ms": 1000.0,
        "painted_at": now - 1000,
        "answered_at": now,
        "focus_lost": False,
        "window": "390x844@3",
        **more,
    }
