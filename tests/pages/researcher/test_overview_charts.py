"""The overview's charts leave empty what too few people are behind, and keep every label in its place."""

import pytest

from core.domain.emotions import Emotion
from core.domain.statistics.across import across
from core.services.research.overview import MonthCounts
from pages.researcher.parts.overview_charts import by_emotion, faces_by_month

NAMES = {emotion: emotion.word for emotion in Emotion}
HOVER = "{emotion}: {mean}, {low} to {high}, {people}"


@pytest.mark.parametrize("dark", [False, True])
def test_a_month_of_too_few_people_has_no_bar_and_keeps_its_place(dark: bool) -> None:
    months = [MonthCounts("2026-05", None, None, None), MonthCounts("2026-06", 9, 12, 504)]
    [bars] = faces_by_month(months, ["May", "June"], "Faces", dark).data
    assert list(bars.x) == ["May", "June"]
    assert list(bars.y) == [None, 504]


@pytest.mark.parametrize("dark", [False, True])
def test_an_emotion_of_too_few_people_keeps_an_empty_row(dark: bool) -> None:
    found = across([0.5, 0.6, 0.7, 0.8, 0.9])
    rows = [found if emotion is Emotion.FEAR else None for emotion in Emotion]
    figure = by_emotion(rows, NAMES, "Share", HOVER, dark)
    [dot] = figure.data
    assert (list(dot.x), list(dot.y)) == ([pytest.approx(70)], ["fear"])
    assert dot.hovertext == "fear: 70, 50 to 90, 5"
    assert list(figure.layout.yaxis.categoryarray) == list(NAMES.values())


def test_with_nobody_there_are_axes_and_no_dots() -> None:
    assert by_emotion([None] * len(Emotion), NAMES, "Share", HOVER, False).data == ()
