"""The language that the product is written in, and texts that data files carry in several."""

from collections.abc import Mapping

SOURCE = "en"
"""English: every sentence of the code, and what is shown where a language lacks one."""


def in_language(texts: Mapping[str, str], language: str) -> str:
    """The text in `language` out of `texts` by language; the source's, which is always there, where it is missing."""
    return texts.get(language) or texts[SOURCE]
