"""Questionnaires of alexithymia: totals, bands, and when a difference of two totals is more than error of measurement.

A questionnaire is a file in data/questionnaires, so that further ones need no code. No item text: it is its authors'.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from core.domain.language import SOURCE

RELIABLE = 1.96


@dataclass(frozen=True)
class Band:
    """Totals `low` to `high`, both included, and what its authors call them, by language."""

    low: int
    high: int
    label: Mapping[str, str]


@dataclass(frozen=True)
class Retest:
    """Standard deviation of the totals, retest correlation, and where both come from."""

    sd: float
    r: float
    source: str


@dataclass(frozen=True)
class Questionnaire:
    """What is published of one questionnaire."""

    key: str
    name: str
    title: Mapping[str, str]
    items: int
    low: int
    high: int
    lower_is_better: bool
    """The direction of better."""
    rater: str
    """"self" or "observer"."""
    bands: tuple[Band, ...]
    source: str
    retest: Retest | None
    """None: there is no rule for change, and `note` says why."""
    note: Mapping[str, str]

    def band(self, total: int) -> Band | None:
        """The band in which a total lies, where its authors have published any."""
        return next((band for band in self.bands if band.low <= total <= band.high), None)


@dataclass(frozen=True)
class QuestionnaireScore:
    """A total, entered by a clinician (their code) for the day on which the questionnaire was filled in, or filled in
    here by the person."""

    id: int
    questionnaire: str
    on: date
    total: int
    entered_by: str | None
    by_person: bool = False
    """Filled in here."""
    subscales: Mapping[str, int] = field(default_factory=dict)
    """Of what was filled in here: totals by subscale."""
    left_out: int = 0
    """Of what was filled in here: items without an answer."""


class Direction(StrEnum):
    BETTER = "better"
    WORSE = "worse"
    WITHIN = "within"


@dataclass(frozen=True)
class ReliableChange:
    """From the first total to the last: `rci`, and the difference in points that it takes to be reliable."""

    first: QuestionnaireScore
    last: QuestionnaireScore
    rci: float
    least: float
    direction: Direction


def rci(first: float, last: float, sd: float, r: float) -> float:
    """(last − first) / (SD · √(2(1 − r))): the difference in standard errors of a difference.

    Jacobson & Truax (1991), 10.1037/0022-006X.59.1.12. Above 1.96, either way, it is reliable.
    """
    return (last - first) / standard_error(sd, r)


def standard_error(sd: float, r: float) -> float:
    """Of the difference of two totals of an unchanged person, in points."""
    return float(sd * (2 * (1 - r)) ** 0.5)


def change(questionnaire: Questionnaire, scores: Sequence[QuestionnaireScore]) -> ReliableChange | None:
    """Of one questionnaire's scores, oldest first; None with fewer than two, or where no rule is published."""
    if len(scores) < 2 or questionnaire.retest is None:
        return None
    first, last = scores[0], scores[-1]
    index = rci(first.total, last.total, questionnaire.retest.sd, questionnaire.retest.r)
    least = RELIABLE * standard_error(questionnaire.retest.sd, questionnaire.retest.r)
    better = (index < 0) is questionnaire.lower_is_better
    direction = Direction.WITHIN if abs(index) <= RELIABLE else Direction.BETTER if better else Direction.WORSE
    return ReliableChange(first, last, index, least, direction)


def from_json(key: str, content: Mapping[str, Any]) -> Questionnaire:
    """A questionnaire from its data file; raises ValueError that names the file and what is wrong."""
    try:
        low, high = content["range"]
        questionnaire = Questionnaire(
            key=key,
            name=content["name"],
            title=_texts(content["title"]),
            items=content["items"],
            low=low,
            high=high,
            lower_is_better={"lower": True, "higher": False}[content["better"]],
            rater=content["rater"],
            bands=tuple(_band(band) for band in content["bands"]),
            source=content["source"],
            retest=Retest(**content["retest"]) if content["retest"] else None,
            note=_texts(content["note"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(
            f"data/questionnaires/{key}.json: {error!r}; expected the fields of tas20.json. Correct the file."
        ) from error
    in_range = all(questionnaire.low <= band.low <= band.high <= questionnaire.high for band in questionnaire.bands)
    if not in_range or (questionnaire.retest and not (questionnaire.retest.sd > 0 and 0 < questionnaire.retest.r < 1)):
        raise ValueError(
            f"data/questionnaires/{key}.json: bands must lie within {questionnaire.low} to {questionnaire.high}, "
            "SD be above 0 and r between 0 and 1. Correct the file."
        )
    return questionnaire


def _texts(by_language: Mapping[str, str]) -> Mapping[str, str]:
    """As they are; raises KeyError where the source's language, which stands in for every other, is not among them."""
    return {SOURCE: by_language[SOURCE], **by_language}


def _band(content: Mapping[str, Any]) -> Band:
    low, high = content["range"]
    return Band(low, high, _texts(content["label"]))
