"""How our components get their data and their source, and the scripts that many of them begin with."""

import json
import re
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from core.web.scripts import publish

_HERE = Path(__file__).parent
_COMMENTS = re.compile(r"^[ \t]*(//[^\n]*|/\*.*?\*/)", re.MULTILINE | re.DOTALL)
ELEMENTS = _HERE / "elements.js"
"""Builds elements of a page; the first script of every component that does."""
THEME = _HERE / "theme.js"
"""Marks a place as light or dark, for components whose colours are ours."""
KEPT = _HERE / "kept.js"
"""Makes a component of what is kept over reruns."""
_FETCHED, _MARKUP = _HERE / "fetched.js", _HERE / "markup.js"
_PAGES = _HERE.parents[1]


def component(name: str, *, html: str, css: str, js: str, isolate_styles: bool = True) -> ComponentRenderer:
    """As `st.components.v2.component`; browsers fetch `html`, `css` and `js` once and keep them, whatever the data."""
    markup = json.dumps(f"<div>{html}</div><style>{css}</style>", ensure_ascii=False)
    address = publish(f"const MARKUP = {markup};\n{source(_MARKUP)}\n{js}")
    return st.components.v2.component(
        name, js=source(_FETCHED).replace("ADDRESS", address), isolate_styles=isolate_styles
    )


def publish_components() -> None:
    """Publish the source of every component, also of those that no page of this server has shown yet."""
    for folder in sorted({path.parent for path in _PAGES.rglob("*.js")}):
        if (folder / "__init__.py").exists():
            import_module(".".join(folder.relative_to(_PAGES.parent).parts))


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
