"""Plotly figures of one patient for the clinician: figures in, one figure out, nothing of Streamlit.

Every word on them is handed in, translated; shares are in percent, with their intervals. Importing this imports
Plotly: pages do so inside the function that shows a chart.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from core.domain.metrics import Interval
from core.services.progress import CheckPoint
from pages.shared.charts import DOT, ROW_HEIGHT, CheckWords, checks_over_time, dressed, whiskers
from pages.shared.palette import DARK, LIGHT, Theme

PERCENT = [0, 25, 50, 75, 100]
_WIDE = [-4, 104]


@dataclass(frozen=True)
class Line:
    """Shares beside the person's own, one for each check (None: not known there), and how they are named."""

    name: str
    shares: Sequence[float | None]
    dash: str
    symbol: str = "line-ns"


@dataclass(frozen=True)
class Mark:
    """Something that happened, at its place between the checks (the first one is at 1)."""

    place: float
    text: str


def course(
    points: Sequence[CheckPoint],
    labels: Sequence[str],
    band: Interval | None,
    baseline: tuple[str, float] | None,
    lines: Sequence[Line],
    marks: Sequence[Mark],
    words: CheckWords,
    dark: bool = False,
) -> go.Figure:
    """Checks over time as for the patient, with the frozen baseline (name, share), the `lines` and the `marks`."""
    theme = DARK if dark else LIGHT
    figure = checks_over_time(points, labels, band, words, dark)
    if not points:
        return figure
    figure.layout.annotations = ()  # among so many lines the band is named in the legend
    if band is not None:
        marker = {"symbol": "square", "size": DOT, "color": theme.accent, "opacity": 0.2}
        figure.add_trace(go.Scatter(x=[None], y=[None], mode="markers", marker=marker, name=words.band))
    places = list(range(1, len(points) + 1))
    if baseline is not None:
        name, share = baseline
        ends = [0.5, max(len(points), 3) + 0.5]
        figure.add_trace(_line(name, ends, [100 * share] * 2, theme.accent, "dash"))
    for line in lines:
        known = [(place, 100 * share) for place, share in zip(places, line.shares, strict=True) if share is not None]
        if known:
            x, y = zip(*known, strict=True)
            figure.add_trace(_line(line.name, x, y, theme.soft_ink, line.dash, line.symbol))
    for mark in marks:
        figure.add_vline(x=mark.place, line={"color": theme.soft_ink, "width": 1})
        said = {"text": mark.text, "textangle": -90, "showarrow": False, "font": {"size": 13, "color": theme.soft_ink}}
        figure.add_annotation(x=mark.place, y=0, yref="paper", yanchor="bottom", xanchor="right", **said)
    figure.update_traces(showlegend=True)
    figure.update_layout(legend={"y": -0.3, "yanchor": "top", "font": {"size": 14}}, height=520)
    return figure


def matrix(
    counts: Sequence[Sequence[int]],
    rows: Sequence[str],
    columns: Sequence[str],
    axes: tuple[str, str],
    hover: str,
    dark: bool = False,
) -> go.Figure:
    """Counts as shares of their rows, in percent; `hover` has {target}, {response}, {count}, {shown}."""
    theme = DARK if dark else LIGHT
    shares = [[100 * n / sum(row) if sum(row) else None for n in row] for row in counts]
    said = [
        [
            hover.format(target=target, response=response, count=n, shown=sum(row))
            for response, n in _pairs(columns, row)
        ]
        for target, row in zip(rows, counts, strict=True)
    ]
    text = [["" if share is None else f"{share:.0f}" for share in line] for line in shares]
    return _heat(shares, text, said, (rows, columns), axes, [[0, theme.card], [1, theme.accent]], (0, 100), theme)


def moved(
    points: Sequence[Sequence[float | None]],
    rows: Sequence[str],
    columns: Sequence[str],
    axes: tuple[str, str],
    hover: str,
    dark: bool = False,
) -> go.Figure:
    """By how many percentage points the shares of a matrix moved; `hover` has {target}, {response}, {points}."""
    theme = DARK if dark else LIGHT
    text = [["" if value is None else "0" if round(value) == 0 else f"{value:+.0f}" for value in row] for row in points]
    said = [
        [hover.format(target=target, response=response, points=t) for response, t in _pairs(columns, row)]
        for target, row in zip(rows, text, strict=True)
    ]
    scale = [[0, theme.soft_ink], [0.5, theme.card], [1, theme.accent]]
    return _heat(points, text, said, (rows, columns), axes, scale, (-100, 100), theme)


def unbiased(
    names: Sequence[str],
    hu: Sequence[tuple[float, Interval, float, float] | None],
    words: tuple[str, str, str, str],
    dark: bool = False,
) -> go.Figure:
    """Hu by emotion with its interval, and what chance alone gives: each (Hu, interval, mean, 95th percentile).

    `words`: the axis, and the names of the person's, of the mean and of the percentile.
    """
    theme = DARK if dark else LIGHT
    known = [(name, one) for name, one in zip(names, hu, strict=True) if one is not None]
    figure = go.Figure()
    places = [name for name, _ in known]
    own = [one[0] for _, one in known]
    figure.add_trace(
        go.Scatter(
            x=own,
            y=places,
            error_x={
                "type": "data",
                "symmetric": False,
                "array": [one[1][1] - one[0] for _, one in known],
                "arrayminus": [one[0] - one[1][0] for _, one in known],
                "color": theme.accent,
                "thickness": 2,
                "width": 0,
            },
            mode="markers",
            marker={"size": DOT, "color": theme.accent},
            hovertemplate="%{y}: %{x:.2f}<extra></extra>",
            name=words[1],
        )
    )
    for which, symbol in ((2, "line-ns-open"), (3, "triangle-left-open")):
        marker = {"size": DOT, "color": theme.soft_ink, "symbol": symbol, "line": {"width": 2}}
        figure.add_trace(
            go.Scatter(
                x=[one[which] for _, one in known],
                y=places,
                mode="markers",
                marker=marker,
                hovertemplate="%{y}: %{x:.2f}<extra></extra>",
                name=words[which],
            )
        )
    figure.update_xaxes(range=[-0.04, 1.04], tickvals=[0, 0.25, 0.5, 0.75, 1], title_text=words[0])
    figure.update_yaxes(categoryorder="array", categoryarray=list(names), range=[len(names) - 0.5, -0.5])
    figure.update_yaxes(showgrid=False)
    return dressed(figure, theme, 110 + ROW_HEIGHT * len(names))


def beside(
    names: Sequence[str], groups: Sequence[tuple[str, Sequence[float | None], str]], axis: str, dark: bool = False
) -> go.Figure:
    """Shares by emotion of several on the same faces: (name, shares, symbol), the person first."""
    theme = DARK if dark else LIGHT
    figure = go.Figure()
    for place, (who, shares, symbol) in enumerate(groups):
        colour = theme.soft_ink if place else theme.accent
        known = [(row, share) for row, share in enumerate(shares) if share is not None]
        figure.add_trace(
            go.Scatter(
                x=[100 * share for _, share in known],
                y=[row + 0.24 * (place - 1) for row, _ in known],
                mode="markers",
                marker={"size": DOT, "color": colour, "symbol": symbol, "line": {"width": 2, "color": colour}},
                hovertext=[f"{names[row]}: {100 * share:.0f} %" for row, share in known],
                hoverinfo="text+name",
                name=who,
            )
        )
    figure.update_xaxes(range=_WIDE, tickvals=PERCENT, title_text=axis)
    figure.update_yaxes(
        tickvals=list(range(len(names))), ticktext=list(names), range=[len(names) - 0.4, -0.6], showgrid=False
    )
    return dressed(figure, theme, 110 + ROW_HEIGHT * len(names))


def against_dose(
    minutes: Sequence[float],
    series: Sequence[tuple[str, Sequence[float], Sequence[Interval]]],
    axes: tuple[str, str],
    hover: str,
    dark: bool = False,
) -> go.Figure:
    """The learning curve: shares (name, values, intervals) against minutes of practice; `hover`: {minutes}, {share}."""
    theme = DARK if dark else LIGHT
    figure = go.Figure()
    for place, (name, values, intervals) in enumerate(series):
        colour = theme.soft_ink if place else theme.accent
        figure.add_trace(
            go.Scatter(
                x=list(minutes),
                y=[100 * value for value in values],
                error_y=whiskers(values, intervals, colour),
                mode="lines+markers",
                line={"color": colour, "width": 2, "dash": "dot" if place else "solid"},
                marker={"size": DOT, "color": colour, "symbol": "circle-open" if place else "circle"},
                hovertext=[
                    hover.format(minutes=f"{at:.0f}", share=f"{100 * value:.0f}")
                    for at, value in zip(minutes, values, strict=True)
                ],
                hoverinfo="text",
                name=name,
            )
        )
    figure.update_xaxes(title_text=axes[0], rangemode="tozero")
    figure.update_yaxes(range=_WIDE, tickvals=PERCENT, title_text=axes[1])
    return dressed(figure, theme, 400)


def _line(
    name: str, x: Sequence[float], y: Sequence[float], colour: str, dash: str, symbol: str | None = None
) -> go.Scatter:
    return go.Scatter(
        x=list(x),
        y=list(y),
        mode="lines+markers" if symbol else "lines",
        line={"color": colour, "width": 2, "dash": dash},
        marker={"symbol": symbol, "size": DOT - 3, "color": colour} if symbol else None,
        hovertemplate="%{y:.0f} %<extra>" + name + "</extra>",
        name=name,
    )


def _pairs(names: Sequence[str], values: Sequence[object]) -> list[tuple[str, object]]:
    return list(zip(names, values, strict=True))


def _heat(
    z: Sequence[Sequence[float | None]],
    text: Sequence[Sequence[str]],
    said: Sequence[Sequence[str]],
    names: tuple[Sequence[str], Sequence[str]],
    axes: tuple[str, str],
    scale: Sequence[Sequence[object]],
    span: tuple[int, int],
    theme: Theme,
) -> go.Figure:
    figure = go.Figure(
        go.Heatmap(
            z=z,
            x=list(names[1]),
            y=list(names[0]),
            zmin=span[0],
            zmax=span[1],
            colorscale=scale,
            showscale=False,
            xgap=2,
            ygap=2,
            text=text,
            texttemplate="%{text}",
            textfont={"size": 13},
            hovertext=said,
            hoverinfo="text",
        )
    )
    figure.update_xaxes(title_text=axes[1], side="bottom", tickangle=-45, showgrid=False)
    figure.update_yaxes(title_text=axes[0], autorange="reversed", showgrid=False)
    return dressed(figure, theme, 440)
