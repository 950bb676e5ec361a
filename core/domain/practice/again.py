"""Where a face that was missed comes back in the same run, and on which other person."""

from collections.abc import Collection, Mapping, Sequence

from core.domain.exercise.design import replacement
from core.domain.exercise.trials import Stimulus

EARLIEST, LATEST = 3, 6
"""Faces from the one that was missed: no longer in mind, and not forgotten."""
_BEST_FIRST = (4, 3, 5, 6)


def place_of_return(
    missed: int, target: str, ahead: Sequence[tuple[int, str]], taken: Collection[int] = ()
) -> int | None:
    """The number of the item in whose place a face of `target` comes back; None where one comes anyway, or the run is
    over before. `ahead`: number and target of the open items in whose place none comes back yet; `taken`: those of them
    that stay as they are."""
    near = {number - missed: meant for number, meant in ahead if EARLIEST <= number - missed <= LATEST}
    if target in near.values():
        return None
    return next((missed + gap for gap in _BEST_FIRST if gap in near and missed + gap not in taken), None)


def on_another_person(
    faces: Sequence[Stimulus], shown: Mapping[int, Stimulus], missed: int, place: int, seed: int, votes: tuple[int, int]
) -> Stimulus | None:
    """The face of `faces` that comes back at `place` for the one of number `missed`; None where nobody else has it.
    `shown`: the faces of the run by number; `votes`: (least, most) of the plan."""
    face = shown[missed]
    near = {shown[number].identity for number in (place - 1, place + 1) if number in shown}
    try:
        alike = [one for one in faces if one.target is face.target]
        like = replacement(alike, list(shown.values()), face, seed, votes, {face.identity, *near} - {None})
    except ValueError:  # the set has no other like it any more
        return None
    same = like.hash == face.hash or (like.identity is not None and like.identity == face.identity)
    return None if same else like
