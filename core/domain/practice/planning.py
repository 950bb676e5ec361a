"""What a run of practice asks: which emotions, which pairs, and how strong each face is to be.

Part of a run is even over all emotions. The rest goes to the three pairs that cost the person most, with both members
of each equally often: training in one direction moves only the bias (Griffiths, Jarrold, Penton-Voak & Munafò 2015,
10.1016/j.psychres.2015.03.048).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import Random

from core.domain.emotions import Emotion
from core.domain.exercise.run_mix import AIM, USUAL, RunMix
from core.domain.practice.reviews import Pair
from core.domain.practice.skill import Skill

PAIRS = 3
LEAST = 2
"""Faces of a pair that is practised."""
RESTING = 0.2
"""What the need of a pair counts that was kept and is not due."""
OUT_OF_REACH, OUT_OF_REACH_ALONE = 0.7, 0.55
"""Below this chance at full strength only two answers are asked: in a pair, and outside of pairs."""


class Why(StrEnum):
    """Why a face of practice was chosen."""

    EVEN = "even"
    """Its emotion had its turn."""
    PAIR = "pair"
    """It belongs to a pair of most need."""
    DUE = "due"
    """The pair was mixed up, and its next review is due."""
    RELIEF = "relief"
    """It is easier than usual, after two misses running."""


@dataclass(frozen=True)
class Slot:
    """A face to be chosen."""

    target: Emotion
    rival: Emotion | None
    """The other member of the pair that is practised."""
    why: Why


@dataclass(frozen=True)
class Served:
    """How a face is to be shown."""

    strength: int
    rival: Emotion | None
    """Where only two answers can be given: the other one."""
    expected: float
    """The chance of a right answer that the person's skill gives."""


def plan_run(
    skill: Skill,
    length: int,
    day: int,
    random: Random,
    emotions: Collection[Emotion] = tuple(Emotion),
    pinned: Sequence[Pair] = (),
    mix: RunMix = USUAL,
) -> list[Slot]:
    """The slots of a run of `length` on the person's own `day`, unordered. `pinned`: pairs that a clinician chose in
    place of those of most need."""
    allowed = sorted(emotions)
    even = round(mix.even * length)
    turns = random.sample(allowed, len(allowed))
    slots = [Slot(turns[place % len(turns)], None, Why.EVEN) for place in range(even)]
    needs = {
        pair: need * (1 if skill.reviews.is_due(pair, day) else RESTING)
        for pair, need in skill.needs(allowed).items()
        if not pinned or pair in pinned
    }
    for pair, faces in _shares(needs, length - even).items():
        why = Why.DUE if skill.reviews.waits_for(pair, day) else Why.PAIR
        first = random.randrange(2)
        slots += [Slot(pair[(first + n) % 2], pair[1 - (first + n) % 2], why) for n in range(faces)]
    return slots


def _shares(needs: dict[Pair, float], faces: int) -> dict[Pair, int]:
    """Faces of the pairs of most need, two by two; beyond the least of each, by d'Hondt's highest quotients."""
    top = sorted(needs, key=lambda pair: -needs[pair])[: min(PAIRS, faces // LEAST)]
    twos = dict.fromkeys(top, 1)
    for _ in range(faces // LEAST - len(top)):
        twos[max(top, key=lambda pair: needs[pair] / twos[pair])] += 1
    shares = {pair: LEAST * n for pair, n in twos.items()}
    if top and faces % LEAST:
        shares[top[0]] += faces % LEAST
    return shares


def serve(
    skill: Skill,
    slot: Slot,
    strengths: Collection[int],
    emotions: Collection[Emotion] = tuple(Emotion),
    aim: float = AIM,
) -> Served:
    """The strength of those there are whose chance is nearest to the aim; two answers where seven are out of reach."""
    target = slot.target
    rival = slot.rival or skill.likeliest_rival(target, emotions)
    least = OUT_OF_REACH if slot.rival is not None else OUT_OF_REACH_ALONE
    two = max(skill.expected(target, strength) for strength in strengths) < least
    chances = {strength: skill.expected(target, strength, rival if two else None) for strength in strengths}
    strength = min(chances, key=lambda one: (abs(chances[one] - aim), -one))
    return Served(strength, rival if two else None, chances[strength])
