"""Plotly figures of how good a network is: figures of a card in, one figure out, nothing of Streamlit.

Every word is handed in by the caller, translated. Shares are drawn in percent. Importing this imports Plotly: pages
do so inside the function that shows a chart.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

import plotly.graph_objects as go

from core.domain.network.card import Epoch
from core.domain.network.quality import Calibration, Curves, Interval
from pages.shared.format import number
from pages.shared.measures.drawing import (
    ROW_HEIGHT,
    Mapped,
    dots,
    figure,
    heat,
    matrix_axes,
    numbered_rows,
    percent,
    scatter,
    titled,
    whiskers,
)
from pages.shared.palette import DARK, LIGHT, Theme

PHONE = 22
"""How many letters of an axis's title stand side by side on a phone."""


@dataclass(frozen=True)
class RaterSeries:
    """One rater's share for each row, with its interval where there is one; drawn open unless `filled`."""

    name: str
    shares: Sequence[float]
    intervals: Sequence[Interval] | None
    filled: bool


def side_by_side(rows: Sequence[str], series: Sequence[RaterSeries], axis: str, dark: bool = False) -> go.Figure:
    """A row for each of `rows`, first on top, with a dot for each of `series`."""
    theme = DARK if dark else LIGHT
    step = 0.26 if len(series) > 1 else 0.0
    traces = []
    for place, rater in enumerate(series):
        shift = step * (place - (len(series) - 1) / 2)
        colour = theme.accent if rater.filled else theme.soft_ink
        traces.append(
            scatter(
                [100 * share for share in rater.shares],
                [row + shift for row in range(len(rows))],
                error_x=whiskers(rater.shares, rater.intervals, colour) if rater.intervals else None,
                mode="markers",
                marker=dots(colour, "circle" if rater.filled else "circle-open", edge=2),
                hovertext=[f"{name}: {number(100 * share)} %" for name, share in zip(rows, rater.shares, strict=True)],
                hoverinfo="text+name",
                name=rater.name,
            )
        )
    lines = max((1 + row.count("<br>") for row in rows), default=1)
    height = 110 + (ROW_HEIGHT + 10 * (lines - 1)) * len(rows)
    return figure(traces, percent("<br>".join(wrap(axis, PHONE))), numbered_rows(rows), theme, height)


def reliability(calibration: Calibration, sure: str, right: str, perfect: str, dark: bool = False) -> go.Figure:
    """How often it was right against how sure it was; a dot's area grows with its faces; the dashed line is perfect."""
    theme = DARK if dark else LIGHT
    bins = [one for one in calibration.bins if one.faces]
    most = max((one.faces for one in bins), default=1)
    points = scatter(
        [100 * one.sure for one in bins],
        [100 * one.right for one in bins],
        mode="lines+markers",
        line={"color": theme.accent, "width": 2},
        marker={"color": theme.accent, "size": [6 + 18 * (one.faces / most) ** 0.5 for one in bins]},
        hovertext=[f"{number(100 * one.sure)} % → {number(100 * one.right)} % ({number(one.faces)})" for one in bins],
        showlegend=False,
    )
    return _square([_diagonal(perfect, theme), points], sure, right, theme)


def confusions(
    matrix: Sequence[Sequence[int]], names: Sequence[str], rows: str, columns: str, dark: bool = False
) -> go.Figure:
    """A matrix as shares of its rows (`rows`: what the label says), one hue, the share in percent in each cell."""
    theme = DARK if dark else LIGHT
    shares = [[100 * count / max(sum(row), 1) for count in row] for row in matrix]
    said = [
        [f"{meant} → {said}: {number(n)}" for said, n in zip(names, row, strict=True)]
        for meant, row in zip(names, matrix, strict=True)
    ]
    scale = [[0, theme.card], [1, theme.accent]]
    cells = heat(shares, names, names, zmin=0, zmax=100, colorscale=scale, hovertext=said)
    readable = 55 if dark else 80  # up to here ink has the higher contrast
    written = []
    for y, line in enumerate(shares):
        for x, share in enumerate(line if any(matrix[y]) else ()):  # a row of which nothing is known stays empty
            font = {"size": 13, "color": theme.on_accent if share > readable else theme.ink}
            written.append({"x": x, "y": y, "text": number(share), "showarrow": False, "font": font})
    return figure([cells], *matrix_axes(columns, rows, len(matrix)), theme, 460, annotations=written)


def precision_recall(curves: Sequence[Curves], names: Sequence[str], words: tuple[str, str], dark: bool) -> go.Figure:
    """Precision over recall, a line for each class; `words`: recall, precision."""
    theme = DARK if dark else LIGHT
    lines = _curves([one.precision_recall for one in curves], [one.name for one in curves], names, theme)
    return _square(lines, *words, theme)


def roc(curves: Sequence[Curves], names: Sequence[str], words: tuple[str, str, str], dark: bool) -> go.Figure:
    """True positives over false positives, a line for each class; `words`: the axes and what chance gives."""
    theme = DARK if dark else LIGHT
    lines = _curves([one.roc for one in curves], [one.name for one in curves], names, theme)
    return _square([*lines, _diagonal(words[2], theme)], words[0], words[1], theme)


def _curves(
    lines: Sequence[Sequence[tuple[float, float]]], keys: Sequence[str], names: Sequence[str], theme: Theme
) -> list[Mapped]:
    colours = {emotion.word: colour for emotion, colour in theme.emotions.items()}
    traces = []
    for points, key, name in zip(lines, keys, names, strict=True):
        x, y = ([100 * value for value in axis] for axis in zip(*points, strict=True))
        traces.append(_line(x, y, name, colours.get(key, theme.soft_ink)))
    return traces


def training(history: Sequence[Epoch], names: tuple[str, str], words: tuple[str, str], dark: bool = False) -> go.Figure:
    """Accuracy after each epoch; `names` of the lines (training, validation), `words` of the axes (epoch, share)."""
    theme = DARK if dark else LIGHT
    traces = []
    lines = (("accuracy", names[0], theme.soft_ink, "dot"), ("validation", names[1], theme.accent, "solid"))
    for field, name, colour, dash in lines:
        points = [(one.epoch, 100 * value) for one in history if (value := getattr(one, field)) is not None]
        if points:
            epochs, shares = zip(*points, strict=True)
            traces.append(_line(epochs, shares, name, colour, dash))
    return figure(traces, titled(words[0], showgrid=False), percent(words[1]), theme, 380)


def counts(names: Sequence[str], numbers: Sequence[int], axis: str, dark: bool = False) -> go.Figure:
    """A bar for each of `names`, first on top, with its number beside it."""
    theme = DARK if dark else LIGHT
    bars = {
        "type": "bar",
        "x": list(numbers),
        "y": list(names),
        "orientation": "h",
        "marker": {"color": theme.accent},
        "text": [number(one) for one in numbers],
        "textposition": "outside",
        "cliponaxis": False,
        "hoverinfo": "skip",
    }
    across = titled(axis, range=[0, 1.2 * max(numbers, default=1)], nticks=4)
    return figure([bars], across, {"autorange": "reversed", "showgrid": False}, theme, 90 + 34 * len(names))


def _line(x: Sequence[float], y: Sequence[float], name: str, colour: str, dash: str = "solid") -> Mapped:
    line = {"color": colour, "width": 2, "dash": dash}
    return scatter(x, y, mode="lines", name=name, line=line, hoverinfo="name+x+y")


def _diagonal(name: str, theme: Theme) -> Mapped:
    return _line([0, 100], [0, 100], name, theme.soft_ink, dash="dash")


def _square(traces: Sequence[Mapped], across: str, up: str, theme: Theme) -> go.Figure:
    return figure(traces, percent(across), percent(up), theme, 460)
