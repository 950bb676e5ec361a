"""View of the feedback to one face, as JSON-ready data. Words come translated; `*word*` is printed bold."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from core.domain.emotions import Emotion
from core.domain.exercise.places import Ellipse
from core.domain.exercise.trials import Response
from pages.shared.emotions import label


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
class PairFace:
    """A face of the pair: its word, its words for who cannot see it, and the place that is outlined."""

    caption: str
    words: str
    part: int | None = None
    """Its address among the item's further pictures; None: the face itself."""
    outline: Ellipse | None = None


@dataclass(frozen=True)
class Said:
    """What depends on the answer: sentences, the line "You", and the face beside the same person's of what was said."""

    sentence: str
    row: OpinionRow
    pair: tuple[PairFace, ...] = ()
    """This face and the other one, or nothing."""


@dataclass(frozen=True)
class Feedback:
    """What is said after a practice answer."""

    target: Emotion
    """What the face shows."""
    said: Mapping[Response, Said]
    """By every answer that can be given."""
    rows: tuple[OpinionRow, ...] = ()
    """The lines below "You"."""
    bars: tuple[Bars, ...] = ()
    cues: tuple[str, ...] = ()
    """Paragraphs of what is folded away."""
    steps: tuple[str, ...] = ()
    """What the pictures of the same person from neutral to full are called ("60 %"); their place is their address."""
    heat_map: HeatMap | None = None

    def data(self) -> dict[str, object]:
        """The feedback as the player's data."""
        return {
            "said": {
                response.value: {
                    "sentence": said.sentence,
                    "row": _row(said.row),
                    "pair": [asdict(shown) for shown in said.pair],
                }
                for response, said in self.said.items()
            },
            "rows": [_row(row) for row in self.rows],
            "bars": [_bars(bars, self.target) for bars in self.bars],
            "cues": list(self.cues),
            "steps": list(self.steps),
            "heat_map": self.heat_map and asdict(self.heat_map) | {"values": list(self.heat_map.values)},
        }


def _row(row: OpinionRow) -> dict[str, object]:
    return {
        "who": row.who,
        "answer": capital(row.answer),
        "emotion": None if row.emotion is None else row.emotion.word,
        "same": row.same,
        "detail": row.detail,
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
                "label": capital(label(emotion)),
                "value": min(max(value, 0.0), 1.0),
                "text": text,
                "target": emotion is target,
            }
            for emotion, value, text in zip(Emotion, bars.values, bars.texts, strict=True)
        ],
    }


def capital(words: str) -> str:
    """As a label begins."""
    return words[:1].upper() + words[1:]
