"""Consent texts, as they ship: data/consent/PURPOSE/VERSION.LANGUAGE.md.

A text that has been shown never changes: other words are a new version, and everybody is asked again. Its first line
is the title ("# …").
"""

import hashlib
from functools import cache

from core.config import DATA
from core.domain.language import SOURCE
from core.domain.patient.consent import ConsentText, Purpose

FOLDER = DATA / "consent"


@cache
def newest(purpose: Purpose) -> str:
    """The version in force: the highest number of the English texts."""
    return str(max(int(path.name.split(".")[0]) for path in (FOLDER / purpose).glob(f"*.{SOURCE}.md")))


@cache
def text(purpose: Purpose, language: str, version: str = "") -> ConsentText:
    """The text in `language`, English where it is not there; in force unless a `version` is named.

    Raises FileNotFoundError for a version that does not ship.
    """
    version = version or newest(purpose)
    path = FOLDER / purpose / f"{version}.{language}.md"
    if not path.exists():
        language, path = SOURCE, path.with_name(f"{version}.{SOURCE}.md")
    content = path.read_text(encoding="utf-8")  # the same hash whatever line ends a checkout has
    title, body = content.split("\n", 1)
    digest = hashlib.sha256(content.encode()).hexdigest()
    return ConsentText(purpose, version, language, title.removeprefix("# ").strip(), body.strip(), digest)
