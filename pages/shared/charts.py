"""Plotly figures from tables: rows in, one figure out, nothing of Streamlit.

Every word on a figure is handed in by the caller, translated. Shares are drawn in percent, always with their
interval. `chart.show_chart` puts them on a page.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas  # noqa: F401  (Plotly takes it half loaded from a thread that is just importing it; this waits)
import plotly.graph_objects as go

from core.domain.emotions import Emotion
from core.domain.metrics import Interval
from core.domain.result import EmotionRow
from core.services.progress import CheckPoint
from pages.shared.palette import DARK, LIGHT, Theme

FONT = "Atkinson Hyperlegible Next, sans-serif"
DOT = 13
ROW_HEIGHT = 46
LEAST_PLACES = 3
MOST_LABELS = 6


@dataclass(frozen=True)
class DotWords:
    """Translated words of `emotion_dots`: the axis with its unit ("Named as meant (%)"), what to say when there
    is nothing to draw, and a hover line with {emotion}, {right}, {shown}, {low}, {high} (percent)."""

    axis: str
    empty: str
    hover: str


@dataclass(frozen=True)
class CheckWords:
    """Translated words of `checks_over_time`. `hover` has {date}, {right}, {shown}, {low}, {high} (percent);
    `band` names the shaded band, `other` the checks that cannot be compared with the latest."""

    time_axis: str
    share_axis: str
    empty: str
    hover: str
    band: str
    comparable: str
    other: str


def emotion_dots(
    rows: Sequence[EmotionRow], names: Mapping[Emotion, str], words: DotWords, dark: bool = False
) -> go.Figure:
    """A dot with its 95 % interval per emotion, first row on top; an emotion not shown keeps an empty row."""
    theme = DARK if dark else LIGHT
    if not any(row.shown for row in rows):
        return _empty(words.empty, theme)
    figure = go.Figure()
    for row in (row for row in rows if row.rate is not None):
        figure.add_trace(
            go.Scatter(
                x=[100 * row.right / row.shown],
                y=[names[row.emotion]],
                error_x=whiskers([row.right / row.shown], [row.interval], theme.emotions[row.emotion]),
                mode="markers",
                marker={"size": DOT, "color": theme.emotions[row.emotion]},
                hovertext=_hover(words.hover, row.right, row.shown, row.interval, emotion=names[row.emotion]),
                hoverinfo="text",
                showlegend=False,
            )
        )
    figure.update_xaxes(range=[-4, 104], tickvals=[0, 25, 50, 75, 100], title_text=words.axis)
    figure.update_yaxes(
        categoryorder="array",
        categoryarray=[names[row.emotion] for row in rows],
        range=[len(rows) - 0.5, -0.5],
        showgrid=False,
    )
    return dressed(figure, theme, 90 + ROW_HEIGHT * len(rows))


def checks_over_time(
    points: Sequence[CheckPoint],
    labels: Sequence[str],
    band: Interval | None,
    words: CheckWords,
    dark: bool = False,
) -> go.Figure:
    """Checks from left to right with their 95 % intervals, each under its date in `labels`.

    Equal steps, whatever the dates: what counts is the order, and two checks a day apart stay readable. Checks
    of another blueprint are open dots outside the line. `band` are the shares within the usual ups and downs.
    """
    theme = DARK if dark else LIGHT
    if not points:
        return _empty(words.empty, theme)
    figure = go.Figure()
    places = max(len(points), LEAST_PLACES)
    every = -(-len(points) // MOST_LABELS)
    if band is not None:
        figure.add_hrect(
            y0=100 * band[0],
            y1=100 * band[1],
            fillcolor=theme.accent,
            opacity=0.14,
            line_width=0,
            layer="below",
            annotation={"text": words.band, "font": {"color": theme.soft_ink}},
            annotation_position="bottom right",
        )
    for comparable, name in ((True, words.comparable), (False, words.other)):
        chosen = [(i, p) for i, p in enumerate(points, 1) if p.comparable is comparable and p.shown]
        if not chosen:
            continue
        rates = [point.right / point.shown for _, point in chosen]
        colour = theme.accent if comparable else theme.soft_ink
        figure.add_trace(
            go.Scatter(
                x=[place for place, _ in chosen],
                y=[100 * rate for rate in rates],
                error_y=whiskers(rates, [point.interval for _, point in chosen], colour),
                mode="lines+markers" if comparable else "markers",
                line={"color": colour, "width": 2},
                marker={"size": DOT, "color": colour, "symbol": "circle" if comparable else "circle-open"},
                hovertext=[
                    _hover(words.hover, point.right, point.shown, point.interval, date=labels[place - 1])
                    for place, point in chosen
                ],
                hoverinfo="text",
                name=name,
                showlegend=any(not point.comparable for point in points),
            )
        )
    figure.update_xaxes(
        range=[0.5, places + 0.5],
        tickvals=list(range(1, len(points) + 1))[::every],
        ticktext=list(labels)[::every],
        title_text=words.time_axis,
        showgrid=False,
    )
    figure.update_yaxes(range=[-4, 104], tickvals=[0, 25, 50, 75, 100], title_text=words.share_axis)
    return dressed(figure, theme, 400)


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
    figure = go.Figure(
        go.Scatter(
            x=[(day - first).days // 7 for day in days],
            y=[(day - first).days % 7 for day in days],
            mode="markers",
            marker={"size": DOT, "color": theme.accent},
            hovertext=list(labels),
            hoverinfo="text",
            showlegend=False,
        )
    )
    figure.update_xaxes(range=[-0.5, weeks - 0.5], showticklabels=False, showgrid=False, zeroline=False)
    figure.update_yaxes(range=[6.5, -0.5], tickvals=list(range(7)), ticktext=list(weekdays), showgrid=False)
    return dressed(figure, theme, 260)


def whiskers(rates: Sequence[float], intervals: Sequence[Interval], colour: str) -> dict[str, object]:
    """Plotly's error bars, in percent, for shares and their intervals."""
    return {
        "type": "data",
        "symmetric": False,
        "array": [100 * (high - rate) for rate, (_, high) in zip(rates, intervals, strict=True)],
        "arrayminus": [100 * (rate - low) for rate, (low, _) in zip(rates, intervals, strict=True)],
        "color": colour,
        "thickness": 2,
        "width": 0,
    }


def _hover(template: str, right: int, shown: int, interval: Interval, **more: str) -> str:
    low, high = (round(100 * share) for share in interval)
    return template.format(right=right, shown=shown, low=low, high=high, **more)


def _empty(sentence: str, theme: Theme) -> go.Figure:
    """A calm card with one sentence instead of axes around nothing."""
    figure = go.Figure()
    figure.add_annotation(
        text=sentence, x=0.5, y=0.5, xref="paper", yref="paper", showarrow=False, font={"color": theme.soft_ink}
    )
    figure.update_xaxes(visible=False)
    figure.update_yaxes(visible=False)
    return dressed(figure, theme, 160)


def dressed(figure: go.Figure, theme: Theme, height: int) -> go.Figure:
    """`figure` in the product's type and colours, `height` pixels high, that neither zooms nor scrolls."""
    figure.update_layout(
        height=height,
        margin={"l": 8, "r": 8, "t": 16, "b": 8},
        font={"family": FONT, "size": 16, "color": theme.ink},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        hoverlabel={"bgcolor": theme.card, "font": {"color": theme.ink, "family": FONT}},
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
        dragmode=False,
    )
    axes = {"gridcolor": theme.line, "zeroline": False, "automargin": True, "fixedrange": True}
    figure.update_xaxes(**axes)
    figure.update_yaxes(**axes)
    return figure
