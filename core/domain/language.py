"""The language that the product is written in, texts that data files carry in several, sentences told later."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

SOURCE = "en"
"""English: every sentence of the code, and what is shown where a language lacks one."""

Value: TypeAlias = "str | int | Sentence | tuple[Value, ...]"
"""What stands in a sentence: a name or something somebody wrote, a number, a part of it, several of these."""


def in_language(texts: Mapping[str, str], language: str) -> str:
    """The text in `language` out of `texts` by language; the source's, which is always there, where it is missing."""
    return texts.get(language) or texts[SOURCE]


@dataclass(init=False)
class Sentence:
    """A sentence with what stands in it, to be told in the language of whoever reads it (`core.translations.told`).

    `str()` is the source's. It is stored as `to_json` writes it; a template that the code no longer has stays English.
    """

    template: str
    """A msgid."""
    values: dict[str, Value]
    """What fills its braces."""

    def __init__(self, template: str, /, **values: Value) -> None:
        self.template = template
        self.values = values

    def says(self, template: str) -> bool:
        """Whether this is `template`, or has it in it."""
        inner = (one for one in self.values.values() if isinstance(one, Sentence))
        return self.template == template or any(one.says(template) for one in inner)

    def __str__(self) -> str:
        return filled(self, str, "{:,}".format)


class ToldError(ValueError):
    """An error that says itself in sentences, a line each; `str()` is the source's."""

    def __init__(self, *lines: Sentence) -> None:
        super().__init__("\n".join(map(str, lines)))
        self.lines = lines

    @property
    def whole(self) -> Sentence:
        """All lines as one."""
        named: dict[str, Value] = {f"line{number}": line for number, line in enumerate(self.lines)}
        return Sentence("\n".join(f"{{{name}}}" for name in named), **named)


def filled(value: Value, translated: Callable[[str], str], grouped: Callable[[int], str]) -> str:
    """`value` as text: templates `translated`, numbers `grouped`, strings as they stand."""
    if isinstance(value, Sentence):
        inner = {name: filled(one, translated, grouped) for name, one in value.values.items()}
        return translated(value.template).format(**inner)
    if isinstance(value, tuple):
        return ", ".join(filled(one, translated, grouped) for one in value)
    return value if isinstance(value, str) else grouped(value)


def to_json(value: Value) -> object:
    """As JSON holds it: a sentence as its template and its values, anything else as it is."""
    if isinstance(value, Sentence):
        return {"sentence": value.template, "values": {name: to_json(one) for name, one in value.values.items()}}
    return [to_json(one) for one in value] if isinstance(value, tuple) else value


def from_json(value: object) -> Value:
    """What `to_json` wrote."""
    match value:
        case {"sentence": str(template), "values": dict(values)}:
            return Sentence(template, **{str(name): from_json(one) for name, one in values.items()})
        case list(several):
            return tuple(map(from_json, several))
        case str() | int():
            return value
    raise ValueError(f"{value!r}: expected a text, a number, or a sentence with its values")


def sentences(several: Iterable[object]) -> tuple[Sentence, ...]:
    """Of several that `to_json` wrote the sentences."""
    return tuple(one for one in map(from_json, several) if isinstance(one, Sentence))
