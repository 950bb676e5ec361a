"""Sentences in a language: English is the source, every other language one gettext catalogue in data/translations.

The files there are the list of languages: CODE.po, where CODE is a tag as in HTML, "es" or "pt-BR", of eight signs at
most. Catalogues are read as .po files when first needed, so there is no compiled copy to forget. What a catalogue
does not hold, also all of an empty one, is English.
"""

import gettext
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING

from core.config import DATA
from core.domain.language import SOURCE, Value, filled

if TYPE_CHECKING:  # training, which marks sentences and says none, also runs where there is no Babel
    from babel import Locale

FOLDER = DATA / "translations"


def N_(sentence: str) -> str:  # noqa: N802  (the name that translators' tools look for)
    """Mark a sentence for the catalogues; it is translated where it is shown."""
    return sentence


@cache
def languages() -> dict[str, str]:
    """Every language of the product and what it calls itself, the source first."""
    return {code: _own_name(code) for code in (SOURCE, *sorted(path.stem for path in FOLDER.glob("*.po")))}


def offered(wished: str) -> str:
    """The language of the product that fits a browser's tag: "es" for "es-MX"; empty where none does."""
    return next((code for code in (wished, wished.split("-")[0]) if code in languages()), "")


def locale(language: str) -> "Locale":
    """How `language` writes dates; the source's way for one that Unicode's data do not know."""
    from babel import Locale

    return known_locale(language) or Locale.parse(SOURCE)


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """The catalogue of `language`; the source and a language without a file say every sentence as it stands."""
    path = FOLDER / f"{language}.po"
    if not path.exists():
        return gettext.NullTranslations()
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=known_locale(language)))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def say(language: str, sentence: str) -> str:
    """`sentence` in `language`."""
    return catalogue(language).gettext(sentence)


def told(language: str, value: Value) -> str:
    """`value` in `language`: a sentence with all that is in it, a number as it is written there, a text as it is."""

    def grouped(number: int) -> str:
        from babel.numbers import format_decimal

        return str(format_decimal(number, locale=locale(language)))

    return filled(value, catalogue(language).gettext, grouped)


def say_in_each(sentence: str, between: str = "\n") -> str:
    """`sentence` in every language, for a reader whose language is not known."""
    return between.join(dict.fromkeys(say(language, sentence) for language in languages()))


def _own_name(code: str) -> str:
    known = known_locale(code)
    name = str(known.display_name) if known else code
    return name[:1].upper() + name[1:]


@cache
def known_locale(code: str) -> "Locale | None":
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError):
        return None
