"""Charts draw what the tables say, with units, intervals and words for nothing."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from core.domain.statistics.blocks import BlockMean
from core.domain.statistics.metrics import wilson
from core.services.exercise.progress import CheckPoint
from pages.shared.measures.charts import BlockLine, CheckWords, checks_over_time, practice_days
from pages.shared.palette import DARK, LIGHT

CHECKS = CheckWords(
    time_axis="Check",
    share_axis="Named as meant (%)",
    empty="Your first check will appear here.",
    hover="{date}: {right} of {shown}, {low} to {high} %",
    band="the usual ups and downs",
    comparable="checks like the latest",
    other="other checks",
)


def point(right: int, comparable: bool = True) -> CheckPoint:
    return CheckPoint(datetime(2026, 11, 3, tzinfo=UTC), right, 42, wilson(right, 42), comparable)


def texts(figure: object) -> list[str]:
    return [annotation.text for annotation in figure.layout.annotations]  # type: ignore[attr-defined]


def test_both_themes_use_the_palette() -> None:
    for dark, theme in ((False, LIGHT), (True, DARK)):
        figure = checks_over_time([point(3)], ["3 Nov 2026"], None, CHECKS, dark)
        assert figure.data[0].marker.color == theme.accent
        assert figure.layout.font.color == theme.ink


def test_nothing_to_draw_is_said_in_words() -> None:
    assert texts(checks_over_time([], [], None, CHECKS)) == ["Your first check will appear here."]


def test_a_single_check_is_one_dot_under_its_date() -> None:
    figure = checks_over_time([point(21)], ["3 Nov"], None, CHECKS)
    assert list(figure.data[0].y) == [50]
    assert list(figure.layout.xaxis.ticktext) == ["3 Nov"]
    assert not figure.data[0].showlegend


def test_checks_lie_in_a_band_that_is_named() -> None:
    figure = checks_over_time([point(21), point(25)], ["3 Nov", "9 Nov"], (0.3, 0.8), CHECKS)
    assert (figure.layout.shapes[0].y0, figure.layout.shapes[0].y1) == (30, 80)
    assert texts(figure) == ["the usual ups and downs"]
    assert figure.data[0].hovertext[1] == "9 Nov: 25 of 42, 44 to 73 %"


def test_checks_of_another_blueprint_are_open_dots_outside_the_line() -> None:
    figure = checks_over_time([point(20, False), point(21), point(25)], ["1", "2", "3"], None, CHECKS)
    line, others = figure.data
    assert (len(line.x), list(others.x)) == (2, [0])
    assert (line.mode, others.mode, others.marker.symbol) == ("lines+markers", "markers", "circle-open")
    assert others.showlegend


def test_dates_of_many_checks_do_not_crowd_a_phone() -> None:
    figure = checks_over_time([point(20)] * 26, [str(n) for n in range(26)], None, CHECKS)
    assert len(figure.layout.xaxis.ticktext) <= 6


def test_days_of_practice_stand_in_their_week_and_weekday() -> None:
    weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    figure = practice_days(date(2026, 11, 2), 3, [date(2026, 11, 2), date(2026, 11, 12)], weekdays, ["2 Nov", "12 Nov"])
    dots = figure.data[0]
    assert list(zip(dots.x, dots.y, dots.hovertext, strict=True)) == [(0, 0, "2 Nov"), (1, 3, "12 Nov")]
    assert list(figure.layout.yaxis.ticktext) == weekdays


def test_checks_stand_as_far_apart_as_they_were_and_two_of_one_day_side_by_side() -> None:
    days = [datetime(2026, 9, 1, 10, tzinfo=UTC) + timedelta(days=later) for later in (0, 0, 8, 36)]
    points = [replace(point(20 + place), when=at) for place, at in enumerate(days)]
    figure = checks_over_time(points, ["1 Sept", "1 Sept", "9 Sept", "7 Oct"], None, CHECKS)
    at = list(figure.data[0].x)
    assert (at[0], at[2], at[3]) == (0, 8, 36)
    assert 0.5 < at[1] < 2
    low, high = figure.layout.xaxis.range
    assert low < 0
    assert high > 36
    assert list(figure.layout.xaxis.ticktext) == ["1 Sept", "9 Sept", "7 Oct"]


def test_a_block_is_a_line_at_its_mean_over_its_checks_in_the_area_of_its_interval() -> None:
    checks = [CheckPoint(datetime(2026, 11, 3 + n, tzinfo=UTC), 21, 42, wilson(21, 42), True) for n in range(4)]
    before, after = BlockMean(0.5, (0.4, 0.6)), BlockMean(0.7, (0.6, 0.8))
    lines = [BlockLine("before", (0, 1), before), BlockLine("after", (2, 3), after)]
    words = replace(CHECKS, in_blocks=True)
    figure = checks_over_time(checks, ["3", "4", "5", "6"], None, words, blocks=lines)
    area, line, _, second = figure.layout.shapes
    assert (area.y0, area.y1) == (40, 60)
    assert (line.y0, line.y1, second.y0) == (50, 50, 70)
    assert line.x0 < 0
    assert 1 < line.x1 < 2 < second.x1
    assert texts(figure) == ["before", "after"]
    assert figure.data[0].error_y.array is None


NAMES = ("Antes del entrenamiento", "A mitad de camino", "Final del entrenamiento", "Seguimiento")


def test_names_of_blocks_whose_shares_are_alike_do_not_lie_over_one_another_on_a_phone() -> None:
    days = (0, 1, 25, 26, 30, 31, 130, 131)
    first = datetime(2026, 3, 3, tzinfo=UTC)
    checks = [CheckPoint(first + timedelta(days=day), 21, 42, wilson(21, 42), True) for day in days]
    mean = BlockMean(0.5, (0.4, 0.6))
    lines = [BlockLine(name, (n, n + 1), mean) for n, name in zip((0, 2, 4, 6), NAMES, strict=True)]
    figure = checks_over_time(checks, [str(day) for day in days], None, replace(CHECKS, in_blocks=True), blocks=lines)
    names = figure.layout.annotations
    assert texts(figure) == list(NAMES)
    assert [one.xanchor for one in names] == ["left", "left", "left", "right"]
    assert len({one.y for one in names[:3]}) == 3
    assert names[3].y not in {names[1].y, names[2].y}
