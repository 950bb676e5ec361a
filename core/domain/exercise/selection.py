"""What of all that was done an export is asked for."""

from dataclasses import dataclass

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
