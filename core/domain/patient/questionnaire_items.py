"""Items of a questionnaire that the person fills in: checked as they are read, and scored by their file's rule. Pure.

The items belong to their authors: none ships. Who holds a licence puts a file beside the installation
(docs/adding.md).
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeGuard

from core.domain.exercise.events import not_understood
from core.domain.patient.questionnaires import Questionnaire
from core.domain.people import Refusal

Texts = Mapping[str, str]
"""By language."""


class ItemsNotUnderstood(Refusal):
    """A file of items that cannot be used, with the value, what was expected and what to do."""


@dataclass(frozen=True)
class AnswerChoice:
    """One of the answers, the same for every item."""

    value: int
    label: Texts


@dataclass(frozen=True)
class QuestionnaireItem:
    """One item. A `reversed` one counts lowest + highest value − answer."""

    text: Texts
    reversed: bool
    subscale: str | None


@dataclass(frozen=True)
class QuestionnaireItems:
    """All that is needed to ask and to score one questionnaire."""

    key: str
    licence: str
    """Under which it may be asked here."""
    instruction: Texts
    answers: tuple[AnswerChoice, ...]
    items: tuple[QuestionnaireItem, ...]
    subscales: Mapping[str, Texts]
    most_left_out: int
    """With more items left out than that there is no total."""
    digest: str
    """SHA-256 of the file."""

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(self.instruction)


@dataclass(frozen=True)
class QuestionnaireTotal:
    """What came of the answers."""

    total: int
    subscales: Mapping[str, int]
    left_out: int


@dataclass(frozen=True)
class ItemAnswers:
    """A batch of answers as a browser tells it: `last` is the number of its last event."""

    given: tuple[tuple[int, int | None], ...]
    """Item, from 1, and value; None: left out."""
    done: bool
    last: int


def read_items(questionnaire: Questionnaire, content: object, digest: str) -> QuestionnaireItems:
    """The items in a file's `content`; raises ItemsNotUnderstood."""
    file = f"{questionnaire.key}.json"
    whole = _mapping(file, "$", content)
    languages = _languages(file, whole.get("instruction"))
    answers = tuple(
        AnswerChoice(_value(file, number, one), _texts(file, f"answers[{number}].label", one.get("label"), languages))
        for number, one in enumerate(_list(file, "answers", whole.get("answers")), 1)
    )
    values = [one.value for one in answers]
    if len(set(values)) != len(values) or len(values) < 2:
        raise ItemsNotUnderstood(
            "The items in {file} cannot be used: {what} is {value}; expected two or more different values. Please "
            "correct the file.",
            **_at(file, "answers", values),
        )
    scales = _mapping(file, "subscales", whole.get("subscales", {}))
    subscales = {name: _texts(file, f"subscales.{name}", said, languages) for name, said in scales.items()}
    items = tuple(
        _item(file, number, one, languages, subscales)
        for number, one in enumerate(_list(file, "items", whole.get("items")), 1)
    )
    if len(items) != questionnaire.items:
        raise ItemsNotUnderstood(
            "The items in {file} cannot be used: {what} is {value}; expected {number} items, as {name} has. Please "
            "correct the file.",
            **_at(file, "items", len(items)),
            number=questionnaire.items,
            name=questionnaire.name,
        )
    reached = [len(items) * min(values), len(items) * max(values)]
    if reached != [questionnaire.low, questionnaire.high]:
        raise ItemsNotUnderstood(
            "The items in {file} cannot be used: {what} is {value}; expected values whose totals go from {low} to "
            "{high}. Please correct the file.",
            **_at(file, "answers", reached),
            low=questionnaire.low,
            high=questionnaire.high,
        )
    most = whole.get("most_left_out", 0)
    if not _whole(most) or not 0 <= most < len(items):
        raise ItemsNotUnderstood(
            "The items in {file} cannot be used: {what} is {value}; expected a whole number from 0 to {most}. Please "
            "correct the file.",
            **_at(file, "most_left_out", most),
            most=len(items) - 1,
        )
    licence = whole.get("licence")
    if not isinstance(licence, str) or not licence.strip():
        raise ItemsNotUnderstood(
            "The items in {file} cannot be used: {what} is {value}; expected who gave the permission to ask these "
            "items, and for what. Please correct the file.",
            **_at(file, "licence", licence),
        )
    instruction = _texts(file, "instruction", whole.get("instruction"), languages)
    return QuestionnaireItems(questionnaire.key, licence.strip(), instruction, answers, items, subscales, most, digest)


def total_of(items: QuestionnaireItems, given: Mapping[int, int | None]) -> QuestionnaireTotal | None:
    """The total of the answers by item, from 1; None where too many are left out.

    An item that is left out counts as the mean of the person's others of its subscale, or of all where there are none;
    sums are rounded half up.
    """
    values = [one.value for one in items.answers]
    turn = min(values) + max(values)
    counted: dict[int, Fraction] = {}
    for number, item in enumerate(items.items, 1):
        value = given.get(number)
        if value is not None:
            counted[number] = Fraction(turn - value if item.reversed else value)
    left_out = len(items.items) - len(counted)
    if left_out > items.most_left_out:
        return None
    for number, item in enumerate(items.items, 1):
        if given.get(number) is None:
            counted[number] = _mean_of_others(items, given, counted, item.subscale)
    scales = {
        name: _rounded(sum((counted[n] for n, item in enumerate(items.items, 1) if item.subscale == name), Fraction()))
        for name in items.subscales
    }
    return QuestionnaireTotal(_rounded(sum(counted.values(), Fraction())), scales, left_out)


def parse_answers(payload: object) -> ItemAnswers:
    """What the body of a request says: `{"events": [{"seq": 3, "item": 2, "value": 4}, {"seq": 4, "done": true}]}`.

    Raises NotUnderstood, and then none of it counts.
    """
    events = payload.get("events") if isinstance(payload, Mapping) else None
    if not isinstance(events, list) or len(events) > 1000:
        raise not_understood("events", events)
    given, done, last = list[tuple[int, int | None]](), False, 0
    for event in events:
        seq = event.get("seq") if isinstance(event, Mapping) else None
        if not _whole(seq) or not 0 <= seq < 1_000_000:
            raise not_understood("seq", seq)
        last = max(last, seq)
        if event.get("done") is True:
            done = True
            continue
        item, value = event.get("item"), event.get("value")
        if not _whole(item):
            raise not_understood("item", item)
        if value is not None and not _whole(value):
            raise not_understood("value", value)
        given.append((item, value))
    return ItemAnswers(tuple(given), done, last)


def _mean_of_others(
    items: QuestionnaireItems, given: Mapping[int, int | None], counted: Mapping[int, Fraction], scale: str | None
) -> Fraction:
    answered = [number for number in counted if given.get(number) is not None]
    own = [number for number in answered if items.items[number - 1].subscale == scale]
    among = own or answered
    return sum((counted[number] for number in among), Fraction()) / len(among)


def _rounded(value: Fraction) -> int:
    return math.floor(value + Fraction(1, 2))


def _item(
    file: str, number: int, content: Mapping[str, object], languages: Sequence[str], subscales: Mapping[str, Texts]
) -> QuestionnaireItem:
    turned, scale = content.get("reversed", False), content.get("subscale")
    if not isinstance(turned, bool):
        raise ItemsNotUnderstood(
            "The items in {file} cannot be used: {what} is {value}; expected true or false. Please correct the file.",
            **_at(file, f"items[{number}].reversed", turned),
        )
    if scale is not None and scale not in subscales:
        raise ItemsNotUnderstood(
            "The items in {file} cannot be used: {what} is {value}; expected one of the subscales of the file "
            "({subscales}). Please correct the file.",
            **_at(file, f"items[{number}].subscale", scale),
            subscales=", ".join(subscales),
        )
    text = _texts(file, f"items[{number}].text", content.get("text"), languages)
    return QuestionnaireItem(text, turned, scale if isinstance(scale, str) else None)


def _value(file: str, number: int, content: Mapping[str, object]) -> int:
    value = content.get("value")
    if not _whole(value):
        raise ItemsNotUnderstood(
            "The items in {file} cannot be used: {what} is {value}; expected a whole number. Please correct the file.",
            **_at(file, f"answers[{number}].value", value),
        )
    return value


def _languages(file: str, instruction: object) -> list[str]:
    return list(_mapping(file, "instruction", instruction))


def _texts(file: str, what: str, content: object, languages: Sequence[str]) -> Texts:
    texts = _mapping(file, what, content)
    for language in languages:
        said = texts.get(language)
        if not isinstance(said, str) or not said.strip():
            raise ItemsNotUnderstood(
                "The items in {file} cannot be used: {what} is {value}; expected a text in each language of the "
                "instruction. Please correct the file.",
                **_at(file, f"{what}.{language}", said),
            )
    return {language: str(texts[language]).strip() for language in languages}


def _mapping(file: str, what: str, content: object) -> Mapping[str, object]:
    if not isinstance(content, Mapping):
        raise ItemsNotUnderstood(
            "The items in {file} cannot be used: {what} is {value}; expected an object in braces. Please correct the "
            "file.",
            **_at(file, what, content),
        )
    return content


def _list(file: str, what: str, content: object) -> list[Mapping[str, object]]:
    if not isinstance(content, list) or not content:
        raise ItemsNotUnderstood(
            "The items in {file} cannot be used: {what} is {value}; expected a list in square brackets. Please "
            "correct the file.",
            **_at(file, what, content),
        )
    return [_mapping(file, f"{what}[{number}]", one) for number, one in enumerate(content, 1)]


def _at(file: str, what: str, value: object) -> dict[str, str]:
    """Where in the file, and what stands there. Items and answers are counted from 1."""
    return {"file": file, "what": what, "value": repr(value)[:80]}


def _whole(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)
