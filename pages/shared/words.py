"""Translations (gettext): English is the source, every other language a catalogue in data/translations.

Catalogues are read as .po files when first needed, so there is no compiled copy to forget.
"""

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from io import BytesIO

from core.config import DATA
from pages.shared.state import state

LANGUAGES = {"en": "English", "es": "Español"}


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """The catalogue of `language`; English needs none."""
    path = DATA / "translations" / f"{language}.po"
    if language == "en" or not path.exists():
        return gettext.NullTranslations()
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


_spoken: ContextVar[str | None] = ContextVar("_spoken", default=None)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Words in `language` inside, also where no tab is at work: a file is made while it is downloaded."""
    before = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(before)


def language() -> str:
    """The language in which words are now."""
    return _spoken.get() or state().language


def _(sentence: str) -> str:
    """`sentence` in the language of this tab."""
    return catalogue(language()).gettext(sentence)


def ngettext(singular: str, plural: str, number: int) -> str:
    """The form of a sentence that fits `number`, in the language of this tab."""
    return catalogue(language()).ngettext(singular, plural, number)
