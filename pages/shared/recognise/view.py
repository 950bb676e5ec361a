"""View of the trial component: one face and its seven answers, or the feedback to it, as JSON-ready data.

Pictures are data: URLs (`pages.shared.pictures.data_url`). Words come translated; `*word*` is printed bold.
"""

from dataclasses import asdict, dataclass

from core.domain.emotions import Emotion
from core.domain.exercise.trials import Kind
from pages.shared.emotions import label
from pages.shared.words import _


@dataclass(frozen=True)
class OpinionRow:
    """One line of "You · People · Computer"."""

    who: str
    answer: str
    """What was said ("fear", "nobody has told us yet")."""
    emotion: Emotion | None = None
    same: bool | None = None
    """Whether it is the target, None when there is nothing to compare."""
    detail: str = ""


@dataclass(frozen=True)
class Bars:
    """How one rater, or many, spread over the seven."""

    title: str
    values: tuple[float, ...]
    """From 0 to 1, in the order of the labels."""
    texts: tuple[str, ...]
    """Stand beside them ("62 %", "7 of 10")."""


@dataclass(frozen=True)
class MorphStep:
    """One picture of the neutral ↔ full slider and what it is called ("60 %")."""

    picture: str
    label: str


@dataclass(frozen=True)
class HeatMap:
    """Where the network looked, over the face itself: `Look.heat` and `Look.box` of the domain; its name, what the
    colour means, where it lies in words, and what the box says that takes it away."""

    values: bytes
    box: tuple[float, float, float, float]
    title: str
    legend: str
    where: str
    toggle: str


@dataclass(frozen=True)
class Feedback:
    """What is said after a practice answer."""

    target: Emotion
    """What the face shows."""
    sentence: str
    note: str = ""
    rows: tuple[OpinionRow, ...] = ()
    bars: tuple[Bars, ...] = ()
    cues: tuple[str, ...] = ()
    """Paragraphs behind "Why?"."""
    morph: tuple[MorphStep, ...] = ()
    """The same person from neutral to full."""
    heat_map: HeatMap | None = None
    last: bool = False
    """No face follows."""


@dataclass(frozen=True)
class TrialView:
    """One face at its place in a block."""

    block: str
    number: int
    position: int
    of: int
    picture: str
    kind: Kind
    preload: tuple[str, ...] = ()
    """The next pictures."""
    exposure_ms: int | None = None
    """None shows the face until it is answered, otherwise a mask follows."""
    feedback: Feedback | None = None
    """Shown instead of the answers."""

    def data(self) -> dict[str, object]:
        """The view as the component's data."""
        return {
            "block": self.block,
            "number": self.number,
            "stage": "ask" if self.feedback is None else "feedback",
            "picture": self.picture,
            "preload": list(self.preload),
            "exposure_ms": self.exposure_ms,
            "asks_best_guess": self.kind is Kind.CHECK,
            "answers": [{"response": e.word, "label": _capital(label(e))} for e in Emotion],
            "words": self._words(),
            "feedback": None if self.feedback is None else _feedback(self.feedback),
        }

    def _words(self) -> dict[str, str]:
        tryout = self.kind is Kind.TRYOUT
        place = {"position": self.position, "of": self.of}
        return {
            "progress": _("{position} of {of}").format(**place),
            "face": _("A face, {position} of {of}").format(**place),
            "question": _("What does this face show?"),
            "best_guess": _("If you had to choose?"),
            "not_sure": _("Not sure"),
            "cannot_see": _("I cannot see this picture"),
            "stop": _("Stop for now"),
            "stop_note": _("Nothing of this is kept.") if tryout else _("Nothing is lost. You can go on later."),
            "saving": _("Saving…"),
            "ready": _("Show the face"),
            "ready_note": _("You will see it for a short moment."),
        }


def _feedback(feedback: Feedback) -> dict[str, object]:
    return {
        "sentence": feedback.sentence,
        "note": feedback.note,
        "rows": [
            {
                "who": row.who,
                "answer": _capital(row.answer),
                "emotion": None if row.emotion is None else row.emotion.word,
                "same": row.same,
                "detail": row.detail,
            }
            for row in feedback.rows
        ],
        "bars": [_bars(bars, feedback.target) for bars in feedback.bars],
        "cues": list(feedback.cues),
        "morph": [{"picture": step.picture, "label": step.label} for step in feedback.morph],
        "heat_map": None
        if feedback.heat_map is None
        else asdict(feedback.heat_map) | {"values": list(feedback.heat_map.values)},
        "words": {
            "same": _("the same"),
            "different": _("different"),
            "why": _("Why?"),
            "slider": _("From neutral to full"),
            "about": _("More about the computer (new tab)"),
            "next": _("See the result") if feedback.last else _("Next"),
        },
    }


def _bars(bars: Bars, target: Emotion) -> dict[str, object]:
    if not len(bars.values) == len(bars.texts) == len(Emotion):
        raise ValueError(
            f"bars {bars.title!r} have {len(bars.values)} values and {len(bars.texts)} texts: "
            "expected seven of each, in the order of the labels"
        )
    return {
        "title": bars.title,
        "values": [
            {
                "emotion": emotion.word,
                "label": _capital(label(emotion)),
                "value": min(max(value, 0.0), 1.0),
                "text": text,
                "target": emotion is target,
            }
            for emotion, value, text in zip(Emotion, bars.values, bars.texts, strict=True)
        ],
    }


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
