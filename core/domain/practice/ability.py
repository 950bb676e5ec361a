"""What a person can now do, in one figure: the emotion that they see better than was to be expected of them."""

from dataclasses import dataclass

from core.domain.emotions import Emotion
from core.domain.practice.planning import AIM
from core.domain.practice.skill import Skill, first_threshold

CERTAIN = 15.0
"""Standard deviation of a threshold, in percent, below which something is said of it."""
STRENGTHS = (20, 40, 60, 80)
"""Percent. That an emotion is seen at its full strength is no news."""


@dataclass(frozen=True)
class Ability:
    """In practice `emotion` is named in four of five faces that show it at `strength` percent."""

    emotion: Emotion
    strength: int


def ability(skill: Skill) -> Ability | None:
    """The one that is furthest ahead of where everybody begins; None as long as too little is known."""
    found: list[tuple[float, Ability]] = []
    for emotion in Emotion:
        if emotion is Emotion.NEUTRAL:
            continue
        mean, deviation = skill.threshold(emotion)
        seen = [strength for strength in STRENGTHS if skill.expected(emotion, strength) >= AIM]
        if deviation < CERTAIN and seen:
            found.append((first_threshold(emotion) - mean, Ability(emotion, seen[0])))
    return max(found, key=lambda one: one[0])[1] if found else None
