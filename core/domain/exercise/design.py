"""Block design: draw faces balanced over emotions, spread over people, in random order, all from one seed.

The caller hands over the candidates (one form's faces for a check, practice faces otherwise). The same
candidates, in whatever order, and the same seed give the same block. Works on what a set knows: without
intensities, identities, sexes or skin tones the rules about them fall away.
"""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from itertools import cycle, islice
from operator import attrgetter
from random import Random
from statistics import median

from core.domain.emotions import Emotion
from core.domain.exercise.plan import LEVELS, Blueprint, Plan
from core.domain.exercise.trials import Stimulus
from core.domain.language import Sentence, ToldError
from core.domain.network.votes import COLUMN

Cell = tuple[Emotion, int | None]
"""Faces that may stand for one another: target and intensity (None for neutral, or where it is not known)."""

FORMS = ("A", "B")
ANY_VOTES = (0, 10)
ENOUGH_TO_JUDGE = 7
EASY, HARD = 0.8, 0.5
WARM_UP_LEVELS = (100, 60)


def draw_check(stimuli: Sequence[Stimulus], blueprint: Blueprint, seed: int) -> list[Stimulus]:
    """The faces of a check: as many of each emotion, each at the blueprint's intensities.

    `stimuli` are the faces of one form. Raises ValueError when a cell has too few of them.
    """
    rng = Random(seed)
    cells = _by_cell(stimuli, blueprint.votes)
    graded = any(intensity is not None for _, intensity in cells)
    each = blueprint.length // len(Emotion)
    slots: list[Cell] = []
    for emotion in Emotion:
        known = graded and emotion is not Emotion.NEUTRAL
        slots += [(emotion, i if known else None) for i in islice(cycle(blueprint.intensities), each)]
    return in_order(spread(slots, cells, rng), rng)


def draw_practice(stimuli: Sequence[Stimulus], plan: Plan, level: int, seed: int) -> list[Stimulus]:
    """A practice: the plan's emotions equally often, at the intensity nearest to `level` in percent."""
    rng = Random(seed)
    cells = _by_cell(stimuli, plan.practice_votes)
    each, over = divmod(plan.practice_length, len(plan.emotions))
    extra = rng.sample(plan.emotions, over)
    slots = [_nearest(emotion, level, cells) for emotion in plan.emotions for _ in range(each + (emotion in extra))]
    return in_order(spread(slots, cells, rng), rng)


def draw_warm_up(stimuli: Sequence[Stimulus], plan: Plan, seed: int) -> list[Stimulus]:
    """Two faces of each emotion, one at full strength and one at 60 %, before the first check of a course."""
    rng = Random(seed)
    cells = _by_cell(stimuli, plan.practice_votes)
    slots = [_nearest(emotion, level, cells) for emotion in Emotion for level in WARM_UP_LEVELS]
    return in_order(spread(slots, cells, rng), rng)


SIX = tuple(emotion for emotion in Emotion if emotion is not Emotion.NEUTRAL)


def draw_tryout(stimuli: Sequence[Stimulus], seed: int, emotions: Sequence[Emotion] = SIX) -> list[Stimulus]:
    """Easy faces, one for each of `emotions`."""
    rng = Random(seed)
    cells = _by_cell(stimuli, ANY_VOTES)
    slots = [_nearest(emotion, LEVELS[-1], cells) for emotion in emotions]
    return in_order(spread(slots, cells, rng), rng)


def replacement(
    stimuli: Sequence[Stimulus],
    used: Sequence[Stimulus],
    void: Stimulus,
    seed: int,
    votes: tuple[int, int] = ANY_VOTES,
    apart: Collection[str | None] = (),
) -> Stimulus:
    """A face of the same cell for the void one, to be appended to the block.

    `used` are all faces of the block in order, the void one included; `votes` the blueprint's. Another person than
    those of `apart` is preferred, then a face not yet used, then another person than the last one's, then a person
    rarely seen. ValueError if the cell is empty.
    """
    cell = _cell(void)
    candidates = _by_cell(stimuli, votes).get(cell, [])
    if not candidates:
        raise _too_few(cell, 1, 0)
    shown = Counter(face.hash for face in used)
    seen = Counter(face.identity for face in used)
    last = used[-1].identity if used else None

    def cost(face: Stimulus) -> tuple[bool, int, bool, int]:
        known = face.identity is not None
        return (
            known and face.identity in apart,
            shown[face.hash],
            known and face.identity == last,
            seen[face.identity] if known else 0,
        )

    least = min(map(cost, candidates))
    return Random(seed).choice([face for face in candidates if cost(face) == least])


def first_level(plan: Plan) -> int:
    """Practice starts at the easiest intensity of the plan, in percent."""
    return plan.practice_intensities[1]


def next_level(plan: Plan, level: int, right: int, shown: int) -> int:
    """The intensity of the next practice: a step fainter from 80 % right on, a step clearer below 50 %.

    A practice stopped before seven faces says too little and changes nothing but a level outside the plan.
    """
    least, most = plan.practice_intensities
    levels = [step for step in LEVELS if least <= step <= most]
    at = min(range(len(levels)), key=lambda i: abs(levels[i] - level))
    if shown >= ENOUGH_TO_JUDGE:
        at += (right < HARD * shown) - (right >= EASY * shown)
    return levels[min(max(at, 0), len(levels) - 1)]


def first_form(person_id: str) -> str:
    """The form a person's first check uses: half of all people begin with A, whoever was enrolled when."""
    return FORMS[hashlib.sha256(person_id.encode()).digest()[0] % 2]


def form_for(check_index: int, person_id: str) -> str:
    """The form of a person's check number `check_index` (from 0): the two alternate."""
    return FORMS[(FORMS.index(first_form(person_id)) + check_index) % 2]


def _cell(face: Stimulus) -> Cell:
    return face.target, None if face.target is Emotion.NEUTRAL else face.intensity


def _by_cell(stimuli: Iterable[Stimulus], votes: tuple[int, int]) -> dict[Cell, list[Stimulus]]:
    """The faces by cell, in the order of their ids."""
    least, most = votes
    cells: dict[Cell, list[Stimulus]] = {}
    for face in stimuli:
        if face.votes is None or least <= face.votes[COLUMN[face.target]] <= most:
            cells.setdefault(_cell(face), []).append(face)
    for faces in cells.values():
        faces.sort(key=attrgetter("id"))
    return cells


def _nearest(emotion: Emotion, level: int, cells: dict[Cell, list[Stimulus]]) -> Cell:
    known = [cell for cell in cells if cell[0] is emotion and cell[1] is not None]
    return min(known, key=lambda cell: (abs((cell[1] or 0) - level), -(cell[1] or 0)), default=(emotion, None))


def spread(slots: list[Cell], cells: dict[Cell, list[Stimulus]], rng: Random) -> list[Stimulus]:
    """One face for each slot, none twice; people, sexes and skin tones as evenly as the cells allow.

    Emotion by emotion, the one with the fewest faces first, a slot takes the person seen least so far, then
    whoever keeps the emotion's sexes and skin tones even, then by lot.
    """
    for cell, needed in Counter(slots).items():
        if len(cells.get(cell, ())) < needed:
            raise _too_few(cell, needed, len(cells.get(cell, ())))
    people = _by_person({cell: cells[cell] for cell in slots})
    faces_left = {emotion: min(len(cells[cell]) for cell in slots if cell[0] is emotion) for emotion, _ in slots}
    lot = {emotion: rng.random() for emotion in faces_left}
    rng.shuffle(slots)
    used: Counter[object] = Counter()
    chosen = []
    for cell in sorted(slots, key=lambda cell: (faces_left[cell[0]], lot[cell[0]])):
        emotion = cell[0]
        persons = list(people[cell])
        if len(persons) > 2 * len(slots):  # enough to hold someone not seen yet
            persons = rng.sample(persons, 2 * len(slots))
        costs = [
            (
                used[identity],
                used[emotion, identity],
                used[emotion, "sex", sex],
                used[emotion, "dark", dark],
                used[sex, dark],
            )
            for identity, sex, dark in persons
        ]
        least = min(costs)
        person = rng.choice([person for person, cost in zip(persons, costs, strict=True) if cost == least])
        faces = people[cell][person]
        chosen.append(faces.pop(rng.randrange(len(faces))))
        if not faces:
            del people[cell][person]
        identity, sex, dark = person
        if identity is not None:
            used.update([identity, (emotion, identity)])
        used.update([(emotion, "sex", sex), (emotion, "dark", dark), (sex, dark)])
    return chosen


Person = tuple[str | None, str | None, bool | None]
"""What is known of a face's person: identity, sex, whether the skin is in the set's darker half."""


def _by_person(cells: dict[Cell, list[Stimulus]]) -> dict[Cell, dict[Person, list[Stimulus]]]:
    skins = [face.skin for faces in cells.values() for face in faces if face.skin is not None]
    middle = median(skins) if skins else 0.0
    people: dict[Cell, dict[Person, list[Stimulus]]] = {}
    for cell, faces in cells.items():
        persons = people.setdefault(cell, {})
        for face in faces:
            dark = None if face.skin is None else face.skin > middle
            persons.setdefault((face.identity, face.sex, dark), []).append(face)
    return people


def in_order(faces: list[Stimulus], rng: Random) -> list[Stimulus]:
    """A random order without two faces of one person, or three of one target, in a row.

    Where no such order turns up (a set of one person), any order has to do.
    """
    for _ in range(100):
        left, order = faces.copy(), list[Stimulus]()
        while left:
            fitting = [i for i, face in enumerate(left) if _may_follow(order, face)]
            if not fitting:
                break
            order.append(left.pop(rng.choice(fitting)))
        if not left:
            return order
    rng.shuffle(faces)
    return faces


def _may_follow(order: list[Stimulus], face: Stimulus) -> bool:
    if order and face.identity is not None and order[-1].identity == face.identity:
        return False
    return len(order) < 2 or {order[-1].target, order[-2].target} != {face.target}


def _too_few(cell: Cell, needed: int, available: int) -> ToldError:
    emotion, intensity = cell
    at = Sentence("{emotion} at {intensity} %", emotion=emotion.noun, intensity=intensity or 0)
    return ToldError(
        Sentence(
            "the block needs {needed} faces of {what}, and {available} can be chosen from. "
            "Import more such faces, or plan a shorter block, other intensities or fewer votes.",
            needed=needed,
            what=emotion.noun if intensity is None else at,
            available=available,
        )
    )
