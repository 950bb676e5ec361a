"""The words people see, in the language of the tab that is at work."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

from core.domain.language import in_language
from core.translations import catalogue, say
from pages.shared.state import state

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
    return say(language(), sentence)


def ngettext(singular: str, plural: str, number: int) -> str:
    """The form of a sentence that fits `number`, in the language of this tab."""
    return catalogue(language()).ngettext(singular, plural, number)


def localized(texts: Mapping[str, str]) -> str:
    """The one of a data file's texts by language that is for this tab."""
    return in_language(texts, language())
