"""Mistakes of a manifest or a folder: all kinds in one report, of each the first and how many."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from core.stimuli.records import StimulusError


class SeveralMistakes(StimulusError):
    """More than one thing to mend, a line for each kind."""

    def __init__(self, mistakes: list[tuple[StimulusError, int]]) -> None:
        first = mistakes[0][0]
        super().__init__(first.where, first.found, first.expected, first.remedy)
        self.args = ("\n".join(f"{error}{_like_it(count)}" for error, count in mistakes),)


@dataclass
class Mistakes:
    """What was found so far."""

    _first: dict[str, StimulusError] = field(default_factory=dict)
    _count: dict[str, int] = field(default_factory=dict)

    def add(self, kind: str, error: StimulusError) -> None:
        self._first.setdefault(kind, error)
        self._count[kind] = self._count.get(kind, 0) + 1

    @property
    def total(self) -> int:
        return sum(self._count.values())

    @contextmanager
    def of(self, kind: str) -> Iterator[None]:
        """A StimulusError in this block is a mistake of this kind."""
        try:
            yield
        except StimulusError as error:
            self.add(kind, error)

    def refuse(self) -> None:
        """Raise what was found, if anything was."""
        found = [(error, self._count[kind]) for kind, error in self._first.items()]
        if found:
            raise found[0][0] if len(found) == found[0][1] == 1 else SeveralMistakes(found)


def _like_it(count: int) -> str:
    return "" if count == 1 else f" ({count:,} like this; this is the first.)"
