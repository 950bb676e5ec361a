"""A questionnaire's totals over time, on its own axis, with its authors' bands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import plotly.graph_objects as go

from core.domain.patient.questionnaires import Questionnaire, QuestionnaireScore
from pages.shared.format import day
from pages.shared.measures.charts import MOST_LABELS
from pages.shared.measures.drawing import dots, figure, scatter, titled
from pages.shared.palette import DARK, LIGHT

ROOM = timedelta(days=14)


@dataclass(frozen=True)
class TotalWords:
    """Translated words: both axes, the bands, and for each score what to say of it when it is pointed at."""

    time_axis: str
    total_axis: str
    bands: Sequence[str]
    hovers: Sequence[str]


def totals_over_time(
    questionnaire: Questionnaire, scores: Sequence[QuestionnaireScore], words: TotalWords, dark: bool = False
) -> go.Figure:
    """A dot a score at its day, from the lowest total to the highest; a dotted line where a band ends."""
    theme = DARK if dark else LIGHT
    line = scatter(
        [score.on for score in scores],
        [score.total for score in scores],
        mode="lines+markers",
        line={"color": theme.accent, "width": 2},
        marker=dots(theme.accent),
        hovertext=list(words.hovers),
        showlegend=False,
    )
    at_the_right = {"x": 1, "xref": "paper", "xanchor": "right", "showarrow": False}
    font = {"color": theme.soft_ink, "size": 14}
    names = [
        {**at_the_right, "text": name, "y": (band.low + band.high) / 2, "font": font}
        for band, name in zip(questionnaire.bands, words.bands, strict=True)
    ]
    border = {"type": "line", "xref": "x domain", "x0": 0, "x1": 1}
    ink = {"color": theme.soft_ink, "width": 1, "dash": "dot"}
    borders = [{**border, "y0": band.low - 0.5, "y1": band.low - 0.5, "line": ink} for band in questionnaire.bands[1:]]
    days = sorted({score.on for score in scores})
    named = days[:: -(-len(days) // MOST_LABELS)]
    across = titled(
        words.time_axis,
        showgrid=False,
        tickvals=named,
        ticktext=[day(on) for on in named],
        range=[days[0] - ROOM, days[-1] + ROOM],
    )
    up = titled(words.total_axis, range=[questionnaire.low, questionnaire.high])
    return figure([line], across, up, theme, 320, annotations=names, shapes=borders)
