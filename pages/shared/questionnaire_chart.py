"""A questionnaire's totals over time, on its own axis, with its authors' bands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import plotly.graph_objects as go

from core.domain.questionnaires import Questionnaire, Score
from pages.shared.charts import DOT, MOST_LABELS, dressed
from pages.shared.palette import DARK, LIGHT

ROOM = timedelta(days=14)


@dataclass(frozen=True)
class TotalWords:
    """Translated words: both axes, and for each score what to say of it when it is pointed at."""

    time_axis: str
    total_axis: str
    hovers: Sequence[str]


def totals_over_time(
    questionnaire: Questionnaire, scores: Sequence[Score], language: str, words: TotalWords, dark: bool = False
) -> go.Figure:
    """A dot a score at its day, from the lowest total to the highest; a dotted line where a band ends."""
    theme = DARK if dark else LIGHT
    figure = go.Figure(
        go.Scatter(
            x=[score.on for score in scores],
            y=[score.total for score in scores],
            mode="lines+markers",
            line={"color": theme.accent, "width": 2},
            marker={"size": DOT, "color": theme.accent},
            hovertext=list(words.hovers),
            hoverinfo="text",
            showlegend=False,
        )
    )
    for band in questionnaire.bands:
        figure.add_annotation(
            text=band.label[language],
            x=1,
            xref="paper",
            xanchor="right",
            y=(band.low + band.high) / 2,
            showarrow=False,
            font={"color": theme.soft_ink, "size": 14},
        )
    for band in questionnaire.bands[1:]:
        figure.add_hline(y=band.low - 0.5, line={"color": theme.soft_ink, "width": 1, "dash": "dot"})
    days = sorted({score.on for score in scores})
    figure.update_xaxes(
        title_text=words.time_axis,
        showgrid=False,
        tickformat="%d/%m/%y",
        tickvals=days[:: -(-len(days) // MOST_LABELS)],
        range=[days[0] - ROOM, days[-1] + ROOM],
    )
    figure.update_yaxes(range=[questionnaire.low, questionnaire.high], title_text=words.total_axis)
    return dressed(figure, theme, 320)
