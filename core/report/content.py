"""Content of a report, in its reader's language; nothing here knows of patients or pages.

Shares run from 0 to 1, colours are #RRGGBB.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

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
    """A check in a report's chart."""

    when: datetime
    label: str
    """Its day, in words."""
    share: float
    """Named as meant."""
    interval: Interval
    comparable: bool
    """Whether it can be compared with the latest."""
    people: float | None
    """Share of the very same faces."""
    network: float | None
    """Share of the very same faces."""
    mean: float | None = None
    """Of the part of a course to which it belongs."""


@dataclass(frozen=True)
class Happening:
    """Something that happened, on a report's chart."""

    place: float
    """Between the checks: the first one stands at 1."""
    name: str
    label: str
    """Its day, in words."""


@dataclass(frozen=True)
class CourseChart:
    """Checks over time, with the words of the chart."""

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
    in_blocks: bool = False
    """Parts are compared: single checks are dots, and each part has a line at its mean."""
    events: Sequence[Happening] = ()
    """Oldest first."""


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
    """A report on a patient: two pages."""

    language: str
    title: str
    name: str
    facts: Sequence[tuple[str, str]]
    """Names with values, for the head."""
    unknown: str
    """What {sign} stands for, where letters are missing in the type."""
    headline: str
    more: str
    own: Section
    """What the clinician says in their own words; empty where they say nothing."""
    attention: Section
    figures: Sequence[KeyFigure]
    course: CourseChart
    plan: Section
    matrix: Matrix | None
    confusions: Section
    emotions: Table | None
    questionnaires: Section
    events: Section
    feelings: Section
    """What the person shows of their own; empty where they show nothing."""
    definitions: Section
    foot: str
    """Stands at the end of both pages."""
    page: str
    """"Page {page} of 2" there."""
