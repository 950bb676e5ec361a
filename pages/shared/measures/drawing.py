"""Chart style: type, colours, and axes that neither zoom nor scroll.

A figure is made in one call, from plain mappings in Plotly's own terms: Plotly checks all of a figure again at every
later change, which took most of the time of a chart. It has no template: a browser takes a copied one for another one
and draws the chart again. Importing this imports Plotly: pages do so inside the function that shows a chart.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas  # noqa: F401  (Plotly takes it half loaded from a thread that is just importing it; this waits)
import plotly.graph_objects as go
import plotly.io

from core.domain.statistics.metrics import Interval
from pages.shared.palette import Theme

plotly.io.templates.default = None
FONT = "Atkinson Hyperlegible Next, sans-serif"
DOT = 13
ROW_HEIGHT = 46

Mapped = Mapping[str, Any]
"""A trace, an axis, a shape or an annotation, with Plotly's names for its fields."""


def figure(traces: Iterable[Mapped], x: Mapped, y: Mapped, theme: Theme, height: int, **layout: object) -> go.Figure:
    """The `traces` on the axes `x` and `y`, `height` pixels high; `layout` as Plotly calls it (shapes, legend …)."""
    every = {"gridcolor": theme.line, "zeroline": False, "automargin": True, "fixedrange": True}
    legend = {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0}
    ours = {
        "height": height,
        "margin": {"l": 8, "r": 8, "t": 16, "b": 8},
        "font": {"family": FONT, "size": 16, "color": theme.ink},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "hoverlabel": {"bgcolor": theme.card, "font": {"color": theme.ink, "family": FONT}},
        "hovermode": "closest",
        "legend": legend,
        "dragmode": False,
        "xaxis": {**every, **x},
        "yaxis": {**every, **y},
    }
    return go.Figure(list(traces), {**ours, **layout})


def titled(title: str, **more: object) -> Mapped:
    """An axis with its title."""
    return {"title": {"text": title, "standoff": 15}, **more}


def percent(title: str) -> Mapped:
    """An axis from 0 to 100, with room for a dot at either end."""
    return titled(title, range=[-4, 104], tickvals=[0, 25, 50, 75, 100])


def named_rows(names: Sequence[str]) -> Mapped:
    """An axis with a row for each name, the first on top; a row without a dot stays."""
    return {
        "categoryorder": "array",
        "categoryarray": list(names),
        "range": [len(names) - 0.5, -0.5],
        "showgrid": False,
    }


def numbered_rows(names: Sequence[str]) -> Mapped:
    """The same for dots that stand at the number of their row or a little beside it."""
    ticks = {"tickvals": list(range(len(names))), "ticktext": list(names)}
    return {**ticks, "range": [len(names) - 0.4, -0.6], "showgrid": False}


def scatter(x: Sequence[object], y: Sequence[object], **more: object) -> Mapped:
    """Dots or a line; what it says when it is pointed at is its `hovertext`, unless `more` has it otherwise."""
    return {"type": "scatter", "x": list(x), "y": list(y), "hoverinfo": "text", **more}


def dots(colour: str, symbol: str = "circle", edge: int = 0) -> Mapped:
    """The marker of a scatter; an `edge` (pixels) makes an open symbol stand out."""
    marker = {"size": DOT, "color": colour, "symbol": symbol}
    return {**marker, "line": {"width": edge, "color": colour}} if edge else marker


def heat(z: Sequence[Sequence[float | None]], rows: Sequence[str], columns: Sequence[str], **more: object) -> Mapped:
    """A matrix with a little air between its cells."""
    ours = {"type": "heatmap", "showscale": False, "xgap": 2, "ygap": 2, "hoverinfo": "text"}
    return {**ours, "x": list(columns), "y": list(rows), "z": z, **more}


def matrix_axes(across: str, down: str, rows: int) -> tuple[Mapped, Mapped]:
    """The axes of a matrix of so many `rows`: names below, aslant, and at the left, the first row on top."""
    return (
        titled(across, side="bottom", tickangle=-45, showgrid=False),
        titled(down, range=[rows - 0.5, -0.5], showgrid=False),
    )


def whiskers(
    rates: Sequence[float], intervals: Sequence[Interval], colour: str, scale: float = 100
) -> dict[str, object]:
    """Plotly's error bars, in percent unless `scale` says otherwise, for shares and their intervals."""
    return {
        "type": "data",
        "symmetric": False,
        "array": [scale * (high - rate) for rate, (_, high) in zip(rates, intervals, strict=True)],
        "arrayminus": [scale * (rate - low) for rate, (low, _) in zip(rates, intervals, strict=True)],
        "color": colour,
        "thickness": 2,
        "width": 0,
    }
