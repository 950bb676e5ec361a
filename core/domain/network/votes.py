"""FER+'s votes: what ten people saw in a FER-2013 face (Barsoum et al. 2016, 10.1145/2993148.2993165)."""

from collections.abc import Sequence

from core.domain.emotions import Emotion

COLUMN = {
    Emotion.NEUTRAL: 0,
    Emotion.HAPPY: 1,
    Emotion.SURPRISE: 2,
    Emotion.SAD: 3,
    Emotion.ANGRY: 4,
    Emotion.DISGUST: 5,
    Emotion.FEAR: 6,
}
"""Where FER+'s row keeps an emotion; 7, 8 and 9 are contempt, unknown and "not a face"."""


def votes_for(votes: Sequence[int], emotion: Emotion) -> tuple[int, int]:
    """How many raters chose `emotion`, of how many: contempt, unknown and "not a face" are other answers."""
    return votes[COLUMN[emotion]], sum(votes)
