"""Charts of the researcher's overview: faces by month, and the share named as meant by emotion across people."""

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

from core.domain.emotions import Emotion
from core.domain.statistics.across import PeopleMean
from core.services.research.overview import MonthCounts
from pages.shared.measures.drawing import ROW_HEIGHT, dots, figure, named_rows, percent, scatter, titled, whiskers
from pages.shared.palette import DARK, LIGHT


def faces_by_month(months: Sequence[MonthCounts], labels: Sequence[str], axis: str, dark: bool) -> go.Figure:
    """A bar for each month; none where too few people are behind it."""
    theme = DARK if dark else LIGHT
    bars = {
        "type": "bar",
        "x": list(labels),
        "y": [one.faces for one in months],
        "marker": {"color": theme.accent},
        "hovertemplate": "%{x}: %{y:,}<extra></extra>",
    }
    return figure([bars], {"showgrid": False, "type": "category"}, titled(axis, rangemode="tozero"), theme, 320)


def by_emotion(
    rows: Sequence[PeopleMean | None], names: Mapping[Emotion, str], axis: str, hover: str, dark: bool
) -> go.Figure:
    """A dot with its interval for each emotion, first on top; an empty row where too few people are behind it.

    `hover` has the braces emotion, mean, low, high (percent) and people.
    """
    theme = DARK if dark else LIGHT
    traces = []
    for emotion, row in zip(Emotion, rows, strict=True):
        if row is None:
            continue
        low, high = row.interval
        text = hover.format(
            emotion=names[emotion],
            mean=round(100 * row.mean),
            low=round(100 * low),
            high=round(100 * high),
            people=row.people,
        )
        traces.append(
            scatter(
                [100 * row.mean],
                [names[emotion]],
                error_x=whiskers([row.mean], [row.interval], theme.emotions[emotion]),
                mode="markers",
                marker=dots(theme.emotions[emotion]),
                hovertext=text,
                showlegend=False,
            )
        )
    down = named_rows([names[emotion] for emotion in Emotion])
    return figure(traces, percent(axis), down, theme, 90 + ROW_HEIGHT * len(Emotion))
