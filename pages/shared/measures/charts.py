"""Plotly figures from tables: rows in, one figure out, nothing of Streamlit.

Every word on a figure is handed in by the caller, translated. Shares are drawn in percent, always with their
interval. `chart.show_chart` puts them on a page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import plotly.graph_objects as go

from core.domain.statistics.blocks import BlockMean
from core.domain.statistics.metrics import Interval
from core.domain.statistics.time_axis import named, places, reach
from core.services.exercise.progress import CheckPoint
from pages.shared.measures.drawing import (
    Mapped,
    dots,
    figure,
    percent,
    scatter,
    titled,
    whiskers,
)
from pages.shared.palette import DARK, LIGHT, Theme

MOST_LABELS = 6
SMALL_DOT = 8
_ROW, _LETTER = 7, 0.025
"""Of a block's name on a phone: its height in percent of the axis, the width of a letter as a share of the chart."""


@dataclass(frozen=True)
class CheckWords:
    """Translated words of `checks_over_time`."""

    time_axis: str
    share_axis: str
    empty: str
    hover: str
    """Has {date}, {right}, {shown}, {low}, {high} (percent)."""
    band: str
    """Names the shaded band."""
    comparable: str
    other: str
    """Names the checks that cannot be compared with the latest."""
    in_blocks: bool = False
    """Single checks are small dots, without an interval and a line from one to the next."""


@dataclass(frozen=True)
class BlockLine:
    """The mean of some checks that were made on many days: over their places on the chart, with its interval."""

    name: str
    places: Sequence[int]
    share: BlockMean


def checks_over_time(
    points: Sequence[CheckPoint],
    labels: Sequence[str],
    band: Interval | None,
    words: CheckWords,
    dark: bool = False,
    blocks: Sequence[BlockLine] = (),
) -> go.Figure:
    """Checks from left to right with their 95 % intervals, each under its date in `labels`.

    Checks of another blueprint are open dots outside the line. `band` are the shares within the usual ups and downs.
    """
    theme = DARK if dark else LIGHT
    if not points:
        return empty(words.empty, theme)
    layout: dict[str, object] = {}
    if band is not None:
        right = {"x": 1, "xref": "x domain", "xanchor": "right", "y": 100 * band[0], "yanchor": "bottom"}
        said = {"text": words.band, "showarrow": False, "font": {"color": theme.soft_ink}, **right}
        layout = {"shapes": [band_area(band, theme)], "annotations": [said]}
    traces = check_traces(points, labels, words, theme, any(not point.comparable for point in points))
    at = places([point.when for point in points])
    if blocks:
        layout = {**_block_lines(blocks, points, at, theme)}
    return figure(traces, check_axis(at, labels, words), percent(words.share_axis), theme, 400, **layout)


def _block_lines(
    blocks: Sequence[BlockLine], points: Sequence[CheckPoint], at: Sequence[float], theme: Theme
) -> dict[str, list[Mapped]]:
    """A line at each block's mean in the area of its interval, with its dots, and its name above it, or below where two
    names would touch."""
    first, last = reach(at)
    shapes, names, taken = list[Mapped](), list[Mapped](), list[tuple[Interval, float]]()
    for block in blocks:
        x0, x1 = at[block.places[0]], at[block.places[-1]]
        room = (last - first) / 60
        low, high = (100 * edge for edge in block.share.interval)
        mean, across = 100 * block.share.mean, {"x0": x0 - room, "x1": x1 + room}
        area = {"type": "rect", **across, "y0": low, "y1": high, "layer": "below", "fillcolor": theme.accent}
        shapes.append({**area, "opacity": 0.18, "line": {"width": 0}})
        shapes.append({"type": "line", **across, "y0": mean, "y1": mean, "line": {"color": theme.accent, "width": 3}})
        side = "left" if x0 <= (first + last) / 2 else "right"
        said = {"text": block.name, "showarrow": False, "font": {"color": theme.soft_ink, "size": 14}}
        edge = x0 if side == "left" else x1
        shares = [100 * points[place].right / points[place].shown for place in block.places]
        top, bottom = min(max(high, *shares) + 1, 96), min(low, *shares) - 1 - _ROW
        width = _LETTER * len(block.name) * (last - first)
        reaches = (edge, edge + width) if side == "left" else (edge - width, edge)
        free = [
            y for y in (top, bottom, bottom - _ROW, top + _ROW) if not any(_touch(reaches, y, *one) for one in taken)
        ]
        y = free[0] if free else top
        taken.append((reaches, y))
        names.append({**said, "x": edge, "xanchor": side, "y": y, "yanchor": "bottom"})
    return {"shapes": shapes, "annotations": names}


def _touch(reaches: Interval, y: float, other: Interval, other_y: float) -> bool:
    """Whether two names on a chart lie over one another."""
    return abs(y - other_y) < _ROW and reaches[0] < other[1] and other[0] < reaches[1]


def check_traces(
    points: Sequence[CheckPoint], labels: Sequence[str], words: CheckWords, theme: Theme, in_legend: bool
) -> list[Mapped]:
    """The checks that can be compared with the latest, and the others; in the legend if `in_legend`."""
    traces, at = [], places([point.when for point in points])
    small = {"size": SMALL_DOT} if words.in_blocks else {}
    for comparable, name in ((True, words.comparable), (False, words.other)):
        chosen = [(i, p) for i, p in enumerate(points) if p.comparable is comparable and p.shown]
        if not chosen:
            continue
        rates = [point.right / point.shown for _, point in chosen]
        colour = theme.accent if comparable else theme.soft_ink
        traces.append(
            scatter(
                [at[place] for place, _ in chosen],
                [100 * rate for rate in rates],
                error_y=None if words.in_blocks else whiskers(rates, [p.interval for _, p in chosen], colour),
                mode="lines+markers" if comparable and not words.in_blocks else "markers",
                line={"color": colour, "width": 2},
                marker={**dots(colour, "circle" if comparable else "circle-open"), **small},
                hovertext=[
                    _hover(words.hover, point.right, point.shown, point.interval, date=labels[place])
                    for place, point in chosen
                ],
                name=name,
                showlegend=in_legend,
            )
        )
    return traces


def check_axis(at: Sequence[float], labels: Sequence[str], words: CheckWords) -> Mapped:
    """The checks at their places; so many dates that they do not crowd a phone."""
    shown = named(at, MOST_LABELS)
    return titled(
        words.time_axis,
        range=list(reach(at)),
        tickvals=[at[place] for place in shown],
        ticktext=[labels[place] for place in shown],
        showgrid=False,
    )


def band_area(band: Interval, theme: Theme) -> Mapped:
    """The shape of a band from one share to another over the whole width."""
    low, high = (100 * share for share in band)
    area = {"type": "rect", "xref": "x domain", "x0": 0, "x1": 1, "y0": low, "y1": high, "layer": "below"}
    return {**area, "fillcolor": theme.accent, "opacity": 0.14, "line": {"width": 0}}


def practice_days(
    first: date,
    weeks: int,
    days: Sequence[date],
    weekdays: Sequence[str],
    labels: Sequence[str],
    dark: bool = False,
) -> go.Figure:
    """A dot on each of `days`, one column a week from `first` (a Monday), Monday on top; `labels` say which."""
    theme = DARK if dark else LIGHT
    practised = scatter(
        [(day - first).days // 7 for day in days],
        [(day - first).days % 7 for day in days],
        mode="markers",
        marker=dots(theme.accent),
        hovertext=list(labels),
        showlegend=False,
    )
    across = {"range": [-0.5, weeks - 0.5], "showticklabels": False, "showgrid": False}
    down = {"range": [6.5, -0.5], "tickvals": list(range(7)), "ticktext": list(weekdays), "showgrid": False}
    return figure([practised], across, down, theme, 260)


def _hover(template: str, right: int, shown: int, interval: Interval, **more: str) -> str:
    low, high = (round(100 * share) for share in interval)
    return template.format(right=right, shown=shown, low=low, high=high, **more)


def empty(sentence: str, theme: Theme) -> go.Figure:
    """A calm card with one sentence instead of axes around nothing."""
    said = {"text": sentence, "x": 0.5, "y": 0.5, "xref": "paper", "yref": "paper", "showarrow": False}
    none = {"visible": False}
    return figure([], none, none, theme, 160, annotations=[{**said, "font": {"color": theme.soft_ink}}])
