"""A4 paper in the product's own type: text that wraps, rules, headings, tables. Millimetres, points for type."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from unicodedata import normalize

from fpdf import FPDF, ViewerPreferences
from fpdf.enums import MethodReturnValue, XPos, YPos
from fpdf.fonts import TTFFont

from core.config import DATA
from core.report.content import Inks, KeyFigure, Report, Section, Table

FONT = "Atkinson"
FILES = {"": "atkinson-hyperlegible-next-regular.ttf", "B": "atkinson-hyperlegible-next-semibold.ttf"}
MARGIN, FOOT = 16.0, 18.0
BODY, SMALL = 10.0, 8.0
LEADING = 1.35
UNKNOWN = "¤"
"""Stands for a letter that the type does not have: it has those of Latin."""
_POINT = 25.4 / 72


class Paper(FPDF):
    """One report, tagged for who listens to it: what is written has its place in the structure tree, a drawing its text
    instead. The foot is on every page; nothing breaks pages by itself."""

    def __init__(self, report: Report, inks: Inks) -> None:
        super().__init__(format="A4")
        self.report, self.inks = report, inks
        for style, file in FILES.items():
            self.add_font(FONT, style, Path(DATA / "fonts" / file))
        self.set_margin(MARGIN)
        self.set_auto_page_break(False)
        self.set_title(f"{report.title}: {report.name}")
        self.set_lang(report.language)
        self.set_creator("Lexithymia")
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)
        self._in_tag = False

    @property
    def bottom(self) -> float:
        """Where the foot begins."""
        return float(self.h - FOOT)

    @contextmanager
    def tagged(self, kind: str, instead: str = "") -> Iterator[None]:
        """What is written or drawn meanwhile is one element of the structure tree: P, H1, H2 or Figure, with what is
        said `instead` of a drawing. Within another one it belongs to that.

        fpdf2 tags pictures only; this is the same with its own builder, which has no rows and cells.
        """
        if self._in_tag:
            yield
            return
        number = self.struct_builder.next_mcid_for_page(self.page)
        self._add_marked_content(struct_type=f"/{kind}", mcid=number, alt_text=instead or None)
        with self._marked(f"/{kind} <</MCID {number}>> BDC"):
            yield

    @contextmanager
    def decoration(self) -> Iterator[None]:
        """What is drawn meanwhile says nothing, and is not read aloud."""
        if self._in_tag:
            yield
            return
        with self._marked("/Artifact BMC"):
            yield

    @contextmanager
    def _marked(self, begin: str) -> Iterator[None]:
        self._in_tag = True
        self._out(begin)
        yield
        self._out("EMC")
        self._in_tag = False

    def footer(self) -> None:
        with self.decoration():
            self._foot()

    def _foot(self) -> None:
        self.set_y(self.bottom + 2)
        self.rule()
        width = self.epw - 30
        self.write_in(self.report.foot, width, SMALL, self.inks.soft)
        self.set_xy(self.w - MARGIN - 30, self.bottom + 3)
        self.write_in(self.report.page.format(page=self.page_no()), 30, SMALL, self.inks.soft, align="R")

    def ink(self, colour: str) -> None:
        """Text in this colour from here on."""
        self.set_text_color(*rgb(colour))

    def legible(self, text: str) -> str:
        """With UNKNOWN in place of what would be left blank."""
        font = self.fonts[FONT.lower()]
        assert isinstance(font, TTFFont)
        return "".join(sign if sign.isspace() or ord(sign) in font.cmap else UNKNOWN for sign in normalize("NFC", text))

    def write_in(
        self,
        text: str,
        width: float,
        size: float = BODY,
        colour: str = "",
        bold: bool = False,
        align: str = "L",
        kind: str = "P",
    ) -> None:
        """Text from here on in a column, wrapped; ends below it, at the column's left edge. `kind`: as of `tagged`."""
        self.set_font(FONT, "B" if bold else "", size)
        self.ink(colour or self.inks.ink)
        with self.tagged(kind):
            self.multi_cell(width, _line(size), self.legible(text), align=align, new_x=XPos.LEFT, new_y=YPos.NEXT)

    def height_of(self, text: str, width: float, size: float = BODY, bold: bool = False) -> float:
        """How high `write_in` would be."""
        self.set_font(FONT, "B" if bold else "", size)
        height = self.multi_cell(width, _line(size), self.legible(text), dry_run=True, output=MethodReturnValue.HEIGHT)
        assert isinstance(height, float)
        return height

    def rule(self) -> None:
        self.set_draw_color(*rgb(self.inks.line))
        self.set_line_width(0.3)
        with self.decoration():
            self.line(MARGIN, self.y, self.w - MARGIN, self.y)
        self.y += 1

    def heading(self, text: str, width: float | None = None) -> None:
        self.y += 2.5
        self.write_in(text, width or self.epw, 11.5, bold=True, kind="H2")
        self.y += 0.5

    def section(self, section: Section, width: float | None = None, size: float = BODY) -> None:
        """A heading and its paragraphs; nothing where there is no paragraph."""
        if not section.lines:
            return
        self.heading(section.title, width)
        for line in section.lines:
            self.write_in(line, width or self.epw, size)
            self.y += 0.6

    def figures(self, figures: Sequence[KeyFigure]) -> None:
        """Side by side, each number below its name."""
        gap = 4.0
        width = (self.epw - gap * (len(figures) - 1)) / len(figures)
        top, end = self.y, self.y
        for place, figure in enumerate(figures):
            self.set_xy(MARGIN + place * (width + gap), top)
            self.write_in(figure.name, width, SMALL, self.inks.soft)
            self.write_in(figure.value, width, 15, bold=True)
            self.write_in(figure.spread, width, SMALL, self.inks.soft)
            end = max(end, self.y)
        self.set_xy(MARGIN, end + 1)

    def rows(self, table: Table, first: float = 30.0) -> None:
        """Columns of one width but the first; headings wrap, cells do not."""
        self.heading(table.title)
        width = (self.epw - first) / (len(table.head) - 1)
        widths = [first, *(width for _ in table.head[1:])]
        top = self.y
        high = max(self.height_of(name, wide, SMALL, True) for name, wide in zip(table.head, widths, strict=True))
        for place, name in enumerate(table.head):
            self.set_xy(MARGIN + sum(widths[:place]), top)
            self.write_in(name, widths[place], SMALL, self.inks.soft, True, "R" if place else "L")
        self.set_xy(MARGIN, top + high)
        self.rule()
        for row in table.rows:
            self.set_font(FONT, "", 9)
            self.ink(self.inks.ink)
            with self.tagged("P"):
                for place, cell in enumerate(row):
                    self.cell(widths[place], _line(9), cell, align="R" if place else "L")
            self.set_xy(MARGIN, self.y + _line(9))


def rgb(colour: str) -> tuple[int, int, int]:
    """#RRGGBB as three numbers."""
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red, green, blue


def _line(size: float) -> float:
    return size * _POINT * LEADING
