"""Plotly figures of one patient for the clinician: figures in, one figure out, nothing of Streamlit.

Every word on them is handed in, translated; shares are in percent, with their intervals. Importing this imports
Plotly: pages do so inside the function that shows a chart.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from core.domain.statistics.figures import EmotionFigures
from core.domain.statistics.metrics import Interval
from core.domain.statistics.time_axis import between, places, reach
from core.services.exercise.progress import CheckPoint
from pages.shared.format import number, signed
from pages.shared.measures.charts import CheckWords, band_area, check_axis, check_traces, empty
from pages.shared.measures.drawing import (
    DOT,
    ROW_HEIGHT,
    Mapped,
    dots,
    figure,
    heat,
    matrix_axes,
    named_rows,
    numbered_rows,
    percent,
    scatter,
    titled,
    whiskers,
)
from pages.shared.palette import DARK, LIGHT, Theme


@dataclass(frozen=True)
class ComparisonLine:
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


MARK_ROWS, MARK_ROW = 3, 18
"""Names of marks stand above the lines, in so many rows of so many pixels, so that neighbours do not meet."""


def course(
    points: Sequence[CheckPoint],
    labels: Sequence[str],
    band: Interval | None,
    baseline: tuple[str, float] | None,
    lines: Sequence[ComparisonLine],
    marks: Sequence[Mark],
    words: CheckWords,
    dark: bool = False,
) -> go.Figure:
    """Checks over time as for the patient, with the frozen baseline (name, share), the `lines` and the `marks`."""
    theme = DARK if dark else LIGHT
    if not points:
        return empty(words.empty, theme)
    traces, at = check_traces(points, labels, words, theme, in_legend=True), places([p.when for p in points])
    shapes = []
    if band is not None:  # among so many lines its name stands in the legend
        shapes.append(band_area(band, theme))
        marker = {"symbol": "square", "size": DOT, "color": theme.accent, "opacity": 0.2}
        traces.append(scatter([None], [None], mode="markers", marker=marker, name=words.band))
    if baseline is not None:
        name, share = baseline
        traces.append(_line(name, reach(at), [100 * share] * 2, theme.accent, "dash"))
    for line in lines:
        known = [(x, 100 * share) for x, share in zip(at, line.shares, strict=True) if share is not None]
        if known:
            x, y = zip(*known, strict=True)
            traces.append(_line(line.name, x, y, theme.soft_ink, line.dash, line.symbol))
    marked = [(between(mark.place, at), mark.text) for mark in marks]
    shapes += [_upright(x, theme) for x, _ in marked]
    said = {"y": 1, "yref": "paper", "yanchor": "bottom", "showarrow": False}
    rows = min(len(marked), MARK_ROWS)
    font = {"size": 13, "color": theme.soft_ink}
    return figure(
        [{"showlegend": True, **trace} for trace in traces],
        check_axis(at, labels, words),
        percent(words.share_axis),
        theme,
        440,
        shapes=shapes,
        annotations=[
            {**said, "x": x, "yshift": MARK_ROW * (place % MARK_ROWS), "text": text, "font": font, **_side(x, at)}
            for place, (x, text) in enumerate(marked)
        ],
        margin={"l": 8, "r": 8, "t": 16 + MARK_ROW * rows, "b": 8},
        legend={"orientation": "h", "x": 0, "y": -0.3, "yanchor": "top", "font": {"size": 14}},
    )


def _side(x: float, at: Sequence[float]) -> dict[str, str]:
    """To which side a name goes that it stays on the paper."""
    first, last = reach(at)
    return {"xanchor": "left" if x <= (first + last) / 2 else "right"}


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
    text = [["" if share is None else number(share) for share in line] for line in shares]
    scale = [[0, theme.card], [1, theme.accent]]
    cells = heat(shares, rows, columns, zmin=0, zmax=100, text=text, hovertext=said, colorscale=scale)
    return _heat(cells, axes, theme)


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
    text = [["" if value is None else "0" if round(value) == 0 else signed(value) for value in row] for row in points]
    said = [
        [hover.format(target=target, response=response, points=t) for response, t in _pairs(columns, row)]
        for target, row in zip(rows, text, strict=True)
    ]
    scale = [[0, theme.soft_ink], [0.5, theme.card], [1, theme.accent]]
    cells = heat(points, rows, columns, zmin=-100, zmax=100, text=text, hovertext=said, colorscale=scale)
    return _heat(cells, axes, theme)


@dataclass(frozen=True)
class HuWords:
    """Translated words of `unbiased`."""

    axis: str
    person: str
    chance: str
    high: str
    """Names the 95th percentile of chance."""


def unbiased(emotions: Sequence[EmotionFigures], names: Sequence[str], words: HuWords, dark: bool = False) -> go.Figure:
    """Hu by emotion with its interval, and what chance alone gives; an emotion that was not shown keeps its row."""
    theme = DARK if dark else LIGHT
    known = [(name, one) for name, one in zip(names, emotions, strict=True) if not math.isnan(one.hu)]
    places = [name for name, _ in known]
    own = [one.hu for _, one in known]
    said = {"mode": "markers", "hovertemplate": "%{y}: %{x:.2f}<extra></extra>"}
    spread = whiskers(own, [one.hu_interval for _, one in known], theme.accent, scale=1)
    chance, high = dots(theme.soft_ink, "line-ns-open", edge=2), dots(theme.soft_ink, "triangle-left-open", edge=2)
    traces = [
        scatter(own, places, error_x=spread, marker=dots(theme.accent), name=words.person, **said),
        scatter([one.hu_chance for _, one in known], places, marker=chance, name=words.chance, **said),
        scatter([one.hu_high for _, one in known], places, marker=high, name=words.high, **said),
    ]
    across = titled(words.axis, range=[-0.04, 1.04], tickvals=[0, 0.25, 0.5, 0.75, 1])
    return figure(traces, across, named_rows(names), theme, 110 + ROW_HEIGHT * len(names))


def beside(
    names: Sequence[str], groups: Sequence[tuple[str, Sequence[float | None], str]], axis: str, dark: bool = False
) -> go.Figure:
    """Shares by emotion of several on the same faces: (name, shares, symbol), the person first."""
    theme = DARK if dark else LIGHT
    traces = []
    for place, (who, shares, symbol) in enumerate(groups):
        known = [(row, share) for row, share in enumerate(shares) if share is not None]
        traces.append(
            scatter(
                [100 * share for _, share in known],
                [row + 0.24 * (place - 1) for row, _ in known],
                mode="markers",
                marker=dots(theme.soft_ink if place else theme.accent, symbol, edge=2),
                hovertext=[f"{names[row]}: {number(100 * share)} %" for row, share in known],
                hoverinfo="text+name",
                name=who,
            )
        )
    return figure(traces, percent(axis), numbered_rows(names), theme, 110 + ROW_HEIGHT * len(names))


def against_dose(
    minutes: Sequence[float],
    series: Sequence[tuple[str, Sequence[float], Sequence[Interval]]],
    axes: tuple[str, str],
    hover: str,
    dark: bool = False,
) -> go.Figure:
    """The learning curve: shares (name, values, intervals) against minutes of practice; `hover`: {minutes}, {share}."""
    theme = DARK if dark else LIGHT
    traces = []
    for place, (name, values, intervals) in enumerate(series):
        colour = theme.soft_ink if place else theme.accent
        traces.append(
            scatter(
                minutes,
                [100 * value for value in values],
                error_y=whiskers(values, intervals, colour),
                mode="lines+markers",
                line={"color": colour, "width": 2, "dash": "dot" if place else "solid"},
                marker=dots(colour, "circle-open" if place else "circle"),
                hovertext=[
                    hover.format(minutes=number(at), share=number(100 * value))
                    for at, value in zip(minutes, values, strict=True)
                ],
                name=name,
            )
        )
    return figure(traces, titled(axes[0], rangemode="tozero"), percent(axes[1]), theme, 400)


def _line(
    name: str, x: Sequence[float], y: Sequence[float], colour: str, dash: str, symbol: str | None = None
) -> Mapped:
    return scatter(
        x,
        y,
        mode="lines+markers" if symbol else "lines",
        line={"color": colour, "width": 2, "dash": dash},
        marker={"symbol": symbol, "size": DOT - 3, "color": colour} if symbol else None,
        hovertemplate="%{y:.0f} %<extra>" + name + "</extra>",
        name=name,
    )


def _upright(place: float, theme: Theme) -> Mapped:
    """A line from top to bottom."""
    at = {"type": "line", "x0": place, "x1": place, "yref": "y domain", "y0": 0, "y1": 1}
    return {**at, "line": {"color": theme.soft_ink, "width": 1}}


def _pairs(names: Sequence[str], values: Sequence[object]) -> list[tuple[str, object]]:
    return list(zip(names, values, strict=True))


def _heat(cells: Mapped, axes: tuple[str, str], theme: Theme) -> go.Figure:
    """The matrix with what each of its cells says written in it."""
    written = {**cells, "texttemplate": "%{text}", "textfont": {"size": 13}}
    return figure([written], *matrix_axes(axes[1], axes[0], len(cells["y"])), theme, 440)
