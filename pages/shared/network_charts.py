"""Plotly figures of how good a network is: figures of a card in, one figure out, nothing of Streamlit.

Every word is handed in by the caller, translated. Shares are drawn in percent. Importing this imports Plotly: pages
do so inside the function that shows a chart.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

import plotly.graph_objects as go

from core.domain.card import Epoch
from core.domain.quality import Calibration, Curves, Interval
from pages.shared.charts import DOT, ROW_HEIGHT, dressed, whiskers
from pages.shared.palette import DARK, LIGHT, Theme

PERCENT = [0, 25, 50, 75, 100]
PHONE = 22
"""How many letters of an axis's title stand side by side on a phone."""
_WIDE = [-4, 104]


@dataclass(frozen=True)
class Series:
    """One rater's share for each row, with its interval where there is one; drawn open unless `filled`."""

    name: str
    shares: Sequence[float]
    intervals: Sequence[Interval] | None
    filled: bool


def side_by_side(rows: Sequence[str], series: Sequence[Series], axis: str, dark: bool = False) -> go.Figure:
    """A row for each of `rows`, first on top, with a dot for each of `series`."""
    theme = DARK if dark else LIGHT
    figure = go.Figure()
    step = 0.26 if len(series) > 1 else 0.0
    for place, one in enumerate(series):
        shift = step * (place - (len(series) - 1) / 2)
        colour = theme.accent if one.filled else theme.soft_ink
        spread = one.intervals and whiskers(one.shares, one.intervals, colour)
        figure.add_trace(
            go.Scatter(
                x=[100 * share for share in one.shares],
                y=[row + shift for row in range(len(rows))],
                error_x=spread or None,
                mode="markers",
                marker={"size": DOT, "color": colour, "symbol": "circle" if one.filled else "circle-open"},
                marker_line={"width": 2, "color": colour},
                hovertext=[f"{name}: {100 * share:.0f} %" for name, share in zip(rows, one.shares, strict=True)],
                hoverinfo="text+name",
                name=one.name,
            )
        )
    figure.update_xaxes(range=_WIDE, tickvals=PERCENT, title_text="<br>".join(wrap(axis, PHONE)))
    figure.update_yaxes(
        tickvals=list(range(len(rows))), ticktext=list(rows), range=[len(rows) - 0.4, -0.6], showgrid=False
    )
    lines = max((1 + row.count("<br>") for row in rows), default=1)
    return dressed(figure, theme, 110 + (ROW_HEIGHT + 10 * (lines - 1)) * len(rows))


def reliability(calibration: Calibration, sure: str, right: str, perfect: str, dark: bool = False) -> go.Figure:
    """How often it was right against how sure it was; a dot's area grows with its faces; the dashed line is perfect."""
    theme = DARK if dark else LIGHT
    bins = [one for one in calibration.bins if one.faces]
    most = max((one.faces for one in bins), default=1)
    figure = go.Figure(_line([0, 100], [0, 100], perfect, theme.soft_ink, dash="dash"))
    figure.add_trace(
        go.Scatter(
            x=[100 * one.sure for one in bins],
            y=[100 * one.right for one in bins],
            mode="lines+markers",
            line={"color": theme.accent, "width": 2},
            marker={"color": theme.accent, "size": [6 + 18 * (one.faces / most) ** 0.5 for one in bins]},
            hovertext=[f"{100 * one.sure:.0f} % → {100 * one.right:.0f} % ({one.faces:,})" for one in bins],
            hoverinfo="text",
            showlegend=False,
        )
    )
    return _square(figure, sure, right, theme)


def confusions(
    matrix: Sequence[Sequence[int]], names: Sequence[str], rows: str, columns: str, dark: bool = False
) -> go.Figure:
    """A matrix as shares of its rows (`rows`: what the label says), one hue, the share in percent in each cell."""
    theme = DARK if dark else LIGHT
    shares = [[100 * count / max(sum(row), 1) for count in row] for row in matrix]
    figure = go.Figure(
        go.Heatmap(
            z=shares,
            x=list(names),
            y=list(names),
            zmin=0,
            zmax=100,
            colorscale=[[0, theme.card], [1, theme.accent]],
            showscale=False,
            xgap=2,
            ygap=2,
            hovertext=[
                [f"{meant} → {said}: {n:,}" for said, n in zip(names, row, strict=True)]
                for meant, row in zip(names, matrix, strict=True)
            ],
            hoverinfo="text",
        )
    )
    readable = 55 if dark else 80  # up to here ink has the higher contrast
    for y, line in enumerate(shares):
        for x, share in enumerate(line if any(matrix[y]) else ()):  # a row of which nothing is known stays empty
            colour = theme.on_accent if share > readable else theme.ink
            figure.add_annotation(x=x, y=y, text=f"{share:.0f}", showarrow=False, font={"size": 13, "color": colour})
    figure.update_xaxes(title_text=columns, side="bottom", tickangle=-45, showgrid=False)
    figure.update_yaxes(title_text=rows, autorange="reversed", showgrid=False)
    return dressed(figure, theme, 460)


def precision_recall(curves: Sequence[Curves], names: Sequence[str], words: tuple[str, str], dark: bool) -> go.Figure:
    """Precision over recall, a line for each class; `words`: recall, precision."""
    return _curves([one.precision_recall for one in curves], [one.name for one in curves], names, words, dark)


def roc(curves: Sequence[Curves], names: Sequence[str], words: tuple[str, str, str], dark: bool) -> go.Figure:
    """True positives over false positives, a line for each class; `words`: the axes and what chance gives."""
    theme = DARK if dark else LIGHT
    figure = _curves([one.roc for one in curves], [one.name for one in curves], names, words[:2], dark)
    figure.add_trace(_line([0, 100], [0, 100], words[2], theme.soft_ink, dash="dash"))
    return figure


def _curves(
    lines: Sequence[Sequence[tuple[float, float]]],
    keys: Sequence[str],
    names: Sequence[str],
    words: tuple[str, str],
    dark: bool,
) -> go.Figure:
    theme = DARK if dark else LIGHT
    colours = {emotion.word: colour for emotion, colour in theme.emotions.items()}
    figure = go.Figure()
    for points, key, name in zip(lines, keys, names, strict=True):
        x, y = ([100 * value for value in axis] for axis in zip(*points, strict=True))
        figure.add_trace(_line(x, y, name, colours.get(key, theme.soft_ink)))
    return _square(figure, words[0], words[1], theme)


def training(history: Sequence[Epoch], names: tuple[str, str], words: tuple[str, str], dark: bool = False) -> go.Figure:
    """Accuracy after each epoch; `names` of the lines (training, validation), `words` of the axes (epoch, share)."""
    theme = DARK if dark else LIGHT
    figure = go.Figure()
    lines = (("accuracy", names[0], theme.soft_ink, "dot"), ("validation", names[1], theme.accent, "solid"))
    for field, name, colour, dash in lines:
        points = [(one.epoch, 100 * value) for one in history if (value := getattr(one, field)) is not None]
        if points:
            epochs, shares = zip(*points, strict=True)
            figure.add_trace(_line(epochs, shares, name, colour, dash))
    figure.update_xaxes(title_text=words[0], showgrid=False)
    figure.update_yaxes(title_text=words[1], range=_WIDE, tickvals=PERCENT)
    return dressed(figure, theme, 380)


def counts(names: Sequence[str], numbers: Sequence[int], axis: str, dark: bool = False) -> go.Figure:
    """A bar for each of `names`, first on top, with its number beside it."""
    theme = DARK if dark else LIGHT
    figure = go.Figure(
        go.Bar(
            x=list(numbers),
            y=list(names),
            orientation="h",
            marker={"color": theme.accent},
            text=[f"{number:,}" for number in numbers],
            textposition="outside",
            cliponaxis=False,
            hoverinfo="skip",
        )
    )
    figure.update_xaxes(title_text=axis, range=[0, 1.2 * max(numbers, default=1)], nticks=4)
    figure.update_yaxes(autorange="reversed", showgrid=False)
    return dressed(figure, theme, 90 + 34 * len(names))


def _line(x: Sequence[float], y: Sequence[float], name: str, colour: str, dash: str = "solid") -> go.Scatter:
    line = {"color": colour, "width": 2, "dash": dash}
    return go.Scatter(x=list(x), y=list(y), mode="lines", name=name, line=line, hoverinfo="name+x+y")


def _square(figure: go.Figure, across: str, up: str, theme: Theme) -> go.Figure:
    figure.update_xaxes(range=_WIDE, tickvals=PERCENT, title_text=across)
    figure.update_yaxes(range=_WIDE, tickvals=PERCENT, title_text=up)
    return dressed(figure, theme, 460)
