"""Pages to read, as they ship: data/reading/NUMBER-NAME.LANGUAGE.md, in the order of the numbers."""

from dataclasses import dataclass
from functools import cache

from core.config import DATA
from core.domain.language import SOURCE

FOLDER = DATA / "reading"


@dataclass(frozen=True)
class ReadingPage:
    """A short page, in one language."""

    name: str
    title: str
    screens: tuple[str, ...]
    """A few sentences each, to be read one after the other."""
    sources: tuple[str, ...]
    """Of what is claimed."""


@cache
def page_names() -> tuple[str, ...]:
    """In the order in which they are read."""
    paths = sorted(FOLDER.glob(f"*.{SOURCE}.md"))
    return tuple(path.name.split(".")[0].split("-")[1] for path in paths)


@cache
def reading_page(name: str, language: str) -> ReadingPage:
    """A page in `language`, in English where it is not there. Raises ValueError for a name that no page has."""
    if name not in page_names():
        raise ValueError(f"page {name!r}; expected one of {', '.join(page_names())}")
    stem = f"{page_names().index(name) + 1}-{name}"
    path = FOLDER / f"{stem}.{language}.md"
    content = (path if path.exists() else FOLDER / f"{stem}.{SOURCE}.md").read_text(encoding="utf-8")
    title, *parts = content.strip().split("\n\n")
    sources = [part for part in parts if part.startswith("- ")]
    screens = tuple(" ".join(part.split()) for part in parts if part not in sources)
    named = tuple(line.removeprefix("- ") for part in sources for line in part.split("\n"))
    return ReadingPage(name, title.removeprefix("# "), screens, named)
