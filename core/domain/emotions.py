"""The seven labels, in the order every network, matrix and table of this project uses.

The order is FER-2013's: 0 angry, 1 disgust, 2 fear, 3 happy, 4 sad, 5 surprise, 6 neutral.
"""

from enum import IntEnum

from core.domain.language import Sentence


class Emotion(IntEnum):
    """A basic emotion as FER-2013 numbers them; `word` is its name in files, databases and exports."""

    ANGRY = 0
    DISGUST = 1
    FEAR = 2
    HAPPY = 3
    SAD = 4
    SURPRISE = 5
    NEUTRAL = 6

    @property
    def word(self) -> str:
        return self.name.lower()

    @property
    def noun(self) -> Sentence:
        """What people call it, in lower case: one noun for one feeling, wherever it is named."""
        return _NOUNS[self]

    @classmethod
    def from_word(cls, word: str) -> "Emotion":
        """The emotion a file calls `word` (any case); raises ValueError naming the seven words."""
        try:
            return cls[word.strip().upper()]
        except KeyError:
            raise ValueError(f"unknown emotion {word!r}: expected one of {', '.join(e.word for e in cls)}") from None


_NOUNS = {
    Emotion.ANGRY: Sentence("anger"),
    Emotion.DISGUST: Sentence("disgust"),
    Emotion.FEAR: Sentence("fear"),
    Emotion.HAPPY: Sentence("happiness"),
    Emotion.SAD: Sentence("sadness"),
    Emotion.SURPRISE: Sentence("surprise"),
    Emotion.NEUTRAL: Sentence("neutral"),
}
