"""What a PDF looks like on paper: its text, and what runs out of a page or lies over something else.

Points for boxes (72 to the inch, from the bottom left), pixels for pictures.
"""

from collections.abc import Iterator
from itertools import combinations

import numpy as np
import pypdfium2
from numpy.typing import NDArray
from pypdfium2.raw import FPDF_PAGEOBJ_TEXT

from core.report.paper import MARGIN

MM = 72 / 25.4
SCALE = 2
LEAST = 5 * MM
"""Paper below the foot, as printers need it."""
Box = tuple[float, float, float, float]
Picture = NDArray[np.uint8]


def texts(pdf: bytes) -> list[str]:
    """What each page says."""
    return [text.get_text_bounded().replace("\r\n", " ") for _, text in _pages(pdf)]


def run_out(pdf: bytes) -> list[str]:
    """What leaves the margins, lies over other text or has a line through it, on any page."""
    wrong = []
    for number, (page, text) in enumerate(_pages(pdf), 1):
        boxes: list[Box] = [text.get_rect(place) for place in range(text.count_rects())]
        said = {box: f"page {number}, {text.get_text_bounded(*box)!r}" for box in boxes}
        wrong += [f"page {number}, {side} margin: ink" for side in _stained(_picture(page))]
        wrong += [f"{said[box]}: out of the page" for box in boxes if _outside(page, box)]
        for one, other in combinations(boxes, 2):
            across = min(one[2], other[2]) - max(one[0], other[0])
            along = min(one[3], other[3]) - max(one[1], other[1])
            if across > 1 and along > 1.5:
                wrong.append(f"{said[one]} over {said[other]}")
        for letters in list(page.get_objects(filter=[FPDF_PAGEOBJ_TEXT])):
            page.remove_obj(letters)
        page.gen_content()
        drawn = _picture(page)
        wrong += [f"{said[box]}: drawn over" for box in boxes if np.ptp(_part(drawn, box)) > 0]
    return wrong


def _pages(pdf: bytes) -> Iterator[tuple[pypdfium2.PdfPage, pypdfium2.PdfTextPage]]:
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        text = page.get_textpage()
        yield page, text
        text.close()
        page.close()
    document.close()


def _picture(page: pypdfium2.PdfPage) -> Picture:
    return np.asarray(page.render(scale=SCALE, grayscale=True).to_pil())


def _stained(page: Picture) -> list[str]:
    """The sides whose margin holds more than paper; half a millimetre of it may be touched."""
    edge, least = round((MARGIN - 0.5) * MM * SCALE), round(LEAST * SCALE)
    sides = {"left": page[:, :edge], "right": page[:, -edge:], "upper": page[:edge], "lower": page[-least:]}
    return [name for name, side in sides.items() if side.min() < 255]


def _outside(page: pypdfium2.PdfPage, box: Box) -> bool:
    width, high = page.get_size()
    return box[0] < MARGIN * MM - 1 or box[1] < 0 or box[2] > width - MARGIN * MM + 1 or box[3] > high


def _part(page: Picture, box: Box) -> Picture:
    """What of a picture lies in a box."""
    left, bottom, right, top = (SCALE * edge for edge in box)
    return page[int(len(page) - top) : int(len(page) - bottom) + 1, int(left) : int(right) + 1]
