"""The timeline of one face of a video: seven lines over seconds. Nothing of Streamlit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import plotly.graph_objects as go

from core.domain.camera.seen import SeenFace
from core.domain.emotions import Emotion
from pages.shared.format import number
from pages.shared.measures.drawing import figure, percent, scatter, titled
from pages.shared.palette import DARK, LIGHT

GAP = 0.7  # seconds without the face from which on a line is interrupted
DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot", "2px,6px")
_T = TypeVar("_T")


@dataclass(frozen=True)
class TimelineWords:
    """Translated words: the axes with their units; `hover` has {emotion}, {percent}, {seconds}."""

    time_axis: str
    share_axis: str
    hover: str


def timeline(
    points: Sequence[tuple[float, SeenFace]],
    names: Mapping[Emotion, str],
    words: TimelineWords,
    dark: bool = False,
) -> go.Figure:
    """The smoothed probabilities of one face at each of its times, in percent, a line for each emotion."""
    theme = DARK if dark else LIGHT
    times = [at for at, _ in points]
    gaps = [n for n in range(1, len(times)) if times[n] - times[n - 1] > GAP]
    traces = []
    for emotion, dash in zip(Emotion, DASHES, strict=True):
        shares = [100 * face.probabilities[emotion] for _, face in points]
        said = [
            words.hover.format(emotion=names[emotion], percent=round(share), seconds=number(at, 1))
            for at, share in zip(times, shares, strict=True)
        ]
        traces.append(
            scatter(
                _with_gaps(times, gaps),
                _with_gaps(shares, gaps),
                mode="lines" if len(points) > 1 else "markers",
                name=names[emotion],
                line={"color": theme.emotions[emotion], "width": 2.5, "dash": dash},
                hovertext=_with_gaps(said, gaps),
            )
        )
    return figure(traces, titled(words.time_axis, rangemode="tozero"), percent(words.share_axis), theme, 460)


def _with_gaps(values: Sequence[_T], gaps: Sequence[int]) -> list[_T | None]:
    """The values with None where the face was away, which interrupts a line."""
    starts = [0, *gaps]
    parts = [values[start:end] for start, end in zip(starts, [*gaps, len(values)], strict=True)]
    return [value for number, part in enumerate(parts) for value in ([None] if number else []) + list(part)]
