"""Concerns: what a clinician should look at before a visit. Facts with dates; what they mean is for people to say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from core.domain.exercise.plan import BlueprintDifference
from core.domain.exercise.trials import Kind

RECENT = timedelta(weeks=4)
"""For so long it is said what happened in a run."""
SILENCE = timedelta(weeks=2)
LEFT_OPEN = timedelta(days=1)


class Concern(StrEnum):
    """What was found. `EXCLUDED`: checks of another blueprint than the latest; `VOID`: faces of checks that did not
    count and were replaced; `UNSEEN`: faces of checks that the person could not see; `LEFT`: a check that was begun
    more than a day ago and not gone on with."""

    HARD = "hard"
    STOPPED = "stopped"
    CHECK_STOPPED = "check_stopped"
    LEFT = "left"
    VOID = "void"
    UNSEEN = "unseen"
    EXCLUDED = "excluded"
    SILENT = "silent"
    NOT_BEGUN = "not_begun"


@dataclass(frozen=True)
class Attention:
    """One concern: how often, and when last."""

    concern: Concern
    times: int
    when: datetime
    """Of `SILENT` the last day of practice, of `NOT_BEGUN` since when they could practise."""
    why: tuple[BlueprintDifference, ...] = ()
    """In what `EXCLUDED` checks differ from the latest."""


@dataclass(frozen=True)
class RunFacts:
    """A run of faces, of either task, as far as attention needs it."""

    kind: Kind | None
    started_at: datetime
    ended_at: datetime | None
    stopped: bool
    hard: bool | None
    void: int = 0
    """Faces that did not count."""
    unseen: int = 0
    """Faces that the person could not see."""
    differs: tuple[BlueprintDifference, ...] = ()
    """What keeps a check from being compared with the latest."""


def attention(
    sittings: Sequence[RunFacts], since: datetime, now: datetime, finished: bool = False
) -> tuple[Attention, ...]:
    """What there is to see in a person's runs up to `now`, in the order of Concern.

    `since`: from when on they could practise. `finished`: the plan is done, so nobody waits for practice.
    """
    recent = [one for one in sittings if now - one.started_at <= RECENT]
    checks = [one for one in sittings if one.kind is Kind.CHECK]
    done = [one for one in recent if one.kind is Kind.CHECK and one.ended_at is not None and not one.stopped]
    concerns = {
        Concern.HARD: [one for one in recent if one.hard],
        Concern.STOPPED: [one for one in recent if one.stopped and one.kind is not Kind.CHECK],
        Concern.CHECK_STOPPED: [one for one in recent if one.stopped and one.kind is Kind.CHECK],
        Concern.LEFT: [one for one in checks if one.ended_at is None and now - one.started_at > LEFT_OPEN],
        Concern.VOID: [one for one in done for _face in range(one.void)],
        Concern.UNSEEN: [one for one in done for _face in range(one.unseen)],
        Concern.EXCLUDED: [one for one in done if one.differs],
    }
    why = tuple(dict.fromkeys(difference for one in concerns[Concern.EXCLUDED] for difference in one.differs))
    noted = [
        Attention(concern, len(which), max(one.started_at for one in which), why if concern is Concern.EXCLUDED else ())
        for concern, which in concerns.items()
        if which
    ]
    last = max((one.started_at for one in sittings), default=None)
    if not finished and last is not None and now - last > SILENCE:
        noted.append(Attention(Concern.SILENT, 1, last))
    if last is None and now - since > SILENCE:
        noted.append(Attention(Concern.NOT_BEGUN, 1, since))
    return tuple(noted)
