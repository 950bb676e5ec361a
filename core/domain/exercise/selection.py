"""What of all that was done an export is asked for."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from core.domain.people import Refusal


@dataclass(frozen=True)
class Selection:
    """What is asked for. Days count from each person's own first run (0), so that no real day is ever chosen: who may
    ask for what was done until a day, and until the next, learns who practised on that day."""

    study: str | None = None
    """Its id; None: people in and outside of studies."""
    first_day: int | None = None
    """None: from the beginning, and what was before the first run too."""
    last_day: int | None = None
    """Included; None: until now."""
    tasks: tuple[str, ...] = ()
    """Names of exercises; empty: all."""
    sets: tuple[str, ...] = ()
    """Names of sets of faces; empty: all, and expressions without one."""
    series: str = ""
    """Exports of one study and one series have the same pseudonyms; those of two cannot be joined by them."""

    @property
    def purpose(self) -> str:
        """For which the pseudonyms are made."""
        return f"export {self.study or 'of everybody'} {self.series}".strip()

    def holds(self, day: int | None) -> bool:
        """Whether what was done on a person's own `day` is asked for; None: of somebody without a first run."""
        if day is None:
            return self.first_day is None and self.last_day is None
        return (self.first_day is None or day >= self.first_day) and (self.last_day is None or day <= self.last_day)

    def check_days(self) -> None:
        """Raises Refusal where the last day is before the first one."""
        if self.first_day is not None and self.last_day is not None and self.last_day < self.first_day:
            raise Refusal("The last day is before the first one.")


Whom = Selection | Sequence[str]
"""Those in an export of a selection, or pseudonyms of any export, which may begin with "sub-" as there."""


def bare_names(participants: Sequence[str]) -> set[str]:
    """Pseudonyms without the "sub-" of an export."""
    return {name.strip().removeprefix("sub-") for name in participants}


def whom_in_json(whom: Whom) -> dict[str, Any]:
    """The same for the same people, in whatever order and spelling they are asked for."""
    if isinstance(whom, Selection):
        lists = {name: sorted(value) for name, value in asdict(whom).items() if isinstance(value, tuple)}
        return {"selection": asdict(whom) | lists}
    return {"participants": sorted(bare_names(whom))}


def whom_from_json(content: dict[str, Any]) -> Whom:
    """The reverse of `whom_in_json`."""
    if "participants" in content:
        return list(content["participants"])
    chosen: dict[str, Any] = content["selection"]
    return Selection(**chosen | {"tasks": tuple(chosen["tasks"]), "sets": tuple(chosen["sets"])})
