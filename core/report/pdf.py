"""A report as a PDF file of two pages."""

from core.report.content import Inks, Report, Section
from core.report.drawings import draw_course, draw_matrix
from core.report.paper import BODY, MARGIN, SMALL, UNKNOWN, Paper

LEAST_CHART = 62.0
LARGEST_CHART = 120.0


def as_pdf(report: Report, inks: Inks) -> bytes:
    """Two pages: what can be said, and what it rests on."""
    paper = Paper(report, inks)
    paper.add_page()
    _first(paper, report)
    paper.add_page()
    _second(paper, report)
    return bytes(paper.output())


def _first(paper: Paper, report: Report) -> None:
    paper.write_in(report.title, paper.epw, SMALL + 1, paper.inks.soft)
    paper.write_in(report.name, paper.epw, 18, bold=True, kind="H1")
    paper.y += 1
    for name, value in report.facts:
        top = paper.y
        paper.write_in(name, 38, SMALL + 1, paper.inks.soft)
        paper.set_xy(MARGIN + 38, top)
        paper.write_in(value, paper.epw - 38, SMALL + 1)
        paper.set_x(MARGIN)
    if UNKNOWN in paper.legible(repr(report)):
        paper.write_in(report.unknown.format(sign=UNKNOWN), paper.epw, SMALL + 1, paper.inks.soft)
    paper.y += 2
    paper.rule()
    paper.y += 1
    paper.write_in(report.headline, paper.epw, 13, bold=True)
    if report.more:
        paper.write_in(report.more, paper.epw, BODY - 1, paper.inks.soft)
    paper.section(report.own, size=BODY - 1)
    paper.section(report.attention)
    paper.y += 3
    paper.figures(report.figures)
    room = paper.bottom - paper.y - _height(paper, report.plan, paper.epw, BODY - 1) - 4
    draw_course(paper, report.course, min(max(room, LEAST_CHART), LARGEST_CHART))
    paper.section(report.plan, size=BODY - 1)


def _second(paper: Paper, report: Report) -> None:
    if report.matrix is not None:
        draw_matrix(paper, report.matrix)
    paper.section(report.confusions, size=BODY - 1)
    if report.emotions is not None:
        paper.rows(report.emotions)
    half = (paper.epw - 8) / 2
    top, end = paper.y, paper.y
    below = _height(paper, report.feelings, paper.epw, BODY - 1.5) + _height(
        paper, report.definitions, paper.epw, SMALL
    )
    room = paper.bottom - top - below
    for place, section in enumerate((report.questionnaires, report.events)):
        paper.set_xy(MARGIN + place * (half + 8), top)
        paper.section(_that_fits(paper, section, half, BODY - 1.5, room), half, BODY - 1.5)
        end = max(end, paper.y)
    paper.set_xy(MARGIN, end)
    paper.section(report.feelings, size=BODY - 1.5)
    paper.section(report.definitions, size=SMALL)


def _that_fits(paper: Paper, section: Section, width: float, size: float, room: float) -> Section:
    """The last of its lines that fit into `room`, after "…" where lines are left out."""
    lines = list(section.lines)
    while len(lines) > 1 and _height(paper, Section(section.title, lines), width, size) > room:
        lines = ["…", *lines[2:]] if lines[0] == "…" else ["…", *lines[1:]]
    return Section(section.title, lines)


def _height(paper: Paper, section: Section, width: float, size: float) -> float:
    """How high `Paper.section` would be."""
    if not section.lines:
        return 0.0
    lines = sum(paper.height_of(line, width, size) + 0.6 for line in section.lines)
    return 3.0 + paper.height_of(section.title, width, 11.5, True) + lines
