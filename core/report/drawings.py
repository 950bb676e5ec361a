"""The two drawings of a report: checks over time, and who was taken for whom."""

from collections.abc import Callable, Sequence
from itertools import groupby

from core.domain.statistics.time_axis import between, named, places, reach
from core.report.content import CourseChart, Matrix
from core.report.paper import BODY, FONT, MARGIN, SMALL, Paper, rgb

DARKEST = 0.6
"""How much accent a cell takes at most: ink on it keeps 4.5:1."""
MOST_LABELS = 6
_TICKS = (0, 25, 50, 75, 100)
EVENT_ROWS, _EVENT_ROW = 3, 3.6
"""Names of events stand above the plot, in so many rows (mm each)."""


def draw_course(paper: Paper, course: CourseChart, height: float) -> None:
    """Checks as dots with whiskers over their days, the band of the usual ups and downs behind, and beside them what
    chance, people and the network make of the same faces. Fills `height` from here on."""
    top = paper.y
    paper.heading(course.title)
    if not course.points:
        paper.write_in(course.empty, paper.epw, BODY, paper.inks.soft)
        return
    with paper.tagged("Figure", _course_in_words(course)):
        _draw_checks(paper, course, top, height)


def _course_in_words(course: CourseChart) -> str:
    """What the chart shows, for who cannot see it: each check with its day."""
    shares = "; ".join(f"{point.label}: {100 * point.share:.0f}" for point in course.points)
    events = "".join(f" {event.label}: {event.name}." for event in course.events)
    return f"{course.title}. {course.axis}: {shares}.{events}"


def _draw_checks(paper: Paper, course: CourseChart, top: float, height: float) -> None:
    _legend(paper, course)
    left, right = MARGIN + 12, paper.w - MARGIN
    at = places([point.when for point in course.points])
    first, last = reach(at)

    def along(when: float) -> float:
        return left + (right - left) * (when - first) / (last - first)

    def across(place: int) -> float:
        return along(at[place])

    events = [(along(between(event.place, at)), event.name) for event in course.events]
    names = _named_events(paper, events, left, right)
    rows = 1 + max((row for _, row in names.values()), default=-1)
    above, below = paper.y + 3 + _EVENT_ROW * rows, top + height - 8

    def up(share: float) -> float:
        return below - share * (below - above)

    if course.band is not None:
        low, high = course.band
        paper.set_fill_color(*_tint(paper.inks.accent, 0.14))
        paper.rect(left, up(high), right - left, up(low) - up(high), style="F")
    _axes(paper, course, left, right, up, below)
    paper.set_draw_color(*rgb(paper.inks.soft))
    for place, (x, name) in enumerate(events):
        paper.line(x, above, x, below)
        if place in names:
            start, row = names[place]
            paper.set_xy(start, above - _EVENT_ROW * (row + 1) - 0.5)
            paper.write_in(name, paper.get_string_width(name) + 3, SMALL, paper.inks.soft)
    for shares, dash in (([p.people for p in course.points], 0.6), ([p.network for p in course.points], 2.0)):
        _dashed(paper, [(across(i), up(share)) for i, share in enumerate(shares) if share is not None], dash)
    _dashed(paper, [(left, up(course.chance)), (right, up(course.chance))], 0)
    paper.set_draw_color(*rgb(paper.inks.accent))
    paper.set_line_width(0.5)
    mine = [(across(place), up(point.share)) for place, point in enumerate(course.points) if point.comparable]
    if course.in_blocks:
        _means(paper, [(across(place), point.mean) for place, point in enumerate(course.points)], up)
    elif len(mine) > 1:
        paper.polyline(mine)
    dated, wide = named(at, MOST_LABELS), (right - left) / MOST_LABELS
    for place, point in enumerate(course.points):
        x, y = across(place), up(point.share)
        if not course.in_blocks:
            paper.line(x, up(point.interval[0]), x, up(point.interval[1]))
        paper.set_fill_color(*(rgb(paper.inks.accent) if point.comparable else (255, 255, 255)))
        paper.circle(x, y, 1.1, style="DF")
        if place in dated:
            paper.set_xy(min(x - wide / 2, paper.w - MARGIN - wide), below + 1)
            paper.write_in(point.label, wide, SMALL, paper.inks.soft, align="C")
    paper.set_xy(MARGIN, top + height)


def _named_events(
    paper: Paper, events: Sequence[tuple[float, str]], left: float, right: float
) -> dict[int, tuple[float, int]]:
    """Where the name of each event begins, and in which row, so that none lies over another; one for which no row has
    room is named in the list of events alone."""
    paper.set_font(FONT, "", SMALL)
    ends, found = [left] * EVENT_ROWS, dict[int, tuple[float, int]]()
    for place, (x, name) in enumerate(events):
        wide = paper.get_string_width(name) + 3
        start = min(x, right - wide)
        row = next((row for row, end in enumerate(ends) if end <= start), None)
        if row is not None:
            found[place], ends[row] = (start, row), start + wide
    return found


def _means(paper: Paper, points: Sequence[tuple[float, float | None]], up: Callable[[float], float]) -> None:
    """A line at the mean of each part, from its first check to its last."""
    for mean, part in groupby(points, key=lambda point: point[1]):
        xs = [x for x, _ in part]
        if mean is not None:
            paper.line(xs[0] - 1, up(mean), xs[-1] + 1, up(mean))


def draw_matrix(paper: Paper, matrix: Matrix) -> None:
    """Counts in cells, the darker the larger their share of the row."""
    paper.heading(matrix.title)
    with paper.tagged("Figure", _matrix_in_words(matrix)):
        _draw_cells(paper, matrix)


def _matrix_in_words(matrix: Matrix) -> str:
    """Row by row, what was answered how often."""
    rows = (
        f"{name}: " + ", ".join(f"{said} {count}" for said, count in zip(matrix.columns, counts, strict=True) if count)
        for name, counts in zip(matrix.rows, matrix.counts, strict=True)
    )
    return f"{matrix.title}. {'; '.join(rows)}."


def _draw_cells(paper: Paper, matrix: Matrix) -> None:
    first, high = 30.0, 5.6
    wide = (paper.epw - first) / len(matrix.columns)
    top = paper.y
    heads = [paper.height_of(name, wide, SMALL) for name in matrix.columns]
    paper.write_in(matrix.corner, first, SMALL, paper.inks.soft)
    for place, name in enumerate(matrix.columns):
        paper.set_xy(MARGIN + first + place * wide, top + max(heads) - heads[place])
        paper.write_in(name, wide, SMALL, paper.inks.soft, align="C")
    paper.set_xy(MARGIN, top + max(max(heads), paper.height_of(matrix.corner, first, SMALL)) + 0.5)
    for name, counts in zip(matrix.rows, matrix.counts, strict=True):
        paper.set_font(FONT, "", 9)
        paper.ink(paper.inks.ink)
        paper.cell(first, high, name)
        shown = sum(counts) or 1
        for count in counts:
            paper.set_fill_color(*_tint(paper.inks.accent, DARKEST * count / shown))
            paper.cell(wide, high, str(count) if count else "·", align="C", fill=True)
        paper.set_xy(MARGIN, paper.y + high)
    paper.y += 1


def _axes(
    paper: Paper, course: CourseChart, left: float, right: float, up: Callable[[float], float], below: float
) -> None:
    paper.set_draw_color(*rgb(paper.inks.line))
    paper.set_line_width(0.2)
    for tick in _TICKS:
        y = up(tick / 100)
        paper.line(left, y, right, y)
        paper.set_xy(MARGIN, y - 2)
        paper.write_in(str(tick), 10, SMALL, paper.inks.soft, align="R")


def _legend(paper: Paper, course: CourseChart) -> None:
    """One line: the axis with its unit, then what each sign means."""
    shown = [
        (course.person_name, "dot"),
        (course.people_name if any(p.people is not None for p in course.points) else "", "dotted"),
        (course.network_name if any(p.network is not None for p in course.points) else "", "dashed"),
        (course.chance_name, "line"),
        (course.band_name if course.band else "", "band"),
    ]
    paper.write_in(course.axis, paper.epw, SMALL, paper.inks.soft)
    paper.set_font(FONT, "", SMALL)
    x, y = MARGIN, paper.y + 2
    for name, sign in ((name, sign) for name, sign in shown if name):
        wide = paper.get_string_width(name) + 14
        if x + wide > paper.w - MARGIN:
            x, y = MARGIN, y + 4
        _sign(paper, sign, x, y)
        paper.set_xy(x + 8, y - 1.9)
        paper.write_in(name, wide - 6, SMALL, paper.inks.soft)
        x += wide
    paper.set_xy(MARGIN, y + 2)


def _sign(paper: Paper, sign: str, x: float, y: float) -> None:
    if sign == "dot":
        paper.set_fill_color(*rgb(paper.inks.accent))
        paper.circle(x + 3.5, y, 1.1, style="F")
    elif sign == "band":
        paper.set_fill_color(*_tint(paper.inks.accent, 0.14))
        paper.rect(x, y - 1.5, 7, 3, style="F")
    else:
        paper.set_draw_color(*rgb(paper.inks.soft))
        _dashed(paper, [(x, y), (x + 7, y)], {"dotted": 0.6, "dashed": 2.0}.get(sign, 0))


def _dashed(paper: Paper, points: Sequence[tuple[float, float]], dash: float) -> None:
    paper.set_line_width(0.4)
    paper.set_dash_pattern(dash, dash)
    if len(points) > 1:
        paper.polyline(list(points))
    elif points and dash:
        (x, y) = points[0]
        paper.line(x - 3, y, x + 3, y)
    paper.set_dash_pattern()


def _tint(colour: str, share: float) -> tuple[int, int, int]:
    """The colour thinned with white."""
    red, green, blue = (round(255 + (part - 255) * share) for part in rgb(colour))
    return red, green, blue
