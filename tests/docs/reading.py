"""The Markdown pages of this repository, taken apart: code, tables, links, headings, the tree."""

import re
from pathlib import Path

from core.config import ROOT

README = ROOT / "README.md"
PAGES = [README, ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
NOTES = [*sorted((ROOT / "data").glob("*/README.md")), *sorted((ROOT / "data/stimuli").glob("*/README.md"))]
"""What stands beside data that ships."""
_FENCE = re.compile(r"^```\w*\n(.*?)^```$", flags=re.MULTILINE | re.DOTALL)


def text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def code(page: Path) -> list[str]:
    """Every code span and every line of a code block; a command over several lines is one."""
    blocks = [line.strip() for block in fenced(page) for line in block.replace("\\\n", " ").splitlines()]
    spans = re.findall(r"`([^`]+)`", _FENCE.sub("", text(page)))
    return [" ".join(fragment.split()) for fragment in (*blocks, *spans)]


def fenced(page: Path) -> list[str]:
    """What stands in each code block."""
    return _FENCE.findall(text(page))


def links(page: Path) -> list[str]:
    """Where each link and picture leads that stays in this repository."""
    found = re.findall(r"\]\(([^)\s]+)\)", _FENCE.sub("", text(page)))
    return [target for target in found if not target.startswith(("http://", "https://"))]


def anchors(page: Path) -> set[str]:
    """What a link to a heading of the page may say after #."""
    headings = re.findall(r"^#+ (.+)$", _FENCE.sub("", text(page)), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def rows(page: Path, first: str) -> list[list[str]]:
    """The cells of every row of the tables whose first column is headed `first`, without marks of code."""
    found: list[list[str]] = []
    inside = False
    for line in text(page).splitlines():
        cells = [cell.strip().strip("`") for cell in line.strip("|").split(" | ")]
        if not line.startswith("|"):
            inside = False
        elif cells[0] == first:
            inside = True
        elif inside and not set(line) <= set("|- "):
            found.append(cells)
    return found


def section(page: Path, heading: str) -> str:
    """What stands below a heading of the second level."""
    return text(page).split(f"\n## {heading}\n")[1].split("\n## ")[0]


def tree() -> dict[str, str]:
    """The paths that the README's tree names, with what it says of each."""
    found: dict[str, str] = {}
    above: list[str] = []
    for line in section(README, "The tree").split("```")[1].strip().splitlines():
        spaces, name, said = re.fullmatch(r"( *)(\S+) +(.+)", line).groups()  # type: ignore[union-attr]
        above = [*above[: len(spaces) // 2], name]
        found["".join(above)] = said
    return found
