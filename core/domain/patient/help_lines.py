"""Where somebody in distress finds help: emergency numbers, helplines, a directory; with the pages that name each."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

FILE = Path(__file__).parents[3] / "data/help/lines.json"


class HelpKind(StrEnum):
    EMERGENCY = "emergency"
    HELPLINE = "helpline"
    DIRECTORY = "directory"


@dataclass(frozen=True)
class HelpSource:
    """A page that names a number."""

    title: str
    url: str
    dated: str | None
    """The page's own date (ISO 8601, possibly without a day); None: it has none."""
    read: date


@dataclass(frozen=True)
class HelpLine:
    """A number, or the address of a directory of them."""

    number: str
    kind: HelpKind
    where: Mapping[str, str]
    """The number and where it can be called, by language."""
    sources: tuple[HelpSource, ...]
    """None: it could not be checked, and that is said."""


@cache
def help_lines() -> tuple[HelpLine, ...]:
    """All of data/help/lines.json, in its order."""
    return tuple(
        HelpLine(
            entry["number"],
            HelpKind(entry["kind"]),
            entry["where"],
            tuple(HelpSource(**{**one, "read": date.fromisoformat(one["read"])}) for one in entry["sources"]),
        )
        for entry in json.loads(FILE.read_text(encoding="utf-8"))
    )
