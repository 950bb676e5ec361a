"""Rows of simulated trials before they are answered: every column that the exercise fills in later is there."""

from core.domain.exercise.trials import Stimulus
from core.storage.tables import TRIAL_LATER

_OPEN: dict[str, object] = dict.fromkeys(TRIAL_LATER)


def planned_trial(block_id: str, number: int, face: Stimulus) -> dict[str, object]:
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
