"""Block and Trial of recognition: a Block hands out its current Trial and takes the answer.

A block never draws a face and never saves: `current` → show → `answer(number, …)`. An answer carries the number of
the trial it is for, so a second click, a resent message or a second tab changes nothing.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from core.domain.emotions import Emotion


class Response(StrEnum):
    """What a person can answer: one of the seven, "not sure", or that the picture cannot be seen (missing)."""

    ANGRY = "angry"
    DISGUST = "disgust"
    FEAR = "fear"
    HAPPY = "happy"
    SAD = "sad"
    SURPRISE = "surprise"
    NEUTRAL = "neutral"
    NOT_SURE = "not_sure"
    CANNOT_SEE = "cannot_see"

    @property
    def emotion(self) -> Emotion | None:
        """The emotion named, or None for "not sure" and "cannot see"."""
        return _NAMED.get(self)


_NAMED = {Response[emotion.name]: emotion for emotion in Emotion}


class Kind(StrEnum):
    """Practice gives feedback and never measures; a check measures and gives none; a try-out is not stored."""

    PRACTICE = "practice"
    CHECK = "check"
    TRYOUT = "tryout"


@dataclass(frozen=True)
class Stimulus:
    """One face of a set; what a set does not know is None."""

    id: int
    """Its row."""
    hash: str
    """SHA-256 of its picture."""
    target: Emotion
    identity: str | None = None
    intensity: int | None = None
    """Percent of the full movement."""
    votes: tuple[int, ...] | None = None
    """FER+'s ten columns."""
    sex: str | None = None
    skin: float | None = None


@dataclass(frozen=True)
class Answer:
    """A person's answer to one face. Times: UTC, browser's clock."""

    response: Response
    response_time_ms: float
    """Painted → answered."""
    painted_at: datetime
    answered_at: datetime
    best_guess: Emotion | None = None
    """What a person who was not sure chose when asked again (checks only)."""
    focus_lost: bool = False
    window: str | None = None

    @property
    def scored(self) -> Emotion | None:
        """The emotion that counts: the one named, or the best guess behind "not sure"."""
        return self.best_guess if self.response is Response.NOT_SURE else self.response.emotion

    def correct(self, target: Emotion) -> bool | None:
        """Whether the emotion that counts is the `target`. "Not sure" without a best guess is not; a face that could
        not be seen is missing: None."""
        return None if self.response is Response.CANNOT_SEE else self.scored is target


@dataclass
class Trial:
    """One face at one place of a block."""

    number: int
    stimulus: Stimulus
    exposure_ms: int | None = None
    """None: until answered."""
    answer: Answer | None = None
    void: str | None = None
    """Why it does not count."""
    painted: bool = False
    rival: Emotion | None = None
    """Where only two answers could be given: the one beside the target."""
    first_meeting: bool = False
    """It was answered, by one of all seven, by a person who had never met it before."""
    scored: Emotion | None = None
    """The emotion that counts, found when the answer was given; None without one."""
    correct: bool | None = None
    """Whether that is the target; None without an answer, and for a face that could not be seen."""

    def __post_init__(self) -> None:
        if self.answer is not None and self.correct is None:
            self.take(self.answer)

    @property
    def open(self) -> bool:
        return self.answer is None and self.void is None

    def take(self, answer: Answer) -> None:
        """Take the answer and score it."""
        self.answer, self.scored, self.correct = answer, answer.scored, answer.correct(self.stimulus.target)


@dataclass
class Block:
    """A run of faces in a fixed order."""

    id: str
    kind: Kind
    length: int
    """Faces to be answered; void trials come on top."""
    trials: list[Trial] = field(default_factory=list)
    form: str | None = None
    set_id: int | None = None
    stopped: bool = False

    @property
    def current(self) -> Trial | None:
        """The first trial neither answered nor void; None when the block is done or was stopped."""
        return None if self.stopped else next((t for t in self.trials if t.open), None)

    @property
    def answered(self) -> list[Trial]:
        return [t for t in self.trials if t.answer is not None and t.void is None]

    @property
    def done(self) -> bool:
        return self.current is None

    def answer(self, number: int, answer: Answer) -> bool:
        """Take the answer to trial `number`; False, and nothing changes, if that is not the current trial."""
        trial = self.current
        if trial is None or trial.number != number:
            return False
        trial.take(answer)
        return True
