"""How our components get their data and their source, and the scripts that many of them begin with."""

import re
from collections.abc import Mapping
from pathlib import Path

_HERE = Path(__file__).parent
_COMMENTS = re.compile(r"^[ \t]*(//[^\n]*|/\*.*?\*/)", re.MULTILINE | re.DOTALL)
ELEMENTS = _HERE / "elements.js"
"""Builds elements of a page; the first script of every component that does."""
THEME = _HERE / "theme.js"
"""Marks a place as light or dark, for components whose colours are ours."""
KEPT = _HERE / "kept.js"
"""Makes a component of what is kept over reruns."""


def source(*files: Path) -> str:
    """The text of `files`, one after the other, without indentation and lines of comment: it travels to every tab."""
    text = "\n".join(file.read_text(encoding="utf-8") for file in files)
    return "\n".join(filter(None, (line.strip() for line in _COMMENTS.sub("", text).splitlines())))


def as_data(values: Mapping[str, object]) -> list[Mapping[str, object]]:
    """`values` as a component gets them: in a list, which the scripts take apart.

    In a bare dict Streamlit looks for data frames, and imports pandas and pyarrow to know one: a third of a second
    and 60 MiB before the first page.
    """
    return [values]
