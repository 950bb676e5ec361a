"""Rows of simulated trials before they are answered: every column that the exercise fills in later is there."""

from typing import Any

from core.domain.exercise.trials import Stimulus

_ANSWERED = ("session_id", "painted_at", "answered_at", "response", "best_guess", "response_time_ms", "focus_lost")
_SCORED = ("scored", "correct")
_BESIDE = (
    "void",
    "earlier_face",
    "earlier_identity",
    "network_id",
    "network_probabilities",
    "frames",
    "way",
    "more",
)
_WHERE = ("language", "window", "device", "software", "conditions")
_OPEN: dict[str, Any] = dict.fromkeys((*_ANSWERED, *_SCORED, *_BESIDE, *_WHERE))


def planned_trial(block_id: str, number: int, face: Stimulus) -> dict[str, Any]:
    """The row of a face that was drawn and not shown yet."""
    return {
        "block_id": block_id,
        "number": number,
        "stimulus_id": face.id,
        "target": face.target.word,
        "intensity": face.intensity,
        "votes": list(face.votes) if face.votes else None,
        "exposure_ms": None,
        **_OPEN,
    }
