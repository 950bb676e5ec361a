"""Charts of one patient draw the figures, with what stands beside them, and words for nothing."""

import math
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from core.domain.emotions import Emotion
from core.domain.statistics.figures import EmotionFigures
from core.domain.statistics.metrics import ResponseTimes, wilson
from core.services.exercise.progress import CheckPoint
from pages.shared.measures.charts import CheckWords
from pages.shared.measures.patient_charts import (
    ComparisonLine,
    HuWords,
    Mark,
    against_dose,
    beside,
    course,
    matrix,
    moved,
    unbiased,
)
from pages.shared.palette import DARK, LIGHT

WORDS = CheckWords(
    time_axis="Check",
    share_axis="Named (%)",
    empty="No check yet.",
    hover="{date}: {right} of {shown}, {low} to {high} %",
    band="ups and downs",
    comparable="the person",
    other="another kind",
)
LINES = [
    ComparisonLine("the network", [0.9, None, 1.0], "dot", "diamond-open"),
    ComparisonLine("people", [None, None, None], "dashdot", "square-open"),
]


def point(right: int) -> CheckPoint:
    return CheckPoint(datetime(2026, 11, 3, tzinfo=UTC), right, 42, wilson(right, 42), True)


def named(figure: object) -> dict[str, object]:
    return {trace.name: trace for trace in figure.data}  # type: ignore[attr-defined]


def test_the_course_has_the_person_the_baseline_and_the_lines_that_are_known() -> None:
    points = [point(20), point(22), point(30)]
    figure = course(points, ["1", "2", "3"], (0.3, 0.7), ("Baseline", 0.5), LINES, [Mark(1.5, "Medication")], WORDS)
    found = named(figure)
    assert set(found) == {"the person", "ups and downs", "Baseline", "the network"}
    assert list(found["Baseline"].y) == [50, 50]  # type: ignore[attr-defined]
    network = found["the network"]
    person = found["the person"]
    assert list(network.x) == [person.x[0], person.x[2]]  # type: ignore[attr-defined]
    assert list(network.y) == [90, 100]  # type: ignore[attr-defined]
    mark = figure.layout.annotations[0].x
    assert mark == pytest.approx((person.x[0] + person.x[1]) / 2)  # type: ignore[attr-defined]
    assert [one.text for one in figure.layout.annotations] == ["Medication"]
    assert all(trace.showlegend for trace in figure.data)


def test_one_check_is_a_dot_and_none_is_a_sentence() -> None:
    one = course([point(21)], ["1"], None, None, [ComparisonLine("network", [0.5], "dot", "x")], [], WORDS)
    assert list(named(one)["the person"].y) == [50]  # type: ignore[attr-defined]
    none = course([], [], None, None, [], [], WORDS)
    assert [one.text for one in none.layout.annotations] == ["No check yet."]


def test_a_cell_shows_its_share_and_says_the_exact_count_under_the_pointer() -> None:
    hover = "{target} named {response}: {count} of {shown}"
    heat = matrix([[3, 1], [0, 0]], ["fear", "sad"], ["fear", "sad"], ("Shown", "Named"), hover).data[0]
    assert list(heat.z[0]) == [75, 25]
    assert list(heat.text[0]) == ["75", "25"]
    assert heat.hovertext[0][1] == "fear named sad: 1 of 4"
    assert list(heat.text[1]) == ["", ""], "a row that was never shown stays empty"


def test_what_moved_has_its_sign_and_nothing_is_zero() -> None:
    figure = moved([[16.7, -0.3], [None, None]], ["a", "b"], ["a", "b"], ("Shown", "Named"), "{target} {points}")
    assert list(figure.data[0].text[0]) == ["+17", "0"]
    assert list(figure.data[0].text[1]) == ["", ""]
    assert figure.data[0].zmin == -figure.data[0].zmax


def test_hu_stands_beside_what_chance_gives() -> None:
    times = ResponseTimes(None, 0, 0.0, 0)
    fear = EmotionFigures(Emotion.FEAR, 10, 7, (0.4, 0.9), 9, 0.5, (0.3, 0.7), 0.03, 0.1, None, times, None)
    sad = replace(fear, emotion=Emotion.SAD, shown=0, right=0, hu=math.nan)
    words = HuWords("Hu", "the person", "mean", "95th percentile")
    figure = unbiased([fear, sad], ["fear", "sad"], words, dark=True)
    found = named(figure)
    person = found["the person"]
    assert (list(person.x), list(person.y)) == ([0.5], ["fear"])  # type: ignore[attr-defined]
    assert person.error_x.array[0] == pytest.approx(0.2)  # type: ignore[attr-defined]
    assert list(found["95th percentile"].x) == [0.1]  # type: ignore[attr-defined]
    assert person.marker.color == DARK.accent  # type: ignore[attr-defined]


def test_person_people_and_network_are_told_apart_by_their_signs() -> None:
    groups: list[tuple[str, list[float | None], str]] = [
        ("person", [0.5, None], "circle"),
        ("people", [None, None], "square-open"),
        ("network", [1.0, 0.8], "x"),
    ]
    found = named(beside(["fear", "sad"], groups, "Named (%)"))
    assert list(found["person"].x) == [50]  # type: ignore[attr-defined]
    assert list(found["people"].x) == []  # type: ignore[attr-defined]
    assert len({trace.marker.symbol for trace in found.values()}) == 3  # type: ignore[attr-defined]


def test_learning_is_drawn_against_minutes_with_intervals() -> None:
    figure = against_dose(
        [0, 12.4], [("named", [0.4, 0.6], [(0.3, 0.5), (0.5, 0.7)])], ("min", "%"), "{minutes}: {share}"
    )
    line = figure.data[0]
    assert (list(line.x), list(line.y)) == ([0, 12.4], [40, 60])
    assert list(line.error_y.array) == pytest.approx([10, 10])
    assert line.hovertext[1] == "12: 60"
    assert line.marker.color == LIGHT.accent
