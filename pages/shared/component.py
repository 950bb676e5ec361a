"""How our components get their data and their source."""

from collections.abc import Mapping
from pathlib import Path

SHARED = Path(__file__).parent
ELEMENTS = SHARED / "elements.js"
"""Builds elements of a page; the first script of every component that does."""


def source(*files: Path) -> str:
    """The text of `files`, one after the other."""
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


def as_data(values: Mapping[str, object]) -> list[Mapping[str, object]]:
    """`values` as a component gets them: in a list, which the scripts take apart.

    In a bare dict Streamlit looks for data frames, and imports pandas and pyarrow to know one: a third of a second
    and 60 MiB before the first page.
    """
    return [values]
