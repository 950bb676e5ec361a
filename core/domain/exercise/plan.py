"""Plan (what a clinician sets for one patient) and Blueprint (what makes two checks comparable)."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum
from typing import Any

from core.domain.emotions import Emotion
from core.domain.exercise.presets import PRESETS, CourseDesign
from core.domain.exercise.programme import Programme

LEVELS = (20, 40, 60, 80, 100)
"""The intensities a person can practise at, in percent of the full movement."""
EXPOSURES = (None, 1000, 500, 200)
"""How long a face may be shown, in ms; None: until it is answered."""
_CIRCUMSTANCES = {"set_version", "language", "device"}
"""What of a blueprint no plan decides."""


class ChangeRule(StrEnum):
    """How change is found."""

    LATEST = "latest"
    """The latest check against the first two."""
    BLOCKS = "blocks"
    """A block of checks on many days against a block before training, by `presets`."""


@dataclass(frozen=True)
class Plan:
    """What one patient trains. A default is what the plans of earlier releases had; a wrong value raises ValueError."""

    set_name: str = "builtin"
    practice_length: int = 14
    """Faces."""
    practice_intensities: tuple[int, int] = (40, 100)
    """(hardest, easiest), in percent."""
    practice_votes: tuple[int, int] = (5, 10)
    """(least, most) votes of ten for the target, in sets that know votes."""
    check_length: int = 42
    """Faces."""
    check_intensities: tuple[int, ...] = (40, 60, 60, 80, 80, 100)
    """Of the faces of one emotion, in percent, repeated until the check is full."""
    check_votes: tuple[int, int] = (5, 10)
    """As `practice_votes`."""
    exposure_ms: int | None = None
    """None: until answered."""
    checks_planned: int = 6
    """After the two of the baseline."""
    check_every: int = 4
    """Practices before each of these checks."""
    emotions: tuple[Emotion, ...] = tuple(Emotion)
    """Of practice only: a check always has all seven."""
    rule: ChangeRule = ChangeRule.LATEST
    """Plans from before there were blocks have none. `checks_planned` and `check_every` are this rule's."""
    preset: str = "standard"
    """Of blocks: the design that the numbers of checks are from."""
    baseline: int = 7
    """Of blocks: checks, each on a day of its own, before faces are practised."""
    middle: int = 2
    """Of blocks: checks half-way; 0 for none."""
    end: int = 14
    """Of blocks: checks in the last weeks."""
    adaptive: bool = True
    """Practice follows what the person sees and mixes up; without, all its faces have one strength."""
    pairs: tuple[tuple[Emotion, Emotion], ...] = ()
    """Of adaptive practice: pairs that a clinician chose, each in the network's order; empty: those of most need."""
    programme: Programme | None = None
    """Of blocks: leads through the days; None: the person begins what they like."""

    def __post_init__(self) -> None:
        self._demand("set_name", isinstance(self.set_name, str) and self.set_name.strip() != "", "a set's name")
        self._whole("practice_length", 7, 70)
        self._pair("practice_intensities", LEVELS)
        self._pair("practice_votes", range(1, 11))
        self._demand(
            "check_intensities",
            isinstance(self.check_intensities, tuple)
            and len(self.check_intensities) > 0
            and all(_is_whole(i) and 1 <= i <= 100 for i in self.check_intensities),
            "one or more whole percentages from 1 to 100",
        )
        step = len(Emotion) * len(self.check_intensities)
        self._demand(
            "check_length",
            _is_whole(self.check_length) and 0 < self.check_length <= 210 and self.check_length % step == 0,
            f"a multiple of {step} up to 210 (seven emotions times {len(self.check_intensities)} intensities)",
        )
        self._pair("check_votes", range(1, 11))
        self._demand(
            "exposure_ms",
            self.exposure_ms is None or (_is_whole(self.exposure_ms) and self.exposure_ms in EXPOSURES),
            "1000, 500, 200 or nothing (until answered)",
        )
        self._whole("checks_planned", 1, 52)
        self._whole("check_every", 1, 50)
        self._demand(
            "emotions",
            isinstance(self.emotions, tuple)
            and all(isinstance(e, Emotion) for e in self.emotions)
            and len(self.emotions) >= 2
            and list(self.emotions) == sorted(set(self.emotions)),
            "at least two different emotions in the network's order",
        )
        self._demand("rule", isinstance(self.rule, ChangeRule), "latest or blocks")
        self._demand("preset", self.preset in PRESETS, f"one of {', '.join(PRESETS)}")
        self._whole("baseline", 2, 30)
        self._demand("middle", _is_whole(self.middle) and self.middle in {0, *range(2, 11)}, "0, or 2 to 10")
        self._whole("end", 2, 30)
        self._demand("adaptive", isinstance(self.adaptive, bool), "true or false")
        self._demand(
            "pairs",
            isinstance(self.pairs, tuple) and all(self._is_pair(pair) for pair in self.pairs),
            "pairs of two different emotions that are practised, in the network's order",
        )
        self._demand(
            "programme", self.programme is None or self.rule is ChangeRule.BLOCKS, "nothing without checks in blocks"
        )

    @property
    def design(self) -> CourseDesign:
        """Of blocks."""
        return CourseDesign(self.check_length, self.baseline, self.middle, self.end)

    def in_blocks(self, preset: str) -> "Plan":
        """The same practice with the checks of a preset."""
        chosen = PRESETS[preset]
        return replace(
            self,
            rule=ChangeRule.BLOCKS,
            preset=preset,
            check_length=chosen.design.length,
            check_intensities=chosen.intensities,
            baseline=chosen.design.baseline,
            middle=chosen.design.middle,
            end=chosen.design.end,
        )

    def to_json(self) -> dict[str, Any]:
        """The plan in JSON's types; `Plan.from_json` reads it back unchanged. What the plans of earlier releases do not
        have is left out where it is the default: an export knows a plan by a hash of this."""
        values = {f.name: getattr(self, f.name) for f in fields(self)}
        values["emotions"] = [emotion.word for emotion in self.emotions]
        values["pairs"] = [[emotion.word for emotion in pair] for pair in self.pairs]
        values["programme"] = self.programme.to_json() if self.programme else None
        later = {name for name in ("adaptive", "pairs", "programme") if getattr(self, name) == getattr(Plan, name)}
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in values.items()
            if name not in later
        }

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> "Plan":
        """The plan that `to_json` wrote. What an older plan lacks takes the default; unknown names are errors."""
        known = {f.name for f in fields(cls)}
        unknown = sorted(set(content) - known)
        if unknown:
            raise ValueError(
                f"plan: unknown setting {', '.join(map(repr, unknown))}; expected only "
                f"{', '.join(sorted(known))}. Remove it or correct its spelling."
            )
        values: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in content.items()
        }
        words = values.get("emotions")
        if isinstance(words, tuple):
            values["emotions"] = tuple(Emotion.from_word(str(word)) for word in words)
        pairs = values.get("pairs")
        if isinstance(pairs, tuple):
            values["pairs"] = tuple(tuple(Emotion.from_word(str(word)) for word in pair) for pair in pairs)
        if isinstance(values.get("programme"), Mapping):
            values["programme"] = Programme.from_json(values["programme"])
        if values.get("rule") in set(ChangeRule):
            values["rule"] = ChangeRule(values["rule"])
        return cls(**values)

    def _is_pair(self, pair: object) -> bool:
        return (
            isinstance(pair, tuple)
            and len(pair) == 2
            and all(one in self.emotions for one in pair)
            and bool(pair[0] < pair[1])
        )

    def _demand(self, name: str, fulfilled: bool, expected: str) -> None:
        if not fulfilled:
            raise ValueError(
                f"plan: {name} is {getattr(self, name)!r}; expected {expected}. "
                f"The default is {type(self).__dataclass_fields__[name].default!r}."
            )

    def _whole(self, name: str, least: int, most: int) -> None:
        value = getattr(self, name)
        self._demand(name, _is_whole(value) and least <= value <= most, f"a whole number from {least} to {most}")

    def _pair(self, name: str, allowed: range | tuple[int, ...]) -> None:
        value = getattr(self, name)
        self._demand(
            name,
            isinstance(value, tuple)
            and len(value) == 2
            and all(_is_whole(v) and v in allowed for v in value)
            and value[0] <= value[1],
            f"two whole numbers, the smaller first, each one of {', '.join(map(str, allowed))}",
        )


@dataclass(frozen=True)
class Blueprint:
    """All that two checks must have in common to be compared.

    Forms A and B are matched halves of one blueprint, so a form is not part of it.
    """

    set_name: str
    set_version: str
    intensities: tuple[int, ...]
    """The plan's for checks."""
    votes: tuple[int, int]
    """The plan's for checks."""
    exposure_ms: int | None
    """None is unlimited."""
    length: int
    language: str
    device: str
    """A kind ("phone")."""

    @property
    def key(self) -> str:
        """SHA-256 (hex) of the blueprint's canonical JSON: equal keys, comparable checks."""
        return hashlib.sha256(json.dumps(self.to_json(), sort_keys=True).encode()).hexdigest()

    def to_json(self) -> dict[str, Any]:
        return {name: list(v) if isinstance(v, tuple) else v for name, v in asdict(self).items()}


def blueprint(plan: Plan, set_version: str, language: str, device: str) -> Blueprint:
    """The blueprint of a check by this plan; the order of its intensities does not matter."""
    return Blueprint(
        set_name=plan.set_name,
        set_version=set_version,
        intensities=tuple(sorted(plan.check_intensities)),
        votes=plan.check_votes,
        exposure_ms=plan.exposure_ms,
        length=plan.check_length,
        language=language,
        device=device,
    )


def starts_anew(before: Plan, after: Plan) -> bool:
    """Whether checks by the one plan cannot be compared with checks by the other: a new baseline begins."""
    return before.rule is not after.rule or blueprint(before, "", "", "") != blueprint(after, "", "", "")


def asks_for(plan: Plan, design: Mapping[str, Any]) -> bool:
    """Whether a check of this stored `design`, a blueprint's JSON, is one that `plan` asks for.

    The version of the faces, the language and the device may be others: nobody decided on a new baseline there, and
    who goes from telephone to computer and back would be asked for checks without end.
    """
    wanted = blueprint(plan, "", "", "").to_json()
    return all(design.get(name) == value for name, value in wanted.items() if name not in _CIRCUMSTANCES)


@dataclass(frozen=True)
class BlueprintDifference:
    """One part of a blueprint, by its name, that `was` another than it is `now`."""

    name: str
    was: Any
    now: Any


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[BlueprintDifference, ...]:
    """What keeps checks of two stored designs from being compared; empty where nothing does."""
    names = [field.name for field in fields(Blueprint)]
    return tuple(BlueprintDifference(n, before.get(n), after.get(n)) for n in names if before.get(n) != after.get(n))


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


STANDARD_PLAN = Plan().in_blocks("standard")
"""What a new patient trains until a clinician sets another plan. It is stored; who has none stored began when the
default was `Plan()`, and keeps that."""
