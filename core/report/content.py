"""What stands in a report, in the words of its reader's language; nothing here knows of patients or pages.

Shares run from 0 to 1, colours are #RRGGBB.
"""

from collections.abc import Sequence
from dataclasses import dataclass

Interval = tuple[float, float]


@dataclass(frozen=True)
class Inks:
    """The colours of the paper: text, quieter text, rules, and the one accent."""

    ink: str
    soft: str
    line: str
    accent: str


@dataclass(frozen=True)
class KeyFigure:
    """A number with its name and its interval in words."""

    name: str
    value: str
    spread: str


@dataclass(frozen=True)
class Point:
    """A check: its day in words, the share named as meant with its interval, and whether it can be compared with the
    latest; `people` and `network` are shares of the very same faces."""

    label: str
    share: float
    interval: Interval
    comparable: bool
    people: float | None
    network: float | None


@dataclass(frozen=True)
class CourseChart:
    """Checks over time, with the words of the chart. `baseline`: how many of the comparable ones belong to it."""

    title: str
    points: Sequence[Point]
    band: Interval | None
    chance: float
    empty: str
    axis: str
    band_name: str
    chance_name: str
    people_name: str
    network_name: str
    person_name: str


@dataclass(frozen=True)
class Matrix:
    """Counts by target (rows) and response (columns), with their names."""

    title: str
    rows: Sequence[str]
    columns: Sequence[str]
    counts: Sequence[Sequence[int]]
    corner: str


@dataclass(frozen=True)
class Table:
    """Rows of cells below their headings; the first column is text, the others are figures."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Section:
    """A heading with short paragraphs; without a paragraph it is left out."""

    title: str
    lines: Sequence[str]


@dataclass(frozen=True)
class Report:
    """Two pages. `facts` are names with values for the head; `unknown` says what {sign} stands for, where letters are
    missing in the type; `foot` stands at the end of both pages, `page` is "Page {page} of 2" there."""

    language: str
    title: str
    name: str
    facts: Sequence[tuple[str, str]]
    unknown: str
    headline: str
    more: str
    attention: Section
    figures: Sequence[KeyFigure]
    course: CourseChart
    plan: Section
    matrix: Matrix | None
    confusions: Section
    emotions: Table | None
    questionnaires: Section
    events: Section
    definitions: Section
    foot: str
    page: str
