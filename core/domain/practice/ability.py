"""What a person can now do: of which emotions they see how faint a face."""

from dataclasses import dataclass

from core.domain.emotions import Emotion
from core.domain.exercise.run_mix import AIM
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


def abilities(skill: Skill) -> list[Ability]:
    """Of each emotion of which enough is known, that which is furthest ahead of where everybody begins first."""
    found: list[tuple[float, Ability]] = []
    for emotion in Emotion:
        if emotion is Emotion.NEUTRAL:
            continue
        mean, deviation = skill.threshold(emotion)
        seen = [strength for strength in STRENGTHS if skill.expected(emotion, strength) >= AIM]
        if deviation < CERTAIN and seen:
            found.append((mean - first_threshold(emotion), Ability(emotion, seen[0])))
    return [one for _, one in sorted(found, key=lambda one: one[0])]
